import SabilRecords
import Testing

@Suite struct RecordEncoderTests {
    @Test func `keys stand in canonical order and empty ones are left out`() {
        let record = ResourceRecord(
            id: RecordID("fr-1"), work: WorkID("w"), type: "publication", language: .french, title: "L’été / \"2020\"",
            abstract: "é\n", authors: ["A B"], documentType: "report", date: PartialDate("2018-05"),
            countries: ["MAR"], regions: ["mena"], populationGroups: ["women"],
            concepts: [ConceptTag("gender", source: .confirmed)], visibility: .community, url: "https://a.org/b",
            fields: ["pages": .integer(3), "files": .strings(["https://a.org/c"])])
        #expect(
            String(decoding: record.jsonLine(), as: UTF8.self)
                == #"{"id":"fr-1","uuid":"w","type":"publication","language":"fr","title":"L’été / \"2020\"","#
                + #""abstract":"é\n","authors":["A B"],"document_type":"report","date":"2018-05","countries":["MAR"],"#
                + #""regions":["mena"],"population_groups":["women"],"concepts":[{"id":"gender","source":"confirmed"}],"#
                + #""visibility":"community","url":"https://a.org/b","#
                + #""fields":{"files":["https://a.org/c"],"pages":3}}"#)
        let least = ResourceRecord(id: RecordID("a"), type: "news", title: "t")
        #expect(String(decoding: least.jsonLine(), as: UTF8.self) == #"{"id":"a","type":"news","title":"t"}"#)
    }

    @Test func `the validator reads back what was written, for random records`() throws {
        let vocabulary = try Fixtures.vocabulary()
        let validator = RecordValidator(vocabulary: vocabulary)
        for seed: UInt64 in 1...300 {
            var random = SeededGenerator(seed: seed)
            let record = RandomRecord.record(vocabulary, &random)
            let line = record.jsonLine()
            let outcome = validator.validate(json: line)
            #expect(outcome.issues.isEmpty, "seed \(seed): \(outcome.issues)")
            #expect(outcome.record == record, "seed \(seed)")
            #expect(!line.contains(0x0A), "seed \(seed)")
            #expect(outcome.record?.jsonLine() == line, "seed \(seed)")
        }
    }
}
