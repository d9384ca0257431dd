import SabilRecords
import Testing

@testable import SabilAnalysis

@Suite struct `Sessions` {
    @Test func `a session goes on after its cache has overflowed`() throws {
        var session = Analyzer().makeSession()
        let text = (0..<80_000).map { "w\($0)" }.joined(separator: " ")
        let tokens = try session.tokens(in: text, language: .english)
        #expect(tokens.count == 80_000)
        #expect(tokens.last?.surface == "w79999")
        #expect(session.generation(of: .english) == 0)
        #expect(try session.tokens(in: text, language: .english) == tokens)
        #expect(session.generation(of: .english) == 1)
    }

    @Test func `words by number are the tokens, and one number is one word`() throws {
        var session = Analyzer().makeSession()
        var places: [PlacedWord] = []
        for (language, text) in [
            (Language.english, "Cash transfers, CASH-transfer and the U.N.’s 1,5 日本"),
            (.french, "L’emploi, l'emploi et salarié·e·s : français, francais"), (.arabic, "والحماية بالحماية ١٢"),
        ] {
            let tokens = try session.tokens(in: text, language: language)
            try session.place(text, language: language, into: &places)
            #expect(places.map(\.kind) == tokens.map(\.kind))
            #expect(places.map { Int($0.start)..<Int($0.end) } == tokens.map(\.utf8Range))
            #expect(places.map(\.isStopword) == tokens.map(\.isStopword))
            #expect(places.map { session.surface(of: $0.word, language: language) } == tokens.map(\.surface))
            #expect(places.map { session.stem(of: $0.word, language: language) } == tokens.map(\.stem))
            #expect(Set(places.map(\.word)).count == Set(tokens.map { [$0.surface, $0.stem] }).count)
            #expect(places.allSatisfy { Int($0.word) < session.wordCount(of: language) })
        }
    }

    @Test func `over-long words are cut on a character boundary and counted`() throws {
        var session = Analyzer().makeSession()
        let long = String(repeating: "ab", count: 5000)
        let tokens = try session.tokens(in: "x \(long) \(String(repeating: "é", count: 65)) y", language: .french)
        #expect(tokens.map(\.surface.count) == [1, 64, 64, 1])
        #expect(tokens[1].stem == tokens[1].surface)
        #expect(tokens[1].utf8Range == 2..<10_002)
        #expect(session.cutWords == 2)
        let wide = try session.tokens(in: String(repeating: "\u{10400}", count: 60), language: .english)
        #expect(wide.map(\.surface.utf8.count) == [200])
        #expect(session.cutWords == 3)
    }

    @Test func `a word of 64 characters is whole`() throws {
        var session = Analyzer().makeSession()
        let word = String(repeating: "a", count: 64)
        #expect(try session.tokens(in: word, language: .undetermined).map(\.surface) == [word])
        #expect(session.cutWords == 0)
    }

    @Test(arguments: ["", " ", "\n\t", "…", "\u{0}", "'", "’’", "_", "·", "\u{FEFF}", "ـ", "\u{64B}", "."])
    func `a text without words gives no token`(text: String) throws {
        var session = Analyzer().makeSession()
        for language in Language.allCases { #expect(try session.tokens(in: text, language: language).isEmpty) }
    }

    @Test func `bridged and sliced texts give offsets of their own bytes`() throws {
        var session = Analyzer().makeSession()
        let text = "Préambule: l’emploi"
        let slice = String(text.dropFirst(11))
        #expect(try session.tokens(in: slice, language: .french).map(\.utf8Range) == [4..<10])
    }
}

@Suite struct `Fingerprint` {
    @Test func `two analyzers have one fingerprint of sixteen digits`() {
        let fingerprint = Analyzer().fingerprint
        #expect(fingerprint == Analyzer().fingerprint)
        #expect(fingerprint.rawValue.count == 16)
        #expect(fingerprint.rawValue.allSatisfy { $0.isHexDigit })
    }

    @Test func `it moves with every part of a profile`() {
        let base = AnalyzerFingerprint(of: [.french])
        var seen: Set<AnalyzerFingerprint> = [base]
        let changes: [(inout LanguageProfile) -> Void] = [
            { $0.stemmer = "english" }, { $0.stemmer = nil }, { $0.stripsArabicPrefixes = true },
            { $0.elisions += " x" }, { $0.joinedHeads = "" }, { $0.dropsPossessive = true },
            { $0.dropsInclusiveEndings = false }, { $0.respellings.removeLast() }, { $0.stemExceptions = "" },
            { $0.stopwords += " mot" }, { $0.questionWords += " mot" }, { $0.language = .spanish },
        ]
        for change in changes {
            var profile = LanguageProfile.french
            change(&profile)
            #expect(seen.insert(AnalyzerFingerprint(of: [profile])).inserted)
        }
    }

    @Test func `the digest is FNV-1a with 64 bits`() {
        // Published value of the empty text and of "a".
        #expect(AnalyzerFingerprint(digestOf: [""]).rawValue == "cbf29ce484222325")
        #expect(AnalyzerFingerprint(digestOf: ["a"]).rawValue == "af63dc4c8601ec8c")
    }
}

@Suite struct `Errors of analysis` {
    @Test func `an unknown stemmer is refused with its name`() {
        let error = #expect(throws: AnalysisError.self) { _ = try SnowballStemmer("klingon") }
        #expect(error?.code == .stemmer)
        #expect(error?.description.hasPrefix("Could not open the stemmer klingon: ") == true)
        #expect(error?.description.hasSuffix("check that libxapian was built with it.") == true)
    }

    @Test func `codes of ICU become sentences`() {
        let error = AnalysisError(icu: 2, operation: "part a text into words")
        #expect(error.code == .segmenter)
        #expect(
            error.description
                == "Could not part a text into words: ICU answered U_MISSING_RESOURCE_ERROR; check that libicu and its data are installed."
        )
        let long = AnalysisError(icu: -1003, operation: "part a text into words")
        #expect(long.code == .textTooLong)
        #expect(
            long.description
                == "Could not part a text into words: the text is longer than 1 GiB; index it in parts.")
        #expect(AnalysisError(icu: -1001, operation: "x").message.contains("out of memory"))
    }
}
