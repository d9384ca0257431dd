import Foundation
import Testing

/// `make clean` removes what can be made anew, and nothing else.
@Suite struct MakefileTests {
    /// Runs `make` with the project's rules in another folder.
    private func make(_ arguments: [String], in folder: URL) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["make", "-f", CommandRunner.root.appending(path: "Makefile").path] + arguments
        process.currentDirectoryURL = folder
        // The suite is itself run by make, whose level and flags would make this one speak.
        process.environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("MAKE") && $0.key != "MFLAGS"
        }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    private func files(in sabil: CommandRunner) throws -> Set<String> {
        let all = try FileManager.default.subpathsOfDirectory(atPath: sabil.folder.path)
        return Set(
            all.filter { path in
                var isDirectory: ObjCBool = false
                return FileManager.default.fileExists(atPath: sabil.path(path), isDirectory: &isDirectory)
                    && !isDirectory.boolValue
            })
    }

    private func write(_ names: [String], in sabil: CommandRunner) throws {
        for name in names {
            let parent = sabil.folder.appending(path: name).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            _ = try sabil.write("x", to: name)
        }
    }

    @Test(arguments: ["var", "a folder"])
    func `clean leaves decisions and what is not Sabil's`(name: String) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let kept = ["decisions.sqlite", "decisions.sqlite-wal", "decisions.sqlite-shm", "letters/letter.txt", "notes"]
        let made = [
            "index/iamglass", "index.previous/iamglass", "index.next/iamglass", "model/current", "built-from",
            "bench/speed.md", "eval/report.html", "gate/a", "scale/b",
        ]
        try write((kept + made).map { "\(name)/\($0)" } + [".build/x"], in: sabil)
        let arguments = name == "var" ? ["clean"] : ["clean", "VAR=\(name)"]
        let outcome = try make(arguments, in: sabil.folder)
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(try files(in: sabil) == Set(kept.map { "\(name)/\($0)" }))
        #expect(outcome.output.contains("\(name)/decisions.sqlite stays"), "\(outcome.output)")
        #expect(try make(arguments, in: sabil.folder).status == 0, "a second time too")
    }

    @Test func `clean takes a folder away that holds nothing else`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        try write(["var/index/iamglass", "var/model/current"], in: sabil)
        let outcome = try make(["clean"], in: sabil.folder)
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.output)")
        #expect(!FileManager.default.fileExists(atPath: sabil.path("var")))
        #expect(try make(["clean"], in: sabil.folder).status == 0, "and where there is none")
        #expect(try make(["clean", "VAR="], in: sabil.folder).status != 0)
    }
}
