import SabilEvaluation
import SabilRecords
import Testing

/// What the tests promise over many samples. Bounds are three standard errors of the share, √(p(1−p)/400).
@Suite struct ComparisonSimulationTests {
    private let rounds = 400

    /// Sums of twelve uniform numbers: variance 1, mean 0, nearly normal.
    private func normal(_ random: inout SeededGenerator) -> Double {
        (0..<12).reduce(-6.0) { sum, _ in sum + random.nextUnit() }
    }

    /// Differences as search engines have them: a third of the queries unmoved, the others at few levels, some far out.
    private func chance(_ count: Int, _ random: inout SeededGenerator) -> [Double] {
        (0..<count).map { _ in
            let size = [0, 0, 0.05, 0.1, 0.25, 0.5][random.nextIndex(below: 6)]
            return random.next() & 1 == 0 ? size : -size
        }
    }

    private func compare(_ differences: [Double], seed: UInt64, resamples: Int = 1) -> PairedComparison {
        PairedComparison(
            differences, baseline: Array(repeating: 0, count: differences.count), permutations: 400,
            resamples: resamples, seed: seed)
    }

    @Test(arguments: [(30, UInt64(401)), (10, 402)])
    func `equal systems are told apart about one time in twenty`(count: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let found = (0..<rounds).count { compare(chance(count, &random), seed: UInt64($0)).p < 0.05 }
        let share = Double(found) / Double(rounds)
        // Few levels make p coarse, so it may err less often than 0.05; with ten queries much less.
        #expect(share < 0.083, "seed \(seed): \(share)")
        #expect(share > (count == 30 ? 0.017 : 0), "seed \(seed): \(share)")
    }

    @Test
    func `of a family of six between equal systems hardly one in twenty holds a verdict, uncorrected every fourth`() {
        let seed: UInt64 = 411
        var random = SeededGenerator(seed: seed)
        var corrected = 0
        var uncorrected = 0
        for round in 0..<rounds {
            let family = (0..<6).map { _ in compare(chance(25, &random), seed: UInt64(round), resamples: 100) }
            let adjusted = PairedComparison.holm(family.map(\.p))
            if family.contains(where: { $0.p <= 0.05 }) { uncorrected += 1 }
            let verdicts = zip(family, adjusted).map { ComparisonVerdict($0, adjusted: $1, comparisons: 6).code }
            if verdicts.contains(where: { $0 == "better" || $0 == "worse" }) { corrected += 1 }
        }
        #expect(Double(corrected) / Double(rounds) < 0.083, "seed \(seed): \(corrected)")
        #expect(Double(uncorrected) / Double(rounds) > 0.15, "seed \(seed): \(uncorrected)")
    }

    @Test(arguments: [(15, 1, UInt64(421)), (40, 1, 422), (40, 10, 423)])
    func `a true difference of the detectable size is seen four times in five`(
        count: Int, comparisons: Int, seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        // Differences of deviation 1, as in the samples: half at +x, half at −x.
        let far = (Double(count - 1) / Double(count - count % 2)).squareRoot()
        let pattern = (0..<count).map { $0 == count - 1 && count % 2 == 1 ? 0 : $0 % 2 == 0 ? far : -far }
        let size = try #require(compare(pattern, seed: 1).detectableDifference(comparisons: comparisons))
        func power(_ size: Double) -> Double {
            let seen = (0..<rounds).count { round in
                let sample = (0..<count).map { _ in normal(&random) + size }
                return compare(sample, seed: UInt64(round)).p <= 0.05 / Double(comparisons)
            }
            return Double(seen) / Double(rounds)
        }
        let whole = power(size)
        #expect((0.74...0.86).contains(whole), "seed \(seed): \(whole)")
        let half = power(size / 2)
        #expect(half < 0.5, "seed \(seed): half the size is seen in \(half)")
    }

    @Test func `the interval holds the true difference nineteen times in twenty`() {
        let seed: UInt64 = 431
        var random = SeededGenerator(seed: seed)
        let held = (0..<rounds).count { round in
            let comparison = compare((0..<40).map { _ in normal(&random) + 0.3 }, seed: UInt64(round), resamples: 400)
            return comparison.low <= 0.3 && 0.3 <= comparison.high
        }
        // The percentile interval of 40 pairs is somewhat narrow (Efron, Tibshirani 1993, §13.3).
        #expect((0.89...0.98).contains(Double(held) / Double(rounds)), "seed \(seed): \(held)")
    }
}
