/// One record on its way from JSON members to a value; gathers the issues met.
struct RecordReading {
    /// Longest id in bytes: with its prefix it must fit a term of the index (245 bytes).
    static let maximumIDBytes = 200

    /// Issues of one record told in full; the others are counted, so that a record made of defects costs little more
    /// than its text.
    static let maximumIssues = 1000

    let members: [String: JSONValue]
    let names: KnownNames
    private var told: [RecordIssue] = []
    private var untold = 0
    private var untoldErrors = 0
    private var firstUntoldError: RecordIssue?
    private var isRefused = false

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

        guard let id, let type, let title, !isRefused else { return nil }
        return ResourceRecord(
            id: RecordID(id), work: work.map { WorkID($0) }, type: type.id, language: language, title: title,
            abstract: abstract ?? "", body: body ?? "", authors: authors, organisations: organisations, series: series,
            documentType: documentType, date: date, countries: countries, regions: regions,
            populationGroups: populationGroups, concepts: tags, visibility: visibility, url: url, fields: fields)
    }

    // MARK: Issues

    /// The first ``maximumIssues``, and behind them one that says how many more there are and where the first error among
    /// those is.
    var issues: [RecordIssue] {
        guard untold > 0 else { return told }
        let more = untold == 1 ? "1 more issue is" : "\(untold) more issues are"
        guard let error = firstUntoldError else {
            return told + [
                RecordIssue(
                    code: .moreIssues, severity: .warning, path: "$", message: "\(more) not listed.",
                    remedy: "Mend those above and read the record again.")
            ]
        }
        let errors = untoldErrors == 1 ? "1 of them an error" : "\(untoldErrors) of them errors, the first"
        return told + [
            RecordIssue(
                code: .moreIssues, severity: .error, path: "$",
                message: "\(more) not listed, \(errors) at \(error.path): \(error.message)", remedy: error.remedy)
        ]
    }

    /// Whether the next issue will be counted only: what its words need is then not worth looking for.
    private var isFull: Bool { told.count >= Self.maximumIssues }

    mutating func error(
        _ code: RecordIssue.Code, _ path: String, _ message: @autoclosure () -> String,
        _ remedy: @autoclosure () -> String
    ) {
        isRefused = true
        if isFull { untoldErrors += 1 }
        note(firstUntoldError == nil, .error, code, path, message, remedy)
    }

    mutating func warning(
        _ code: RecordIssue.Code, _ path: String, _ message: @autoclosure () -> String,
        _ remedy: @autoclosure () -> String
    ) {
        note(!isFull, .warning, code, path, message, remedy)
    }

    private mutating func note(
        _ isWorded: Bool, _ severity: RecordIssue.Severity, _ code: RecordIssue.Code, _ path: String,
        _ message: () -> String, _ remedy: () -> String
    ) {
        let isUntold = isFull
        if isUntold { untold += 1 }
        guard isWorded else { return }
        let issue = RecordIssue(code: code, severity: severity, path: path, message: message(), remedy: remedy())
        if isUntold { firstUntoldError = issue } else { told.append(issue) }
    }

    mutating func wrongKind(_ path: String, _ value: JSONValue, expected: String, example: String) {
        error(.wrongKind, path, "Here stands \(value.kind), \(expected) is expected.", "Write it like \(example).")
    }

    mutating func noteRepeatedKeys(of syntax: JSONSyntax) {
        for path in syntax.repeatedKeys {
            warning(
                .duplicateKey, path, "This key stands more than once in its object; the first one is read.",
                "Keep one of them.")
        }
        untold += syntax.repeatedKeyCount - syntax.repeatedKeys.count
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
        guard let value = value(.visibility) else { return .public }
        if case .string(let word) = value, word.isBlank {
            // Nobody said that the record is public.
            error(
                .emptyValue, path(.visibility), "The visibility is empty.",
                "Write public, community or unpublished; without the key the record is public.")
            return .unpublished
        }
        guard let word = text(.visibility) else { return .public }
        if let visibility = Visibility(rawValue: word) { return visibility }
        let known = names.visibilities
        error(
            .unknownVisibility, path(.visibility), "\(Quotation.quoted(word)) is no visibility.",
            Self.meant(known.nearest(to: word), otherwise: "Use public, community or unpublished."))
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
        let known = names.types
        error(
            .unknownType, path(.type), "\(Quotation.quoted(id)) is no content type.",
            Self.meant(known.nearest(to: id), otherwise: "Use an id of taxonomy/content-types.json."))
        return nil
    }

    private mutating func documentType() -> String? {
        guard let id = text(.documentType) else { return nil }
        guard let catalogue = names.vocabulary?.contentTypes, catalogue.documentType(id) == nil else { return id }
        let known = names.documentTypes
        warning(
            .unknownDocumentType, path(.documentType), "\(Quotation.quoted(id)) is no document type; it is left out.",
            Self.meant(
                known.nearest(to: id), otherwise: "Use an id of document_types in content-types.json."))
        return nil
    }

    // MARK: Unknown keys

    private mutating func noteUnknownKeys(type: DeclaredType?) {
        let known = names.keys
        func remedy(for key: String) -> String {
            if type?.fields?[key] != nil { return "It is an extra field of this type: put it under \"fields\"." }
            let name = known.nearest(to: key) ?? RecordKey.namesElsewhere[key.lowercased()]?.rawValue
            return name.map { "Did you mean \"\($0)\"?" } ?? "Take it out, or put it under \"fields\"."
        }
        for key in members.keys.sorted() where RecordKey(rawValue: key) == nil {
            warning(
                .unknownKey, JSONPath.key(key, of: "$"),
                "\(Quotation.quoted(key)) is no key of a record; it is left out.", remedy(for: key))
        }
    }
}
