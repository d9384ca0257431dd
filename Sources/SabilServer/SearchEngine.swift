package import SabilClassification
package import SabilRecords
package import SabilSearch

/// What the server asks of a search service.
package protocol SearchEngine: Sendable {
    func search(_ request: SearchRequest) async throws(SearchError) -> FacetedPage
    func records(matching request: SearchRequest) async throws(SearchError) -> RecordStream
    func record(_ id: RecordID) async throws(SearchError) -> ResourceRecord?
    func recordCount() async throws(SearchError) -> Int
}

/// What the server asks of an indexer: to put records in the place of their older selves.
package protocol RecordIndexing: Sendable {
    func replace(_ records: [ResourceRecord]) async throws(SearchError) -> IndexingReport
}

/// What the server asks of a model.
package protocol Suggesting: Sendable {
    var id: ModelID { get }
    func suggest(
        title: String, text: String, language: Language, limit: Int, evidenceLimit: Int
    ) throws(ModelError) -> [Suggestion]
}

/// Where the server finds the model in force.
package protocol ModelSource: Sendable {
    func currentModel() throws(ModelError) -> ModelID?
    func model(_ id: ModelID) throws(ModelError) -> any Suggesting
}

extension SearchService: SearchEngine {}

extension Indexer: RecordIndexing {
    package func replace(_ records: [ResourceRecord]) async throws(SearchError) -> IndexingReport {
        try await update(records)
    }
}

extension ConceptClassifier: Suggesting {}

/// A folder of models, read for one version of the taxonomy.
struct StoredModels: ModelSource {
    let store: ModelStore
    let taxonomy: String

    func currentModel() throws(ModelError) -> ModelID? { try store.current() }
    func model(_ id: ModelID) throws(ModelError) -> any Suggesting { try store.load(id, taxonomy: taxonomy) }
}
