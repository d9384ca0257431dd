import ArgumentParser
import Foundation

/// `sabil-speed`: what Sabil costs beside two yardsticks, in one run.
@main
struct SpeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sabil-speed",
        abstract: "What Sabil costs beside plain Xapian and SQLite FTS5, taking turns in one run.",
        subcommands: [Measure.self, Worker.self], defaultSubcommand: Measure.self)
}

struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Measure (what happens without a subcommand).")

    @Option(help: "Only figures whose name this regular expression finds.")
    var filter: String?

    @Flag(help: "Smaller sizes and fewer rounds: under two minutes.")
    var quick = false

    @Option(help: "How many records are indexed (10000; quick 2000).")
    var records: Int?

    @Option(help: "How many queries of each kind (200; quick 60).")
    var queries: Int?

    @Option(help: "How many rounds (5; quick 3).")
    var rounds: Int?

    @Option(help: "Seed of the generated records and queries.")
    var seed: UInt64 = 20

    @Option(help: "The checkout with taxonomy and corpus-fixtures.")
    var root = "."

    @Option(help: "The program sabil; ROOT/.build/release/sabil when not given.")
    var sabil: String?

    @Option(help: "Where the figures go, as JSON.")
    var output: String?

    @Option(help: "Where the table goes; standard output when neither is given.")
    var markdown: String?

    @Flag(help: "List the figures and do nothing else.")
    var list = false

    func validate() throws {
        for (name, value, most) in [
            ("records", records, 10_000_000), ("queries", queries, 10_000), ("rounds", rounds, 1000),
        ] {
            guard let value else { continue }
            guard (1...most).contains(value) else { throw ValidationError("--\(name) must be between 1 and \(most).") }
        }
    }

    static var subjects: [Subject] {
        AnalysisFigures.subjects + IndexFigures.subjects + QueryFigures.subjects + ClassificationFigures.subjects
            + [StartFigures.subject]
    }

    func run() async throws {
        if list {
            for subject in Self.subjects {
                let beside = Contestant.yardsticks.compactMap { subject.beside[$0] == nil ? nil : $0.rawValue }
                print("\(subject.name)\t\(subject.unit)\t\(subject.better.rawValue)\t\(beside.joined(separator: " "))")
            }
            return
        }
        let bench = try Bench(try options(), folder: try Self.newFolder())
        defer { try? FileManager.default.removeItem(atPath: bench.folder) }
        guard Self.subjects.contains(where: { bench.wants($0.name) }) else {
            throw ValidationError("no figure has a name with '\(filter ?? "")'; --list names them.")
        }
        let started = Date().formatted(.iso8601)
        var figures = await bench.attempt("analysis") { try AnalysisFigures.measure(bench) }
        figures += await bench.attempt("indexing") { try IndexFigures.measure(bench) }
        figures += await bench.attempt("queries") { try await QueryFigures.measure(bench) }
        figures += await bench.attempt("classification") { try await ClassificationFigures.measure(bench) }
        figures += await bench.attempt("start") { try StartFigures.measure(bench) }
        let report = SpeedReport(
            started: started, settings: bench.settings,
            versions: ["xapian": XapianYardstick.version, "sqlite": try FTSYardstick.version()],
            machine: SpeedReport.Machine(
                cores: ProcessInfo.processInfo.activeProcessorCount,
                system: ProcessInfo.processInfo.operatingSystemVersionString),
            figures: figures)
        try write(report)
        if !bench.failures.isEmpty { throw ExitCode(1) }
    }

    private func options() throws -> Bench.Options {
        let itself = URL(filePath: CommandLine.arguments[0]).path
        let program =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? itself
        let root = URL(filePath: root).standardizedFileURL.path
        let sabil = URL(filePath: sabil ?? root + "/.build/release/sabil").standardizedFileURL.path
        guard FileManager.default.isExecutableFile(atPath: sabil) else {
            throw ValidationError("\(sabil) is not there: build it with `make build`, or name it with --sabil.")
        }
        let yardstick = URL(filePath: program).deletingLastPathComponent().appending(path: "yardstick").path
        guard FileManager.default.isExecutableFile(atPath: yardstick) else {
            throw ValidationError(
                "\(yardstick) is not there: swift build -c release --package-path benchmarks/speed --product yardstick")
        }
        let expression: Regex<AnyRegexOutput>?
        do {
            expression = try filter.map { try Regex($0) }
        } catch {
            throw ValidationError("--filter '\(filter ?? "")' is no regular expression: \(error)")
        }
        return Bench.Options(
            filter: expression, root: root, sabil: sabil, yardstick: yardstick, itself: program,
            settings: SpeedReport.Settings(
                records: records ?? (quick ? 2000 : 10_000), queries: queries ?? (quick ? 60 : 200),
                rounds: rounds ?? (quick ? 3 : 5), seed: seed, quick: quick))
    }

    private static func newFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sabil-speed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }

    private func write(_ report: SpeedReport) throws {
        if let output { try report.json().write(to: URL(filePath: output), options: .atomic) }
        if let markdown { try Data(report.markdown.utf8).write(to: URL(filePath: markdown), options: .atomic) }
        if output == nil, markdown == nil { print(report.markdown, terminator: "") }
    }
}
