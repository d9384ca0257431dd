import SabilEvaluation
import SabilRecords
import Testing

@Suite struct TranslationConsistencyTests {
    private static func version(_ work: String, _ language: Language, _ labels: Set<String>)
        -> TranslationConsistency.Version
    {
        .init(work: work, language: language, labels: labels)
    }

    @Test func `pairs are worked out by hand`() throws {
        // w1: en-fr and en-es 2·1/(2+1) = 2/3, es-fr 1; w2: en-fr 1.
        let found = TranslationConsistency([
            Self.version("w1", .english, ["a", "b"]), Self.version("w1", .french, ["a"]),
            Self.version("w1", .spanish, ["a"]), Self.version("w2", .french, ["b"]),
            Self.version("w2", .english, ["b"]), Self.version("w3", .arabic, ["a"]),
            Self.version("w2", .english, ["z"]),
        ])
        #expect(
            found.pairs.map { "\($0.first.rawValue)-\($0.second.rawValue) \($0.works)" } == [
                "en-es 1", "en-fr 2", "es-fr 1",
            ])
        let third: Double = 2.0 / 3
        let expected: [Double] = [third, (third + 1) / 2, 1]
        for (pair, wanted) in zip(found.pairs, expected) {
            let value: Double = try #require(pair.consistency.value)
            #expect(abs(value - wanted) < 1e-12, "\(pair.first)-\(pair.second)")
        }
        let overall = try #require(found.overall)
        #expect(overall.count == 4)
        let mean: Double = try #require(overall.consistency.value)
        let wantedMean: Double = (third + third + 1 + 1) / 4
        #expect(abs(mean - wantedMean) < 1e-12)
        #expect(found.pairs[1].labelsPerVersion.first == 1.5)
        #expect(found.pairs[1].labelsPerVersion.second == 1)
        #expect(found.lonely == 1, "w3 has one version")
        #expect(found.doubled == 1, "the second English version of w2 is left out and said")
    }

    @Test func `the order of versions changes nothing, and one language says nothing`() throws {
        var versions: [TranslationConsistency.Version] = []
        var random = SeededGenerator(seed: 12)
        for work in 0..<40 {
            for language in Language.known {
                let labels = ["a", "b", "c", "d"].filter { _ in random.nextIndex(below: 2) == 0 }
                versions.append(Self.version("w\(work)", language, Set(labels)))
            }
        }
        let one = TranslationConsistency(versions, resamples: 50)
        #expect(one == TranslationConsistency(versions.shuffled(using: &random), resamples: 50), "seed 12")
        #expect(one.pairs.count == 6)
        for pair in one.pairs {
            let (low, value, high) = (
                pair.consistency.low ?? 1, pair.consistency.value ?? 0, pair.consistency.high ?? 0
            )
            #expect(low <= value && value <= high)
        }
        #expect(TranslationConsistency(versions.filter { $0.language == .arabic }).overall == nil)
    }
}
