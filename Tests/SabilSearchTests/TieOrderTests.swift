import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct TieOrderTests {
    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 3])
    func `the order of an answer does not depend on the order in which records came`(seed: UInt64) async throws {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let words = ["cash", "food", "school", "herders", "water"]
        // Few words, so that many records score the same: more than the second step looks at.
        var records = (0..<260).map { number in
            let text = (0..<Int.random(in: 1...2, using: &generator)).map { _ in
                words.randomElement(using: &generator) ?? ""
            }
            return ResourceRecord(
                id: RecordID("r\(number)"), type: "news", language: .english, title: text.joined(separator: " "),
                date: PartialDate("20\(10 + number % 5)"))
        }
        func answers(_ records: [ResourceRecord]) async throws -> [[String]] {
            try await SearchFixture.withService(records) { service in
                var answers: [[String]] = []
                for query in ["cash", "food school", "+water herders", "\"cash food\"", "sch*"] {
                    for offset in [0, 90, 150] {
                        let request = SearchRequest(query, language: .english, offset: offset, limit: 30)
                        answers.append(SearchFixture.ids(try await service.search(request)))
                    }
                }
                return answers
            }
        }
        let before = try await answers(records)
        records.shuffle(using: &generator)
        let after = try await answers(records)
        for (place, pair) in zip(before, after).enumerated() {
            #expect(pair.0 == pair.1, "seed \(seed), answer \(place)")
        }
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 5])
    func `however many records have one score, all pages and an export have them in the order of their ids`(
        seed: UInt64
    ) async throws {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        // More than are looked at beyond a page at first, and some that score otherwise before and after them.
        let texts =
            Array(repeating: "cash for herders", count: 1_400) + Array(repeating: "cash", count: 40)
            + Array(repeating: "cash for herders and other people of the region", count: 40)
        var records = texts.enumerated().map { number, text in
            ResourceRecord(id: RecordID("r\(number * 7919 % 10_007)"), type: "news", language: .english, title: text)
        }
        records.shuffle(using: &generator)
        let titles = Dictionary(uniqueKeysWithValues: records.map { ($0.id.rawValue, $0.title) })
        try await SearchFixture.withService(records) { service in
            for query in ["herders", "+herders", "title:herders"] {
                var all: [String] = []
                for offset in [0, 50, 99, 100, 700, 1_380] {
                    let request = SearchRequest(query, language: .english, offset: offset, limit: 60)
                    let ids = SearchFixture.ids(try await service.search(request))
                    let tied = ids.filter { titles[$0] == "cash for herders" }
                    #expect(tied == tied.sorted(), "seed \(seed), \(query) from \(offset)")
                    #expect(offset > 1_300 || ids.count == 60)
                    if offset == 0 { all = ids }
                    // What two pages share they have at the same places.
                    if offset == 50 {
                        #expect(Array(all.suffix(10)) == Array(ids.prefix(10)), "seed \(seed), \(query)")
                    }
                }
                var stream = try await service.records(matching: SearchRequest(query, language: .english))
                var exported: [String] = []
                while let part = try await stream.next() { exported += part.map(\.id.rawValue) }
                #expect(exported.count == 1_440)
                #expect(Array(exported.prefix(60)) == all, "seed \(seed), \(query)")
                let tied = exported.filter { titles[$0] == "cash for herders" }
                #expect(tied.count == 1_400 && tied == tied.sorted(), "seed \(seed), \(query)")
            }
        }
    }
}
