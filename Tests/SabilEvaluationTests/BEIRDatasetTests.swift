import FoundationEssentials
import SabilEvaluation
import SabilRecords
import Testing

@Suite struct BEIRDatasetTests {
    /// Runs with a folder of its own that is removed afterwards, whatever happens.
    private func withDataset(_ files: [String: String], _ body: (BEIRDataset) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sabil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "qrels"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        try body(BEIRDataset(directory: folder.path))
    }

    @Test func `documents, queries and judgements are read with the keys beyond BEIR`() throws {
        let files = [
            "corpus.jsonl": """
            {"_id":"d1","title":"T","text":"x","lang":"fr-CA","labels":["a"],"url":"https://a.org","date":"2024-05","metadata":{}}

            {"_id":"d2","text":"y"}
            """,
            "queries.jsonl": #"{"_id":"q2","text":"later"}\#n{"_id":"q1","text":"سؤال","lang":"ar"}\#n"#,
            "qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t2\n",
        ]
        try withDataset(files) { dataset in
            var reader = try dataset.documents()
            let first = try #require(try reader.next())
            #expect(first.language == .french && first.labels == ["a"] && first.url == "https://a.org")
            let second = try #require(try reader.next())
            #expect(first.date == PartialDate(year: 2024, month: 5))
            #expect(second.title.isEmpty && second.language == .undetermined && second.date == nil)
            #expect(try reader.next() == nil)
            #expect(try dataset.queries().map(\.id) == ["q2", "q1"], "in the order of the file")
            #expect(try dataset.judgements().grades(ofQuery: "q1") == ["d1": 2])
            let error = #expect(throws: EvaluationError.self) { try dataset.judgements(split: "dev") }
            #expect(error?.code == .notFound)
        }
    }

    @Test(arguments: [
        (#"{"_id":"a","text":"x"}\#n{"_id":"b"}"#, "line 2 cannot be read: the key \"text\" is missing"),
        (
            #"{"_id":"a","text":"x","date":"May 2024"}"#,
            "line 1 cannot be read: \"May 2024\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
        ),
        (#"{"_id":1,"text":"x"}"#, "line 1 cannot be read: a value is no String at $._id"),
        ("nonsense", "line 1 cannot be read"),
        (#"{"_id":"a","text":"x"}\#n\#n{"_id":"a","text":"y"}"#, "line 3 has the id \"a\", which stands before"),
    ])
    func `a broken line is refused with its number`(text: String, words: String) throws {
        try withDataset(["queries.jsonl": text]) { dataset in
            let error = #expect(throws: EvaluationError.self) { try dataset.queries() }
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        }
    }
}
