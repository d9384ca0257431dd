import SabilEvaluation
import SabilRecords
import Testing

@Suite struct PairedComparisonTests {
    @Test func `p approaches the share of all sign patterns that are at least as far out`() {
        let system = [0.5, 0.7, 0.2, 0.9, 0.4, 0.8, 0.6, 0.3]
        let baseline = [0.4, 0.5, 0.3, 0.6, 0.4, 0.7, 0.2, 0.1]
        let differences = zip(system, baseline).map { $0 - $1 }
        let observed = abs(differences.reduce(0, +))
        var far = 0
        for pattern in 0..<256 {
            let sum = differences.enumerated().reduce(0.0) {
                $0 + (pattern >> $1.offset & 1 == 0 ? 1 : -1) * $1.element
            }
            if abs(sum) >= observed - 1e-12 { far += 1 }
        }
        let comparison = PairedComparison(system, baseline: baseline, seed: 3)
        #expect(abs(comparison.p - Double(far) / 256) < 0.01)
        #expect(abs(comparison.difference - 0.15) < 1e-12)
        #expect(comparison.low < 0.15 && comparison.high > 0.15)
        #expect(comparison.count == 8)
    }

    @Test func `the interval is that of the normal distribution when there are many pairs`() {
        var random = SeededGenerator(seed: 11)
        // Sums of twelve uniform numbers: variance 1, mean 6.
        let system = (0..<900).map { _ in (0..<12).reduce(0.0) { sum, _ in sum + random.nextUnit() } - 6 + 0.1 }
        let comparison = PairedComparison(system, baseline: Array(repeating: 0, count: 900), resamples: 4_000, seed: 5)
        let mean = system.reduce(0, +) / 900
        let deviation = (system.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 900).squareRoot()
        #expect(abs(comparison.low - (mean - 1.96 * deviation / 30)) < 0.006)
        #expect(abs(comparison.high - (mean + 1.96 * deviation / 30)) < 0.006)
    }

    @Test func `equal systems are not told apart, and a constant gain always is`() {
        let values = (0..<30).map { Double($0 % 7) / 7 }
        let equal = PairedComparison(values, baseline: values)
        #expect(equal.p == 1 && equal.low == 0 && equal.high == 0 && !equal.isClear)
        let better = PairedComparison(values.map { $0 + 0.1 }, baseline: values)
        #expect(better.p < 0.001 && better.isClear)
        #expect(better.p >= 1.0 / 10_001, "never 0")
    }

    @Test func `the same seed gives the same figures and the order of the two turns the sign`() {
        var random = SeededGenerator(seed: 2)
        let a = (0..<50).map { _ in random.nextUnit() }
        let b = (0..<50).map { _ in random.nextUnit() }
        let first = PairedComparison(a, baseline: b, permutations: 500, resamples: 500, seed: 9)
        #expect(first == PairedComparison(a, baseline: b, permutations: 500, resamples: 500, seed: 9))
        #expect(first != PairedComparison(a, baseline: b, permutations: 500, resamples: 500, seed: 10))
        let turned = PairedComparison(b, baseline: a, permutations: 500, resamples: 500, seed: 9)
        #expect(abs(turned.difference + first.difference) < 1e-12)
        #expect(turned.p == first.p)
        #expect(abs(turned.low + first.high) < 1e-9 && abs(turned.high + first.low) < 1e-9)
    }

    @Test func `every pair is flipped, also beyond the first 64`() {
        // A small steady gain, then a hundred large differences that cancel out: the gain is within chance.
        let system = Array(repeating: 0.01, count: 64) + (0..<100).map { $0 % 2 == 0 ? 1.0 : -1.0 }
        let comparison = PairedComparison(system, baseline: Array(repeating: 0, count: 164), seed: 8)
        #expect(comparison.p > 0.8)
        #expect(!comparison.isClear)
    }

    @Test func `Holm's adjustment keeps the order and stays at most 1`() {
        // By hand: 0.01·4, 0.02·3, then 0.03·2 raised to 0.06, 0.5·1.
        let adjusted = PairedComparison.holm([0.03, 0.01, 0.5, 0.02])
        let expected = [0.06, 0.04, 0.5, 0.06]
        #expect(zip(adjusted, expected).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(PairedComparison.holm([0.6, 0.7]) == [1, 1])
        #expect(PairedComparison.holm([]).isEmpty)
    }
}
