import ArgumentParser
import Foundation
import SabilEvaluation
import SabilExperiments

/// `sabil eval history`: appends today's speed and size to the history that the report draws.
struct EvalHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Measure speed and size beside the plain program and append them to the history.",
        discussion: """
            The figures are those of `sabil eval gate`, of rounds in which the two programs take turns, and the rounds go on until \
            each ratio is known to 3 % or --most-rounds of the rules are over. An earlier program can be measured with --binary \
            and --commit.

              sabil eval history
              sabil eval history --binary ~/old/sabil --commit a1b2c3d --date 2026-10-01
            """)

    @Option(help: "What is measured, and how often.")
    var rules = "benchmarks/gate/gate.yaml"

    @Option(help: "The history: tabs between date, commit, what, value, yardstick, note.")
    var history = "benchmarks/history.tsv"

    @OptionGroup var speed: SpeedProgramOptions

    @Option(help: "Name of the sources' revision; found by git where the program lies in a checkout.")
    var commit: String?

    @Option(help: "Day of that revision, such as 2026-11-21; today when not given.")
    var date: String?

    @Option(help: "Folder of the fixtures.")
    var fixtures = "corpus-fixtures"

    @Option(help: "Folder of the taxonomy.")
    var taxonomy = "taxonomy"

    @Option(help: "Folder for what is made on the way; it is cleared at the end.")
    var output = "var/gate"

    func validate() throws {
        guard speed.binary == nil || commit != nil else {
            throw ValidationError("--binary needs --commit: the revision that it was built from.")
        }
    }

    func run() async throws {
        let rules = try GateRules(path: rules)
        let scratch = ScratchFolder(in: output)
        try scratch.make()
        defer { scratch.remove() }
        let gate = try await speed.measure(
            rules, baseline: [:], places: ExperimentPlaces(fixtures: fixtures, taxonomy: taxonomy),
            folder: scratch.path)
        let lines = HistoryLine.lines(gate.estimates)
        let day = date ?? String(Date().formatted(.iso8601).prefix(10))
        let revision = commit ?? Revision.current() ?? "unknown"
        try HistoryLine.append(lines, date: day, commit: revision, to: history)
        for line in lines { Console.output(line.text(date: day, commit: revision)) }
    }
}
