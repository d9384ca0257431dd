import ArgumentParser
import SabilEvaluation

/// `sabil eval compare`: is the difference between two runs, or two files of suggestions, real, and where is it?
struct EvalCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two runs or two classifiers: what differs, is it chance, which queries changed.",
        discussion: """
            A is the baseline, B the newcomer; a difference is B − A.

              sabil eval compare before.trec after.trec --qrels qrels/test.tsv --queries queries.jsonl --by lang
              sabil eval compare before.jsonl after.jsonl --gold test.jsonl --by lang

            A line a measure and group: both means, the difference with its bootstrap 95 % interval, the p of a paired \
            randomisation test corrected over all lines (Holm), the standardised difference d_z, how many queries are \
            better, equal and worse, and a verdict. `better` and `worse` need a corrected p of at most 0.05 and an interval \
            without 0; otherwise the verdict says how large a true difference would have been seen with 80 % power. Every \
            measure and group asked for makes the correction stricter: ask for what you want to decide.

            Then the rank-biased overlap of the two (1: equal rankings), and the queries whose first measure changed most: \
            what came in and went out of the top (of the measure's cutoff, or 10), and which documents moved, with grade, \
            rank in A and rank in B.

            With --gold the files are suggestions as `sabil eval classify` writes them; documents take the place of queries \
            and F1 of the assigned labels, F1@5 and P@1 that of measures.
            """)

    @Argument(help: "The baseline: a TREC run, or suggestions with --gold.")
    var a: String

    @Argument(help: "What is compared with it.")
    var b: String

    @Option(help: "Judgements: TREC (`qid 0 docid grade`) or BEIR (tabs, with a header).")
    var qrels: String?

    @Option(help: "Labelled lines as JSON (`_id`, `labels`), to compare suggestions instead of runs.")
    var gold: String?

    @Option(help: "Measures, with commas between, under their ir_measures names; the first orders the changed queries.")
    var measures: String?

    @Option(help: "Queries as JSON Lines, for figures of groups (see --by) and to show what was asked.")
    var queries: String?

    @Option(help: "A key of --queries (or --gold) whose values make groups, such as lang.")
    var by: String?

    @Option(help: "How many of the changed queries are shown.")
    var topChanges = 10

    @Option(help: "Persistence of the rank-biased overlap, between 0 and 1: the nearer to 1, the deeper it looks.")
    var persistence = 0.9

    @Flag(help: "For the overlap, documents of equal score share the first of their ranks.")
    var sharedRanks = false

    @Option(help: "text, tsv, markdown or json (with full precision).")
    var format = ComparisonReport.Format.text

    @Option(help: "Seed of the permutations and resamples.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (qrels == nil) != (gold == nil) else {
            throw ValidationError("Give --qrels to compare runs, or --gold to compare suggestions.")
        }
        if gold == nil {
            guard (queries == nil) == (by == nil) else { throw ValidationError("--queries and --by go together.") }
        } else if measures != nil || queries != nil {
            throw ValidationError("--measures and --queries are for runs; suggestions are grouped by --by alone.")
        }
        guard topChanges >= 0 else { throw ValidationError("--top-changes must be 0 or more, it is \(topChanges).") }
        guard overlap != nil else {
            throw ValidationError("--persistence must be between 0 and 1, it is \(persistence).")
        }
        _ = try chosenMeasures()
    }

    func run() async throws {
        let report = try await BlockingWork.run { try compare() }
        report.notes.forEach(Console.error)
        let lines = try report.lines(format)
        if format == .json {
            // Line ends are part of it.
            try Console.write(bytes: [UInt8]((lines.joined(separator: "\n") + "\n").utf8))
        } else {
            lines.forEach(Console.output)
        }
    }

    private func compare() throws -> ComparisonReport {
        let overlap = overlap ?? .standard
        let sampling = ComparisonReport.Sampling(seed: seed)
        let groups = try by.flatMap { key in try (gold ?? queries).map { try QueryGroups(path: $0, key: key) } }
        if let gold {
            let documents = try labelled(gold)
            return try ComparisonReport(
                SuggestionFile(path: b), baseline: SuggestionFile(path: a), gold: documents, groups: groups,
                overlap: overlap, topChanges: topChanges, sampling: sampling)
        }
        guard let qrels else { throw CommandError(.usage, "--qrels is missing") }
        let judgements = try Judgements(path: qrels)
        return try ComparisonReport(
            Run(path: b), baseline: Run(path: a), judgements: judgements, measures: chosenMeasures(), groups: groups,
            overlap: overlap, topChanges: topChanges, sampling: sampling)
    }

    private var overlap: RankBiasedOverlap? {
        RankBiasedOverlap(persistence: persistence, ties: sharedRanks ? .shared : .asRanked)
    }

    private func labelled(_ path: String) throws -> [BEIREntry] {
        var reader = try BEIRReader(path: path)
        var entries: [BEIREntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    private func chosenMeasures() throws -> [Measure] {
        guard let measures else { return Measure.standard }
        do {
            return try Measure.list(measures)
        } catch {
            throw ValidationError("--measures: \(error.message)")
        }
    }
}
