import Foundation
import Testing

/// Indexes and models as they may lie on somebody's disk: opened or refused as `corpus-fixtures/formats/expected.tsv` says.
@Suite struct StoredFormatsTests {
    struct Stored: CustomStringConvertible {
        let path: String
        let status: Int32
        let says: String

        var description: String { path }
        var isIndex: Bool { path.contains("index/") }
    }

    private static let folder = CommandRunner.root.appending(path: "corpus-fixtures/formats")

    /// The stored index that this program opens.
    static let indexInForce: String = stored.first { $0.isIndex && $0.status == 0 }?.path ?? "no index in force"

    static let stored: [Stored] = {
        guard let table = try? String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8) else {
            return []
        }
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: "\t").map(String.init)
            guard cells.count == 4, let status = Int32(cells[1]) else { return nil }
            return Stored(path: cells[0], status: status, says: cells[2])
        }
    }()

    private func read(_ place: String, isIndex: Bool, in sabil: CommandRunner) throws -> CommandRunner.Outcome {
        let taxonomy = ["--taxonomy", Self.folder.appending(path: "taxonomy").path]
        if isIndex {
            return try sabil.run(["search", "--index", place, "--format", "json", "cantines scolaires"] + taxonomy)
        }
        return try sabil.run(
            [
                "suggest", "--model", place, "--index", sabil.path("none"), "--decisions", sabil.path("none.sqlite"),
                "--format", "json", "--text", "Un repas à la cantine",
            ] + taxonomy)
    }

    /// Every file below a folder with its bytes.
    private func content(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            if let bytes = FileManager.default.contents(atPath: folder + "/" + name) { files[name] = bytes }
        }
        return files
    }

    @Test func `every stored folder has a line and every line a folder`() throws {
        var folders: Set<String> = []
        for kind in ["index", "broken-index", "model", "broken-model"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder.path + "/" + kind) {
                folders.insert(kind + "/" + name)
            }
        }
        #expect(folders == Set(Self.stored.map(\.path)))
        #expect(Self.stored.count { $0.status == 0 } == 2, "the index and the model of the versions in force")
    }

    @Test(arguments: stored)
    func `it is opened or refused as the table says`(_ stored: Stored) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let outcome = try read(Self.folder.path + "/" + stored.path, isIndex: stored.isIndex, in: sabil)
        #expect(outcome.status == stored.status, "\(outcome.errors)")
        #expect((stored.status == 0 ? outcome.output : outcome.errors).contains(stored.says), "\(outcome.errors)")
        #expect(outcome.errors.firstMatch(of: /[.:;,][.:;,]/) == nil, "one sentence ends once: \(outcome.errors)")
    }

    /// A writer must not mend, mark or half overwrite what it cannot read.
    @Test(arguments: stored.filter { $0.isIndex && $0.status != 0 })
    func `a writer refuses what a reader refuses and leaves it as it was`(_ stored: Stored) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        try FileManager.default.copyItem(atPath: Self.folder.path + "/" + stored.path, toPath: sabil.path("index"))
        let before = try content(sabil.path("index"))
        let outcome = try sabil.run([
            "index", "--index", sabil.path("index"), "--decisions", sabil.path("none.sqlite"), "--taxonomy",
            Self.folder.appending(path: "taxonomy").path, Self.folder.appending(path: "records.jsonl").path,
        ])
        #expect(outcome.status == stored.status, "\(outcome.errors)")
        var after = try content(sabil.path("index"))
        // The lock is a file of its own and empty.
        after["flintlock"] = before["flintlock"]
        #expect(after == before)
    }

    /// The way out that the refusals name.
    @Test(arguments: stored.filter { $0.isIndex && $0.status != 0 })
    func `a rebuild replaces it`(_ stored: Stored) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        try FileManager.default.copyItem(atPath: Self.folder.path + "/" + stored.path, toPath: sabil.path("index"))
        let outcome = try sabil.run([
            "index", "--rebuild", "--index", sabil.path("index"), "--decisions", sabil.path("none.sqlite"),
            "--taxonomy", Self.folder.appending(path: "taxonomy").path,
            Self.folder.appending(path: "records.jsonl").path,
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try read(sabil.path("index"), isIndex: true, in: sabil).output.contains("f-03"))
    }
}
