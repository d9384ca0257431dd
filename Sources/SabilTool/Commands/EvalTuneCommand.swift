import ArgumentParser
import Foundation
import SabilEvaluation
import SabilExperiments

/// `sabil eval tune`: ranking parameters that are best on one half of the queries, checked once on the other.
struct EvalTuneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Search for ranking parameters on half of the queries; check start and winner on the other half.",
        discussion: """
            Maximises the mean over languages of the mean over experiments of a measure, on the development half of the \
            queries. A query's half follows from its id alone (lowest bit of a hash: FNV-1a of 64 bits and the final mix of \
            MurmurHash3), so it is the same in every search. At the end start and winner are compared on the other half with \
            a paired test, once: what a search saw is no evidence.

            coordinate: one parameter after the other, a step up or down; steps are halved from a quarter of the range when \
            a round finds nothing better. random: points from the whole space. Same call, same trials.

            Every trial is a line of the log; a killed search goes on from there when called again, also with a larger \
            --budget. The search begins at the parameters of the first experiment.

              sabil eval tune benchmarks/experiments/rank-{arcd_ar_train,xquad_r_es}.yaml --collections ~/collections \
                  --parameters k1=0.6:1.6,b=0.3:1 --budget 40
            """)

    @Argument(help: "Files of experiments of kind rank.")
    var files: [String]

    @OptionGroup var options: ExperimentOptions

    @Option(help: "What may change, and within which bounds: name=low:high, with commas between.")
    var parameters: String

    @Option(help: "How points are chosen: coordinate or random.")
    var method = ParameterSearch.Method.coordinate

    @Option(help: "Trials at most, besides the start.")
    var budget = 40

    @Option(help: "Seed of random points and of the paired test.")
    var seed: UInt64 = 1

    @Option(help: "The half of the queries that the search sees: first or second.")
    var development = QueryHalf.first

    @Option(help: "The measure, under its ir_measures name.")
    var measure = "nDCG@10"

    @Option(help: "File of the trials (default: tune.tsv in the folder of results).")
    var log: String?

    @Flag(help: "Begin anew, whatever the log holds.")
    var fresh = false

    func validate() throws {
        guard (0...100_000).contains(budget) else {
            throw ValidationError("--budget must be 0 to 100000, it is \(budget).")
        }
    }

    func run() async throws {
        let space = try ParameterSpace(parameters)
        let measure = try Measure(named: measure)
        let files = try options.read(files, onlyAvailable: false).files
        let places = options.places
        let program = try await BlockingWork.run { try ProgramDigest.running() }
        let inputs = try files.map { try ExperimentInputs($0, places: places, program: program) }
        // Makes the folder of results too.
        _ = try ResultStore(folder: options.output)
        let log = try TrialLog(
            path: log ?? "\(options.output)/tune.tsv",
            search: Tuning.digest(
                inputs, space: space, measure: measure, half: development, method: method, seed: seed),
            space: space, isFresh: fresh)
        if log.count > 0 { Console.diagnose("going on with \(log.count) trials of \(log.path)") }

        let scratch = ScratchFolder(in: options.output)
        try scratch.make()
        defer { scratch.remove() }
        var tuning = Tuning(space: space, measure: measure, lanes: options.lanes)
        for (place, file) in files.enumerated() {
            try await ProgressBar.during("indexing \(file.experiment.name)") {
                try await tuning.add(
                    file.experiment, places: places, development: development,
                    indexAt: "\(scratch.path)/index-\(place)")
            }
        }
        let queries = tuning.developmentQueries
        Console.output(
            "\(measure.name) on \(queries) development queries (\(development.rawValue) half) of \(files.count) "
                + (files.count == 1 ? "experiment" : "experiments"))

        let search = ParameterSearch(space: space, method: method, budget: budget, seed: seed)
        let start = tuning.start
        var languages: [Int: [(language: String, mean: Double)]] = [:]
        let trials = try await search.run(from: start) { number, values in
            if let known = log.score(of: values) { return known }
            let bar = ProgressBar("trial \(number)", total: queries)
            defer { bar.finish() }
            let means = try await tuning.score(values) { bar.advance() }
            languages[number] = means.byLanguage
            try log.append(number, values: values, score: means.mean, languages: means.byLanguage)
            Console.diagnose("trial \(number): \(text(values, space)): \(ScoreTable.decimals(means.mean))")
            return means.mean
        }
        guard let first = trials.first, let winner = ParameterSearch.winner(of: trials) else { return }
        Console.output("start:  \(text(first.values, space)): \(ScoreTable.decimals(first.score))")
        Console.output(
            "winner: \(text(winner.values, space)): \(ScoreTable.decimals(winner.score)), trial \(winner.number) of "
                + "\(trials.count - 1)")
        guard winner.number > 0 else {
            return Console.output("Nothing better was found; the held-out half was not looked at.")
        }
        try log.appendLook()
        let verdict = try await tuning.finish(start: first.values, winner: winner.values, seed: seed)
        report(verdict, earlierLooks: log.earlierLooks)
        Console.output("")
        Console.output("parameters:")
        for (axis, value) in zip(space.axes, winner.values) { Console.output("  \(axis.name): \(number(value))") }
    }

    private func report(_ verdict: Tuning.Verdict, earlierLooks: Int) {
        Console.output("")
        guard let comparison = verdict.comparison else {
            return Console.output("The held-out half has no query.")
        }
        Console.output(
            "held-out half (\(comparison.count) queries): start \(ScoreTable.decimals(verdict.start)), winner "
                + "\(ScoreTable.decimals(verdict.winner)), difference \(ScoreTable.decimals(comparison.difference)) "
                + "(\(ScoreTable.decimals(comparison.low)) … \(ScoreTable.decimals(comparison.high))), p "
                + "\(ScoreTable.decimals(comparison.p))")
        for (language, start, winner) in verdict.byLanguage {
            Console.output("  \(language): \(ScoreTable.decimals(start)) → \(ScoreTable.decimals(winner))")
        }
        let words = ComparisonVerdict(comparison, adjusted: comparison.p).words(comparison)
        Console.output("On queries that the search did not see, winner against start: \(words).")
        Console.output(
            earlierLooks == 0
                ? "The held-out half was looked at once, now."
                : "The held-out half had been looked at \(earlierLooks) times before: choosing after a look makes its "
                    + "figures too good.")
    }

    private func text(_ values: [Double], _ space: ParameterSpace) -> String {
        zip(space.axes, values).map { "\($0.name) \(number($1))" }.joined(separator: ", ")
    }

    private func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}
