extension ExperimentResult {
    /// The values of one measure beside those of a reference, query by query.
    public struct Pairs: Sendable, Hashable {
        /// Sorted.
        public let queries: [String]
        public let values: [Double]
        public let reference: [Double]
    }

    /// Pairs of this result's values and its baseline's, for the queries that both have.
    ///
    /// - Returns: `nil` without a baseline, or when the two have no query of the measure in common.
    public func pairs(with baseline: Baseline?, measure: String) -> Pairs? {
        guard let own = measures[measure], let other = baseline?.measures[measure] else { return nil }
        return Self.pairs(own, other)
    }

    /// Pairs with another result's values of the same measure, for the queries that both have; as above.
    public func pairs(with other: ExperimentResult, measure: String) -> Pairs? {
        guard let own = measures[measure], let others = other.measures[measure] else { return nil }
        return Self.pairs(own, others)
    }

    private static func pairs(_ own: MeasuredValues, _ other: MeasuredValues) -> Pairs? {
        let common = own.perQuery.keys.filter { other.perQuery[$0] != nil }.sorted()
        guard !common.isEmpty else { return nil }
        return Pairs(
            queries: common, values: common.compactMap { own.perQuery[$0] },
            reference: common.compactMap { other.perQuery[$0] })
    }

    /// Whether the difference to the baseline is real; as ``pairs(with:measure:)-(Baseline?,_)``.
    public func comparison(withBaselineOn measure: String, seed: UInt64 = 1) -> PairedComparison? {
        pairs(with: baseline, measure: measure).map {
            PairedComparison($0.values, baseline: $0.reference, seed: seed)
        }
    }
}
