public import SabilAnalysis
public import SabilRecords
import SabilTaxonomy
import XapianIndex

/// Ranks plain documents by the rules of the service, for evaluation: no taxonomy, no filters, no threads.
///
/// ```swift
/// try await RankingSession.build(documents, at: path)
/// let session = try RankingSession(path: path)
/// let ranking = try session.rank("how many points", language: .english)
/// ```
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

    private static let taxonomyVersion = "none"

    private let reader: IndexReader
    private let analyzer: Analyzer
    private let search: RankedSearch

    /// Opens the index that ``build(_:at:threads:analyzer:)`` made.
    /// - Throws: `notFound`, `mismatch`, `index`.
    public init(path: String, analyzer: Analyzer = Analyzer()) throws(SearchError) {
        try self.init(path: path, analyzer: analyzer, parameters: .standard)
    }

    init(path: String, analyzer: Analyzer, parameters: RankingParameters) throws(SearchError) {
        self.init(
            reader: try Self.open(path, analyzer), analyzer: analyzer, search: RankedSearch(parameters: parameters))
    }

    private init(reader: consuming IndexReader, analyzer: Analyzer, search: RankedSearch) {
        self.reader = reader
        self.analyzer = analyzer
        self.search = search
    }

    private static func open(_ path: String, _ analyzer: Analyzer) throws(SearchError) -> IndexReader {
        do {
            let reader = try IndexReader(path: path)
            try IndexSchema.check(reader, path: path, analyzer: analyzer.fingerprint, taxonomy: taxonomyVersion)
            return reader
        } catch let error as IndexError {
            throw SearchError(error)
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(code: .index, operation: "open the index at \(path)", message: "\(error)")
        }
    }

    /// Builds an index of plain documents at a path, in the place of one that is there.
    /// - Throws: `locked`, `diskFull`, `index`.
    public static func build(
        _ documents: [Document], at path: String, threads: Int = 2, analyzer: Analyzer = Analyzer()
    ) async throws(SearchError) {
        let taxonomy: ConceptScheme
        do {
            taxonomy = try ConceptScheme(concepts: [], version: taxonomyVersion)
        } catch {
            throw SearchError(code: .source, operation: error.operation, message: error.description, underlying: error)
        }
        let indexer = Indexer(path: path, taxonomy: taxonomy, analyzer: analyzer)
        var start = 0
        _ = try await indexer.rebuild(threads: threads) { () throws(SearchError) in
            guard start < documents.count else { return nil }
            let end = min(start + 250, documents.count)
            defer { start = end }
            return documents[start..<end].map {
                ResourceRecord(
                    id: RecordID($0.id), type: "document", language: $0.language, title: $0.title, body: $0.text)
            }
        }
    }

    /// The best documents for a plain query, scores strictly falling.
    /// - Parameter language: of the query; `nil`: guessed.
    public func rank(
        _ query: String, language: Language? = nil, limit: Int = 100
    ) throws(SearchError) -> [RankedDocument] {
        let plan: QueryPlan
        do {
            plan = try QueryPlanner.plan(
                plain: query, language: language, analyzer: analyzer, parameters: search.parameters)
        } catch {
            throw SearchError(error)
        }
        guard plan.hasWords else { return [] }
        let page: RankedSearch.Page
        do {
            var question = IndexQuery(try search.resolved(plan.node, reader: reader), limit: limit)
            question.weighting = search.weighting
            question.timeLimitSeconds = 60
            question.wantData = false
            question.valueSlots = [IndexSchema.Slot.work]
            page = try search.run(question, language: plan.language, runs: plan.runs, reader: reader)
        } catch {
            throw SearchError(error)
        }
        var ranking: [RankedDocument] = []
        for hit in page.hits {
            // Equal scores are told apart in the last digit, so that a run file says what the order was.
            let bound = ranking.last?.score.nextDown ?? .infinity
            // A plain document is its own work.
            let id = String(decoding: hit.hit.values[IndexSchema.Slot.work] ?? [], as: UTF8.self)
            ranking.append(RankedDocument(id: id, score: min(hit.score, bound)))
        }
        return ranking
    }
}
