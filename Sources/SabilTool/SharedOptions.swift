import ArgumentParser
import Foundation

/// Where the parts of an installation lie. Every flag has a default below one folder.
struct LocationOptions: ParsableArguments {
    @Option(help: "Folder of the index.")
    var index = "var/index"

    @Option(help: "Folder of the trained models.")
    var model = "var/model"

    @Option(help: "Folder of the taxonomy: SKOS files, registry.tsv, content-types.json.")
    var taxonomy = "taxonomy"

    @Option(help: "SQLite file of curators' decisions.")
    var decisions = "var/decisions.sqlite"

    /// Makes the folder that a file or folder of the installation is to lie in.
    func makeParent(of path: String) throws {
        let parent = URL(filePath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        } catch {
            throw CommandError(.inputOutput, "\(parent.path) cannot be made: \(ExitStatus.reason(of: error))")
        }
    }
}

/// How many threads a command may be given.
enum ThreadCount {
    static let allowed = 1...32

    /// One a core, as far as that is allowed.
    static func usual(cores: Int = ProcessInfo.processInfo.activeProcessorCount) -> Int {
        min(max(cores, allowed.lowerBound), allowed.upperBound)
    }

    static let sentence = "--threads must be between \(allowed.lowerBound) and \(allowed.upperBound)."
}

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// One JSON document (or one per line where several inputs were given).
    case json
}
