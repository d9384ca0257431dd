import Foundation
import Testing

/// Annif's forms on every way in and out, and inputs nobody meant.
@Suite struct AnnifCommandTests {
    private static let formats = CommandRunner.root.appending(path: "corpus-fixtures/formats").path
    private static let records = formats + "/records.jsonl"

    private static func places(_ sabil: CommandRunner) -> [String] {
        [
            "--model", sabil.path("models"), "--index", sabil.path("none"), "--decisions", sabil.path("none.sqlite"),
            "--taxonomy", formats + "/taxonomy",
        ]
    }

    @Test(arguments: ["corpus.tsv", "corpus.csv", "corpus.jsonl", "corpus"])
    func `a corpus that was written is learnt, unlearnt, measured and suggested for`(name: String) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = Self.places(sabil)
        let written = try sabil.run(["annif", "corpus", Self.records, "--to", sabil.path(name)] + places)
        #expect(written.status == 0, "\(written.errors)")
        #expect(written.errors.contains("12 documents"))
        #expect(try sabil.run(["train", Self.records] + places).status == 0)
        let trained = try sabil.read("models/current")
        let learnt = try sabil.run(["learn", sabil.path(name)] + places)
        #expect(learnt.status == 0 && learnt.errors.contains("learnt 12 records"), "\(learnt.errors)")
        #expect(!learnt.errors.contains("cannot suggest"), "URIs are concepts: \(learnt.errors)")
        let unlearnt = try sabil.run(["unlearn", sabil.path(name)] + places)
        #expect(unlearnt.status == 0, "\(unlearnt.errors)")
        #expect(try sabil.read("models/current") == trained)
        let measured = try sabil.run(
            ["optimize", sabil.path(name), "--precision", "0.5,0.9", "--sweep", sabil.path("sweep.tsv")] + places)
        #expect(measured.status == 0, "\(measured.errors)")
        #expect(measured.output.hasPrefix("wanted\tgroup\tdocuments\tassigned\treached"))
        #expect(measured.output.contains("\n0.9\tall\t12\t"))
        #expect(try sabil.read("sweep.tsv").hasPrefix("Limit\tThresh.\tPrec.\tRec.\tF1\n1\t0.00\t"))
        let suggested = try sabil.run(["suggest", sabil.path(name), "--format", "json"] + places)
        #expect(suggested.status == 0 && suggested.output.split(separator: "\n").count == 12, "\(suggested.errors)")
    }

    @Test func `a vocabulary that was written stands in for the taxonomy`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        for name in ["v.tsv", "v.csv", "v.ttl"] {
            let written = try sabil.run(
                ["annif", "vocabulary", "--taxonomy", Self.formats + "/taxonomy", "--to", sabil.path(name)])
            #expect(written.status == 0, "\(name): \(written.errors)")
            let again = try sabil.run(
                ["annif", "vocabulary", "--taxonomy", sabil.path(name), "--to", sabil.path("again-" + name)])
            #expect(again.status == 0, "\(name): \(again.errors)")
            let texts = try [name, "again-" + name].map(sabil.read)
            #expect(texts[0] == texts[1] || name == "v.tsv", "a table of one language does not say which")
        }
        #expect(try sabil.run(["annif", "vocabulary", "--to", sabil.path("v.xml")]).status == 64)
        let folder = try sabil.write("", to: "full")
        #expect(try sabil.run(["annif", "corpus", Self.records, "--to", folder] + Self.places(sabil)).status == 74)
    }

    // MARK: Inputs nobody meant

    @Test func `every text gets a clear answer, whatever it is`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = Self.places(sabil)
        #expect(try sabil.run(["train", Self.records] + places).status == 0)
        func suggest(_ text: String, _ more: [String] = []) throws -> CommandRunner.Outcome {
            try sabil.run(["suggest", "--text", text] + more + places)
        }
        let empty = try suggest("  ")
        #expect(empty.status == 64 && empty.errors.contains("holds no text"))
        let word = try suggest("pension")
        #expect(word.status == 0 && word.errors.contains("fewer than five words"), "\(word.errors)")
        let signs = try suggest("… — !?")
        #expect(signs.status == 0 && signs.errors.contains("no word"), "\(signs.errors)")
        let unknown = try suggest("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich")
        #expect(unknown.status == 0 && unknown.errors.contains("no word of the text"), "\(unknown.errors)")
        let language = try suggest("pension", ["--language", "de"])
        #expect(language.status == 64 && language.errors.contains("en, fr, es or ar"))
    }

    @Test func `a model that was cut is refused by every command, and named`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = Self.places(sabil)
        #expect(try sabil.run(["train", Self.records] + places).status == 0)
        let commands: [[String]] = [
            ["suggest", "--text", "a pension for the old"], ["learn", Self.records], ["unlearn", Self.records],
            ["optimize"],
        ]
        let id = try sabil.read("models/current").filter { !$0.isWhitespace }
        let weights = URL(filePath: sabil.path("models/\(id)/weights.bin"))
        let bytes = try Data(contentsOf: weights)
        for length in [0, 7, bytes.count / 2, bytes.count - 1] {
            try bytes.prefix(length).write(to: weights)
            for command in commands {
                let cut = try sabil.run(command + places)
                #expect(
                    cut.status == 65 || cut.status == 69, "\(command[0]), \(length) bytes: \(cut.status) \(cut.errors)")
                #expect(cut.errors.contains(id), "\(command[0]), \(length) bytes: \(cut.errors)")
            }
        }
    }
}
