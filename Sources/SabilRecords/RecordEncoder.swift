import FoundationEssentials

extension ResourceRecord {
    /// The record as one line of JSON in UTF-8, without a line end.
    ///
    /// Keys in the order of the record format; empty values, the default visibility and a work equal to the id are left
    /// out; extra fields by name. The same record always gives the same bytes, and the validator reads them back as an
    /// equal record (with the vocabulary that the record was read with).
    public func jsonLine() -> [UInt8] {
        var line = RecordLine()
        for key in RecordKey.allCases { append(key, to: &line) }
        return line.bytes
    }

    /// The members of the given keys as they stand in the line, each with a comma before it; empty ones are left out.
    package func jsonMembers(_ keys: [RecordKey]) -> [UInt8] {
        var line = RecordLine()
        for key in keys { append(key, to: &line) }
        return line.members.isEmpty ? [] : [0x2C] + line.members
    }

    private func append(_ key: RecordKey, to line: inout RecordLine) {
        func concepts(_ ids: [ConceptID]) -> [String]? { ids.isEmpty ? nil : ids.map(\.rawValue) }
        func text(_ text: String) -> String? { text.isEmpty ? nil : text }
        func list(_ texts: [String]) -> [String]? { texts.isEmpty ? nil : texts }
        switch key {
        case .id: line.append(key, id.rawValue)
        case .uuid: line.append(key, work.rawValue == id.rawValue ? nil : work.rawValue)
        case .type: line.append(key, type)
        case .language: line.append(key, language == .undetermined ? nil : language.rawValue)
        case .title: line.append(key, title)
        case .abstract: line.append(key, text(abstract))
        case .body: line.append(key, text(body))
        case .authors: line.append(key, list(authors))
        case .organisations: line.append(key, list(organisations))
        case .series: line.append(key, series)
        case .documentType: line.append(key, documentType)
        case .date: line.append(key, date?.description)
        case .countries: line.append(key, list(countries))
        case .regions: line.append(key, concepts(regions))
        case .populationGroups: line.append(key, concepts(populationGroups))
        case .concepts: line.append(key, self.concepts.isEmpty ? nil : self.concepts.map(EncodedTag.init))
        case .visibility: line.append(key, visibility == .public ? nil : visibility.rawValue)
        case .url: line.append(key, url)
        case .fields: line.append(key, fields.isEmpty ? nil : fields.mapValues(EncodedField.init))
        }
    }
}

/// A JSON object whose members stand in the order in which they were added; each value is written by Foundation's encoder.
private struct RecordLine {
    private(set) var members: [UInt8] = []
    private let encoder = JSONEncoder()

    init() { encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes] }

    var bytes: [UInt8] { [0x7B] + members + [0x7D] }

    mutating func append(_ key: RecordKey, _ value: (some Encodable)?) {
        // Texts, numbers that are finite and lists of them always encode; there is no error to lose.
        guard let value, let encoded = try? encoder.encode(value) else { return }
        if !members.isEmpty { members.append(0x2C) }
        members.append(contentsOf: "\"\(key.rawValue)\":".utf8)
        members.append(contentsOf: encoded)
    }
}

private struct EncodedTag: Encodable {
    let id: String
    let source: String

    init(_ tag: ConceptTag) {
        id = tag.concept.rawValue
        source = tag.source.rawValue
    }
}

private struct EncodedField: Encodable {
    let value: FieldValue

    init(_ value: FieldValue) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .text(let text): try container.encode(text)
        case .strings(let texts): try container.encode(texts)
        // JSON has no infinities; such a number can only be made in code and is written as nothing.
        case .number(let number): number.isFinite ? try container.encode(number) : try container.encodeNil()
        case .integer(let number): try container.encode(number)
        case .boolean(let flag): try container.encode(flag)
        case .date(let date): try container.encode(date.description)
        }
    }
}
