import FoundationEssentials
import SabilRecords
import Testing

/// `taxonomy/record.schema.json` says what the code does.
@Suite struct RecordSchemaTests {
    private func schema() throws -> JSON {
        try JSONDecoder().decode(JSON.self, from: Data(try Fixtures.bytes("taxonomy/record.schema.json")))
    }

    @Test func `its keys and required keys are the validator's`() throws {
        let schema = try schema()
        #expect(Set(schema["properties"].members.keys) == Set(RecordKey.allCases.map(\.rawValue)))
        #expect(schema["required"].texts == RecordKey.allCases.filter(\.isRequired).map(\.rawValue))
        for key in RecordKey.allCases {
            let kinds = schema["properties"][key.rawValue]["type"].texts
            switch key.shape {
            case .texts, .concepts: #expect(kinds == ["array", "null"], "\(key.rawValue)")
            case .fields: #expect(kinds == ["object", "null"], "\(key.rawValue)")
            case .text: #expect(kinds.isEmpty || kinds.first == "string", "\(key.rawValue)")
            }
        }
    }

    @Test func `its lists of names are the code's and the catalogue's`() throws {
        let properties = try schema()["properties"]
        let catalogue = try Fixtures.catalogue()
        #expect(properties["type"]["enum"].texts == catalogue.types.flatMap { [$0.id] + $0.aliases })
        #expect(properties["document_type"]["enum"].texts == catalogue.documentTypes.map(\.id))
        #expect(properties["visibility"]["enum"].texts == Visibility.allCases.map(\.rawValue))
        let tag = properties["concepts"]["items"]["anyOf"].elements[1]
        #expect(tag["properties"]["source"]["enum"].texts == LabelSource.allCases.map(\.rawValue))
    }

    @Test func `its fields of each content type are the catalogue's, kind by kind`() throws {
        let catalogue = try Fixtures.catalogue()
        let rules = try schema()["allOf"].elements
        #expect(rules.count == catalogue.types.count)
        for (rule, type) in zip(rules, catalogue.types) {
            #expect(rule["if"]["properties"]["type"]["enum"].texts == [type.id] + type.aliases)
            let fields = rule["then"]["properties"]["fields"]["properties"].members
            #expect(Set(fields.keys) == Set(type.fields.keys), "\(type.id)")
            for (name, kind) in type.fields {
                let expected =
                    switch kind {
                    case .string, .text, .date, .url: "string"
                    case .strings, .urls: "array"
                    case .integer: "integer"
                    case .number: "number"
                    case .boolean: "boolean"
                    }
                #expect(fields[name]?["type"].texts == [expected, "null"], "\(type.id).\(name)")
                let hasPattern = fields[name]?["pattern"] != JSON.null
                #expect(hasPattern == (kind == .date || kind == .url), "\(type.id).\(name)")
            }
        }
    }

    @Test func `it accepts the hand-written records and refuses what it can of the invalid ones`() throws {
        let schema = try schema()
        for language in ["en", "fr", "es", "ar"] {
            let lines = try Fixtures.bytes("corpus-fixtures/records/\(language).jsonl").split(separator: 0x0A)
            for (number, line) in lines.enumerated() {
                let record = try JSONDecoder().decode(JSON.self, from: Data(line))
                #expect(try record.conforms(to: schema), "\(language) line \(number + 1)")
            }
        }
        // What no schema sees: repeated keys, bytes of UTF-8, the calendar, names that only the taxonomy knows.
        let unseen: Set<String> = [
            "duplicate-key", "too-long", "control-character", "unknown-language", "unknown-country", "unknown-region",
            "unknown-population-group", "unknown-concept",
        ]
        let calendarLine = 18
        let lines = try Fixtures.bytes("corpus-fixtures/records/invalid.jsonl").split(separator: 0x0A)
        let table = String(decoding: try Fixtures.bytes("corpus-fixtures/records/invalid.tsv"), as: UTF8.self)
        var refused = 0
        for (number, row) in table.split(separator: "\n").dropFirst().enumerated() {
            let defect = String(row.split(separator: "\t")[3])
            guard defect != "invalid-json", defect != "invalid-utf8" else { continue }
            let record = try JSONDecoder().decode(JSON.self, from: Data(lines[number]))
            let expected = !unseen.contains(defect) && number + 1 != calendarLine
            #expect(try record.conforms(to: schema) == !expected, "line \(number + 1), \(defect)")
            refused += expected ? 1 : 0
        }
        #expect(refused == 18)
    }
}

/// JSON with as much of JSON Schema 2020-12 as the record schema uses; an unknown keyword fails.
private indirect enum JSON: Decodable, Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case array([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .boolean(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let values = try? container.decode([JSON].self) {
            self = .array(values)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    var members: [String: JSON] { if case .object(let members) = self { members } else { [:] } }
    var elements: [JSON] { if case .array(let values) = self { values } else { [] } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The texts of a list, or the one text; anything else is left out.
    var texts: [String] { text.map { [$0] } ?? elements.compactMap(\.text) }
    subscript(key: String) -> JSON { members[key] ?? .null }

    private func isOf(_ kind: String) -> Bool {
        switch (kind, self) {
        case ("null", .null), ("boolean", .boolean), ("number", .number), ("string", .text), ("array", .array),
            ("object", .object):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }

    func conforms(to schema: JSON) throws -> Bool {
        for (keyword, rule) in schema.members {
            guard try conforms(keyword, rule, of: schema) else { return false }
        }
        return true
    }

    private struct UnknownKeyword: Error { let keyword: String }

    private func conforms(_ keyword: String, _ rule: JSON, of schema: JSON) throws -> Bool {
        switch keyword {
        case "$schema", "$id", "title", "description", "then": return true
        case "type": return rule.texts.contains { isOf($0) }
        case "enum": return rule.elements.contains(self)
        case "required":
            guard case .object(let members) = self else { return true }
            return rule.texts.allSatisfy { members[$0] != nil }
        case "properties":
            return try members.allSatisfy { name, value in
                guard let inner = rule.members[name] else { return true }
                return try value.conforms(to: inner)
            }
        case "additionalProperties":
            guard rule == .boolean(false) else { throw UnknownKeyword(keyword: keyword) }
            return members.keys.allSatisfy { schema["properties"].members[$0] != nil }
        case "items": return try elements.allSatisfy { try $0.conforms(to: rule) }
        case "anyOf": return try rule.elements.contains { try conforms(to: $0) }
        case "allOf": return try rule.elements.allSatisfy { try conforms(to: $0) }
        case "if": return try !conforms(to: rule) || conforms(to: schema["then"])
        case "pattern":
            guard let text, case .text(let pattern) = rule else { return true }
            return try text.firstMatch(of: Regex(pattern)) != nil
        case "minLength", "maxLength":
            guard let text, case .number(let length) = rule else { return true }
            let count = Double(text.unicodeScalars.count)
            return keyword == "minLength" ? count >= length : count <= length
        default: throw UnknownKeyword(keyword: keyword)
        }
    }
}
