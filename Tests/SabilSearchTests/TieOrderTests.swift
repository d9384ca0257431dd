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
}
