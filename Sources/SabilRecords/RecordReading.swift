/// One record on its way from JSON members to a value; gathers the issues met.
struct RecordReading {
    /// Longest id in bytes: with its prefix it must fit a term of the index (245 bytes).
    static let maximumIDBytes = 200

    let members: [String: JSONValue]
    let names: KnownNames
    private(set) var issues: [RecordIssue] = []

    init(members: [String: JSONValue], names: KnownNames) {
        self.members = members
        self.names = names
    }

    // MARK: The record

    /// Reads every key, in canonical order.
    /// - Returns: `nil` when an issue is an error.
    mutating func record() -> ResourceRecord? {
        let id = identifier(.id)
        let work = identifier(.uuid)
        let type = contentType()
        let language = language()
        let title = text(.title)
        let abstract = text(.abstract)
        let body = text(.body)
        let authors = texts(.authors)
        let organisations = texts(.organisations)
        let series = text(.series)
        let documentType = documentType()
        let date = date()
        let countries = countries()
        let regions = concepts(
            .regions, known: names.vocabulary?.regions, nearest: names.regions, code: .unknownRegion,
            noun: "region of the taxonomy")
        let populationGroups = concepts(
            .populationGroups, known: names.vocabulary?.populationGroups, nearest: names.populationGroups,
            code: .unknownPopulationGroup, noun: "population group of the taxonomy")
        let tags = tags()
        let visibility = visibility()
        let url = url()
        let fields = extraFields(type: type)
        noteUnknownKeys(type: type)

        guard let id, let type, let title, !issues.contains(where: { $0.severity == .error }) else { return nil }
        return ResourceRecord(
            id: RecordID(id), work: work.map { WorkID($0) }, type: type.id, language: language, title: title,
            abstract: abstract ?? "", body: body ?? "", authors: authors, organisations: organisations, series: series,
            documentType: documentType, date: date, countries: countries, regions: regions,
            populationGroups: populationGroups, concepts: tags, visibility: visibility, url: url, fields: fields)
    }

    // MARK: Issues

    mutating func error(_ code: RecordIssue.Code, _ path: String, _ message: String, _ remedy: String) {
        issues.append(RecordIssue(code: code, severity: .error, path: path, message: message, remedy: remedy))
    }

    mutating func warning(_ code: RecordIssue.Code, _ path: String, _ message: String, _ remedy: String) {
        issues.append(RecordIssue(code: code, severity: .warning, path: path, message: message, remedy: remedy))
    }

    mutating func wrongKind(_ path: String, _ value: JSONValue, expected: String, example: String) {
        error(.wrongKind, path, "Here stands \(value.kind), \(expected) is expected.", "Write it like \(example).")
    }

    mutating func noteRepeatedKey(_ path: String) {
        warning(
            .duplicateKey, path, "This key stands more than once in its object; the first one is read.",
            "Keep one of them.")
    }

    static func meant(_ name: String?, otherwise remedy: String) -> String {
        name.map { "Did you mean \"\($0)\"? \(remedy)" } ?? remedy
    }

    func path(_ key: RecordKey) -> String { "$.\(key.rawValue)" }

    /// The value under a key; `null` is read as no value.
    func value(_ key: RecordKey) -> JSONValue? {
        guard let value = members[key.rawValue], value != .null else { return nil }
        return value
    }

    // MARK: Simple keys

    /// Text under a key; `nil` when there is none, or when it is empty and not required.
    private mutating func text(_ key: RecordKey) -> String? {
        guard let value = value(key) else {
            if key.isRequired {
                error(
                    .missingKey, path(key), "The key \"\(key.rawValue)\" is missing.",
                    "Every record needs id, type and title.")
            }
            return nil
        }
        guard case .string(let text) = value else {
            wrongKind(path(key), value, expected: "text", example: "\"\(key.rawValue)\":\"…\"")
            return nil
        }
        if text.isBlank {
            if key.isRequired { error(.emptyValue, path(key), "The \(key.rawValue) is empty.", "Write one.") }
            return nil
        }
        return text
    }

