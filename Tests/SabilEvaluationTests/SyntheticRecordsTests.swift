import SabilEvaluation
import SabilRecords
import Testing

@Suite struct SyntheticRecordsTests {
    private func given() throws -> [ResourceRecord] {
        var records: [ResourceRecord] = []
        for language in ["ar", "en", "es", "fr"] {
            var reader = try JSONLinesReader(
                path: Fixtures.folder + "/../records/\(language).jsonl", validator: RecordValidator(vocabulary: nil))
            while let line = try reader.next() {
                if let record = line.record { records.append(record) }
            }
        }
        return records
    }

    @Test func `the same seed gives the same records, another seed others, and the order given does not matter`() throws
    {
        let given = try given()
        let first = Array(SyntheticRecords(like: given, seed: 4).prefix(50))
        #expect(first == Array(SyntheticRecords(like: given, seed: 4).prefix(50)))
        #expect(first == Array(SyntheticRecords(like: given.reversed(), seed: 4).prefix(50)))
        #expect(first != Array(SyntheticRecords(like: given, seed: 5).prefix(50)))
    }

    @Test func `they pass the validator, have ids of their own and come in the given languages`() throws {
        let validator = RecordValidator(vocabulary: nil)
        var ids: Set<RecordID> = []
        var languages: Set<Language> = []
        for record in SyntheticRecords(like: try given(), seed: 1).prefix(200) {
            let outcome = validator.validate(json: record.jsonLine())
            #expect(outcome.record == record && outcome.issues.isEmpty, "\(record.id): \(outcome.issues)")
            ids.insert(record.id)
            languages.insert(record.language)
        }
        #expect(ids.count == 200)
        #expect(languages == Set(Language.known))
    }

    @Test func `nothing to imitate gives nothing`() {
        var none = SyntheticRecords(like: [ResourceRecord(id: RecordID("a"), type: "news", title: "t")], seed: 1)
        #expect(none.next() == nil)
    }
}
