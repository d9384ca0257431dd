import SabilRecords

/// Records that hold what a vocabulary allows, and texts that look for trouble.
enum RandomRecord {
    static func text(_ random: inout SeededGenerator) -> String {
        let pieces = [
            "a", " ", "é", "\n", "\"", "\\", "/", "😀", "العربية", "\u{0}", "\u{7F}", "\u{2028}", "e\u{301}", "\t",
        ]
        let length = 1 + random.nextIndex(below: 12)
        return "x" + (0..<length).map { _ in pieces[random.nextIndex(below: pieces.count)] }.joined()
    }

    static func texts(_ random: inout SeededGenerator) -> [String] {
        (0..<random.nextIndex(below: 4)).map { _ in text(&random) }
    }

    static func some<T: Comparable>(_ names: some Collection<T>, _ random: inout SeededGenerator) -> [T] {
        names.sorted().filter { _ in random.next() % 2 == 0 }
    }

    static func date(_ random: inout SeededGenerator) -> PartialDate? {
        let year = 1 + random.nextIndex(below: 9999)
        let month = 1 + random.nextIndex(below: 12)
        switch random.nextIndex(below: 3) {
        case 0: return PartialDate(year: year)
        case 1: return PartialDate(year: year, month: month)
        default: return PartialDate(year: year, month: month, day: 1 + random.nextIndex(below: 28))
        }
    }

    static func value(_ kind: ContentType.FieldKind, _ random: inout SeededGenerator) -> FieldValue? {
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

    static func record(_ vocabulary: RecordVocabulary, _ random: inout SeededGenerator) -> ResourceRecord {
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
