import Foundation
import Testing

/// Runs the built `sabil` as a shell would.
struct CommandRunner {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The folder of the checkout.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A folder of its own, removed by `remove()`.
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "sabil-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: folder.appending(path: name))
        return path(name)
    }

    func read(_ name: String) throws -> String { try String(contentsOf: folder.appending(path: name), encoding: .utf8) }

    /// The binary lies beside the test bundle.
    private static func binary() throws -> URL {
        let places =
            CommandLine.arguments.prefix(1).map { URL(filePath: $0).deletingLastPathComponent() }
            + [Bundle.main.bundleURL, root.appending(path: ".build/debug")]
        for place in places {
            let candidate = place.appending(path: "sabil")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
        }
        throw MissingBinary()
    }

    struct MissingBinary: Error, CustomStringConvertible {
        var description: String { "the binary `sabil` was not found beside the tests: run `swift build` first" }
    }

    private func process(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = try Self.binary()
        process.arguments = arguments
        process.currentDirectoryURL = Self.root
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Starts it and lets it run; what it says on standard error goes to the file `errors`.
    func start(
        _ arguments: [String], input: Pipe? = nil, output: FileHandle = .nullDevice, errors: String
    ) throws -> Process {
        let process = try process(arguments)
        if let input { process.standardInput = input }
        process.standardOutput = output
        process.standardError = try handle(errors)
        try process.run()
        return process
    }

    private func handle(_ name: String) throws -> FileHandle {
        FileManager.default.createFile(atPath: path(name), contents: nil)
        return try FileHandle(forWritingTo: folder.appending(path: name))
    }

    func run(_ arguments: [String], input: String? = nil) throws -> Outcome {
        let process = try process(arguments)
        // Files, not pipes: a full pipe would stop the child.
        let output = "stdout-\(UUID().uuidString)"
        let errors = "stderr-\(UUID().uuidString)"
        process.standardOutput = try handle(output)
        process.standardError = try handle(errors)
        if let input {
            let inputFile = folder.appending(path: "stdin-\(UUID().uuidString)")
            try Data(input.utf8).write(to: inputFile)
            process.standardInput = try FileHandle(forReadingFrom: inputFile)
        }
        try process.run()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: try read(output), errors: try read(errors))
    }
}
