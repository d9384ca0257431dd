public import SabilAnalysis
public import SabilRecords
public import SabilTaxonomy

/// Answers readers from one index: any number at once, each from the last commit.
public final class SearchService: Sendable {
    public let taxonomy: ConceptScheme
    public let contentTypes: ContentTypeCatalogue?

    /// Opens the index.
    /// - Parameters:
    ///   - lanes: searches that run at the same time, on threads of their own.
    ///   - maximumWaiting: searches that may wait on one lane before the next is refused.
    /// - Throws: `notFound`; `mismatch` with the command that rebuilds it, if the index was built with another schema,
    ///   analyzer or taxonomy; `index`.
    public init(
        indexPath: String, taxonomy: ConceptScheme, contentTypes: ContentTypeCatalogue? = nil,
        analyzer: Analyzer = Analyzer(), lanes: Int = 4, maximumWaiting: Int = 64
    ) throws(SearchError) {
        fatalError()
    }

    /// Answers a request; nothing that a reader types is an error.
    /// - Throws: `overloaded`, `timedOut`, `cancelled`, `invalidRequest` for a negative offset or limit, `index`.
    public func search(_ request: SearchRequest) async throws(SearchError) -> FacetedPage {
        fatalError()
    }

    /// The record of that id as it was indexed, whoever may see it; `nil` if there is none.
    public func record(_ id: RecordID) async throws(SearchError) -> ResourceRecord? {
        fatalError()
    }

    /// Records in the index.
    public func recordCount() async throws(SearchError) -> Int {
        fatalError()
    }
}
