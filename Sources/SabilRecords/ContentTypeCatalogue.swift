import FoundationEssentials

/// The content types, document types and pillars of the platform, as read from `taxonomy/content-types.json`.
///
/// The list is data, not code: a platform with other types brings its own file.
public struct ContentTypeCatalogue: Sendable, Hashable {
    /// A part of the platform: *Discover*, *Connect*, *Learn*.
    public struct Pillar: Sendable, Hashable {
        public let id: String
        public let labels: [Language: String]
    }

    /// What kind of document a publication is (`working_paper`).
    public struct DocumentType: Sendable, Hashable {
        public let id: String
        public let labels: [Language: String]
    }

    /// In the order of the file.
    public let pillars: [Pillar]
    /// In the order of the file.
    public let documentTypes: [DocumentType]
    /// In the order of the file.
    public let types: [ContentType]
    private let positions: [String: Int]
    private let documentTypePositions: [String: Int]

    /// The content type of that id or alias; `nil` when there is none.
    public func type(_ id: String) -> ContentType? { positions[id].map { types[$0] } }

    /// The document type of that id; `nil` when there is none.
    public func documentType(_ id: String) -> DocumentType? { documentTypePositions[id].map { documentTypes[$0] } }

    /// The pillar of a content type, given by id or alias.
    public func pillar(ofType id: String) -> Pillar? {
        guard let pillar = type(id)?.pillar else { return nil }
        return pillars.first { $0.id == pillar }
    }

    /// Reads the catalogue from the bytes of `content-types.json`, format 1.
    ///
    /// - Throws: `RecordError` with code `invalidCatalogue`: not JSON, another format, a repeated id or alias, an unknown
    ///   pillar, kind or language.
    public init(json: [UInt8]) throws(RecordError) {
        func refusal(_ what: String) -> RecordError {
            RecordError(
                code: .invalidCatalogue, operation: "read content types",
                message: "Reading the content types failed: \(what). Mend content-types.json.")
        }
        let file: CatalogueFile
        do {
            file = try JSONDecoder().decode(CatalogueFile.self, from: Data(json))
        } catch let error as DecodingError {
            throw refusal(error.sentence)
        } catch {
            throw refusal("\(error)")
        }
        guard file.format == 1 else { throw refusal("it has format \(file.format), this version reads format 1") }

        func labels(_ raw: [String: String], of id: String) throws(RecordError) -> [Language: String] {
            var labels: [Language: String] = [:]
            for (tag, label) in raw.sorted(by: { $0.key < $1.key }) {
                guard let language = Language(rawValue: tag) else {
                    throw refusal("the label of \"\(id)\" is in the unknown language \"\(tag)\"")
                }
                labels[language] = label
            }
            return labels
        }
        var pillars: [Pillar] = []
        for pillar in file.pillars {
            pillars.append(Pillar(id: pillar.id, labels: try labels(pillar.labels, of: pillar.id)))
        }
        var documentTypes: [DocumentType] = []
        var documentTypePositions: [String: Int] = [:]
        for documentType in file.documentTypes {
            guard documentTypePositions.updateValue(documentTypes.count, forKey: documentType.id) == nil else {
                throw refusal("the document type \"\(documentType.id)\" stands there twice")
            }
            documentTypes.append(
                DocumentType(id: documentType.id, labels: try labels(documentType.labels, of: documentType.id)))
        }
        var types: [ContentType] = []
        var positions: [String: Int] = [:]
        for type in file.types {
            guard pillars.contains(where: { $0.id == type.pillar }) else {
                throw refusal("the content type \"\(type.id)\" names the unknown pillar \"\(type.pillar)\"")
            }
            var fields: [String: ContentType.FieldKind] = [:]
            for (name, field) in type.fields ?? [:] {
                guard let kind = ContentType.FieldKind(rawValue: field.kind) else {
                    throw refusal("the field \"\(name)\" of \"\(type.id)\" has the unknown kind \"\(field.kind)\"")
                }
                fields[name] = kind
            }
            for name in [type.id] + (type.aliases ?? []) {
                guard positions.updateValue(types.count, forKey: name) == nil else {
                    throw refusal("the content type or alias \"\(name)\" stands there twice")
                }
            }
            types.append(
                ContentType(
                    id: type.id, pillar: type.pillar, aliases: type.aliases ?? [],
                    labels: try labels(type.labels, of: type.id), fields: fields))
        }
        self.pillars = pillars
        self.documentTypes = documentTypes
        self.documentTypePositions = documentTypePositions
        self.types = types
        self.positions = positions
    }
}

/// A kind of resource, such as a publication, with the extra fields its records may carry.
public struct ContentType: Sendable, Hashable {
    /// What a typed extra field holds.
    public enum FieldKind: String, Sendable, Hashable, CaseIterable {
        /// Short text, shown as is.
        case string
        /// A list of short texts.
        case strings
        /// Running text, searchable.
        case text
        case integer
        case number
        case boolean
        /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
        case date
        /// An address that starts with `http://` or `https://`.
        case url
        /// A list of such addresses.
        case urls
    }

    public let id: String
    /// Id of the pillar it belongs to.
    public let pillar: String
    /// Other ids under which records may name this type.
    public let aliases: [String]
    public let labels: [Language: String]
    /// Names and kinds of its extra fields.
    public let fields: [String: FieldKind]

    /// Label in the given language, else in English, else the id.
    public func label(in language: Language) -> String { labels[language] ?? labels[.english] ?? id }
}

extension ContentTypeCatalogue.DocumentType {
    /// Label in the given language, else in English, else the id.
    public func label(in language: Language) -> String { labels[language] ?? labels[.english] ?? id }
}

extension ContentTypeCatalogue.Pillar {
    /// Label in the given language, else in English, else the id.
    public func label(in language: Language) -> String { labels[language] ?? labels[.english] ?? id }
}

/// `content-types.json` as it lies on disk.
private struct CatalogueFile: Decodable {
    struct Labelled: Decodable {
        let id: String
        let labels: [String: String]
    }
    struct Field: Decodable {
        let kind: String
    }
    struct Typed: Decodable {
        let id: String
        let pillar: String
        let labels: [String: String]
        let aliases: [String]?
        let fields: [String: Field]?
    }
    let format: Int
    let pillars: [Labelled]
    let documentTypes: [Labelled]
    let types: [Typed]

    enum CodingKeys: String, CodingKey {
        case format, pillars
        case documentTypes = "document_types"
        case types = "content_types"
    }
}

extension DecodingError {
    /// The defect in one clause, with its place.
    package var sentence: String {
        func place(_ context: Context) -> String {
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
            return path.isEmpty ? "" : " at $\(path)"
        }
        switch self {
        case .keyNotFound(let key, let context): return "the key \"\(key.stringValue)\" is missing\(place(context))"
        case .typeMismatch(let type, let context): return "a value is no \(type)\(place(context))"
        case .valueNotFound(let type, let context): return "a \(type) is missing\(place(context))"
        case .dataCorrupted(let context): return "\(context.detail)\(place(context))"
        @unknown default: return "it could not be decoded"
        }
    }
}

extension DecodingError.Context {
    /// The parser's own words where it gives any.
    package var detail: String {
        guard let underlyingError else { return debugDescription }
        let words = String(describing: underlyingError)
        return words.isEmpty ? debugDescription : "\(debugDescription) \(words)"
    }
}
