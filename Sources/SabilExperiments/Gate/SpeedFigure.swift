/// A figure of speed or size that the gate compares, as a ratio of Sabil's to the plain program's: more is worse.
///
/// Processor time stands for speed: wall time depends on what else the machine does. What a program waits for is not seen.
public enum SpeedFigure: String, Sendable, Hashable, CaseIterable {
    case indexingTime = "indexing, CPU ms a record"
    case indexBytes = "index, bytes a record"
    case indexingMemory = "indexing, peak MB"
    case queryTime = "query, CPU ms"
    case facetTime = "query with facets, CPU ms"
    case conceptTime = "query with names and concepts, CPU ms"
    case highlightTime = "query with highlights, CPU ms"
    case queryMemory = "querying, peak MB"

    /// The key in a file of rules.
    public var key: String {
        switch self {
        case .indexingTime: "indexing-time"
        case .indexBytes: "index-bytes"
        case .indexingMemory: "indexing-memory"
        case .queryTime: "query-time"
        case .facetTime: "facet-time"
        case .conceptTime: "concept-time"
        case .highlightTime: "highlight-time"
        case .queryMemory: "query-memory"
        }
    }

    /// The figure of a file of rules; `nil` for a key that is none.
    public init?(key: String) {
        guard let figure = Self.allCases.first(where: { $0.key == key }) else { return nil }
        self = figure
    }
}
