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

    // MARK: Several files

    @Test func `documents of several tables without ids are told apart`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = Self.places(sabil)
        let uri = "https://sabil.example/formats/school-feeding"
        let first = try sabil.write("a hot lunch\t<\(uri)>\na meal at school\t<\(uri)>\n", to: "a.tsv")
        let second = try sabil.write("lunch for children\t<\(uri)>\n", to: "b.tsv")
        try FileManager.default.createDirectory(atPath: sabil.path("other"), withIntermediateDirectories: true)
        let namesake = try sabil.write("lunch for the old\t<\(uri)>\n", to: "other/a.tsv")
        func written(_ files: [String], _ name: String) throws -> CommandRunner.Outcome {
            try sabil.run(["annif", "corpus"] + files + ["--to", sabil.path(name)] + places)
        }
        #expect(try written([first, second], "folder").status == 0)
        let texts = try FileManager.default.contentsOfDirectory(atPath: sabil.path("folder"))
            .filter { $0.hasSuffix(".txt") }
        #expect(texts.sorted() == ["a.tsv%3A1.txt", "a.tsv%3A2.txt", "b.tsv%3A1.txt"])
        #expect(try sabil.read("folder/b.tsv%3A1.txt") == "lunch for children")
        #expect(try written([first, second], "both.csv").status == 0)
        let ids = try sabil.read("both.csv").split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
        #expect(ids == ["a.tsv:1", "a.tsv:2", "b.tsv:1"])
        #expect(try written([first], "one.csv").status == 0)
        #expect(try sabil.read("one.csv").contains("\n1,a hot lunch,"), "alone a line is called by its number")
        #expect(try written([first, namesake], "namesakes.csv").status == 0)
        #expect(try sabil.read("namesakes.csv").contains("\n\(namesake):1,lunch for the old,"))
    }

    @Test func `an id that stands in two files is refused with both named`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = Self.places(sabil)
        #expect(try sabil.run(["train", Self.records] + places).status == 0)
        let uri = "https://sabil.example/formats/school-feeding"
        let table = { (text: String) in "document_id,text,subject_uris\nd1,\(text),<\(uri)>\n" }
        let first = try sabil.write(table("a hot lunch"), to: "a.csv")
        let second = try sabil.write(table("a pension"), to: "b.csv")
        let record = try sabil.write(
            #"{"id":"d1","type":"news","title":"Lunch","concepts":["school-feeding"]}"# + "\n", to: "c.jsonl")
        for (other, name) in [(second, "b.csv"), (record, "c.jsonl"), (first, "a.csv")] {
            for command in [["annif", "corpus", "--to", sabil.path("out.csv")], ["optimize"]] {
                let refused = try sabil.run(command + [first, other] + places)
                #expect(refused.status == 65, "\(command[0]) \(name): \(refused.errors)")
                #expect(refused.errors.contains("\"d1\"") && refused.errors.contains("a.csv"), "\(refused.errors)")
                #expect(refused.errors.contains(name), "\(refused.errors)")
            }
        }
        #expect(!FileManager.default.fileExists(atPath: sabil.path("out.csv")))
        let learnt = try sabil.run(["learn", first, second] + places)
        #expect(learnt.status == 0 && learnt.errors.contains("learnt 2 records"), "\(learnt.errors)")
    }

    @Test func `a pipe is read from its beginning`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = Self.places(sabil)
        #expect(try sabil.run(["train", Self.records] + places).status == 0)
        signal(SIGPIPE, SIG_IGN)
        for command in [["suggest", "--format", "json"], ["annif", "corpus", "--to", sabil.path("piped.csv")]] {
            let input = Pipe()
            let output = sabil.path("output")
            FileManager.default.createFile(atPath: output, contents: nil)
            let process = try sabil.start(
                command + ["/dev/stdin"] + places, input: input,
                output: try #require(FileHandle(forWritingAtPath: output)),
                errors: "errors")
            try input.fileHandleForWriting.write(contentsOf: Data(contentsOf: URL(filePath: Self.records)))
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
            let errors = try sabil.read("errors")
            #expect(process.terminationStatus == 0, "\(command[0]): \(errors)")
            let suggested = try sabil.read("output").split(separator: "\n").count
            #expect(command[0] == "suggest" ? suggested == 12 : errors.contains("12 documents"), "\(errors)")
        }
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
