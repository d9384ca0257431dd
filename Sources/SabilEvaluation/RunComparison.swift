extension ComparisonReport {
    /// Compares two runs on the same judgements.
    ///
    /// The first measure orders the changed queries; its cutoff, or 10, is the depth of what came in and went out.
    /// Every judged query counts, also one that a run lacks.
    /// - Parameters:
    ///   - groups: parts of the queries to compare on their own too.
    ///   - topChanges: how many of the changed queries are told in detail.
    /// - Throws: `empty` when no query is judged or no measure is asked for.
    public init(
        _ system: Run, baseline: Run, judgements: Judgements, measures: [Measure] = Measure.standard,
        groups: QueryGroups? = nil, overlap: RankBiasedOverlap = .standard, topChanges: Int = 10,
        sampling: Sampling = Sampling()
    ) throws(EvaluationError) {
        guard let leading = measures.first else {
            throw EvaluationError(
                code: .empty, operation: "compare runs",
                message: "Comparing two runs failed: no measure is asked for. Name one, such as nDCG@10.")
        }
        let ours = try RunEvaluation(system, judgements: judgements, measures: measures)
        let theirs = try RunEvaluation(baseline, judgements: judgements, measures: measures)
        let ranking = { (run: Run) in { (query: String) in run.ranking(ofQuery: query) ?? [] } }
        let depth = leading.cutoff ?? 10
        let material = Material(
            queries: ours.queries,
            measures: measures.map { ($0.name, ours.values(of: $0), theirs.values(of: $0)) },
            systemRanking: ranking(system), baselineRanking: ranking(baseline), groups: groups?.named ?? [],
            depth: depth, notes: theirs.notes.map { "A: \($0)" } + ours.notes.map { "B: \($0)" })
        self.init(material, overlap: overlap, topChanges: topChanges, sampling: sampling) { position, shared in
            let query = ours.queries[position]
            return RankingChange(
                query: query, text: groups?.texts[query], value: ours.values(of: leading)[position],
                baseline: theirs.values(of: leading)[position], overlap: shared,
                system: RankingChange.Answer(ranking(system)(query).map(\.document), depth: depth),
                other: RankingChange.Answer(ranking(baseline)(query).map(\.document), depth: depth),
                grades: judgements.grades(ofQuery: query), relevance: leading.relevance, reach: leading.cutoff)
        }
    }
}

extension QueryGroups {
    /// Names such as `lang=fr` with the ids, sorted by name.
    var named: [(name: String, members: Set<String>)] {
        queries.sorted { $0.key < $1.key }.map { ("\(key)=\($0.key)", $0.value) }
    }
}
