import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing
import XapianIndex

@testable import SabilSearch

@Suite struct IndexComparisonTests {
    private static func record(_ id: String, _ title: String, language: Language = .english) -> ResourceRecord {
        ResourceRecord(id: RecordID(id), type: "news", language: language, title: title)
    }

    private func build(
        _ records: [ResourceRecord], at path: String, threads: Int = 2,
        taxonomy: ConceptScheme = SearchFixture.taxonomy
    ) async throws {
        var batches = [records][...]
        _ = try await SearchFixture.indexer(path, taxonomy: taxonomy).rebuild(threads: threads) {
            () throws(SearchError) in batches.popFirst()
        }
    }

    private func changes(
        _ from: String, _ to: String, limit: Int = 1000
    ) throws -> (records: RecordChanges, words: WordChanges) {
        try IndexComparison(from: from, to: to).changes(termLimit: limit)
    }

    private func ids(_ entries: [RecordChanges.Entry]) -> [String] { entries.map(\.id.rawValue) }

    @Test func `an index does not differ from itself, nor from one of the same records in another order`() async throws
    {
        try await SearchFixture.withDirectory { directory in
            let (one, other) = (directory + "/one", directory + "/other")
            try await build(SearchFixture.records, at: one, threads: 1)
            try await build(SearchFixture.records.reversed(), at: other, threads: 3)
            for path in [one, other] {
                let found = try changes(one, path)
                #expect(found.records.isEmpty && found.records.unchanged == SearchFixture.records.count)
                #expect(found.words.groups.isEmpty && found.words.from.oneSided == 0 && found.words.to.oneSided == 0)
            }
        }
    }

