import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing
import XapianIndex

@testable import SabilSearch

@Suite struct TranslationLearnerTests {
    private static func learn(_ passages: [(english: String, french: String)], weight: Double = 1) -> TranslationTable {
        var session = SearchFixture.analyzer.makeSession()
        var text = ParallelText()
        for passage in passages {
            text.add([.english: [passage.english], .french: [passage.french]], weight: weight, session: &session)
        }
        return TranslationLearner().learn(text)
    }

    private func best(_ table: TranslationTable, _ stem: String, _ from: Language, _ to: Language) -> String? {
        table.translations(of: stem, from: from, to: to).first?.form
    }

    @Test func `words that stand in the same passages are told apart by the passages that they do not share`() {
        let table = Self.learn([
            ("green house", "maison verte"), ("green book", "livre vert"), ("old house", "maison vieille"),
            ("old book", "livre vieux"),
        ])
        #expect(best(table, "hous", .english, .french) == "maison")
        #expect(best(table, "book", .english, .french) == "livre")
        #expect(best(table, "livr", .french, .english) == "book")
        #expect(best(table, "green", .english, .french) == "verte" || best(table, "green", .english, .french) == "vert")
        #expect(table.translations(of: "hous", from: .english, to: .spanish).isEmpty, "no Spanish was read")
        #expect(table.translations(of: "hous", from: .french, to: .english).isEmpty, "it is no French word")
    }

    @Test func `function words, numbers and single letters are no translations`() {
        let table = Self.learn([("the drought of 2011 in x", "la sécheresse de 2011 en x")])
        for word in ["the", "of", "2011", "x", "in"] {
            #expect(table.translations(of: word, from: .english, to: .french).isEmpty, "\(word)")
        }
        let found = table.translations(of: "drought", from: .english, to: .french)
        #expect(found.map(\.form) == ["sécheresse"], "as it was written, the accent included")
    }

    /// The same sums without cells: a dictionary of pairs, word by word.
    private static func plainModel(_ passages: [([String], [String])], rounds: Int) -> [[String]: Double] {
        var forth: [[String]: Double] = [:]
        var back: [[String]: Double] = [:]
        for (own, others) in passages {
            for first in own { for second in others { forth[[first, second]] = 1; back[[first, second]] = 1 } }
        }
        for _ in 0..<rounds {
            var counts: [[String]: (forth: Double, back: Double)] = [:]
            var totals: [String: Double] = [:]
            for (own, others) in passages {
                for first in own {
                    for second in others {
                        let pair = [first, second]
                        let column = own.reduce(0) { $0 + (forth[[$1, second]] ?? 0) }
                        let row = others.reduce(0) { $0 + (back[[first, $1]] ?? 0) }
                        let gain = ((forth[pair] ?? 0) / column, (back[pair] ?? 0) / row)
                        counts[pair, default: (0, 0)].forth += gain.0
                        counts[pair, default: (0, 0)].back += gain.1
                        totals["forth " + first, default: 1] += gain.0
                        totals["back " + second, default: 1] += gain.1
                    }
                }
            }
            for (pair, count) in counts {
                forth[pair] = count.forth / (totals["forth " + pair[0]] ?? 1)
                back[pair] = count.back / (totals["back " + pair[1]] ?? 1)
            }
        }
        return forth.reduce(into: [:]) { $0[$1.key] = ($1.value * (back[$1.key] ?? 0)).squareRoot() }
    }

