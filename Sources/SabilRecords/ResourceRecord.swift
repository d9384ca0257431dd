/// A resource of the platform as a value: one version, in one language, of one work.
///
/// Text is as it came (no normalisation); offsets anywhere in the engine refer to these strings in UTF-8 bytes.
public struct ResourceRecord: Sendable, Hashable {
    /// Unique in an index; replacing a record means the same id again.
    public var id: RecordID
    /// The work; records that share it are translations of one another. The record's own id when the input names none.
    public var work: WorkID
    /// Id of one of the content types of `taxonomy/content-types.json`.
    public var type: String
    /// As declared; `undetermined` when the input names none or one without a chain here.
    public var language: Language
    public var title: String
    public var abstract: String
    public var body: String
    public var authors: [String]
    public var organisations: [String]
    public var series: String?
    /// Id of one of the document types of `taxonomy/content-types.json`.
    public var documentType: String?
    public var date: PartialDate?
    /// ISO 3166-1 alpha-3 codes, upper case.
    public var countries: [String]
    /// Local names of concepts of the facet `region`.
    public var regions: [ConceptID]
    /// Local names of concepts of the facet `population`.
    public var populationGroups: [ConceptID]
    public var concepts: [ConceptTag]
    public var visibility: Visibility
    public var url: String?
    /// Extra fields of the content type, by their names in `taxonomy/content-types.json`.
    public var fields: [String: FieldValue]

    public init(
        id: RecordID, work: WorkID? = nil, type: String, language: Language = .undetermined, title: String,
        abstract: String = "", body: String = "", authors: [String] = [], organisations: [String] = [],
        series: String? = nil, documentType: String? = nil, date: PartialDate? = nil, countries: [String] = [],
        regions: [ConceptID] = [], populationGroups: [ConceptID] = [], concepts: [ConceptTag] = [],
        visibility: Visibility = .public, url: String? = nil, fields: [String: FieldValue] = [:]
    ) {
        self.id = id
        self.work = work ?? WorkID(id.rawValue)
        self.type = type
        self.language = language
        self.title = title
        self.abstract = abstract
        self.body = body
        self.authors = authors
        self.organisations = organisations
        self.series = series
        self.documentType = documentType
        self.date = date
        self.countries = countries
        self.regions = regions
        self.populationGroups = populationGroups
        self.concepts = concepts
        self.visibility = visibility
        self.url = url
        self.fields = fields
    }
}

/// A concept on a record, with who put it there.
public struct ConceptTag: Sendable, Hashable {
    public var concept: ConceptID
    public var source: LabelSource

    public init(_ concept: ConceptID, source: LabelSource = .human) {
        self.concept = concept
        self.source = source
    }
}

/// Who put a concept on a record.
public enum LabelSource: String, Sendable, Hashable, Codable, CaseIterable {
    /// Tagged by a person.
    case human
    /// Proposed by a model and confirmed by a person.
    case confirmed
    /// Proposed by a model, seen by nobody yet.
    case machine

    /// Whether a person stands behind the tag.
    public var isByPerson: Bool { self != .machine }
}

/// Who may see a record.
public enum Visibility: String, Sendable, Hashable, Codable, CaseIterable {
    case `public`
    case community
    case unpublished
}

/// A date known to the year, the month or the day (W3CDTF: `2018`, `2018-05`, `2018-05-30`).
public struct PartialDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let year: Int
    public let month: Int?
    public let day: Int?

    /// - Returns: `nil` when the parts name no day of the Gregorian calendar, or the year lies outside 1…9999.
    public init?(year: Int, month: Int? = nil, day: Int? = nil) {
        guard (1...9999).contains(year) else { return nil }
        if let month {
            guard (1...12).contains(month) else { return nil }
            if let day {
                guard (1...Self.days(in: month, of: year)).contains(day) else { return nil }
            }
        } else if day != nil {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; digits are ASCII.
    public init?(_ text: String) {
        let count = text.utf8.count
        guard count == 4 || count == 7 || count == 10 else { return nil }
        var parts = (0, 0, 0)
        for (place, byte) in text.utf8.enumerated() {
            if place == 4 || place == 7 {
                guard byte == 0x2D else { return nil }
                continue
            }
            guard byte &- 0x30 < 10 else { return nil }
            let digit = Int(byte &- 0x30)
            switch place {
            case ..<4: parts.0 = parts.0 * 10 + digit
            case ..<7: parts.1 = parts.1 * 10 + digit
            default: parts.2 = parts.2 * 10 + digit
            }
        }
        self.init(year: parts.0, month: count > 4 ? parts.1 : nil, day: count > 7 ? parts.2 : nil)
    }

    public var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        var text = padded(year, 4)
        if let month { text += "-" + padded(month, 2) }
        if let day { text += "-" + padded(day, 2) }
        return text
    }

    /// Number for sorting: year·10000 + month·100 + day, unknown parts 0.
    public var ordinal: Int { year * 10_000 + (month ?? 0) * 100 + (day ?? 0) }

    public static func < (lhs: PartialDate, rhs: PartialDate) -> Bool { lhs.ordinal < rhs.ordinal }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        default: 31
        }
    }
}

extension PartialDate: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = PartialDate(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The value of an extra field.
public enum FieldValue: Sendable, Hashable {
    case text(String)
    case strings([String])
    case number(Double)
    case integer(Int)
    case boolean(Bool)
    case date(PartialDate)
}
