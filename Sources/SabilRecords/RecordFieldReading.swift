/// The extra fields of a content type.
extension RecordReading {
    mutating func extraFields(type: DeclaredType?) -> [String: FieldValue] {
        guard let value = value(.fields) else { return [:] }
        guard case .object(let members) = value else {
            wrongKind(path(.fields), value, expected: "an object", example: "\"fields\":{\"pages\":12}")
            return [:]
        }
        var fields: [String: FieldValue] = [:]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where value != .null {
            let path = JSONPath.key(name, of: path(.fields))
            if let kind = type?.fields?[name] {
                fields[name] = typed(value, kind: kind, at: path)
            } else {
                let kept = untyped(value)
                fields[name] = kept
                if let type, type.fields != nil {
                    warning(
                        .unknownField, path,
                        "\(Quotation.quoted(name)) is no field of the type \"\(type.id)\"; "
                            + (kept == nil ? "it is left out." : "it is kept as it is."),
                        Self.meant(
                            type.fieldNames.nearest(to: name), otherwise: "See the fields in content-types.json."))
                } else if kept == nil {
                    warning(
                        .wrongKind, path, "Here stands \(value.kind); no field holds it and it is left out.",
                        "Write text, a list of texts, a number, true or false.")
                }
            }
        }
        return fields
    }

    /// A value of the kind its field has; an error otherwise.
    private mutating func typed(_ value: JSONValue, kind: ContentType.FieldKind, at path: String) -> FieldValue? {
        switch (kind, value) {
        case (.string, .string(let text)), (.text, .string(let text)):
            return .text(text)
        case (.strings, .array(let values)):
            return .strings(texts(values, at: path))
        case (.urls, .array(let values)):
            var urls: [String] = []
            for (position, value) in values.enumerated() {
                guard case .string(let text) = value else {
                    wrongKind("\(path)[\(position)]", value, expected: "text", example: "\"https://…\"")
                    continue
                }
                if let url = url(text, at: "\(path)[\(position)]") { urls.append(url) }
            }
            return .strings(urls)
        case (.integer, .integer(let number)):
            return .integer(number)
        case (.number, .integer(let number)):
            return .number(Double(number))
        case (.number, .number(let number)):
            return .number(number)
        case (.boolean, .boolean(let flag)):
            return .boolean(flag)
        case (.date, .string(let text)):
            return date(text, at: path).map { .date($0) }
        case (.url, .string(let text)):
            return url(text, at: path).map { .text($0) }
        default:
            wrongKind(path, value, expected: kind.expectation, example: kind.example)
            return nil
        }
    }

    /// A value of a field nobody described, of the kind its JSON suggests; `nil` when no field holds such a value.
    private func untyped(_ value: JSONValue) -> FieldValue? {
        switch value {
        case .string(let text): return .text(text)
        case .integer(let number): return .integer(number)
        case .number(let number): return .number(number)
        case .boolean(let flag): return .boolean(flag)
        case .array(let values):
            var texts: [String] = []
            for value in values {
                guard case .string(let text) = value else { return nil }
                texts.append(text)
            }
            return .strings(texts)
        case .null, .object, .unreadable: return nil
        }
    }
}

extension ContentType.FieldKind {
    fileprivate var expectation: String {
        switch self {
        case .string, .text: "text"
        case .strings: "a list of texts"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .date: "a date"
        case .url: "an address"
        case .urls: "a list of addresses"
        }
    }

    fileprivate var example: String {
        switch self {
        case .string, .text: "\"…\""
        case .strings: "[\"…\"]"
        case .integer: "12"
        case .number: "0.7"
        case .boolean: "true"
        case .date: "\"2018-05\""
        case .url: "\"https://…\""
        case .urls: "[\"https://…\"]"
        }
    }
}