    @Test func `random passages give what the model's own formulas give`() {
        for seed in UInt64(1)...12 {
            var generator = SeededGenerator(seed: seed)
            // In few passages words share all of theirs, in many none does. Made-up words, so that no stemmer changes them and
            // none is a function word.
            let english = ["bakto", "dofik", "gubro", "hidpo", "jatvo"]
            let french = ["mokdu", "nibra", "pudko", "ratfi", "sovgu"]
            let passages = (0..<(1 + Int(seed) % 6)).map { _ in
                (
                    english.filter { _ in Bool.random(using: &generator) },
                    french.filter { _ in Bool.random(using: &generator) }
                )
            }.filter { !$0.0.isEmpty && !$0.1.isEmpty }
            guard !passages.isEmpty else { continue }
            let table = Self.learn(passages.map { ($0.0.joined(separator: " "), $0.1.joined(separator: " ")) })
            let expected = Self.plainModel(passages, rounds: TranslationLearner().rounds)
            for first in english {
                let found = table.translations(of: first, from: .english, to: .french)
                for second in french {
                    let own = found.first { $0.form == second }?.confidence ?? 0
                    let wanted = expected[[first, second]] ?? 0
                    // Stored in 255 steps; what is under the least confidence is left out.
                    #expect(abs(own - wanted) <= 0.021, "seed \(seed): \(first) \(second) \(own) \(wanted)")
                }
            }
        }
    }

    @Test func `of a long passage the first words are looked at`() {
        var session = SearchFixture.analyzer.makeSession()
        var text = ParallelText()
        let words = (0..<300).map { number in "w" + String(number, radix: 2).map { $0 == "0" ? "k" : "b" } }
        text.add([.english: [words.joined(separator: " ")], .french: ["un mot"]], weight: 1, session: &session)
        let pair = text.pairs[ParallelText.Direction(first: .english, second: .french)]?.first
        #expect(pair?.first.count == ParallelText.longestPassage)
        #expect(pair?.second.count == 2)
    }
}

@Suite struct TranslationTableTests {
    private static func table() -> TranslationTable {
        var table = TranslationTable()
        let direction = ParallelText.Direction(first: .english, second: .arabic)
        func word(_ stem: String, _ form: String) -> ParallelText.Word {
            ParallelText.Word(stem: stem, form: form, isContent: true)
        }
        table.add(word("drought", "drought"), word("جفاف", "الجفاف"), direction, confidence: 0.5)
        table.add(word("drought", "drought"), word("قحط", "قحط"), direction, confidence: 0.25)
        table.add(word("rain", "rains"), word("مطر", "مطر"), direction, confidence: 1)
        table.sort()
        return table
    }

    private func stored(_ metadata: [String: [UInt8]]) async throws -> TranslationTable {
        try await SearchFixture.withDirectory { directory in
            let writer = try IndexWriter(path: directory + "/index")
            for (key, value) in metadata where !value.isEmpty { try await writer.setMetadata(key, value) }
            try await writer.finish()
            return try TranslationTable(try IndexReader(path: directory + "/index"))
        }
    }

    @Test func `what is stored is read again, both ways`() async throws {
        let table = try await stored(Self.table().metadata())
        #expect(table.metadata() == Self.table().metadata())
        let forth = table.translations(of: "drought", from: .english, to: .arabic)
        #expect(forth.map(\.stem) == ["جفاف", "قحط"], "surest first")
        #expect(forth.map(\.form) == ["الجفاف", "قحط"])
        #expect(table.translations(of: "مطر", from: .arabic, to: .english).map(\.form) == ["rains"])
    }

    @Test func `damaged tables are read as far as they go`() async throws {
        for (bytes, pairs, why) in [
            ([0, 0, 128, 0, 9, 128], 1, "a word that is not there"), ([0, 0], 0, "no confidence"),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], 0, "a number too large"), ([0, 0, 0], 0, "a confidence of nothing"),
        ] as [([UInt8], Int, String)] {
            var metadata = Self.table().metadata()
            metadata[IndexSchema.Key.translations(.english, .arabic)] = bytes
            #expect(try await stored(metadata).count == pairs, "\(why)")
        }
        var words = Self.table().metadata()
        words[IndexSchema.Key.translatedWords(.arabic)] = [0xFF, 0x09, 0x0A]
        #expect(try await stored(words).count == 1, "one word is left, whatever it says")
    }
}

@Suite struct TranslatedSearchTests {
    private static func version(_ work: String, _ language: Language, _ title: String) -> ResourceRecord {
        ResourceRecord(
            id: RecordID("\(work)-\(language.rawValue)"), work: WorkID(work), type: "news", language: language,
            title: title)
    }

