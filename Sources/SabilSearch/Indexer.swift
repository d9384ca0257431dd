public import SabilAnalysis
public import SabilRecords
public import SabilTaxonomy

/// Brings validated records into an index: a whole one built anew, or changes to one that is there.
public struct Indexer: Sendable {
    public let path: String
    let taxonomy: ConceptScheme
    let contentTypes: ContentTypeCatalogue?
    let analyzer: Analyzer

    /// - Parameters:
    ///   - path: the directory of the index.
    ///   - contentTypes: what tells the pillar of a type; without it no record has a pillar.
    public init(
        path: String, taxonomy: ConceptScheme, contentTypes: ContentTypeCatalogue? = nil,
        analyzer: Analyzer = Analyzer()
    ) {
        self.path = path
        self.taxonomy = taxonomy
        self.contentTypes = contentTypes
        self.analyzer = analyzer
    }

    /// Builds the index anew from all records and puts it in the place of the old one in one step.
    ///
    /// Until then readers go on with the old one; if anything fails it stays. Of records with the same id the last wins.
    /// - Parameters:
    ///   - threads: 1…32 workers, each with a shard of its own; merged at the end.
    ///   - next: gives the next batch of records, `nil` at the end; some hundred a batch are a good number.
    /// - Throws: `locked` if another build for this path is going on, `diskFull`, `index`, or what `next` throws.
    public func rebuild(
        threads: Int = 2, from next: () throws(SearchError) -> [ResourceRecord]?
    ) async throws(SearchError) -> IndexingReport {
        fatalError()
    }

    /// Writes records, each in the place of the one with the same id, and deletes others, in one commit.
    ///
    /// The index is made if there is none. All or nothing: a failure leaves the index as it was.
    /// - Throws: `locked` if there is another writer, `mismatch`, `diskFull`, `index`.
    public func update(
        _ records: [ResourceRecord], deleting ids: [RecordID] = []
    ) async throws(SearchError) -> IndexingReport {
        fatalError()
    }
}
