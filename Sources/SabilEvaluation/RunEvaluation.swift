/// The measures of one run: per judged query, and their means.
///
/// Every judged query counts; one without results in the run has the value 0 (as `trec_eval -c` and ir_measures do) and is
/// listed in `missing`.
public struct RunEvaluation: Sendable {
    public let measures: [Measure]
    /// The judged queries, sorted: the order of `values`.
    public let queries: [String]
    /// Judged queries for which the run has no result.
    public let missing: [String]
    /// Number of queries of the run that nobody judged; they do not count.
    public let unjudgedQueries: Int
    private let values: [Measure: [Double]]

    /// - Throws: `empty` when no query is judged.
    /// - Complexity: O(judgements + results × measures).
    public init(_ run: Run, judgements: Judgements, measures: [Measure] = Measure.standard) throws(EvaluationError) {
        let queries = judgements.queries
        guard !queries.isEmpty else {
            throw EvaluationError(
                code: .empty, operation: "score run",
                message: "Scoring the run \"\(run.tag)\" failed: no query is judged. Give judgements for its queries.")
        }
        var values: [Measure: [Double]] = [:]
        var missing: [String] = []
        for query in queries {
            let ranking = run.ranking(ofQuery: query) ?? []
            if ranking.isEmpty { missing.append(query) }
            let judged = JudgedRanking(
                ranking.lazy.map(\.document), judged: judgements.grades(ofQuery: query))
            for measure in measures { values[measure, default: []].append(measure.value(of: judged)) }
        }
        self.measures = measures
        self.queries = queries
        self.missing = missing
        self.values = values
        let known = Set(queries)
        unjudgedQueries = run.queries.count { !known.contains($0) }
    }

    /// Values in the order of `queries`; empty when the measure was not asked for.
    public func values(of measure: Measure) -> [Double] { values[measure] ?? [] }

    /// Mean over all judged queries; 0 when the measure was not asked for.
    public func mean(of measure: Measure) -> Double { values(of: measure).mean }

    /// What the reader of the figures must know, a sentence each; empty when there is nothing.
    public var notes: [String] {
        var notes: [String] = []
        if !missing.isEmpty {
            notes.append(
                "\(missing.count) of \(queries.count) judged queries have no result in the run and count as 0.")
        }
        if unjudgedQueries > 0 {
            notes.append("\(unjudgedQueries) queries of the run are not judged and do not count.")
        }
        return notes
    }
}

extension [Double] {
    /// Sum over count; 0 for none.
    var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}
