import SabilAnalysis
import SabilRecords
import Testing

@Suite struct `Other spellings of compounds` {
    private func forms(_ text: String, _ language: Language) throws -> [CompoundForm] {
        let session = Analyzer()
        var opened = session.makeSession()
        return opened.compounds(
            of: try opened.tokens(in: text, language: language), in: text, language: language)
    }

    private func joined(_ text: String, _ language: Language) throws -> [String] {
        try forms(text, language).compactMap { form -> String? in
            guard case .joined(let text, _) = form.spelling else { return nil }
            return text
        }
    }

    private func parted(_ text: String, _ language: Language) throws -> [String] {
        try forms(text, language).flatMap { form -> [String] in
            guard case .parted(let partings) = form.spelling else { return [] }
            return partings.map { $0.joined(separator: " ") }
        }
    }

    /// Text, language, what its neighbours are as one word, why the row is here.
    static let neighbours: [(String, Language, [String], String)] = [
        (
            "non-contributory pension", .english, ["noncontributory", "contributorypension"],
            "a hyphen, and content words"
        ),
        ("non contributory", .english, ["noncontributory"], "a head may be a function word"),
        ("care giver", .english, ["caregiver"], "two content words"),
        ("the pension", .english, [], "a function word that is no head"),
        ("e-mail", .english, ["email"], "a hyphen joins single letters"),
        ("e mail", .english, ["email"], "a head of one letter"),
        ("x mail", .english, [], "which is no head"),
        ("covid-19", .english, ["covid19"], "a number behind a hyphen"),
        ("covid 19", .english, [], "but not behind a space"),
        ("2019-2020", .english, [], "two numbers"),
        ("cash, care", .english, [], "a comma between"),
        ("cash -care", .english, [], "a hyphen at one side only"),
        ("cash\u{2011}plus", .english, ["cashplus"], "the hyphen that does not break"),
        ("cash\u{2013}plus", .english, [], "a dash is no hyphen"),
        ("l’auto-emploi", .french, ["autoemploi"], "elision is off"),
        ("sous-emploi", .french, ["sousemploi"], "the head is a function word"),
        ("micro-assurance", .french, ["microassurance"], ""),
        ("socio-económico", .spanish, ["socioeconómico"], "accents stay, for the stemmer"),
        ("الضمان الاجتماعي", .arabic, [], "Latin script only"),
    ]

    @Test(arguments: neighbours) func `neighbours are joined`(
        row: (text: String, language: Language, joined: [String], reason: String)
    ) throws {
        #expect(try joined(row.text, row.language) == row.joined, "\(row.text): \(row.reason)")
    }

    /// Word, language, a parting it has, one it has not, why.
    static let words: [(String, Language, String, String, String)] = [
        ("noncontributory", .english, "non contributory", "no ncontributory", "a head, and three letters at least"),
        ("healthcare", .english, "health care", "he althcare", "a short part that is no head"),
        ("cooperation", .english, "co operation", "coo peration.", "a head of two letters"),
        ("therapist", .english, "thera pist", "the rapist", "a function word that is no head"),
        ("insideout", .english, "ins ideout", "inside out", "a function word behind"),
        ("microassurance", .french, "micro assurance", "m icroassurance", ""),
        ("sousemploi", .french, "sous emploi", "so usemploi", "the head is a function word"),
        ("socioeconómico", .spanish, "socio economico", "socio económico", "as texts are folded"),
        ("montañoso", .spanish, "mon tañoso", "monta\u{C3}", "ñ is one letter"),
    ]

    @Test(arguments: words) func `a word is parted`(
        row: (word: String, language: Language, one: String, none: String, reason: String)
    ) throws {
        let found = try parted(row.word, row.language)
        #expect(found.contains(row.one), "\(row.word): \(row.reason), \(found)")
        #expect(!found.contains(row.none), "\(row.word): \(row.reason)")
    }

    @Test func `numbers, Arabic, short and function words stay whole`() throws {
        for (text, language) in [
            ("20242025", Language.english), ("الاجتماعية", .arabic), ("cash", .english), ("themselves", .english),
            ("g20summits", .english), (String(repeating: "x", count: 70), .undetermined),
        ] {
            #expect(try parted(text, language).allSatisfy { _ in text.hasPrefix("x") }, "\(text)")
        }
    }

    @Test(arguments: [1, UInt64.random(in: 0...UInt64.max)]) func `forms of random texts are made of their words`(
        seed: UInt64
    ) throws {
        var random = RandomText(seed: seed)
        var session = Analyzer().makeSession()
        for round in 0..<200 {
            let text = random.text(length: 30) + "-" + random.joints(length: 30)
            for language in Language.allCases {
                let tokens = try session.tokens(in: text, language: language)
                for form in session.compounds(of: tokens, in: text, language: language) {
                    let words = tokens[form.words]
                    #expect(form.utf8Range.lowerBound == words.first?.utf8Range.lowerBound, "seed \(seed) \(round)")
                    #expect(form.utf8Range.upperBound == words.last?.utf8Range.upperBound, "seed \(seed) \(round)")
                    switch form.spelling {
                    case .joined(let joined, _):
                        let parts = words.map { String(decoding: Array(text.utf8)[$0.utf8Range], as: UTF8.self) }
                        #expect(joined.utf8.elementsEqual(parts.joined().utf8), "seed \(seed) round \(round)")
                    case .parted(let partings):
                        for parting in partings {
                            #expect(parting.joined() == words.first?.surface, "seed \(seed) round \(round)")
                        }
                    }
                }
            }
        }
    }
}
