import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct RankingParametersTests {
    @Test func `every stored number has its name, and no name stands for another number`() throws {
        let stored = Mirror(reflecting: RankingParameters.standard).children.compactMap(\.label)
        #expect(RankingParameters.names.map(\.name) == stored)
        for name in RankingParameters.names {
            let value = name.range.upperBound
            let parameters = try RankingParameters([name.name: value])
            for (label, stored) in Mirror(reflecting: parameters).children {
                let number =
                    (stored as? Double) ?? (stored as? Int).map(Double.init) ?? Double((stored as? UInt32) ?? 0)
                let expected = label == name.name ? value : RankingParameters.standard.values[label ?? ""]
                #expect(number == expected, "\(name.name) = \(value) left \(label ?? "") at \(number)")
            }
        }
    }

    @Test func `the standard numbers lie in their ranges and are no change`() throws {
        #expect(RankingParameters.standard.changes.isEmpty)
        #expect(try RankingParameters(RankingParameters.standard.values) == .standard)
        #expect(try RankingParameters(["b": 0.5, "k1": 0.9]).changes == ["b": 0.5])
    }

    @Test(arguments: [
        ("temperature", 1.0, "known are k1, b,", "nothing is near it"),
        ("nearPairWieght", 1, "did you mean nearPairWeight?", "a slip"),
        ("b", 1.5, "from 0 to 1", "out of range"),
        ("b", .nan, "from 0 to 1", "no number is in no range"),
        ("k1", -0.1, "from 0 to 10", "out of range"),
        ("poolSize", 10.5, "whole number", "half a hit"),
        ("poolSize", .infinity, "from 1 to 2000", "must not trap on conversion"),
        ("gramLength", 3, "is not 4", "the index holds grams of four"),
    ])
    func `what cannot be set is refused with the remedy`(
        name: String, value: Double, needle: String, reason: String
    ) {
        let error = #expect(throws: SearchError.self, "\(reason)") { try RankingParameters([name: value]) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains(needle) == true, "\(reason): \(error?.message ?? "")")
    }

    @Test func `a number that is set changes the ranking, and any within its range ranks`() async throws {
        let texts = [
            "cash transfer for families", "transfer of cash",
            "cash and more cash in a long text about the transfer of it",
            "families and children", "transfers",
        ]
        let documents = texts.enumerated().map {
            RankingSession.Document(id: "d\($0.offset)", title: "", text: $0.element, language: .english)
        }
        let seed: UInt64 = 7
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            try await RankingSession.build(documents, at: path, analyzer: SearchFixture.analyzer)
            func rank(_ values: [String: Double]) throws -> [RankingSession.RankedDocument] {
                let session = try RankingSession(
                    path: path, analyzer: SearchFixture.analyzer, parameters: try RankingParameters(values))
                return try session.rank("cash transfer families", language: .english)
            }
            let standard = try rank([:])
            #expect(try rank(["k1": 2]).map(\.score) != standard.map(\.score))
            #expect(try rank(["orderedPairWeight": 5]).map(\.score) != standard.map(\.score))

            var random = SeededGenerator(seed: seed)
            for round in 0..<60 {
                var values: [String: Double] = [:]
                for name in RankingParameters.names {
                    // The bounds themselves are where formulas break.
                    let share = [0, 1, Double(random.next() >> 11) / Double(1 << 53)][random.nextIndex(below: 3)]
                    let value = name.range.lowerBound + share * (name.range.upperBound - name.range.lowerBound)
                    values[name.name] = name.isWhole ? value.rounded() : value
                }
                let ranking = try rank(values)
                // Fewer where only the first words of the query are looked at.
                #expect((1...standard.count).contains(ranking.count), "seed \(seed), round \(round): \(values)")
                #expect(ranking.allSatisfy { $0.score.isFinite }, "seed \(seed), round \(round): \(values)")
            }
        }
    }
}