    @Test func `records that came, went and changed are told with what changed, and the other way round`() async throws
    {
        try await SearchFixture.withDirectory { directory in
            let long = String(repeating: "ن", count: 100)
            var changed = Self.record("b", "Pensions")
            let before = [Self.record("a", "Cash"), changed, Self.record("c", "Health"), Self.record(long, "Long")]
            changed.abstract = "For the old"
            changed.countries = ["BRA"]
            let after = [
                changed, Self.record("c", "Health"), Self.record(long, "Longer"), Self.record("d", "School meals"),
            ]
            try await build(before, at: directory + "/from")
            try await build(after, at: directory + "/to")
            let there = try changes(directory + "/from", directory + "/to")
            #expect(ids(there.records.added) == ["d"] && ids(there.records.removed) == ["a"])
            #expect(there.records.added[0].title == "School meals" && there.records.added[0].language == .english)
            #expect(there.records.changed.map(\.fields) == [["abstract", "countries"], ["title"]])
            #expect(
                there.records.changed.map(\.entry.id.rawValue) == ["b", long])
            #expect(there.records.unchanged == 1)
            let back = try changes(directory + "/to", directory + "/from")
            #expect(back.records.added == there.records.removed && back.records.removed == there.records.added)
            #expect(back.records.changed.map(\.fields) == there.records.changed.map(\.fields))
            // Words came and went with their records, not through analysis.
            #expect(there.words.groups.isEmpty && there.words.from.oneSided > 0)
            #expect(there.words.from == back.words.to && there.words.to == back.words.from)
        }
    }

    @Test func `another taxonomy is opened, and records that reach other concepts are named`() async throws {
        try await SearchFixture.withDirectory { directory in
            func scheme(_ version: String, broader: Bool) throws -> ConceptScheme {
                func concept(_ id: String, _ number: UInt32, broader: [ConceptID] = []) -> Concept {
                    Concept(
                        id: ConceptID(id), number: ConceptNumber(number), uri: "https://a.example/\(id)",
                        prefLabels: [.english: id], broader: broader)
                }
                return try ConceptScheme(
                    concepts: [
                        concept("meals", 1, broader: broader ? ["food"] : []), concept("food", 2),
                    ], version: version)
            }
            var tagged = Self.record("a", "Lunch")
            tagged.concepts = [ConceptTag("meals")]
            let records = [tagged, Self.record("b", "Pensions")]
            try await build(records, at: directory + "/from", taxonomy: try scheme("1", broader: false))
            try await build(records, at: directory + "/to", taxonomy: try scheme("2", broader: true))
            let comparison = try IndexComparison(from: directory + "/from", to: directory + "/to")
            let versions = [comparison.from.taxonomy, comparison.to.taxonomy]
            #expect(versions == ["1", "2"])
            let found = try comparison.changes().records
            #expect(found.reachingOtherConcepts == ["a"] && found.unchanged == 2)
            #expect(found.analysedOtherwise.isEmpty && !found.isEmpty)
        }
    }

    /// An index as another analyzer might have made it: the same record, other terms.
    private func analysed(_ words: [String: [(word: String, stem: String)]], as fingerprint: String, at path: String)
        async throws
    {
        let writer = try IndexWriter(path: path)
        for (key, value) in IndexSchema.metadata(analyzer: AnalyzerFingerprint(rawValue: fingerprint), taxonomy: "t") {
            try await writer.setMetadata(key, value)
        }
        for (id, tokens) in words.sorted(by: { $0.key < $1.key }) {
            let record = Self.record(id, "The same title", language: id.hasPrefix("ar") ? .arabic : .english)
            var document = IndexDocument(uniqueTerm: IndexSchema.record(record.id))
            var words = RecordWords()
            words.add(
                tokens.enumerated().map {
                    Token(surface: $1.word, stem: $1.stem, utf8Range: 0..<1, position: $0)
                })
            words.write(to: &document)
            document.setValue(slot: IndexSchema.Slot.wordStream, words.stream)
            document.setValue(slot: IndexSchema.Slot.language, record.language.rawValue)
            document.data = record.jsonLine()
            try await writer.replace([document])
        }
        try await writer.finish()
    }

    @Test func `terms of unchanged records that one analyzer alone makes are told by language, stems apart`()
        async throws
    {
        try await SearchFixture.withDirectory { directory in
            try await analysed(
                [
                    "en-1": [("pensions", "pension"), ("2019", "2019")], "en-2": [("pensions", "pension")],
                    "ar-1": [("معاشات", "معاش")], "en-gone": [("gone", "gone")],
                ], as: "one", at: directory + "/from")
            try await analysed(
                [
                    "en-1": [("pensions", "pens"), ("2019", "2019")], "en-2": [("pensions", "pension")],
                    "ar-1": [("معاشات", "معاشات")],
                ], as: "two", at: directory + "/to")
            let comparison = try IndexComparison(from: directory + "/from", to: directory + "/to")
            let sharesAnalyzer = comparison.sharesAnalyzer
            #expect(!sharesAnalyzer)
            let found = try comparison.changes()
            #expect(found.records.analysedOtherwise == ["ar-1", "en-1"])
            let told = found.words.groups.map { group in
                "\(group.language.rawValue): "
                    + [group.onlyFrom, group.onlyTo].map { terms in
                        terms.map { "\($0.text)\($0.isStem ? "~" : "")\($0.records)" }.joined(separator: " ")
                    }.joined(separator: " | ")
            }
            // "gone" went with its record; the stem "pension" is in both.
            #expect(told == ["ar: معاش~1 | معاشات~1", "en:  | pens~1"])
            #expect(found.words.from.oneSided == 2 && found.words.to.oneSided == 2)
            let cut = try comparison.changes(termLimit: 1).words
            #expect(cut.from.isCut && cut.from.examined == 1 && cut.to.isCut)

            let counts = try comparison.counts(ofWordsIn: [("pensions معاشات", nil), ("PENSIONS", .english)])
            let pensions = try #require(counts.first { $0.word == "pensions" })
            #expect(pensions.from.exact == 2 && pensions.to.exact == 2)
            #expect(counts.count { $0.word == "pensions" && $0.language == .english } <= 1)
            #expect(counts.contains { $0.word == "معاشات" && $0.from.inAnyForm == 1 && $0.to.inAnyForm == 1 })
        }
    }

    @Test func `another layout, another program's database and none at all are refused`() async throws {
        try await SearchFixture.withDirectory { directory in
            try await build([Self.record("a", "Cash")], at: directory + "/index")
            let foreign = try IndexWriter(path: directory + "/foreign")
            try await foreign.setMetadata("theirs", [1])
            try await foreign.finish()
            let later = try IndexWriter(path: directory + "/later")
            try await later.setMetadata(IndexSchema.Key.version, Array("99".utf8))
            try await later.finish()
            for (name, code, words) in [
                ("foreign", SearchError.Code.mismatch, "something else than Sabil"), ("later", .mismatch, "version 99"),
                ("none", .notFound, "none"),
            ] {
                for (from, to) in [("index", name), (name, "index")] {
                    do throws(SearchError) {
                        _ = try IndexComparison(from: "\(directory)/\(from)", to: "\(directory)/\(to)")
                        Issue.record("\(name) was opened")
                    } catch {
                        #expect(error.code == code && error.message.contains(words))
                    }
                }
            }
        }
    }
}
