import Foundation
import SabilRecords

/// One run: what was asked for, where things lie, and what has been made so far.
final class Bench {
    struct Options {
        var filter: Regex<AnyRegexOutput>?
        var root: String
        var sabil: String
        var yardstick: String
        /// This program, to be started again as a process that does one thing.
        var itself: String
        var settings: SpeedReport.Settings
    }

    let options: Options
    let material: Material
    let folder: String
    private var indexes: Set<Contestant> = []
    private(set) var failures: [String] = []

    var settings: SpeedReport.Settings { options.settings }
    var taxonomy: String { options.root + "/taxonomy" }
    var records: String { folder + "/records.jsonl" }

    /// - Parameter folder: an empty one, for records and indexes.
    init(_ options: Options, folder: String) throws {
        self.options = options
        self.folder = folder
        material = try Material(root: options.root, seed: options.settings.seed)
    }

    func wants(_ name: String) -> Bool {
        guard let filter = options.filter else { return true }
        return name.firstMatch(of: filter) != nil
    }

    /// Runs what measures a group; a failure is said, and the other groups go on.
    func attempt(_ group: String, _ measure: () async throws -> [Figure]) async -> [Figure] {
        do {
            return try await measure()
        } catch {
            failures.append("\(group): \(error)")
            tell("sabil-speed: \(group) could not be measured: \(error)")
            return []
        }
    }

    func tell(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    // MARK: Indexes

    func path(of contestant: Contestant) -> String { "\(folder)/index-\(contestant.rawValue)" }

    /// The program that indexes the records, as its manual says.
    func indexing(_ contestant: Contestant) -> Program {
        switch contestant {
        case .sabil:
            Program(
                path: options.sabil,
                arguments: ["eval", "speed", "--records", records, "--index", path(of: .sabil), "--taxonomy", taxonomy])
        case .xapian:
            Program(path: options.yardstick, arguments: ["index", records, path(of: .xapian), "--compact"])
        case .fts5: Program(path: options.itself, arguments: ["worker", "fts-index", records, path(of: .fts5)])
        }
    }

    /// Builds it anew, and gives what the program said of itself.
    func buildIndex(_ contestant: Contestant) throws -> [String: Double] {
        if !FileManager.default.fileExists(atPath: records) { try material.generate(settings.records, to: records) }
        try? FileManager.default.removeItem(atPath: path(of: contestant))
        let numbers = try indexing(contestant).run(throughShell: true).numbers()
        indexes.insert(contestant)
        return numbers
    }

    /// Builds those that are not there yet.
    func needIndexes() throws {
        for contestant in Contestant.allCases where !indexes.contains(contestant) {
            tell("building the index of \(contestant.rawValue)")
            _ = try buildIndex(contestant)
        }
    }

    func write(_ queries: [TimedQuery], to name: String) throws -> String {
        let path = "\(folder)/\(name)"
        let text = queries.map { "\($0.language.rawValue)\t\($0.text)\n" }.joined()
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }
}
