public import SabilAnalysis
public import SabilRecords

/// Ranks plain documents by the rules of the service, for evaluation: no taxonomy, no filters, no threads.
public struct RankingSession: ~Copyable {
    /// A document of a test collection.
    public struct Document: Sendable, Hashable {
        public var id: String
        public var title: String
        public var text: String
        public var language: Language

        public init(id: String, title: String, text: String, language: Language) {
            self.id = id
            self.title = title
            self.text = text
            self.language = language
        }
    }

    /// A document found.
    public struct RankedDocument: Sendable, Hashable {
        public var id: String
        public var score: Double
    }

    /// Opens the index that ``build(_:at:threads:analyzer:)`` made.
    public init(path: String, analyzer: Analyzer = Analyzer()) throws(SearchError) {
        fatalError()
    }

    /// Builds an index of plain documents at a path.
    public static func build(
        _ documents: [Document], at path: String, threads: Int = 2, analyzer: Analyzer = Analyzer()
    ) async throws(SearchError) {
        fatalError()
    }

    /// The best documents for a plain query, scores strictly falling.
    /// - Parameter language: of the query; `nil`: guessed.
    public mutating func rank(
        _ query: String, language: Language? = nil, limit: Int = 100
    ) throws(SearchError) -> [RankedDocument] {
        fatalError()
    }
}
