import ArgumentParser
import Foundation
import SabilEvaluation
import SabilExperiments

/// `sabil eval run`: experiments from files, each run only when something it depends on has changed.
struct EvalRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run experiments described in YAML; those whose inputs have not changed are taken from before.",
        discussion: """
            For each file writes OUTPUT/NAME.json (figures per query, costs, the reference run) and the run or the suggestions \
            under OUTPUT/runs, then prints all beside their reference runs, with means by language.

            A result is taken from before when the digest of everything it depends on is the same: the file of the \
            experiment, every file of its collection and taxonomy, and the program itself with all libraries loaded into it. \
            A killed call loses the experiment it was in; the same call again goes on from there.

            An experiment that fails is told and the others go on; the exit code is that of the first failure. The format of \
            the files is in benchmarks/experiments/README.md.

              sabil eval run benchmarks/experiments/*.yaml --collections ~/collections
              sabil eval run benchmarks/experiments/*.yaml --available
            """)

    @Argument(help: "Files of experiments.")
    var files: [String]

    @OptionGroup var options: ExperimentOptions

    @Flag(help: "Run all, whatever was found before.")
    var fresh = false

    @Flag(help: "Leave out experiments that need --collections where it is not given.")
    var available = false

    @Option(help: "Name of the sources' revision in the results; found by git where the program lies in a checkout.")
    var commit: String?

    func run() async throws {
        let (files, left) = try options.read(files, onlyAvailable: available)
        let store = try ResultStore(folder: options.output)
        let program = try await BlockingWork.run { try ProgramDigest.running() }
        let revision = commit ?? Revision.current()
        let scratch = ScratchFolder(in: options.output)
        defer { scratch.remove() }
        let runner = ExperimentRunner(
            places: options.places, engine: Version.current, commit: revision, lanes: options.lanes)

        var entries: [ResultSummary.Entry] = []
        var failure: (any Error)?
        for (place, file) in files.enumerated() {
            let experiment = file.experiment
            do {
                let inputs = try ExperimentInputs(file, places: options.places, program: program)
                if !fresh, let result = store.result(of: experiment.name, digest: inputs.digest) {
                    entries.append(.init(experiment, result: result, isEarlier: true))
                    Console.diagnose(
                        "\(experiment.name): nothing has changed, taken from \(store.path(of: experiment.name))")
                    continue
                }
                let started = ContinuousClock.now
                let bar = StageBar("\(experiment.name) (\(place + 1)/\(files.count))")
                defer { bar.finish() }
                try scratch.make()
                let outcome = try await runner.run(experiment, digest: inputs.digest, scratch: scratch.path) {
                    progress in
                    switch progress {
                    case .stage(let name, let steps): bar.begin(name, steps: steps)
                    case .step: bar.step()
                    }
                }
                bar.finish()
                scratch.remove()
                try requireUnchanged(inputs, file, program)
                let result = try store.write(outcome)
                entries.append(.init(experiment, result: result, isEarlier: false))
                let main = experiment.measures.first ?? ""
                let mean = result.measures[main].map { ScoreTable.decimals($0.mean) } ?? "–"
                let seconds = String(format: "%.1f", (ContinuousClock.now - started) / .seconds(1))
                Console.diagnose("\(experiment.name): \(main) \(mean), \(seconds) s")
            } catch {
                scratch.remove()
                Console.error("\(experiment.name): \(ExitStatus.sentence(of: error))")
                if failure == nil { failure = error }
            }
        }
        ResultSummary(entries).lines.forEach(Console.output)
        let earlier = entries.count(where: \.isEarlier)
        var summary = "\(entries.count - earlier) run, \(earlier) unchanged"
        if entries.count < files.count { summary += ", \(files.count - entries.count) failed" }
        if !left.isEmpty { summary += "; left out for want of --collections: \(left.joined(separator: ", "))" }
        Console.diagnose(summary)
        if let failure { throw ReportedFailure(failure) }
    }

    /// A file that changed under way makes a result that belongs to neither content.
    private func requireUnchanged(
        _ inputs: ExperimentInputs, _ file: ExperimentFile, _ program: ProgramDigest
    ) throws {
        let now = try ExperimentInputs(ExperimentFile(path: file.path), places: options.places, program: program)
        guard now != inputs else { return }
        let names = now.parts.filter { inputs.parts[$0.key] != $0.value }.keys.sorted()
        throw ExperimentError(
            code: .changed, operation: "run experiment",
            message: "Running \(file.experiment.name) failed: while it ran, \(names.joined(separator: ", ")) changed. "
                + "Run it again.")
    }
}

/// Where experiments find their collections and put their results.
struct ExperimentOptions: ParsableArguments {
    @Option(help: "Folder of the public collections, which experiments call ${COLLECTIONS}.")
    var collections: String?

    @Option(help: "Folder of the fixtures.")
    var fixtures = "corpus-fixtures"

    @Option(help: "Folder of the fixtures' taxonomy.")
    var taxonomy = "taxonomy"

    @Option(help: "Folder of the results.")
    var output = "var/eval"

    @Option(help: "Queries answered at the same time; the figures do not depend on it.")
    var lanes = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard (1...256).contains(lanes) else { throw ValidationError("--lanes must be 1 to 256, it is \(lanes).") }
    }

    var places: ExperimentPlaces {
        ExperimentPlaces(collections: collections, fixtures: fixtures, taxonomy: taxonomy)
    }

    /// Reads all files before anything runs, and tells every fault.
    ///
    /// - Returns: the experiments to run, and the names of those left out.
    func read(_ paths: [String], onlyAvailable: Bool) throws -> (files: [ExperimentFile], left: [String]) {
        var files: [ExperimentFile] = []
        var left: [String] = []
        var faults: [ExperimentError] = []
        var seen: [String: String] = [:]
        for path in paths {
            do throws(ExperimentError) {
                let file = try ExperimentFile(path: path)
                let name = file.experiment.name
                if let other = seen.updateValue(path, forKey: name) {
                    throw ExperimentError(
                        code: .invalidExperiment, operation: "read experiments",
                        message:
                            "Reading the experiment \"\(path)\" failed: \"\(other)\" has the name \(name) too, and "
                            + "their results would be one file. Name them differently.")
                }
                if file.experiment.needsCollections, collections == nil {
                    guard onlyAvailable else {
                        throw ExperimentError(
                            code: .invalidRequest, operation: "read experiments",
                            message: "\(name) needs the folder of public collections. Give it with --collections, or "
                                + "--available to leave such experiments out.")
                    }
                    left.append(name)
                } else {
                    files.append(file)
                }
            } catch {
                faults.append(error)
            }
        }
        if let first = faults.first {
            for fault in faults.dropFirst() { Console.error(fault.message) }
            throw first
        }
        guard !files.isEmpty else {
            throw ValidationError("Every experiment needs --collections, which is not given.")
        }
        return (files, left)
    }
}

/// A failure that was told when it happened: only its exit status is left to say.
struct ReportedFailure: ReportsExitStatus {
    let sentence = "not every experiment has a result; see above"
    let exitStatus: ExitStatus

    init(_ error: any Error) { exitStatus = ExitStatus(of: error) ?? .internalError }
}
