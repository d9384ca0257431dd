import Logging
package import SabilClassification
package import SabilRecords
package import SabilSearch
import SabilTaxonomy

/// What the server asks of a search service.
package protocol SearchEngine: Sendable {
    func search(_ request: SearchRequest) async throws(SearchError) -> FacetedPage
    func records(matching request: SearchRequest) async throws(SearchError) -> RecordStream
    func record(_ id: RecordID) async throws(SearchError) -> ResourceRecord?
    func recordCount() async throws(SearchError) -> Int
    func complete(_ request: CompletionRequest) async throws(SearchError) -> CompletionPage
    func similar(
        to id: RecordID, limit: Int, readerLanguage: Language, visibility: Set<Visibility>
    ) async throws(SearchError) -> SimilarPage?
    func confirmed(_ request: ConfirmedRequest) async throws(SearchError) -> [ConceptID: [ConfirmedRecord]]
}

/// What the server asks of an indexer: to put records in the place of their older selves.
package protocol RecordIndexing: Sendable {
    /// - Parameter records: asked for once, when no other writer can get in any more: what it reads of the index is what is
    ///   replaced.
    func replace(
        _ records: @Sendable () async throws(SearchError) -> [ResourceRecord]
    ) async throws(SearchError) -> IndexingReport
}

/// What the server asks of a model.
package protocol Suggesting: Sendable {
    var id: ModelID { get }
    /// Labels that suggestions can bear, sorted.
    var suggestible: [String] { get }
    func suggest(_ request: SuggestionRequest) throws(ModelError) -> SuggestionList
}

/// A model that learns and unlearns examples without training.
package protocol Learning: Suggesting {
    var canLearn: Bool { get }
    /// Whether what it learns moves its suggestions before the next training.
    var learningCounts: Bool { get }
    /// Concepts it can learn, as the taxonomy in use calls them, sorted.
    var learnable: [String] { get }
    /// Place in the log of the last decision that training knew.
    var decisionsThrough: Int64? { get }
    /// Changes since training per example.
    var newerShare: Double { get }
    /// The model afterwards, under the same id.
    func afterLearning(
        _ examples: [TrainingExample], forgetting old: [TrainingExample]
    ) throws(ModelError) -> any Learning
}

/// Where the server finds the model in force.
package protocol ModelSource: Sendable {
    func currentModel() throws(ModelError) -> ModelID?
    func model(_ id: ModelID) throws(ModelError) -> any Suggesting
}

extension SearchService: SearchEngine {}

extension Indexer: RecordIndexing {
    package func replace(
        _ records: @Sendable () async throws(SearchError) -> [ResourceRecord]
    ) async throws(SearchError) -> IndexingReport {
        var isAsked = false
        return try await update { () async throws(SearchError) in
            if isAsked { return nil }
            isAsked = true
            return try await records()
        }
    }
}

extension ConceptClassifier: Learning {
    package var decisionsThrough: Int64? { manifest.decisionsThrough }
    package var newerShare: Double { manifest.newerShare }

    package func afterLearning(
        _ examples: [TrainingExample], forgetting old: [TrainingExample]
    ) throws(ModelError) -> any Learning {
        try learning(examples, forgetting: old, isSealed: false).model
    }
}

/// A folder of models, read for one version of the taxonomy.
struct StoredModels: ModelSource {
    let store: ModelStore
    let taxonomy: ConceptScheme
    let logger: Logger

    func currentModel() throws(ModelError) -> ModelID? { try store.current() }
    func model(_ id: ModelID) throws(ModelError) -> any Suggesting {
        let (model, change) = try store.load(id, scheme: taxonomy)
        for sentence in change.sentences {
            logger.warning(
                "the taxonomy changed since training", metadata: ["model": "\(id)", "change": "\(sentence)"])
        }
        return model
    }
}
