/// The results of several experiments beside their reference runs, compared as one family.
struct ExperimentComparisons: Sendable, Hashable {
    /// One measure of one experiment.
    struct Entry: Sendable, Hashable {
        let line: ComparisonTable.Line
        let pairs: ExperimentResult.Pairs
        /// Queries of the experiment for which the reference has no value.
        let unpaired: Int
    }

    /// By position of the result, then by measure.
    private let entries: [[String: Entry]]
    /// How many comparisons were corrected for.
    let count: Int

    /// - Parameters:
    ///   - measures: of each result, those to compare.
    init(
        _ results: [ExperimentResult], measures: [[String]], sampling: ComparisonReport.Sampling = .init()
    ) {
        var keys: [(position: Int, measure: String, pairs: ExperimentResult.Pairs, unpaired: Int)] = []
        for (position, result) in results.enumerated() {
            for measure in measures[position] where !ReportMeasures.isNoQuality(measure) {
                guard let pairs = result.pairs(with: result.baseline, measure: measure),
                    // JSON has no other numbers, but a result may also be made by hand.
                    (pairs.values + pairs.reference).allSatisfy(\.isFinite)
                else { continue }
                let own = result.measures[measure]?.perQuery.count ?? 0
                keys.append((position, measure, pairs, own - pairs.queries.count))
            }
        }
        let table = ComparisonTable(
            keys.map {
                ComparisonTable.Sample(
                    measure: $0.measure, group: results[$0.position].experiment, system: $0.pairs.values,
                    baseline: $0.pairs.reference)
            }, permutations: sampling.permutations, resamples: sampling.resamples, seed: sampling.seed)
        var entries: [[String: Entry]] = Array(repeating: [:], count: results.count)
        for (key, line) in zip(keys, table.lines) {
            entries[key.position][key.measure] = Entry(line: line, pairs: key.pairs, unpaired: key.unpaired)
        }
        self.entries = entries
        count = keys.count
    }

    subscript(position: Int, measure: String) -> Entry? { entries[position][measure] }
}

/// Order and kinds of measures in a report.
enum ReportMeasures {
    /// Names or beginnings of names.
    private static let order: [ExperimentResult.Kind: [String]] = [
        .rank: ["nDCG@10", "nDCG", "AP", "RR", "P@", "P(", "R@", "R(", "Success"],
        .classify: ["micro F1", "macro F1", "F1@5", "F1 (doc avg)", "nDCG@5", "nDCG@10", "P@1", "P@3", "P@5"],
    ]

    /// Names in the order of a report: the best known first, then by name.
    static func sorted(_ names: some Sequence<String>, of kind: ExperimentResult.Kind) -> [String] {
        let order = order[kind] ?? []
        let rank = { (name: String) in
            order.firstIndex { $0 == name } ?? order.firstIndex { name.hasPrefix($0) } ?? order.count
        }
        return names.sorted { (rank($0), $0) < (rank($1), $1) }
    }

    /// The measure by which an experiment is judged: `nDCG@10` or `micro F1` where it has one.
    static func main(of result: ExperimentResult) -> String? {
        let preferred = result.kind == .rank ? "nDCG@10" : "micro F1"
        if result.measures[preferred] != nil { return preferred }
        return sorted(result.measures.keys, of: result.kind).first { !isNoQuality($0) }
    }

    /// Whether more of it is neither better nor worse: how much was judged, and numbers of things.
    static func isNoQuality(_ name: String) -> Bool {
        name.hasPrefix("Judged") || ClassificationMeasure(rawValue: name)?.isCount == true
    }

    /// Counts without digits after the point, all else with four.
    static func text(_ value: Double?, of name: String) -> ReportText {
        .own(ReportNumber.fixed(value, places: ClassificationMeasure(rawValue: name)?.isCount == true ? 0 : 4))
    }
}