    private mutating func identifier(_ key: RecordKey) -> String? {
        guard let text = text(key) else { return nil }
        if text.utf8.count > Self.maximumIDBytes {
            error(
                .tooLong, path(key),
                "The \(key.rawValue) has \(text.utf8.count) bytes, at most \(Self.maximumIDBytes) are allowed.",
                "Use a shorter one, such as the number or the address of the record.")
            return nil
        }
        if text.hasControlCharacter {
            error(
                .controlCharacter, path(key),
                "The \(key.rawValue) holds a control character, such as a tab or a line end.",
                "Take it out.")
            return nil
        }
        return text
    }

    private mutating func language() -> Language {
        guard let tag = text(.language) else { return .undetermined }
        if let language = Language(bcp47: tag) { return language }
        warning(
            .unknownLanguage, path(.language),
            "\(Quotation.quoted(tag)) is no language with a chain of its own; it is read as undetermined (und).",
            "Use en, fr, es or ar, or leave the key out and the language is detected.")
        return .undetermined
    }

    private mutating func visibility() -> Visibility {
        guard let word = text(.visibility) else { return .public }
        if let visibility = Visibility(rawValue: word) { return visibility }
        error(
            .unknownVisibility, path(.visibility), "\(Quotation.quoted(word)) is no visibility.",
            Self.meant(names.visibilities.nearest(to: word), otherwise: "Use public, community or unpublished."))
        return .unpublished
    }

    private mutating func date() -> PartialDate? { text(.date).flatMap { date($0, at: path(.date)) } }

    mutating func date(_ text: String, at path: String) -> PartialDate? {
        if let date = PartialDate(text) { return date }
        error(
            .invalidDate, path, "\(Quotation.quoted(text)) is no date of the calendar.",
            "Write YYYY, YYYY-MM or YYYY-MM-DD, such as 2018-05.")
        return nil
    }

    private mutating func url() -> String? { text(.url).flatMap { url($0, at: path(.url)) } }

    /// An address of the web; others (`javascript:`, `file:`) must not become links on a page.
    mutating func url(_ text: String, at path: String) -> String? {
        if text.isWebAddress { return text }
        warning(
            .invalidURL, path, "\(Quotation.quoted(text)) is no address of the web; it is left out.",
            "Write the full address without spaces, starting with https:// or http://.")
        return nil
    }

    // MARK: Content type and document type

    /// The type as declared: with a vocabulary its entry, without one just the id.
    struct DeclaredType {
        let id: String
        let fields: [String: ContentType.FieldKind]?
        let fieldNames: NearestName
    }

    private mutating func contentType() -> DeclaredType? {
        guard let id = text(.type) else { return nil }
        guard let catalogue = names.vocabulary?.contentTypes else {
            return DeclaredType(id: id, fields: nil, fieldNames: NearestName([]))
        }
        if let type = catalogue.type(id) {
            return DeclaredType(id: type.id, fields: type.fields, fieldNames: NearestName(type.fields.keys))
        }
        error(
            .unknownType, path(.type), "\(Quotation.quoted(id)) is no content type.",
            Self.meant(names.types.nearest(to: id), otherwise: "Use an id of taxonomy/content-types.json."))
        return nil
    }

    private mutating func documentType() -> String? {
        guard let id = text(.documentType) else { return nil }
        guard let catalogue = names.vocabulary?.contentTypes, catalogue.documentType(id) == nil else { return id }
        warning(
            .unknownDocumentType, path(.documentType), "\(Quotation.quoted(id)) is no document type; it is left out.",
            Self.meant(
                names.documentTypes.nearest(to: id), otherwise: "Use an id of document_types in content-types.json."))
        return nil
    }

    // MARK: Unknown keys

    private mutating func noteUnknownKeys(type: DeclaredType?) {
        for key in members.keys.sorted() where RecordKey(rawValue: key) == nil {
            let remedy: String
            if type?.fields?[key] != nil {
                remedy = "It is an extra field of this type: put it under \"fields\"."
            } else if let name = names.keys.nearest(to: key) ?? RecordKey.namesElsewhere[key.lowercased()]?.rawValue {
                remedy = "Did you mean \"\(name)\"?"
            } else {
                remedy = "Take it out, or put it under \"fields\"."
            }
            warning(
                .unknownKey, JSONPath.key(key, of: "$"),
                "\(Quotation.quoted(key)) is no key of a record; it is left out.", remedy)
        }
    }
}
