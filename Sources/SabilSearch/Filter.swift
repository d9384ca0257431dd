/// A field that hits can be filtered by and counted by.
public enum FacetField: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case type
    case pillar
    case language
    /// Subject concepts; a filter takes narrower ones in.
    case concept
    case country
    /// A filter takes narrower regions and the countries in them in.
    case region
    /// Population groups; a filter takes narrower ones in.
    case population
    /// Named programmes, such as Bolsa Família, that the text names in any language.
    case programme
    case year
    case organisation
    case series
    case documentType = "document_type"
    /// `human`, `confirmed` or `machine`: who put the concepts on a record.
    case labelSource = "label_source"

    /// Whether the values form a tree: counts of a wider one include those of the narrower.
    public var isHierarchical: Bool { self == .concept || self == .region || self == .population }

    public static func < (left: FacetField, right: FacetField) -> Bool { left.rawValue < right.rawValue }
}

/// A selection of values of one field.
public struct Filter: Sendable, Hashable {
    public enum Mode: String, Sendable, Hashable, Codable {
        /// Records that have one of the values.
        case any
        /// Records that have all of them.
        case all
    }

    public var field: FacetField
    /// Ids as the facets give them; of a year also a range, `2018..2022`, `2018..` or `..2022`.
    public var values: [String]
    public var mode: Mode

    public init(_ field: FacetField, _ values: [String], mode: Mode = .any) {
        self.field = field
        self.values = values
        self.mode = mode
    }

    /// Records dated within the years, both included; `nil` is open.
    public static func years(from: Int?, to: Int?) -> Filter {
        Filter(.year, ["\(from.map(String.init) ?? "")..\(to.map(String.init) ?? "")"])
    }
}
