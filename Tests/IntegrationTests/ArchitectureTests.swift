import Foundation
import Testing

/// The rules of ARCHITECTURE.md, run over the tree, and shown to bite.
@Suite struct ArchitectureTests {
    private func check(in folder: URL) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [folder.appending(path: "scripts/check-architecture.sh").path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    private func git(_ arguments: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "-c", "user.name=t", "-c", "user.email=t@t.example"] + arguments
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "git \(arguments)")
    }

    @Test func `the tree keeps the rules`() throws {
        let (status, output) = try check(in: CommandRunner.root)
        #expect(status == 0, "\(output)")
    }

    @Test(arguments: [
        ("Sources/SabilSearch/A.swift", "import CXapianShim\n", "outside Boundary"),
        ("Sources/SabilSearch/A.swift", "import GRDB\n", "must not"),
        ("Sources/SabilClassification/A.swift", "import SabilSearch\n", "must not"),
        ("Sources/XapianIndex/A.swift", "import SabilRecords\n", "must not"),
        ("Sources/SabilRecords/A.swift", "import Foundation\n", "FoundationEssentials"),
        ("Sources/SabilRecords/A.swift", "let a = try! b()\n", "Forced"),
        ("Sources/SabilRecords/A.swift", "final class A: @unchecked Sendable {}\n", "Safety"),
        ("Sources/SabilRecords/A.swift", "func a() { print(1) }\n", "print outside"),
        ("Sources/SabilRecords/A.swift", "let a: OpaquePointer\n", "raw pointers"),
        ("Sources/SabilRecords/A.swift", String(repeating: "let a = 1\n", count: 401), "over 400"),
        ("Sources/SabilRecords/RecordUtil.swift", "let a = 1\n", "Names"),
        ("Sources/Unheard/A.swift", "let a = 1\n", "ARCHITECTURE.md"),
        ("Tests/ATests/A.swift", "@Test(.dis" + "abled(\"x\")) func a() {}\n", "Disabled"),
    ])
    func `a broken rule is found`(_ file: String, _ content: String, _ finding: String) throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        let folder = runner.folder
        for path in ["scripts/check-architecture.sh", "ARCHITECTURE.md"] {
            let target = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: CommandRunner.root.appending(path: path), to: target)
        }
        let target = folder.appending(path: file)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: target)
        try git(["init", "-q"], in: folder)
        try git(["add", "-A"], in: folder)
        let (status, output) = try check(in: folder)
        #expect(status == 1)
        #expect(output.contains(finding), "\(output)")
    }
}
