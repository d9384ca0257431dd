/// The figures of a run as lines with tabs: `measure`, `all`, the query or a group such as `lang=fr`, value; against a
/// baseline also baseline, difference, p, low, high.
public struct ScoreTable: Sendable, Hashable {
    /// Names of the columns; a table without a baseline has the first three.
    public static let columns = ["measure", "query", "value", "baseline", "difference", "p", "low", "high"]

    /// Without line ends, in the order of the measures.
    public let lines: [String]
    /// What the reader of the figures must know, a sentence each.
    public let notes: [String]

    /// One line a measure, after them (if asked for) one line a query and measure.
    ///
    /// - Parameters:
    ///   - group: what stands in place of `all`, when the run was scored on a part of the queries.
    ///   - exact: values with as many digits as make them read back the same, instead of four decimals.
    public init(_ evaluation: RunEvaluation, group: String = "all", perQuery: Bool = false, exact: Bool = false) {
        let text = { (value: Double) in exact ? "\(value)" : Self.decimals(value) }
        var lines = evaluation.measures.map { "\($0.name)\t\(group)\t\(text(evaluation.mean(of: $0)))" }
        if perQuery {
            for (position, query) in evaluation.queries.enumerated() {
                for measure in evaluation.measures {
                    let value = evaluation.values(of: measure)[position]
                    lines.append("\(measure.name)\t\(query)\t\(text(value))")
                }
            }
        }
        self.lines = lines
        notes = evaluation.notes
    }

    /// One line a measure, compared with a baseline on the same judged queries.
    ///
    /// - Throws: `invalidFormat` when the two were not scored on the same queries.
    public init(
        _ evaluation: RunEvaluation, baseline: RunEvaluation, group: String = "all", permutations: Int = 10_000,
        resamples: Int = 10_000, seed: UInt64 = 1
    ) throws(EvaluationError) {
        guard evaluation.queries == baseline.queries else {
            throw EvaluationError(
                code: .invalidFormat, operation: "compare runs",
                message: "Comparing two runs failed: they were scored on different queries. "
                    + "Score both on the same judgements.")
        }
        lines = evaluation.measures.map { measure in
            let system = evaluation.values(of: measure)
            let other = baseline.values(of: measure)
            guard system.count == other.count else { return "\(measure.name)\t\(group)\t\(Self.decimals(system.mean))" }
            let comparison = PairedComparison(
                system, baseline: other, permutations: permutations, resamples: resamples, seed: seed)
            let figures = [
                system.mean, other.mean, comparison.difference, comparison.p, comparison.low, comparison.high,
            ]
            return "\(measure.name)\t\(group)\t" + figures.map(Self.decimals).joined(separator: "\t")
        }
        notes = evaluation.notes.map { "Run: \($0)" } + baseline.notes.map { "Baseline: \($0)" }
    }

    /// A number with four decimals, never `-0.0000`.
    public static func decimals(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
        let units = Int((abs(value) * 10_000).rounded(.toNearestOrEven))
        let fraction = String(units % 10_000)
        let sign = value < 0 && units > 0 ? "-" : ""
        return "\(sign)\(units / 10_000)." + String(repeating: "0", count: 4 - fraction.utf8.count) + fraction
    }
}
