import Hummingbird
package import Logging
import SabilClassification
package import SabilRecords
package import SabilReview
import SabilSearch
package import SabilTaxonomy

/// Everything the routes work with.
package struct ServerServices: Sendable {
    package var configuration: ServerConfiguration
    package var taxonomy: ConceptScheme
    package var contentTypes: ContentTypeCatalogue
    package var validator: RecordValidator
    /// Concepts a record may carry, sorted.
    package var assignable: [ConceptID]
    package var pool: WorkPool
    package var index: IndexAccess
    package var models: ModelAccess
    /// `nil` if the server keeps no decisions.
    package var desk: DecisionDesk?
    package var logger: Logger

    /// - Parameters:
    ///   - opening: opens the index.
    ///   - indexer: brings decided records into the index.
    ///   - models: where models come from; `nil` if the server has none.
    package init(
        configuration: ServerConfiguration, taxonomy: ConceptScheme, contentTypes: ContentTypeCatalogue,
        opening: @escaping @Sendable () throws -> any SearchEngine, indexer: any RecordIndexing,
        models: (any ModelSource)?, decisions: DecisionStore?, indexRetry: Duration = .seconds(1), logger: Logger
    ) {
        let vocabulary = RecordVocabulary(scheme: taxonomy, contentTypes: contentTypes)
        self.configuration = configuration
        self.taxonomy = taxonomy
        self.contentTypes = contentTypes
        validator = RecordValidator(vocabulary: vocabulary)
        assignable = vocabulary.concepts.filter { taxonomy.concept($0)?.isDeprecated == false }.sorted()
        let pool = WorkPool(threads: configuration.workerThreads, waiting: configuration.maximumWorkWaiting)
        let index = IndexAccess(pool: pool, retryAfter: indexRetry, opening: opening)
        self.pool = pool
        self.index = index
        let access = ModelAccess(source: models, pool: pool, logger: logger)
        self.models = access
        let assignable = Set(self.assignable)
        desk = decisions.map { store in
            DecisionDesk(
                store: store, index: index,
                follower: IndexFollower(store: store, index: index, indexer: indexer, logger: logger),
                learner: DecisionLearner(
                    store: store, index: index, models: access, taxonomy: taxonomy, logger: logger),
                taxonomy: taxonomy, assignable: assignable)
        }
        self.logger = logger
    }

    /// The desk, for requests that may use it.
    /// - Throws: `curationClosed`, `reviewUnavailable`.
    func openDesk(for request: Request) throws(Problem) -> DecisionDesk {
        guard configuration.isCurationOpen(to: request.head.authority, isForwarded: request.isForwarded) else {
            throw Problem(
                .curationClosed,
                "Review is closed: the server can be reached from elsewhere, or by a proxy, and was not told that everyone may review."
            )
        }
        guard let desk else {
            throw Problem(.reviewUnavailable, "This server keeps no decisions; start it with a file for them.")
        }
        return desk
    }

    /// The record, if readers of this server may see it.
    /// - Throws: `recordNotFound`, or what the index throws.
    func visibleRecord(_ id: RecordID, in visibility: Set<Visibility>) async throws -> ResourceRecord {
        guard let record = try await index.record(id), visibility.contains(record.visibility) else {
            throw Problem(.recordNotFound, "There is no record of that id.")
        }
        return record
    }

    /// Facets of a page or answer that names none.
    static let usualFacets: [FacetField] = [
        .type, .pillar, .concept, .country, .region, .population, .language, .year,
    ]
}
