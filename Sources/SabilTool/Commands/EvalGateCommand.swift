import ArgumentParser
import Foundation
import SabilEvaluation
import SabilExperiments

/// `sabil eval gate`: has anything got worse than the baseline that was last accepted?
struct EvalGateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Compare quality, speed and size with the accepted baseline; exit 1 when something got worse.",
        discussion: """
            Quality: the experiments of the rules, compared query by query and document by document with the baseline. A drop \
            fails when it is told from chance (paired randomisation, Holm over all lines) or larger than its margin.

            Speed and size: ratios to a plain C++ Xapian program in the same call, the two taking turns; of each part of the work \
            the fastest of all rounds counts. A ratio fails when it grew by more than its margin, and only after the last round; \
            the rounds end early when the interval of every ratio lies below its limit.

            The baseline changes only by a call of its own, with its reason, which stands in accepted.tsv beside it:

              sabil eval gate
              sabil eval gate --accept --reason "Index layout 2: no positions"
            """)

    /// A part of the gate.
    enum Part: String, ExpressibleByArgument, CaseIterable {
        case ranking
        case classification
        case speed
    }

    @Option(help: "What is looked at, and how much worse it may get.")
    var rules = "benchmarks/gate/gate.yaml"

    @Option(help: "Folder of baseline.tsv and accepted.tsv.")
    var baseline = "benchmarks/gate"

    @Option(help: "Only this part (may be given twice): ranking, classification or speed.")
    var only: [Part] = []

    @Flag(help: "Make what is found now the baseline.")
    var accept = false

    @Option(help: "Why the baseline changes; needed with --accept.")
    var reason: String?

    @Option(help: "History that an accepted baseline is appended to.")
    var history = "benchmarks/history.tsv"

    @OptionGroup var speed: SpeedProgramOptions

    @Option(help: "Name of the sources' revision; found by git where the program lies in a checkout.")
    var commit: String?

    @Option(help: "Folder of the fixtures.")
    var fixtures = "corpus-fixtures"

    @Option(help: "Folder of the taxonomy.")
    var taxonomy = "taxonomy"

    @Option(help: "Folder for what is made on the way; it is cleared at the end.")
    var output = "var/gate"

    @Option(help: "Queries answered at the same time; the figures do not depend on it.")
    var lanes = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard (1...256).contains(lanes) else { throw ValidationError("--lanes must be 1 to 256, it is \(lanes).") }
        guard accept == (reason != nil) else {
            throw ValidationError("--accept and --reason \"…\" go together: a baseline changes only with its reason.")
        }
    }

    private var parts: Set<Part> { only.isEmpty ? Set(Part.allCases) : Set(only) }

    private var places: ExperimentPlaces { ExperimentPlaces(fixtures: fixtures, taxonomy: taxonomy) }

    func run() async throws {
        let rules = try GateRules(path: rules)
        let folder = BaselineFolder(path: baseline)
        // Before minutes of work: what cannot be compared or accepted is said at once.
        if let reason { try BaselineFolder.checked(reason: reason) }
        let accepted = accept ? nil : try folder.read()
        let then = accepted?.baseline ?? GateBaseline()
        let scratch = ScratchFolder(in: output)
        try scratch.make()
        defer { scratch.remove() }

        var speedGate: SpeedGate?
        if parts.contains(.speed), !rules.growth.isEmpty {
            speedGate = try await speed.measure(rules, baseline: then.ratios, places: places, folder: scratch.path)
        }
        let hasQuality = parts != [.speed] && !rules.experiments.isEmpty
        let findings = !hasQuality ? nil : try await findings(rules, scratch: scratch.path)
        if let accepted {
            let looked = GateBaseline(
                then, ranking: parts.contains(.ranking), classification: parts.contains(.classification))
            let quality = findings.map { QualityGate($0, baseline: looked, drops: rules.drops) }
            let report = GateReport(
                quality: quality, speed: speedGate, acceptance: accepted.acceptance,
                unseen: Part.allCases.filter { !parts.contains($0) }.map(\.rawValue))
            report.lines.forEach(Console.output)
            if !report.isPassed { throw ExitCode(ExitStatus.checkFailed.rawValue) }
        } else {
            try acceptAll(findings, speedGate, rules, folder)
        }
    }

    /// What the experiments of the rules find now.
    private func findings(_ rules: GateRules, scratch: String) async throws -> [QualityGate.Finding] {
        let measures = rules.drops.map(\.measure)
        let runner = ExperimentRunner(
            places: places, engine: Version.current, commit: commit ?? Revision.current(), lanes: lanes)
        let files = try rules.experiments.map { path in try ExperimentFile(path: path) }.filter { file in
            parts.contains(file.experiment.kind == .rank ? .ranking : .classification)
        }
        var findings: [QualityGate.Finding] = []
        for (place, file) in files.enumerated() {
            var experiment = file.experiment
            // Nothing of it is compared, and each of its points is a training.
            experiment.learningCurve = []
            let bar = StageBar("\(experiment.name) (\(place + 1)/\(files.count))")
            defer { bar.finish() }
            let folder = "\(scratch)/\(place)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let outcome = try await runner.run(experiment, digest: "", scratch: folder) { progress in
                switch progress {
                case .stage(let name, let steps): bar.begin(name, steps: steps)
                case .step: bar.step()
                }
            }
            try? FileManager.default.removeItem(atPath: folder)
            let now = GateFindings(
                outcome, measures: measures, material: try GateFindings.material(of: experiment, places: places))
            findings.append(
                .init(
                    experiment: experiment.name, now: now, members: outcome.members,
                    gold: outcome.labels.mapValues(\.gold)))
        }
        return findings
    }

    /// Writes the baseline and appends its figures to the history; a part that was not looked at stays as it is.
    private func acceptAll(
        _ findings: [QualityGate.Finding]?, _ speedGate: SpeedGate?, _ rules: GateRules, _ folder: BaselineFolder
    ) throws {
        let found = Dictionary(
            (findings ?? []).map { ($0.experiment, $0.now) }, uniquingKeysWith: { first, _ in first })
        // A first baseline, or one that is no longer readable, has no part to keep.
        var next = ((try? folder.read().baseline) ?? GateBaseline()).replacing(
            ranking: parts.contains(.ranking), classification: parts.contains(.classification), by: found)
        if parts.contains(.speed) { next.ratios = [:] }
        var lines: [HistoryLine] = []
        if let findings {
            var own = GateBaseline()
            own.findings = found
            lines += HistoryLine.lines(QualityGate(findings, baseline: own, drops: rules.drops))
        }
        if let speedGate {
            next.ratios = speedGate.estimates
            lines += HistoryLine.lines(next.ratios)
        }
        let date = String(Date().formatted(.iso8601).prefix(10))
        let commit = commit ?? Revision.current() ?? "unknown"
        try folder.accept(next, reason: reason ?? "", date: date, commit: commit)
        try HistoryLine.append(lines, date: date, commit: commit, to: history)
        for line in lines { Console.output(line.text(date: date, commit: commit)) }
        Console.diagnose("The baseline in \(baseline) is that of \(commit); commit it with \(history).")
    }
}

/// The two programs whose speed is compared.
struct SpeedProgramOptions: ParsableArguments {
    @Option(help: "The plain program, built by `make -C benchmarks/xapian-yardstick`.")
    var yardstick = "benchmarks/xapian-yardstick/yardstick"

    @Option(help: "The sabil that is measured; this one when not given.")
    var binary: String?

    /// Takes turns until the gate knows enough.
    func measure(
        _ rules: GateRules, baseline: [SpeedFigure: RatioSeries.Estimate], places: ExperimentPlaces, folder: String
    ) async throws -> SpeedGate {
        let path = binary ?? Bundle.main.executableURL?.path ?? CommandLine.arguments[0]
        let rounds = try SpeedRounds(
            sabil: path, yardstick: yardstick, speed: rules.speed, places: places, folder: folder)
        let empty = SpeedGate(baseline: baseline, growth: rules.growth, speed: rules.speed)
        let bar = StageBar("speed")
        defer { bar.finish() }
        return try await BlockingWork.run {
            var gate = empty
            try rounds.measure(&gate) { bar.begin($0, steps: nil) }
            return gate
        }
    }
}
