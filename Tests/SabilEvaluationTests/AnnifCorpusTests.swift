import Foundation
import SabilEvaluation
import SabilRecords
import Testing

@Suite struct AnnifCorpusTests {
    private func with(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sabil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        try body(folder.path)
    }

    /// One document in each of the forms: its text and labels must come out the same.
    @Test(arguments: [
        (
            "a.tsv", "Cash for \u{2028}all\t<http://x.org/1> <http://x.org/2>\r\n",
            "a table, with a separator within the text"
        ),
        (
            "a.csv", "document_id,text,subject_uris\nd,\"Cash for \u{2028}all\",<http://x.org/1> http://x.org/2\n",
            "a table of commas"
        ),
        (
            "a.jsonl",
            #"{"document_id":"d","text":"Cash for \#u{2028}all","subjects":[{"uri":"http://x.org/1","label":"A"},{"uri":"http://x.org/2"}]}"#,
            "JSON Lines"
        ),
        (
            "a.jsonl", #"{"_id":"d","text":"Cash for \#u{2028}all","labels":["http://x.org/1","http://x.org/2"]}"#,
            "our own lines"
        ),
    ])
    func `every form gives the same document`(_ name: String, _ content: String, _ reason: String) throws {
        try with([name: content]) { folder in
            let entries = try AnnifCorpus.read(folder + "/" + name)
            #expect(entries.map(\.text) == ["Cash for \u{2028}all"], "\(reason)")
            #expect(entries.map(\.labels) == [["http://x.org/1", "http://x.org/2"]], "\(reason)")
        }
    }

    @Test func `a folder gives its texts with the subjects beside them`() throws {
        let files = [
            "b.txt": "second\nline", "b.key": "poverty\n\ngender equality \n", "a.txt": "first",
            "a.tsv": "<http://x.org/1>\tPoverty\n<http://x.org/2>\tGender\n", "notes.md": "not read",
        ]
        try with(files) { folder in
            let entries = try AnnifCorpus.read(folder)
            #expect(entries.map(\.id) == ["a", "b"])
            #expect(entries.map(\.text) == ["first", "second\nline"])
            #expect(entries.map(\.labels) == [["http://x.org/1", "http://x.org/2"], ["poverty", "gender equality"]])
        }
    }

    @Test func `quotes, commas and line ends stand within quoted cells`() throws {
        let table = "\u{FEFF}language,text,subject_uris\r\nfr,\"a \"\"b\"\",\nc\",<u>\r\n\r\nen,plain,\r\n"
        try with(["a.csv": table]) { folder in
            let entries = try AnnifCorpus.read(folder + "/a.csv")
            #expect(entries.map(\.text) == ["a \"b\",\nc", "plain"])
            #expect(entries.map(\.language) == [.french, .english])
            #expect(entries.map(\.labels) == [["u"], []])
            #expect(entries.map(\.id) == ["2", "5"], "the lines on which the rows begin")
        }
    }

