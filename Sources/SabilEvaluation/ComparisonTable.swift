/// Measures of two systems by group, compared as one family: Holm's correction runs over all lines.
public struct ComparisonTable: Sendable, Hashable {
    /// The values of one measure on the pairs of one group.
    public struct Sample: Sendable, Hashable {
        public let measure: String
        public let group: String
        public let system: [Double]
        public let baseline: [Double]

        /// - Precondition: as many values of one as of the other, at least one.
        public init(measure: String, group: String, system: [Double], baseline: [Double]) {
            precondition(system.count == baseline.count && !system.isEmpty, "a comparison needs pairs")
            self.measure = measure
            self.group = group
            self.system = system
            self.baseline = baseline
        }
    }

    public struct Line: Sendable, Hashable {
        public let measure: String
        public let group: String
        /// Mean of the system.
        public let system: Double
        /// Mean of the baseline.
        public let baseline: Double
        public let comparison: PairedComparison
        /// The p of the comparison after Holm's correction.
        public let adjusted: Double
        public let verdict: ComparisonVerdict
        /// The verdict for people.
        public let words: String
    }

    /// In the order of the samples.
    public let lines: [Line]
    public let unit: ComparisonUnit

    /// - Parameters:
    ///   - permutations: raised to 400 a line, so that the smallest p that can be drawn stays below the error rate after
    ///     correction, however many lines there are.
    /// - Complexity: O(lines · (permutations + resamples) · pairs).
    public init(
        _ samples: [Sample], unit: ComparisonUnit = .queries, permutations: Int = 10_000, resamples: Int = 10_000,
        seed: UInt64 = 1
    ) {
        let comparisons = samples.map {
            PairedComparison(
                $0.system, baseline: $0.baseline, permutations: max(permutations, 400 * samples.count),
                resamples: resamples, seed: seed)
        }
        let adjusted = PairedComparison.holm(comparisons.map(\.p))
        lines = samples.indices.map { position in
            let sample = samples[position]
            let comparison = comparisons[position]
            let verdict = ComparisonVerdict(comparison, adjusted: adjusted[position], comparisons: samples.count)
            return Line(
                measure: sample.measure, group: sample.group, system: sample.system.mean,
                baseline: sample.baseline.mean, comparison: comparison, adjusted: adjusted[position], verdict: verdict,
                words: verdict.words(comparison, comparisons: samples.count, unit: unit))
        }
        self.unit = unit
    }
}