    /// Three works in two languages, from which "falconry" and "fauconnerie" can be told to be one; and French alone.
    private static let records = [
        version("a", .english, "Falconry in hills"), version("a", .french, "Fauconnerie dans les collines"),
        version("b", .english, "Falconry near lakes"), version("b", .french, "Fauconnerie près des lacs"),
        version("c", .english, "Fishing in lakes"), version("c", .french, "Pêche dans les lacs"),
        version("d", .french, "Une fauconnerie nouvelle"),
    ]

    @Test func `a word finds texts in another language by what the index's own translations teach`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            let page = try await service.search(
                SearchRequest("falconry", language: .english, expansion: .labels, explain: true))
            #expect(Set(SearchFixture.ids(page)) == ["a-en", "b-en", "a-fr", "b-fr", "d-fr"])
            let note = try #require(page.notes.first { $0.code == .translated })
            #expect(note.names.contains("fauconnerie"))
            #expect(note.message.contains("\"falconry\": fauconnerie (fr)"))
            for hit in page.hits {
                let sum = hit.explanation.reduce(0) { $0 + $1.contribution }
                #expect(abs(sum - hit.score) < 1e-9)
                #expect(hit.explanation.contains { $0.kind == .translation } == (hit.language == .french))
            }
            let french = try #require(page.hits.first { $0.record.id == "d-fr" })
            #expect(french.highlights.contains { $0.html.contains("<mark>fauconnerie</mark>") })

