public import SabilEvaluation
public import SabilRecords
public import SabilSearch
public import SabilTaxonomy

/// An index of a judged collection, and how its queries are put to it: built once, ranked as often as one likes with other
/// parameters.
///
/// Both `eval rank` and experiments go through here. No ranking parameter changes what an index holds.
public struct RankingIndex: Sendable {
    private enum Source: Sendable {
        /// Plain documents, with the taxonomy whose names are expanded.
        case documents(ConceptScheme?)
        /// Records as the daemon searches them.
        case records(ConceptScheme, ContentTypeCatalogue, Expansion)
    }

    public let path: String
    /// Documents in the index.
    public let documents: Int
    /// Wall time of building it.
    public let building: Duration
    private let source: Source

    /// Indexes plain documents at a path.
    public static func build(
        documents: [RankingSession.Document], taxonomy: ConceptScheme?, at path: String
    ) async throws(SearchError) -> RankingIndex {
        let started = ContinuousClock.now
        try await RankingSession.build(documents, at: path, taxonomy: taxonomy)
        return RankingIndex(
            path: path, documents: documents.count, building: .now - started, source: .documents(taxonomy))
    }

    /// Indexes records with all their tags and fields at a path.
    ///
    /// - Parameter next: gives the next batch, `nil` at the end.
    public static func build(
        taxonomy: ConceptScheme, contentTypes: ContentTypeCatalogue, expansion: Expansion, at path: String,
        from next: () throws(SearchError) -> [ResourceRecord]?
    ) async throws(SearchError) -> RankingIndex {
        let started = ContinuousClock.now
        let indexer = Indexer(path: path, taxonomy: taxonomy, contentTypes: contentTypes)
        let report = try await indexer.rebuild(from: next)
        return RankingIndex(
            path: path, documents: report.indexed, building: .now - started,
            source: .records(taxonomy, contentTypes, expansion))
    }

    /// The best documents for each query, scores strictly falling.
    ///
    /// Queries are shared out over lanes; the run does not depend on how many there are.
    /// - Parameters:
    ///   - depth: results a query at most.
    ///   - spelling: what becomes of words that no document has.
    ///   - advance: is called after each query, on any thread.
    /// - Throws: `SearchError`.
    public func rank(
        _ queries: [BEIREntry], parameters: RankingParameters = .standard, depth: Int,
        spelling: SpellingMode = .off, lanes: Int = 1, tag: String = "sabil",
        advance: @escaping @Sendable () -> Void = {}
    ) async throws -> Run {
        let lanes = max(1, min(lanes, queries.count))
        let rankings: [[ScoredDocument]]
        switch source {
        case .documents(let taxonomy):
            let path = path
            rankings = try await Lanes.map(queries, lanes: lanes) { share in
                let session = try RankingSession(
                    path: path, taxonomy: taxonomy, parameters: parameters, corrects: spelling == .correct)
                return try share.map { query in
                    defer { advance() }
                    return try session.rank(query.text, language: query.declaredLanguage, limit: depth)
                        .map { ScoredDocument($0.id, score: $0.score) }
                }
            }
        case .records(let taxonomy, let contentTypes, let expansion):
            let service = try SearchService(
                indexPath: path, taxonomy: taxonomy, contentTypes: contentTypes, lanes: lanes, parameters: parameters)
            rankings = try await Lanes.mapTasks(queries, lanes: lanes) { query in
                defer { advance() }
                let page = try await service.search(
                    SearchRequest(
                        query.text, language: query.declaredLanguage, limit: depth, highlight: false,
                        expansion: expansion, spelling: spelling, visibility: Set(Visibility.allCases),
                        timeLimitSeconds: 60))
                return page.hits.map { ScoredDocument($0.record.id.rawValue, score: $0.score) }
            }
        }
        var run = Run(tag: tag)
        for (query, ranking) in zip(queries, rankings) { run.setRanking(ranking, ofQuery: query.id) }
        return run
    }
}

extension BEIREntry {
    /// As the line says; `nil` when it names none, and the engine guesses.
    var declaredLanguage: Language? { language == .undetermined ? nil : language }
}

extension BEIRReader {
    /// Every entry of a file.
    ///
    /// - Throws: as ``next()``; `empty` for a file without entries.
    public static func all(of path: String) throws(EvaluationError) -> [BEIREntry] {
        var reader = try BEIRReader(path: path)
        var entries: [BEIREntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        guard !entries.isEmpty else {
            throw EvaluationError(
                code: .empty, operation: "read dataset",
                message: "Reading \"\(path)\" failed: it holds no line. Check that it is the right file.")
        }
        return entries
    }
}

extension RankingSession.Document {
    /// The documents of a folder in the layout of BEIR.
    ///
    /// - Throws: as ``BEIRReader/all(of:)``.
    public static func all(of folder: String) throws(EvaluationError) -> [RankingSession.Document] {
        try BEIRReader.all(of: "\(folder)/corpus.jsonl").map {
            RankingSession.Document(id: $0.id, title: $0.title, text: $0.text, language: $0.language)
        }
    }
}
