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

            Means are over all judged queries; a judged query without results counts 0. nDCG has linear gain. Ties are \
            ordered as trec_eval does. What the reader must know besides is said on standard error.
            """)

    @Option(help: "Judgements: TREC (`qid 0 docid grade`) or BEIR (tabs, with a header).")
    var qrels: String

    @Option(help: "The run: `qid Q0 docid rank score tag`.")
    var run: String

    @Option(help: "A second run to compare with.")
    var baseline: String?

    @Option(help: "Measures, with commas between, under their ir_measures names.")
    var measures = Measure.standard.map(\.name).joined(separator: ",")

    @Flag(help: "Also print the value of each query.")
    var perQuery = false

    @Option(help: "Seed of the permutations and resamples.")
    var seed: UInt64 = 1

    func validate() throws { _ = try chosenMeasures() }

    func run() async throws {
        let measures = try chosenMeasures()
        let judgements = try Judgements(path: qrels)
        let evaluation = try RunEvaluation(try Run(path: run), judgements: judgements, measures: measures)
        let table: ScoreTable
        if let baseline {
            let other = try RunEvaluation(try Run(path: baseline), judgements: judgements, measures: measures)
            Console.diagnose(ScoreTable.columns.joined(separator: "\t"))
            table = try ScoreTable(evaluation, baseline: other, seed: seed)
        } else {
            table = ScoreTable(evaluation, perQuery: perQuery)
        }
        table.lines.forEach(Console.output)
        table.notes.forEach(Console.error)
    }

    private func chosenMeasures() throws -> [Measure] {
        guard measures.contains(where: { $0 != "," && !$0.isWhitespace }) else {
            throw ValidationError("--measures names no measure.")
        }
        return try measures.split(separator: ",").map { name in
            guard let measure = Measure(String(name)) else {
                throw ValidationError("'\(name)' is no measure; known are such as nDCG@10, AP@100, RR@10, P@5, R@100.")
            }
            return measure
        }
    }
}
