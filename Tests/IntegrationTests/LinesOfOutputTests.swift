import Foundation
import Testing

/// What has several lines is printed in several lines.
@Suite struct LinesOfOutputTests {
    private static let formats = CommandRunner.root.appending(path: "corpus-fixtures/formats").path

    @Test func `the table of costs is Markdown on standard output as in a file`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let runs = [1000, 10_000].flatMap { records in
            ["sabil", "yardstick"].map { program in
                #"{"records":\#(records),"program":"\#(program)","what":"plain","round":1,"digest":"0123456789ab","date":"2026-11-21T10:00:00Z","figures":{"p50_ms":\#(records / 100)}}"#
                    + "\n"
            }
        }
        let file = try sabil.write(runs.joined(), to: "runs.jsonl")
        let written = try sabil.run(["eval", "scale", file, "--markdown", sabil.path("scale.md")])
        #expect(written.status == 0, "\(written.errors)")
        let printed = try sabil.run(["eval", "scale", file])
        #expect(printed.status == 0, "\(printed.errors)")
        #expect(printed.output == (try sabil.read("scale.md")))
        #expect(printed.output.split(separator: "\n").count { $0.hasPrefix("|") } > 2, "\(printed.output)")
    }

    @Test func `the doctor says what changed since training in lines of their own`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        func places(_ taxonomy: String) -> [String] {
            [
                "--model", sabil.path("models"), "--index", sabil.path("none"), "--decisions",
                sabil.path("none.sqlite"),
                "--taxonomy", taxonomy,
            ]
        }
        let records = Self.formats + "/records.jsonl"
        #expect(try sabil.run(["train", records] + places(Self.formats + "/taxonomy")).status == 0)
        let folder = sabil.path("taxonomy")
        try FileManager.default.copyItem(atPath: Self.formats + "/taxonomy", toPath: folder)
        let turtle = try String(contentsOfFile: folder + "/formats.ttl", encoding: .utf8)
        try Data(turtle.replacing("\"School feeding\"@en", with: "\"Canteen lunches\"@en").utf8).write(
            to: URL(filePath: folder + "/formats.ttl"))
        let told = try sabil.run(["doctor"] + places(folder))
        let lines = told.output.split(separator: "\n")
        let model = try #require(lines.firstIndex { $0.hasPrefix("✓ model") }, "\(told.output)")
        #expect(lines[model].hasSuffix("concepts"), "\(told.output)")
        #expect(lines[model + 1].hasPrefix("    since training: "), "\(told.output)")
    }
}
