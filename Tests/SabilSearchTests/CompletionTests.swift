import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch

@Suite struct CompletionTests {
    private static let queries = [
        FrequentQuery("Cash plus programmes", language: .english, count: 4),
        FrequentQuery("cash plus  PROGRAMMES", language: .english, count: 2),
        FrequentQuery("cash plus my own name", language: .english, count: 4),
        FrequentQuery("cash plus nothing", language: .english, count: 5),
    ]
    private static let names = CompletionNames(
        SearchFixture.taxonomy, queries: queries, minimum: 5, analyzer: SearchFixture.analyzer)

    private static func completions(_ typed: String, _ language: Language, limit: Int = 10) throws -> [Completion] {
        var session = SearchFixture.analyzer.makeSession()
        let isWhole = typed.last?.isWhitespace == true
        return names.completions(
            of: try NameKey.of(typed, session: &session) + (isWhole ? " " : ""),
            CompletionRequest(typed, language: language, limit: limit))
    }

    /// Typed, reader, id that must be among the first six, why.
    static let table: [(typed: String, language: Language, id: String, reason: String)] = [
        ("egy", .english, "EGY", "a country"), ("Égy", .french, "EGY", "accents typed"),
        ("egyp", .french, "EGY", "accents left out"), ("مص", .arabic, "EGY", "Arabic, two letters"),
        ("الاجتماعي", .arabic, "social-protection", "a word within a name"),
        ("اجتماعي", .arabic, "social-protection", "without its article"),
        ("bolsa f", .spanish, "programme-bolsa-familia", "a programme of no language"),
        ("transferts mon", .english, "cash-transfers", "a name of another language"),
        ("cash transfers ", .english, "cash-transfers", "a whole name with a space behind it"),
    ]

    @Test func `names are found by how they or one of their words begin`() throws {
        for row in Self.table {
            let ids = try Self.completions(row.typed, row.language).prefix(6).compactMap(\.id)
            #expect(ids.contains(row.id), "\(row.typed): \(row.reason): \(ids)")
        }
        let whole = try Self.completions("egyp ", .english)
        #expect(whole.isEmpty, "egyp is no word: \(whole)")
        #expect(try Self.completions("transferts mon", .english).first?.label == "Cash transfers")
        #expect(try Self.completions("", .english).isEmpty)
    }

    @Test func `rare queries are shown to nobody, spellings count together`() throws {
        let texts = try Self.completions("cash plus", .english).filter { $0.kind == .query }.map(\.text)
        #expect(texts == ["Cash plus programmes", "cash plus nothing"])
        let alone = CompletionNames(
            SearchFixture.taxonomy, queries: Self.queries, minimum: 7, analyzer: SearchFixture.analyzer)
        #expect(alone.completions(of: "cash plus", CompletionRequest("cash plus", kinds: [.query])).isEmpty)
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max)])
    func `every completion of random beginnings holds them, each thing once`(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var session = SearchFixture.analyzer.makeSession()
        let labels = SearchFixture.taxonomy.labels.filter { $0.kind != .hidden }
        for _ in 0..<200 {
            guard let label = labels.randomElement(using: &generator) else { continue }
            let folded = try NameKey.of(label.text, session: &session)
            var typed = String(
                folded.unicodeScalars.prefix(Int.random(in: 1...12, using: &generator)).map(Character.init))
            while typed.last == " " { typed.removeLast() }
            let found = Self.names.completions(
                of: typed, CompletionRequest(typed, language: label.language, limit: 50))
            #expect(Set(found.map { $0.id ?? $0.text }).count == found.count, "seed \(seed): \(typed)")
            for completion in found {
                let name = try NameKey.of(completion.text, session: &session)
                let holds = name.hasPrefix(typed) || name.contains(" " + typed) || name.contains("ال" + typed)
                #expect(holds, "seed \(seed): \(typed) → \(name)")
            }
        }
    }

    @Test func `titles are those a reader may see, beginning with what is typed first, newest first`() async throws {
        let records = [
            ResourceRecord(
                id: "a", type: "news", language: .english, title: "A survey of zebu herding", date: PartialDate("2024")),
            ResourceRecord(
                id: "b", type: "news", language: .english, title: "Zebu milk", date: PartialDate("2001")),
            ResourceRecord(
                id: "c", type: "news", language: .english, title: "Zebu prices", date: PartialDate("2011")),
            ResourceRecord(
                id: "d", type: "news", language: .english, title: "Zebu secrets", date: PartialDate("2020"),
                visibility: .unpublished),
        ]
        try await SearchFixture.withService(records) { service in
            func titles(_ text: String, _ visibility: Set<Visibility> = [.public]) async throws -> [String] {
                let request = CompletionRequest(text, kinds: [.title], visibility: visibility)
                return try await service.complete(request).completions.compactMap(\.id)
            }
            #expect(try await titles("zeb") == ["c", "b", "a"])
            #expect(try await titles("zebu mi") == ["b"])
            #expect(try await titles("zebu ") == ["c", "b", "a"])
            #expect(try await titles("zebus ").isEmpty)
            #expect(try await titles("z").isEmpty)
            #expect(try await titles("zebu sec") == [])
            #expect(try await titles("zebu sec", [.public, .unpublished]) == ["d"])
            let mixed = try await service.complete(CompletionRequest("zebu", limit: 2))
            #expect(mixed.completions.count == 2)
        }
    }

    @Test func `a rare word behind whole ones is found, and where beginnings were cut it is said`() async throws {
        // Seventy words begin so, each in two titles; the one sought is in one.
        var records = (0..<140).map { number in
            ResourceRecord(
                id: RecordID("r\(number)"), type: "news", language: .english,
                title: "Zebu co" + String(number / 2, radix: 2).map { $0 == "0" ? "k" : "b" }.joined() + "t")
        }
        records.append(ResourceRecord(id: "rare", type: "news", language: .spanish, title: "Simplemente corazón"))
        try await SearchFixture.withService(records) { service in
            let rare = try await service.complete(CompletionRequest("simplemente co", kinds: [.title]))
            #expect(rare.completions.compactMap(\.id) == ["rare"] && !rare.looksAtSomeTitles)
            let many = try await service.complete(CompletionRequest("co", kinds: [.title]))
            #expect(!many.completions.isEmpty && many.looksAtSomeTitles)
            let few = try await service.complete(CompletionRequest("coraz", kinds: [.title]))
            #expect(few.completions.compactMap(\.id) == ["rare"] && !few.looksAtSomeTitles)
        }
    }
}
