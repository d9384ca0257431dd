/// Lists of a record: names of people, countries, concepts.
extension RecordReading {
    /// The elements of a list with their paths; a value that is no list is an error.
    private mutating func elements(
        _ key: RecordKey, example: String
    ) -> some Sequence<(path: String, value: JSONValue)> {
        let list = path(key)
        var values: [JSONValue] = []
        if case .array(let found)? = value(key) {
            values = found
        } else if let value = value(key) {
            wrongKind(list, value, expected: "a list", example: "\"\(key.rawValue)\":\(example)")
        }
        return values.enumerated().lazy.map { ("\(list)[\($0.offset)]", $0.element) }
    }

    /// A list of texts under any path; blank ones are left out with a warning.
    mutating func texts(_ values: [JSONValue], at path: String) -> [String] {
        var texts: [String] = []
        for (position, value) in values.enumerated() {
            if let text = entry(value, at: "\(path)[\(position)]") { texts.append(text) }
        }
        return texts
    }

    private mutating func entry(_ value: JSONValue, at path: String) -> String? {
        guard case .string(let text) = value else {
            wrongKind(path, value, expected: "text", example: "\"…\"")
            return nil
        }
        guard !text.isBlank else {
            warning(.emptyValue, path, "This entry is empty; it is left out.", "Take it out of the list.")
            return nil
        }
        return text
    }

    mutating func texts(_ key: RecordKey) -> [String] {
        guard let value = value(key) else { return [] }
        guard case .array(let values) = value else {
            wrongKind(path(key), value, expected: "a list", example: "\"\(key.rawValue)\":[\"…\"]")
            return []
        }
        return texts(values, at: path(key))
    }

    private mutating func noteRepeated(_ name: String, at path: String) {
        warning(
            .repeatedEntry, path, "\(Quotation.quoted(name)) stands in this list already; it is read once.",
            "Take it out of the list.")
    }

    mutating func countries() -> [String] {
        var countries: [String] = []
        for (path, value) in elements(.countries, example: "[\"EGY\"]") {
            guard let text = entry(value, at: path) else { continue }
            guard let country = alpha3(text, at: path) else { continue }
            if countries.contains(country) { noteRepeated(text, at: path) } else { countries.append(country) }
        }
        return countries
    }

    private mutating func alpha3(_ text: String, at path: String) -> String? {
        let code = text.uppercased()
        let isCode = code.utf8.count == 3 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
        if let vocabulary = names.vocabulary {
            if vocabulary.countries.contains(code) { return code }
            if let code = vocabulary.alpha3ByAlpha2[code] { return code }
        } else if isCode {
            return code
        }
        warning(
            .unknownCountry, path, "\(Quotation.quoted(text)) is no ISO 3166-1 code; it is left out.",
            "Use alpha-2 or alpha-3, such as EG or EGY.")
        return nil
    }

    /// Concepts of one facet, given as a list of local names.
    mutating func concepts(
        _ key: RecordKey, known: Set<ConceptID>?, nearest: NearestName, code: RecordIssue.Code, noun: String
    ) -> [ConceptID] {
        var concepts: [ConceptID] = []
        for (path, value) in elements(key, example: "[\"…\"]") {
            guard let text = entry(value, at: path),
                let concept = concept(text, at: path, known: known, nearest: nearest, code: code, noun: noun)
            else { continue }
            if concepts.contains(concept) { noteRepeated(text, at: path) } else { concepts.append(concept) }
        }
        return concepts
    }

    private mutating func concept(
        _ text: String, at path: String, known: Set<ConceptID>?, nearest: NearestName, code: RecordIssue.Code,
        noun: String
    ) -> ConceptID? {
        let concept = ConceptID(text)
        guard let known, !known.contains(concept) else { return concept }
        if let successor = names.vocabulary?.replacements[concept], known.contains(successor) {
            warning(
                .retiredConcept, path, "\(Quotation.quoted(text)) is retired; it is read as \"\(successor)\".",
                "Write \"\(successor)\".")
            return successor
        }
        warning(
            code, path, "\(Quotation.quoted(text)) is no \(noun); it is left out.",
            Self.meant(nearest.nearest(to: text), otherwise: "Use the local name of one, as in the taxonomy."))
        return nil
    }

    /// The record's concepts: names alone (tagged by a person), or objects with a source.
    mutating func tags() -> [ConceptTag] {
        var tags: [ConceptTag] = []
        let example = "[{\"id\":\"cash-transfers\",\"source\":\"human\"}]"
        for (path, value) in elements(.concepts, example: example) {
            var namePath = path
            var name = value
            var source = LabelSource.human
            if case .object(let members) = value {
                namePath = path + ".id"
                name = members["id"] ?? .null
                source = self.source(members["source"], at: path + ".source")
                for key in members.keys.sorted() where key != "id" && key != "source" {
                    warning(
                        .unknownKey, JSONPath.key(key, of: path),
                        "\(Quotation.quoted(key)) is no key of a concept; it is left out.",
                        "A concept has the keys id and source.")
                }
                if name == .null {
                    error(.missingKey, namePath, "The concept has no id.", "Write it like \(example).")
                    continue
                }
            }
            guard case .string = name else {
                wrongKind(namePath, name, expected: "a concept", example: example)
                continue
            }
            guard let text = entry(name, at: namePath),
                let concept = concept(
                    text, at: namePath, known: names.vocabulary?.concepts, nearest: names.concepts,
                    code: .unknownConcept, noun: "concept of the taxonomy")
            else { continue }
            if tags.contains(where: { $0.concept == concept }) {
                noteRepeated(text, at: namePath)
            } else {
                tags.append(ConceptTag(concept, source: source))
            }
        }
        return tags
    }

    private mutating func source(_ value: JSONValue?, at path: String) -> LabelSource {
        guard let value, value != .null else { return .human }
        let remedy = "Use human, confirmed or machine."
        guard case .string(let word) = value else {
            wrongKind(path, value, expected: "text", example: "\"source\":\"human\"")
            return .machine
        }
        if let source = LabelSource(rawValue: word) { return source }
        let known = names.sources
        error(
            .unknownSource, path, "\(Quotation.quoted(word)) is no source of a concept.",
            Self.meant(known.nearest(to: word), otherwise: remedy))
        return .machine
    }
}
