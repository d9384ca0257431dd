import ArgumentParser
import Foundation
import SabilEvaluation

/// `sabil eval report`: a page from the results of experiments.
struct EvalReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a page, and Markdown, from the results of experiments.",
        discussion: """
            Reads every *.json of the folders (see `sabil eval run`) and writes one HTML file that needs nothing else: what was \
            measured, verdicts in words, tables, charts, the queries that changed most, costs. Differences from a reference \
            run are compared in pairs, and all comparisons of the report are corrected as one family (Holm).

            A file that is no result is left out and said, in the page and on standard error; the exit code is then 1, and \
            so it is when there is no result at all.

            The texts of queries are shown where --collections has DIR/NAME/queries.jsonl, or a file is given by name:

              sabil eval report --results var/eval --output report.html \\
                  --collections collections \\
                  --queries fixtures:dev=corpus-fixtures/search/queries.jsonl
            """)

    @Option(parsing: .upToNextOption, help: "Folders of results, or single files.")
    var results: [String]

    @Option(help: "Where the page goes.")
    var output: String

    @Option(help: "Where the same goes as Markdown.")
    var markdown: String?

    @Option(help: "A folder of collections, for the texts of queries.")
    var collections: String?

    @Option(
        parsing: .upToNextOption,
        help: "COLLECTION=FILE: the queries of one collection, JSON Lines with `_id` and `text`.")
    var queries: [String] = []

    @Option(help: "Speed and size at earlier commits (tabs: date, commit, what, value, yardstick, note).")
    var history: String?

    @Option(help: "Measures to show, with commas between; all when not given.")
    var measures: String?

    @Option(help: "How many of the queries that changed most are listed for each experiment.")
    var changes = 10

    @Option(help: "Seed of the permutations and resamples.")
    var seed: UInt64 = 1

    func validate() throws {
        guard !results.isEmpty else { throw ValidationError("--results needs a folder or a file.") }
        guard (0...1000).contains(changes) else {
            throw ValidationError("--changes must be between 0 and 1000, it is \(changes).")
        }
        for entry in queries where Self.parts(of: entry) == nil {
            throw ValidationError("--queries takes COLLECTION=FILE, not '\(entry)'.")
        }
        guard measures.map({ !Self.names(in: $0).isEmpty }) ?? true else {
            throw ValidationError("--measures names no measure.")
        }
    }

    func run() async throws {
        let input = try read()
        var context = EvaluationReport.Context(
            queries: try texts(for: input.results), history: try speed(), written: Date(),
            measures: measures.map(Self.names) ?? [], changes: changes,
            sampling: ComparisonReport.Sampling(seed: seed), notes: input.faults)
        if input.results.isEmpty { context.notes.append("There is no result in \(results.joined(separator: ", ")).") }
        let asked = context.measures.filter { name in !input.results.contains { $0.measures[name] != nil } }
        if !input.results.isEmpty { context.notes += asked.map { "No result has the measure \"\($0)\"." } }
        context.notes.forEach(Console.error)
        context.history?.faults.forEach(Console.error)

        let (results, final) = (input.results, context)
        let written = try await ProgressBar.during("comparing") {
            try await BlockingWork.run {
                let report = EvaluationReport(results, context: final)
                return (html: report.html, markdown: report.markdown)
            }
        }
        try write(written.html, to: output)
        if let markdown { try write(written.markdown, to: markdown) }
        Console.diagnose(
            "\(results.count) \(results.count == 1 ? "result" : "results") in \(output)"
                + (markdown.map { " and \($0)" } ?? ""))
        if !input.faults.isEmpty || input.results.isEmpty { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    // MARK: Reading

    /// The results of all folders, and a sentence for each file that is none.
    private func read() throws -> (results: [ExperimentResult], faults: [String]) {
        var read: [ExperimentResult] = []
        var faults: [String] = []
        for path in try files() {
            let bytes = try Self.content(of: path)
            do throws(EvaluationError) {
                read.append(try ExperimentResult(json: [UInt8](bytes), name: path))
            } catch {
                faults.append("\(error)")
            }
        }
        return (read, faults)
    }

    /// Sorted, each once.
    private func files() throws -> [String] {
        var files: Set<String> = []
        for path in results {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw CommandError(.inputOutput, "reading results failed: there is no file or folder \(path)")
            }
            guard isFolder.boolValue else {
                files.insert(URL(filePath: path).standardizedFileURL.path)
                continue
            }
            do {
                for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasSuffix(".json") {
                    files.insert(URL(filePath: path).appending(path: name).standardizedFileURL.path)
                }
            } catch {
                throw CommandError(.inputOutput, "reading \(path) failed: \(ExitStatus.reason(of: error))")
            }
        }
        return files.sorted()
    }

    private func texts(for results: [ExperimentResult]) throws -> [String: [String: String]] {
        var texts: [String: [String: String]] = [:]
        if let collections {
            for name in Set(results.map(\.collection)).sorted() where !name.contains("/") && !name.hasPrefix(".") {
                let path = URL(filePath: collections).appending(path: "\(name)/queries.jsonl").path
                if FileManager.default.fileExists(atPath: path) { texts[name] = try Self.queryTexts(in: path) }
            }
        }
        for case .some(let entry) in queries.map(Self.parts) {
            texts[entry.collection] = try Self.queryTexts(in: entry.file)
        }
        return texts
    }

    private static func queryTexts(in path: String) throws -> [String: String] {
        var reader = try BEIRReader(path: path)
        var texts: [String: String] = [:]
        while let entry = try reader.next() { texts[entry.id] = entry.text }
        return texts
    }

    private func speed() throws -> SpeedHistory? {
        try history.map { path in
            SpeedHistory(String(decoding: try Self.content(of: path), as: UTF8.self), name: path)
        }
    }

    private static func content(of path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(filePath: path))
        } catch {
            throw CommandError(.inputOutput, "reading \(path) failed: \(ExitStatus.reason(of: error))")
        }
    }

    // MARK: Arguments and output

    private static func parts(of entry: String) -> (collection: String, file: String)? {
        guard let sign = entry.firstIndex(of: "="), sign > entry.startIndex else { return nil }
        let file = entry[entry.index(after: sign)...]
        return file.isEmpty ? nil : (String(entry[..<sign]), String(file))
    }

    /// Commas within brackets are part of a name.
    private static func names(in list: String) -> [String] {
        var names: [String] = [""]
        var depth = 0
        for character in list {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                names.append("")
            } else {
                names[names.count - 1].append(character)
            }
        }
        return names.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw CommandError(.inputOutput, "writing the report to \(path) failed: \(ExitStatus.reason(of: error))")
        }
    }
}
