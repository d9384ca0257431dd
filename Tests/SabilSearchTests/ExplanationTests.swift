import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct ExplanationTests {
    /// A query of random words of the records, in random syntax.
    private static func query(using generator: inout SeededGenerator) -> String {
        let records = SearchFixture.records
        func word() -> String {
            let record = records[generator.nextIndex(below: records.count)]
            let words = (generator.nextIndex(below: 2) == 0 ? record.title : record.abstract)
                .split(whereSeparator: { !$0.isLetter && !$0.isNumber })
            return words.isEmpty ? "social" : String(words[generator.nextIndex(below: words.count)])
        }
        let names = [
            "social protection", "cash transfers", "Égypte", "Bolsa Família", "الحماية الاجتماعية", "pensiones",
        ]
        var parts: [String] = []
        for _ in 0...generator.nextIndex(below: 5) {
            switch generator.nextIndex(below: 9) {
            case 0: parts.append("\"\(word()) \(word())\"")
            case 1: parts.append("-" + word())
            case 2: parts.append("+" + word())
            case 3: parts.append(String(word().prefix(4)) + "*")
            case 4: parts.append("title:" + word())
            case 5: parts.append("(\(word()) OR \(word()))")
            case 6: parts.append(names[generator.nextIndex(below: names.count)])
            default: parts.append(word())
            }
        }
        return parts.joined(separator: " ")
    }

    @Test func `parts add up to the score on random queries, filters, boosts and pages`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        try await PlacementTests.withService(SearchFixture.records) { service in
            var kinds: Set<ScorePart.Kind> = []
            for round in 0..<200 {
                var request = SearchRequest(Self.query(using: &generator), limit: 20, highlight: false, explain: true)
                request.offset = [0, 0, 0, 15, 95, 130][generator.nextIndex(below: 6)]
                if generator.nextIndex(below: 3) == 0 {
                    request.filters = [Filter(.concept, ["social-assistance"]), Filter(.year, ["2005.."])]
                }
                if generator.nextIndex(below: 3) == 0 { request.boosts = [.recency, .contentType] }
                if generator.nextIndex(below: 4) == 0 { request.collapsesTranslations = true }
                request.expansion = Expansion.allCases[generator.nextIndex(below: 3)]
                for hit in try await service.search(request).hits {
                    let sum = hit.explanation.reduce(0) { $0 + $1.contribution }
                    #expect(
                        abs(sum - hit.score) < 1e-6 * max(1, hit.score),
                        "seed \(seed) round \(round): \(request.text) at \(request.offset): \(hit.score) \(hit.explanation)"
                    )
                    kinds.formUnion(hit.explanation.map(\.kind))
                }
            }
            #expect(
                kinds.isSuperset(of: [.word, .concept, .grams, .tag, .recency, .contentType]), "seed \(seed)")
        }
    }
}
