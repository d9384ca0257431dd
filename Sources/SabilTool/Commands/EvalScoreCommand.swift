import ArgumentParser
import SabilEvaluation

/// `sabil eval score`: figures of a run, and whether it differs from a baseline.
struct EvalScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Score a TREC run against judgements, and compare it with a baseline.",
        discussion: """
            Prints a line a measure: name, `all`, value, with tabs between. With --baseline four more columns follow the \
            baseline's value: the difference, the p of a paired randomisation test (10,000 sign flips, two-sided) and the \
            bootstrap 95 % interval of the difference. An interval that holds 0 shows no difference.

            With --queries and --by the lines of all queries are followed by those of each group, such as `lang=fr`.

            Measures are \(Measure.Kind.allCases.map(\.rawValue).joined(separator: ", ")), with @k, (rel=2), (p=0.5) and \
            (dcg='exp-log2') as in ir_measures. Unless that is said nDCG has linear gain.

            Means are over all judged queries; a judged query without results counts 0. Ties are \
            ordered as trec_eval does. What the reader must know besides is said on standard error.
            """)

    @Option(help: "Judgements: TREC (`qid 0 docid grade`) or BEIR (tabs, with a header).")
    var qrels: String

    @Option(help: "The run: `qid Q0 docid rank score tag`.")
    var run: String

    @Option(help: "A second run to compare with.")
    var baseline: String?

    @Option(help: "Measures, with commas between, under their ir_measures names, such as RBP(p=0.5,rel=2)@10.")
    var measures = Measure.standard.map(\.name).joined(separator: ",")

    @Option(help: "Queries as JSON Lines, for figures of groups (see --by).")
    var queries: String?

    @Option(help: "A key of --queries whose values make groups, such as lang, kind or split: figures for each.")
    var by: String?

    @Flag(help: "Also print the value of each query; not with --baseline.")
    var perQuery = false

    @Flag(help: "Print values with all their digits instead of four decimals; not with --baseline.")
    var exact = false

    @Option(help: "Seed of the permutations and resamples.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (queries == nil) == (by == nil) else { throw ValidationError("--queries and --by go together.") }
        guard !perQuery || baseline == nil else { throw ValidationError("--per-query does not go with --baseline.") }
        guard !exact || baseline == nil else { throw ValidationError("--exact does not go with --baseline.") }
        _ = try chosenMeasures()
    }

    func run() async throws {
        let measures = try chosenMeasures()
        let judgements = try Judgements(path: qrels)
        var parts: [(group: String, judgements: Judgements)] = [("all", judgements)]
        if let queries, let by {
            let groups = try QueryGroups(path: queries, key: by)
            for (value, ids) in groups.queries.sorted(by: { $0.key < $1.key }) {
                let part = judgements.restricted(to: ids)
                if !part.isEmpty { parts.append(("\(by)=\(value)", part)) }
            }
        }
        let system = try Run(path: run)
        let other = try baseline.map { path throws(EvaluationError) in try Run(path: path) }
        if other != nil { Console.diagnose(ScoreTable.columns.joined(separator: "\t")) }
        for (group, judgements) in parts {
            let evaluation = try RunEvaluation(system, judgements: judgements, measures: measures)
            let table: ScoreTable
            if let other {
                table = try ScoreTable(
                    evaluation, baseline: RunEvaluation(other, judgements: judgements, measures: measures),
                    group: group, seed: seed)
            } else {
                table = ScoreTable(evaluation, group: group, perQuery: perQuery && group == "all", exact: exact)
            }
            table.lines.forEach(Console.output)
            // Of a part, every query of the others would be said not to be judged.
            if group == "all" { table.notes.forEach(Console.error) }
        }
    }

    private func chosenMeasures() throws -> [Measure] {
        do {
            return try Measure.list(measures)
        } catch {
            throw ValidationError("--measures: \(error.message)")
        }
    }
}
