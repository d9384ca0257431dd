import Testing

@testable import SabilEvaluation

@Suite struct ComparisonVerdictTests {
    private func verdict(_ differences: [Double], comparisons: Int = 1) -> (ComparisonVerdict, String) {
        let comparison = PairedComparison(differences, baseline: Array(repeating: 0, count: differences.count))
        let verdict = ComparisonVerdict(
            comparison, adjusted: min(1, comparison.p * Double(comparisons)), comparisons: comparisons)
        return (verdict, verdict.words(comparison, comparisons: comparisons))
    }

    @Test func `each kind of outcome has its words`() {
        let gain = (0..<20).map { 0.1 + 0.01 * Double($0 % 3) }
        #expect(verdict(gain).1 == "better")
        #expect(verdict(gain.map { -$0 }).1 == "worse")
        #expect(verdict([0, 0, 0]).1 == "identical")
        // Deviation of ten at 0.1 and ten at −0.1: √(20·0.01/19) = 0.102598; (2.093024 + 0.860951) · that / √20.
        let even = (0..<20).map { $0 % 2 == 0 ? 0.1 : -0.1 }
        #expect(
            verdict(even).1
                == "no difference shown (20 queries; a true difference of at least 0.0678 would have been seen "
                + "with 80 % power)")
    }

    @Test func `five queries cannot show anything, six can`() {
        #expect(verdict([0.3, 0.3, 0.4, 0.5, 0.2]).0 == .tooFew(needed: 6))
        #expect(
            verdict([0.3, 0.3, 0.4, 0.5, 0.2, 0, 0]).1
                == "no difference shown (7 queries, 5 with other values: too few, 6 are needed)")
        #expect(verdict([0.3, 0.3, 0.4, 0.5, 0.2, 0.1]).0 == .better)
        #expect(verdict([0.5]).1 == "no difference shown (1 query, 1 with other values: too few, 6 are needed)")
    }

    @Test func `in a family more is needed, and the words say that correction decided`() {
        // 2 / 2^n · 12 ≤ 0.05 from n = 9 on.
        #expect(PairedComparison.fewestMoved(comparisons: 12) == 9)
        let seven = [0.3, 0.3, 0.4, 0.5, 0.2, 0.1, 0.2]
        #expect(verdict(seven).0 == .better)
        #expect(
            verdict(seven, comparisons: 12).1
                == "no difference shown (7 queries, 7 with other values: too few, 9 are needed among 12 comparisons)")
        let clear = (0..<30).map { $0 % 3 == 0 ? -0.085 : 0.115 }
        let alone = PairedComparison(clear, baseline: Array(repeating: 0, count: 30))
        #expect(alone.p > 0.05 / 12 && alone.p < 0.05, "the sample is to lie between: \(alone.p)")
        #expect(verdict(clear).0 == .better)
        #expect(
            verdict(clear, comparisons: 12).1.hasPrefix("no difference shown after correction for 12 comparisons (30"))
    }

    @Test func `no winner when the interval holds 0, whatever p says`() {
        let even = PairedComparison((0..<20).map { $0 % 2 == 0 ? 0.1 : -0.1 }, baseline: Array(repeating: 0, count: 20))
        #expect(ComparisonVerdict(even, adjusted: 0.001).code == "not-shown")
    }

    @Test func `rounding moves no query`() {
        let comparison = PairedComparison([0.1 + 0.2, 0.5, 1], baseline: [0.3, 0.5, 0.5])
        #expect(comparison.moved == 1 && comparison.equal == 2 && comparison.better == 1)
        #expect(abs(comparison.superiority - 2.0 / 3) < 1e-12)
        #expect(comparison.isExact && comparison.p == 1)
    }
}
