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
            let record = randomRecord(vocabulary, &random)
            let line = record.jsonLine()
            let outcome = validator.validate(json: line)
            #expect(outcome.issues.isEmpty, "seed \(seed): \(outcome.issues)")
            #expect(outcome.record == record, "seed \(seed)")
            #expect(!line.contains(0x0A), "seed \(seed)")
            #expect(outcome.record?.jsonLine() == line, "seed \(seed)")
        }
    }

    // MARK: Random records

    private func text(_ random: inout SeededGenerator) -> String {
        let pieces = [
            "a", " ", "é", "\n", "\"", "\\", "/", "😀", "العربية", "\u{0}", "\u{7F}", "\u{2028}", "e\u{301}", "\t",
        ]
        let length = 1 + random.nextIndex(below: 12)
        return "x" + (0..<length).map { _ in pieces[random.nextIndex(below: pieces.count)] }.joined()
    }

    private func texts(_ random: inout SeededGenerator) -> [String] {
        (0..<random.nextIndex(below: 4)).map { _ in text(&random) }
    }

    private func some<T: Comparable>(_ names: some Collection<T>, _ random: inout SeededGenerator) -> [T] {
        names.sorted().filter { _ in random.next() % 2 == 0 }
    }

    private func date(_ random: inout SeededGenerator) -> PartialDate? {
        let year = 1 + random.nextIndex(below: 9999)
        let month = 1 + random.nextIndex(below: 12)
        switch random.nextIndex(below: 3) {
        case 0: return PartialDate(year: year)
        case 1: return PartialDate(year: year, month: month)
        default: return PartialDate(year: year, month: month, day: 1 + random.nextIndex(below: 28))
        }
    }

    private func value(_ kind: ContentType.FieldKind, _ random: inout SeededGenerator) -> FieldValue? {
        switch kind {
        case .string, .text: .text(text(&random))
        case .strings: .strings(texts(&random))
        case .integer: .integer(Int(truncatingIfNeeded: random.next()))
        case .number: .number((random.nextUnit() - 0.5) * 1e6)
        case .boolean: .boolean(random.next() % 2 == 0)
        case .date: date(&random).map { .date($0) }
        case .url: .text("https://a.org/\(random.nextIndex(below: 99))")
        case .urls: .strings((0..<random.nextIndex(below: 3)).map { "http://b.org/\($0)" })
        }
    }

    private func randomRecord(_ vocabulary: RecordVocabulary, _ random: inout SeededGenerator) -> ResourceRecord {
        let types = vocabulary.contentTypes.types
        let type = types[random.nextIndex(below: types.count)]
        var fields: [String: FieldValue] = [:]
        for (name, kind) in type.fields.sorted(by: { $0.key < $1.key }) where random.next() % 2 == 0 {
            fields[name] = value(kind, &random)
        }
        let isSet = { (random: inout SeededGenerator) in random.next() % 2 == 0 }
        let concepts = some(vocabulary.concepts, &random)
        return ResourceRecord(
            id: RecordID("é\(random.nextIndex(below: 1000))"), work: isSet(&random) ? WorkID("work") : nil,
            type: type.id, language: Language.allCases[random.nextIndex(below: Language.allCases.count)],
            title: text(&random), abstract: isSet(&random) ? text(&random) : "",
            body: isSet(&random) ? text(&random) : "", authors: texts(&random), organisations: texts(&random),
            series: isSet(&random) ? text(&random) : nil, documentType: isSet(&random) ? "thesis" : nil,
            date: isSet(&random) ? date(&random) : nil, countries: some(vocabulary.countries, &random),
            regions: some(vocabulary.regions, &random), populationGroups: some(vocabulary.populationGroups, &random),
            concepts: concepts.map {
                ConceptTag($0, source: LabelSource.allCases[random.nextIndex(below: LabelSource.allCases.count)])
            },
            visibility: Visibility.allCases[random.nextIndex(below: Visibility.allCases.count)],
            url: isSet(&random) ? "https://a.org/é?q=1" : nil, fields: fields)
    }
}