            let plain = try await service.search(SearchRequest("falconry", language: .english, expansion: .none))
            #expect(Set(SearchFixture.ids(plain)) == ["a-en", "b-en"])
            #expect(!plain.notes.contains { $0.code == .translated })
        }
    }

    /// *Rent* may be French by its letters; the word list has it in English.
    @Test func `a word that may be of several languages is translated from each, and never above itself`() async throws
    {
        let records = [
            Self.version("own", .english, "Rent support"), Self.version("fr", .french, "Soutien au loyer"),
            Self.version("es", .spanish, "Apoyo al alquiler"), Self.version("ar", .arabic, "دعم الإيجار"),
            Self.version("both", .french, "Rent ou loyer"), Self.version("none", .french, "Soutien aux familles"),
        ]
        try await SearchFixture.withService(records) { service in
            let page = try await service.search(SearchRequest("rent", expansion: .labels, explain: true))
            #expect(page.queryLanguage == .undetermined)
            #expect(Set(SearchFixture.ids(page)) == ["own-en", "both-fr", "fr-fr", "es-es", "ar-ar"])
            #expect(Set(SearchFixture.ids(page).prefix(2)) == ["own-en", "both-fr"])
            for hit in page.hits {
                let translated = hit.explanation.filter { $0.kind == .translation }.reduce(0) { $0 + $1.contribution }
                let hasWord = ["own-en", "both-fr"].contains(hit.record.id.rawValue)
                #expect((translated > 0) == !hasWord, "\(hit.record.id)")
                #expect(abs(hit.explanation.reduce(0) { $0 + $1.contribution } - hit.score) < 1e-9, "\(hit.record.id)")
            }
            let english = try await service.search(SearchRequest("rent", language: .english, expansion: .labels))
            #expect(Set(SearchFixture.ids(english)) == Set(SearchFixture.ids(page)), "as in the language that it is of")
            let plain = try await service.search(SearchRequest("rent", expansion: .none))
            #expect(Set(SearchFixture.ids(plain)) == ["own-en", "both-fr"])
        }
    }

    @Test(arguments: [true, false])
    func `nothing is learnt from what not everybody may read`(rebuilds: Bool) async throws {
        var records = Self.records
        for index in records.indices where records[index].language == .english {
            records[index].visibility = .unpublished
        }
        let hidden = records
        try await SearchFixture.withDirectory { directory in
            let indexer = SearchFixture.indexer(directory + "/index")
            if rebuilds {
                var batches = [hidden][...]
                _ = try await indexer.rebuild { () throws(SearchError) in batches.popFirst() }
            } else {
                _ = try await indexer.update(hidden)
            }
            let table = try TranslationTable(try IndexReader(path: directory + "/index"))
            #expect(table.translations(of: "falconri", from: .english, to: .french).isEmpty)
            #expect(table.metadata() == SearchFixture.taught.table.metadata(), "what the taxonomy teaches is all")
            let service = try SearchFixture.service(directory + "/index")
            let page = try await service.search(SearchRequest("falconry", language: .english, expansion: .labels))
            #expect(page.hits.isEmpty && !page.notes.contains { $0.code == .translated })
        }
    }

    @Test(arguments: [true, false])
    func `words of withdrawn records are told to nobody who may not read them`(deletes: Bool) async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            let indexer = SearchFixture.indexer(path)
            // Of the second word the word list knows another, whatever is withdrawn.
            var batches = [Self.records + [Self.version("e", .french, "Soutien au loyer")]][...]
            _ = try await indexer.rebuild { () throws(SearchError) in batches.popFirst() }
            let service = try SearchFixture.service(path)
            func page(_ scope: Set<Visibility> = [.public]) async throws -> FacetedPage {
                var request = SearchRequest(
                    "falconry rent", language: .english, expansion: .labels, visibility: scope, explain: true)
                request.spelling = .off
                return try await service.search(request)
            }
            func isTold(_ page: FacetedPage) -> Bool {
                let texts =
                    page.notes.flatMap { [$0.message] + $0.names }
                    + page.hits.flatMap { $0.explanation.map(\.name) }
                return texts.contains { $0.contains("fauconnerie") }
            }
            #expect(isTold(try await page()))
            // One of the three after the other: as long as a record has the word, it is told.
            for (left, id) in [(2, "a-fr"), (1, "b-fr"), (0, "d-fr")] {
                if deletes {
                    _ = try await indexer.delete([RecordID(id)])
                } else {
                    var record = try #require(Self.records.first { $0.id == RecordID(id) })
                    record.visibility = .unpublished
                    _ = try await indexer.update([record])
                }
                let found = try await page()
                #expect(isTold(found) == (left > 0), "\(left) records are left")
                #expect(found.notes.contains { $0.code == .translated && $0.names.contains("loyer") })
                #expect(found.hits.contains { $0.record.id == "e-fr" })
            }
            #expect(isTold(try await page(Set(Visibility.allCases))) == !deletes)
            let table = try TranslationTable(try IndexReader(path: path))
            #expect(
                !table.translations(of: "falconri", from: .english, to: .french).isEmpty, "the case is the one meant")
        }
    }

    @Test func `what was learnt under the name of before is not read, and the next update learns anew`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            _ = try await SearchFixture.indexer(path).update(Self.records)
            let learnt = try TranslationTable(try IndexReader(path: path)).metadata()
            let writer = try IndexWriter(path: path, opening: .existing)
            try await writer.setMetadata("sabil.translations", Array("1 a".utf8))
            try await writer.setMetadata(IndexSchema.Key.translationStamp, [])
            try await writer.finish()
            #expect(try TranslationTable(try IndexReader(path: path)).isEmpty)
            _ = try await SearchFixture.indexer(path).update([Self.records[0]])
            #expect(try TranslationTable(try IndexReader(path: path)).metadata() == learnt)
        }
    }

    @Test func `records are in though learning fails, and the report says so`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            var indexer = SearchFixture.indexer(path)
            indexer.recount = GramRecount(share: 0, floor: 3)
            let learner = indexer.learner
            indexer.learner = { (_) throws(IndexError) in
                throw IndexError(code: .engine, operation: "learn translations", message: "a fault of the test")
            }
            let report = try await indexer.update(Self.records)
            #expect(report.indexed == Self.records.count)
            #expect(report.learningFailure?.contains("a fault of the test") == true)
            #expect(try IndexReader(path: path).documentCount() == Self.records.count)
            #expect(try TranslationTable(try IndexReader(path: path)).isEmpty)
            var batches = [Self.records][...]
            let built = try await indexer.rebuild { () throws(SearchError) in batches.popFirst() }
            #expect(built.learningFailure?.contains("a fault of the test") == true)
            // The next one makes up for it.
            indexer.learner = learner
            let next = try await indexer.update([Self.records[0]])
            #expect(next.learningFailure == nil)
            #expect(try !TranslationTable(try IndexReader(path: path)).isEmpty)
        }
    }

    @Test func `an excluded word is excluded as it stands only`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            let page = try await service.search(SearchRequest("lakes -falconry", language: .english))
            #expect(SearchFixture.ids(page).contains("b-fr"))
            #expect(!SearchFixture.ids(page).contains("b-en"))
        }
    }

    @Test func `what was written later is learnt from once it is much`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            var indexer = SearchFixture.indexer(path)
            indexer.recount = GramRecount(share: 0, floor: 3)
            func translations() throws -> [String] {
                try TranslationTable(try IndexReader(path: path)).translations(
                    of: "falconri", from: .english, to: .french
                ).map(\.form)
            }
            _ = try await indexer.update([Self.version("z", .english, "Nothing of the kind")])
            #expect(try translations().isEmpty)
            _ = try await indexer.update(Array(Self.records.prefix(2)))
            #expect(try translations().isEmpty, "two changes are not much")
            _ = try await indexer.update(Array(Self.records.dropFirst(2)))
            #expect(try translations().first == "fauconnerie")
            // What an update learns is what a build of the same records learns.
            let built = directory + "/built"
            var batches = [Self.records][...]
            _ = try await SearchFixture.indexer(built).rebuild { () throws(SearchError) in batches.popFirst() }
            let stored = try TranslationTable(try IndexReader(path: path)).metadata()
            #expect(try TranslationTable(try IndexReader(path: built)).metadata() == stored)
        }
    }

    @Test func `a word of the word list is translated where nothing else teaches it, both ways and into each form`()
        throws
    {
        let scheme = try ConceptScheme(
            concepts: [],
            equivalents: [
                WordEquivalents(forms: [.english: ["rent"], .french: ["loyer"], .arabic: ["إيجار", "أجرة"]]),
                WordEquivalents(forms: [.english: ["delay", "late"], .spanish: ["retraso"]]),
            ])
        let table = TaxonomyTranslations(scheme, analyzer: SearchFixture.analyzer).table
        var session = SearchFixture.analyzer.makeSession()
        func forms(_ word: String, _ from: Language, _ to: Language) throws -> [String] {
            let stem = try #require(try session.tokens(in: word, language: from).first?.stem)
            return table.translations(of: stem, from: from, to: to).map(\.form)
        }
        #expect(try forms("rent", .english, .french) == ["loyer"])
        #expect(try forms("loyer", .french, .english) == ["rent"])
        #expect(try Set(forms("rent", .english, .arabic)) == ["إيجار", "أجرة"])
        #expect(try Set(forms("retraso", .spanish, .english)) == ["delay", "late"])
        #expect(try forms("rent", .english, .spanish).isEmpty)
        let sureness = try #require(table.translations(of: "rent", from: .english, to: .french).first?.confidence)
        #expect(sureness >= RankingParameters().certainTranslationConfidence, "the word list alone is believed")
    }

    @Test func `the shipped taxonomy alone teaches the words of the field`() {
        let table = SearchFixture.taught.table
        for (word, from, to, wanted) in [
            ("pension", Language.english, Language.french, "pension"), ("disabl", .english, .french, "handicap"),
            ("subvent", .french, .english, "subsid"), ("discapac", .spanish, .english, "disab"),
            ("delay", .english, .french, "retard"), ("loyer", .french, .spanish, "alquiler"),
        ] {
            #expect(
                table.translations(of: word, from: from, to: to).prefix(2).map(\.form).contains {
                    $0.hasPrefix(wanted)
                },
                "\(word)")
        }
    }
}
