public import SabilAnalysis
public import SabilRecords
public import SabilTaxonomy
import XapianIndex

/// Answers readers from one index: any number at once, each from the last commit.
public final class SearchService: Sendable {
    public let taxonomy: ConceptScheme
    public let contentTypes: ContentTypeCatalogue?
    let analyzer: Analyzer
    let pool: ReaderPool
    let filters: FilterPlanner
    let expander: ConceptExpander
    let stored: StoredRecord
    let ranking: RankedSearch
    let words: WordListKeeper
    let titleWords: LexiconKeeper<TitleWords.Builder>
    let names: CompletionNames
    let placements: PlacementList
    let boosts: BoostTable
    let today: @Sendable () -> PartialDate
    let translations = CommitCache(TranslationTable(), stamp: IndexSchema.Key.translationStamp) {
        (reader, _) throws(IndexError) in try TranslationTable(reader)
    }
    let sessions: SessionPool

    /// Opens the index.
    /// - Parameters:
    ///   - lanes: searches that run at the same time, on threads of their own.
    ///   - maximumWaiting: searches that may wait on one lane before the next is refused.
    ///   - parameters: numbers of the ranking to try others than the standard ones.
    ///   - placements: what curators put first or leave out.
    ///   - boosts: how much recency and types lift records where a request asks for it.
    ///   - today: the day of a request, for placements and recency.
    ///   - keepsWordsReady: whether the words that spelling and completion go by are read now and after each commit, beside the
    ///     searches; else when a query first needs them.
    ///   - frequentQueries: what readers ask, for completing; those asked fewer than `leastAskings` times are shown to nobody.
    /// - Throws: `notFound`; `mismatch` with the command that rebuilds it, if the index was built with another schema,
    ///   analyzer or taxonomy; `index`.
    public init(
        indexPath: String, taxonomy: ConceptScheme, contentTypes: ContentTypeCatalogue? = nil,
        analyzer: Analyzer = Analyzer(), lanes: Int = 4, maximumWaiting: Int = 64,
        parameters: RankingParameters = .standard, placements: PlacementList = .empty, boosts: BoostTable = .none,
        keepsWordsReady: Bool = false, frequentQueries: [FrequentQuery] = [],
        leastAskings: Int = FrequentQuery.usualMinimum, today: @escaping @Sendable () -> PartialDate = { .today() }
    ) throws(SearchError) {
        self.taxonomy = taxonomy
        self.placements = placements
        self.boosts = boosts
        self.today = today
        self.contentTypes = contentTypes
        self.analyzer = analyzer
        sessions = SessionPool(analyzer)
        ranking = RankedSearch(parameters: parameters)
        do {
            let reader = try IndexReader(path: indexPath)
            try IndexSchema.check(
                reader, path: indexPath, analyzer: analyzer.fingerprint, taxonomy: taxonomy.version)
            try translations.table(of: reader)
            pool = try ReaderPool(path: indexPath, lanes: lanes, maximumWaiting: maximumWaiting)
        } catch let error as IndexError {
            throw SearchError(error)
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(code: .index, operation: "open the index at \(indexPath)", message: "\(error)")
        }
        filters = FilterPlanner(
            taxonomy: taxonomy, contentTypes: contentTypes, tags: TagIndex(taxonomy, analyzer: analyzer),
            analyzer: analyzer)
        expander = ConceptExpander(taxonomy, analyzer: analyzer)
        stored = StoredRecord(taxonomy: taxonomy, contentTypes: contentTypes)
        names = CompletionNames(taxonomy, queries: frequentQueries, minimum: leastAskings, analyzer: analyzer)
        words = WordListKeeper(pool, isAhead: keepsWordsReady)
        words.follow(nil)
        titleWords = LexiconKeeper(pool, isAhead: keepsWordsReady)
        titleWords.follow(nil)
    }

    /// Answers a request; nothing that a reader types is an error.
    /// - Throws: `overloaded`, `timedOut`, `cancelled`, `invalidRequest` for a negative offset or limit, `index`.
    public func search(_ request: SearchRequest) async throws(SearchError) -> FacetedPage {
        let clock = ContinuousClock()
        let start = clock.now
        try check(request)
        var page = try await answer(request)
        page.elapsed = clock.now - start
        return page
    }

    /// Everything that a request finds, in its order, whatever its offset and limit; for exports.
    /// - Throws: as ``search(_:)``.
    public func records(matching request: SearchRequest) async throws(SearchError) -> RecordStream {
        var request = request
        request.offset = 0
        request.limit = 0
        request.cursor = nil
        try check(request)
        let corrections = try await correct(&request)
        let planned = try plan(request.text, request)
        let asked = request
        let plan = try await read { reader in try settled(planned, asked, reader: reader) }
        let answering = try answering(request, plan)
        let pool = pool
        let found: Answering.Found
        do {
            found = try await pool.read { (reader) throws(IndexError) in try answering.everything(reader) }
        } catch {
            throw SearchError(error)
        }
        return RecordStream(found.documents, notes: answering.question.notes + found.notes + corrections) {
            documents throws(SearchError) in
            let outcome: Result<[ResourceRecord], SearchError>
            do throws(IndexError) {
                outcome = try await pool.read { (reader) throws(IndexError) in
                    try answering.records(documents, of: found.index, reader: reader)
                }
            } catch {
                throw SearchError(error)
            }
            return try outcome.get()
        }
    }

    private func check(_ request: SearchRequest) throws(SearchError) {
        guard request.offset >= 0, request.limit >= 0, request.timeLimitSeconds > 0 else {
            throw SearchError(
                code: .invalidRequest, operation: "search",
                message: "Could not search: offset \(request.offset), limit \(request.limit) and time limit "
                    + "\(request.timeLimitSeconds) s must not be negative; correct the request.")
        }
    }

    /// The record of that id as it was indexed, whoever may see it; `nil` if there is none.
    public func record(_ id: RecordID) async throws(SearchError) -> ResourceRecord? {
        let hit: Hit?
        do { hit = try await pool.document(uniqueTerm: IndexSchema.record(id)) } catch { throw SearchError(error) }
        return try hit.map { hit throws(SearchError) in try stored.decode(hit.data) }
    }

    /// Records in the index.
    public func recordCount() async throws(SearchError) -> Int {
        do { return try await pool.documentCount() } catch { throw SearchError(error) }
    }
}