    @Test(arguments: [
        ("a.tsv", "no tab here\n", "invalid-format", "line 1 has no tab"),
        ("a.csv", "id,words\n1,x\n", "invalid-format", "text and subject_uris"),
        ("a.csv", "text,subject_uris\na,b,c\n", "invalid-format", "line 2 has 3 columns"),
        ("a.csv", "text,subject_uris\n\"a,b\n", "invalid-format", "never closed"),
        ("a.csv", "document_id,text,subject_uris\n1,a,u\n1,b,u\n", "duplicate", "line 3"),
        ("a.jsonl", "{\"text\":\"a\"}\n{\"tex\":\"a\"}\n", "invalid-format", "line 2"),
        (
            "a.jsonl", "{\"document_id\":\"a\",\"text\":\"a\"}\n{\"document_id\":\"a\",\"text\":\"b\"}\n", "duplicate",
            "line 2"
        ),
        ("a.tsv", "", "empty", "no document"), ("a.txt", "alone", "invalid-format", "beside it"),
        ("a.tsv", "\u{1F}\u{8B}", "invalid-format", "no tab"),
    ])
    func `what cannot be read is said with its line`(
        _ name: String, _ content: String, _ code: String, _ says: String
    ) throws {
        try with([name: content]) { folder in
            let error = #expect(throws: EvaluationError.self) {
                try AnnifCorpus.read(name.hasSuffix(".txt") ? folder : folder + "/" + name)
            }
            #expect(error?.code.rawValue == code, "\(error?.message ?? "")")
            #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
        }
    }

    @Test(arguments: [
        ("a.tsv", "short\t<u>\n\(String(repeating: "x", count: 200))\t<u>\n", 1),
        ("a.csv", "text,subject_uris\nshort,u\n\"\(String(repeating: "x", count: 200))\",u\n", 1),
        ("a.jsonl", "{\"text\":\"short\"}\n{\"text\":\"\(String(repeating: "x", count: 200))\"}\n", 1),
        (
            "a.jsonl",
            "{\"_id\":\"a\",\"text\":\"short\"}\n{\"_id\":\"b\",\"text\":\"\(String(repeating: "x", count: 200))\"}\n",
            1
        ),
    ])
    func `a line too long is refused with its number and the remedy, after the documents before it`(
        _ name: String, _ content: String, _ before: Int
    ) throws {
        try with([name: content]) { folder in
            let reader = try AnnifCorpus.Reader(folder + "/" + name, lineLimit: 100)
            for _ in 0..<before { #expect(try reader.next()?.text == "short") }
            let error = #expect(throws: EvaluationError.self) { try reader.next() }
            let line = name.hasSuffix("csv") ? 3 : 2
            #expect(error?.message.contains("line \(line) is longer than 100 bytes") == true, "\(error?.message ?? "")")
            #expect(error?.message.lowercased().contains("that line.") == true, "\(error?.message ?? "")")
        }
    }

    @Test func `documents come before what is wrong further down is met`() throws {
        try with(["a.tsv": "one\tu\nno tab\ntwo\tu\n"]) { folder in
            let reader = try AnnifCorpus.Reader(folder + "/a.tsv")
            #expect(try reader.next()?.text == "one")
            #expect(throws: EvaluationError.self) { try reader.next() }
        }
    }

    @Test func `a compressed file and one that is not there are told apart`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "sabil-\(UUID().uuidString).tsv")
        try Data([0x1F, 0x8B, 8, 0]).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let packed = #expect(throws: EvaluationError.self) { try AnnifCorpus.read(path.path) }
        #expect(packed?.message.contains("gunzip") == true)
        let missing = #expect(throws: EvaluationError.self) { try AnnifCorpus.read(path.path + "x") }
        #expect(missing?.code == .notFound)
    }

    @Test(arguments: [
        ("a.tsv", "\u{FEFF}one\tu\r\n\r\ntwo\tv\n", ["1", "3"]),
        ("a.jsonl", "\n{\"text\":\"one\"}\r\n\n{\"text\":\"two\"}", ["2", "4"]),
        ("a.csv", "\ntext,subject_uris\n\none,u\n\"two\",\"v\nw\"", ["4", "5"]),
    ])
    func `documents without an id are named by their line, blank lines counted`(
        _ name: String, _ content: String, _ ids: [String]
    ) throws {
        try with([name: content]) { folder in
            let entries = try AnnifCorpus.read(folder + "/" + name)
            #expect(entries.map(\.id) == ids)
            #expect(entries.map(\.text) == ["one", "two"])
        }
    }

    // MARK: Writing

    private static let documents = [
        BEIREntry(
            id: "a/1", title: "Cash, \"for\" all", text: "first line\nsecond\tline", language: .french, url: nil,
            labels: ["http://x.org/1", "http://x.org/2"]),
        BEIREntry(id: "b", title: "", text: "نص", language: .undetermined, url: nil, labels: ["http://x.org/2"]),
    ]
    private static func label(_ uri: String) -> String { uri.hasSuffix("1") ? "Poverty" : "Gender, and more" }

    /// Form, whether ids, languages and line ends survive.
    @Test(arguments: [
        (AnnifCorpus.Form.tsv, false, false, false), (.csv, true, true, true), (.jsonl, true, true, true),
        (.folder, true, false, true), (.keys, true, false, true),
    ])
    func `what is written is read again`(
        _ form: AnnifCorpus.Form, _ hasIDs: Bool, _ hasLanguages: Bool, _ hasLines: Bool
    ) throws {
        var files: [String: String] = [:]
        if form == .folder || form == .keys {
            for document in Self.documents {
                for file in AnnifCorpus.files(document, form: form, label: Self.label) {
                    files[file.name] = file.content
                }
            }
        } else {
            files["c.\(form.rawValue)"] =
                AnnifCorpus.header(form)
                + (try Self.documents.map { try AnnifCorpus.line($0, form: form, label: Self.label) }.joined())
        }
        try with(files) { folder in
            let path = files.count == 1 ? folder + "/" + (files.keys.first ?? "") : folder
            let read = try AnnifCorpus.read(path)
            #expect(read.map(\.id) == (hasIDs ? [form == .csv || form == .jsonl ? "a/1" : "a%2F1", "b"] : ["1", "2"]))
            let whole = "Cash, \"for\" all\nfirst line\nsecond\tline"
            let one = "Cash, \"for\" all first line second line"
            #expect(read.map(\.text) == [hasLines ? whole : one, "نص"])
            #expect(
                read.map(\.language) == (hasLanguages ? [.french, .undetermined] : [.undetermined, .undetermined]))
            let uris = Self.documents.map(\.labels)
            #expect(read.map(\.labels) == (form == .keys ? uris.map { $0.map(Self.label) } : uris))
        }
    }

    @Test func `the forms are written as the wiki of Annif shows them`() throws {
        let document = BEIREntry(
            id: "d1", title: "", text: "A text", language: .english, url: nil, labels: ["http://x.org/1"])
        func line(_ form: AnnifCorpus.Form) throws -> String {
            try AnnifCorpus.line(document, form: form, label: Self.label)
        }
        #expect(try line(.tsv) == "A text\t<http://x.org/1>\n")
        #expect(try line(.csv) == "d1,A text,<http://x.org/1>,en\n")
        #expect(
            try line(.jsonl)
                == #"{"document_id":"d1","metadata":{"language":"en"},"subjects":[{"label":"Poverty","uri":"http://x.org/1"}],"text":"A text"}"#
                + "\n")
        #expect(
            AnnifCorpus.files(document, form: .folder, label: Self.label).map(\.content)
                == ["A text", "<http://x.org/1>\tPoverty\n"])
    }
}
