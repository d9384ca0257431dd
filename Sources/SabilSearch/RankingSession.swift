public import SabilAnalysis
public import SabilRecords
public import SabilTaxonomy
import XapianIndex

/// Ranks plain documents by the rules of the service, for evaluation: no filters, no threads.
///
/// With a taxonomy, names in queries are expanded as in the service, and a document counts as tagged by the machine with
/// the concepts, countries and programmes its text names.
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

    private static let noTaxonomy = "none"

    private let reader: IndexReader
    private let analyzer: Analyzer
    private let expander: ConceptExpander?
    private let search: RankedSearch
    private let words: WordList?
    private let translations: TranslationTable

    /// Opens the index that ``build(_:at:taxonomy:threads:analyzer:)`` made with the same taxonomy.
    /// - Parameters:
    ///   - parameters: numbers of the ranking to try others than the standard ones.
    ///   - corrects: whether words that no document has are searched for as the nearest one.
    /// - Throws: `notFound`, `mismatch`, `index`.
    public init(
        path: String, taxonomy: ConceptScheme? = nil, analyzer: Analyzer = Analyzer(),
        parameters: RankingParameters = .standard, corrects: Bool = false
    ) throws(SearchError) {
        let reader = try Self.open(path, taxonomy?.version ?? Self.noTaxonomy, analyzer)
        let words: WordList?
        let translations: TranslationTable
        do {
            words = corrects ? try WordList(reader) : nil
            translations = try TranslationTable(reader)
        } catch {
            throw SearchError(error)
        }
        self.init(
            reader: reader, analyzer: analyzer, expander: taxonomy.map { ConceptExpander($0, analyzer: analyzer) },
            search: RankedSearch(parameters: parameters), words: words, translations: translations)
    }

    private init(
        reader: consuming IndexReader, analyzer: Analyzer, expander: ConceptExpander?, search: RankedSearch,
        words: WordList?, translations: TranslationTable
    ) {
        self.reader = reader
        self.analyzer = analyzer
        self.expander = expander
        self.search = search
        self.words = words
        self.translations = translations
    }

    private static func open(
        _ path: String, _ taxonomy: String, _ analyzer: Analyzer
    ) throws(SearchError) -> IndexReader {
        do {
            let reader = try IndexReader(path: path)
            try IndexSchema.check(reader, path: path, analyzer: analyzer.fingerprint, taxonomy: taxonomy)
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
        _ documents: [Document], at path: String, taxonomy: ConceptScheme? = nil, threads: Int = 2,
        analyzer: Analyzer = Analyzer()
    ) async throws(SearchError) {
        let scheme: ConceptScheme
        if let taxonomy {
            scheme = taxonomy
        } else {
            do {
                scheme = try ConceptScheme(concepts: [], version: noTaxonomy)
            } catch {
                throw SearchError(
                    code: .source, operation: error.operation, message: error.description, underlying: error)
            }
        }
        let indexer = Indexer(path: path, taxonomy: scheme, analyzer: analyzer)
        let expander = taxonomy.map { ConceptExpander($0, analyzer: analyzer) }
        var start = 0
        _ = try await indexer.rebuild(threads: threads) { () throws(SearchError) in
            guard start < documents.count else { return nil }
            let end = min(start + 250, documents.count)
            defer { start = end }
            var session = analyzer.makeSession()
            var records: [ResourceRecord] = []
            for document in documents[start..<end] {
                var record = ResourceRecord(
                    id: RecordID(document.id), type: "document", language: document.language, title: document.title,
                    body: document.text)
                if let expander {
                    do throws(AnalysisError) {
                        try tag(&record, with: expander, session: &session)
                    } catch {
                        throw SearchError(error)
                    }
                }
                records.append(record)
            }
            return records
        }
    }

    /// Tags a document with what its text names, unless a form is ambiguous or met as a stem only.
    private static func tag(
        _ record: inout ResourceRecord, with expander: ConceptExpander, session: inout AnalysisSession
    ) throws(AnalysisError) {
        var named: Set<ConceptID> = []
        for text in [record.title, record.body] {
            for recognition in try expander.recognise(text, at: 0, session: &session) where recognition.isExact {
                if recognition.concepts.count == 1 { named.insert(recognition.concepts[0]) }
            }
        }
        for concept in named.sorted() {
            if expander.taxonomy.facet(of: concept) == Facet.country {
                record.countries.append(concept.rawValue)
            } else {
                record.concepts.append(ConceptTag(concept, source: .machine))
            }
        }
    }

    private func plan(_ query: String, _ language: Language?) throws(SearchError) -> QueryPlan {
        do {
            return try QueryPlanner.plan(
                plain: query, language: language, expander: expander, analyzer: analyzer, translations: translations,
                parameters: search.parameters)
        } catch {
            throw SearchError(error)
        }
    }

    /// The plan with those other spellings of compounds that documents have.
    private func settledPlan(_ query: String, _ language: Language?) throws(SearchError) -> QueryPlan {
        let plan = try plan(query, language)
        do {
            return try QueryCompounds.settle(plan, parameters: search.parameters, reader: reader)
        } catch {
            throw SearchError(error)
        }
    }

    /// The query with the words that no document has exchanged for those that are nearest.
    private func corrected(
        _ query: String, _ plan: QueryPlan, from words: WordList
    ) throws(SearchError) -> String {
        let corrector = SpellingCorrector(analyzer: analyzer, stored: StoredRecord(), visibility: .all)
        do {
            let weights = try search.weights(of: plan, reader: reader)
            let proposals = try corrector.proposals(
                for: try corrector.doubtful(plan.typed, weights, reader: reader), from: words,
                language: plan.language, mode: .correct, reader: reader)
            return Spelling.searched(proposals, in: query)
        } catch let error as IndexError {
            throw SearchError(error)
        } catch let error as SearchError {
            throw error
        } catch let error as AnalysisError {
            throw SearchError(error)
        } catch {
            throw SearchError(code: .index, operation: "search", message: "\(error)")
        }
    }

    /// The best documents for a plain query, scores strictly falling.
    /// - Parameter language: of the query; `nil`: guessed.
    public func rank(
        _ query: String, language: Language? = nil, limit: Int = 100
    ) throws(SearchError) -> [RankedDocument] {
        var plan = try settledPlan(query, language)
        if let words {
            let corrected = try corrected(query, plan, from: words)
            if corrected != query { plan = try settledPlan(corrected, language) }
        }
        guard plan.hasWords else { return [] }
        let page: RankedSearch.Page
        do {
            let weights = try search.weights(of: plan, reader: reader)
            var question = IndexQuery(weights.resolve(plan.node), limit: limit)
            question.weighting = search.weighting
            question.timeLimitSeconds = 60
            question.wantData = false
            question.valueSlots = [IndexSchema.Slot.work]
            question.streamSlot = IndexSchema.Slot.wordStream
            page = try search.run(question, plan: plan, weights: weights, reader: reader)
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
