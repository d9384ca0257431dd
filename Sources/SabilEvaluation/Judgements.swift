/// Relevance judgements: for each query a grade for each judged document.
///
/// A grade above 0 is relevant, 0 is judged and not relevant, below 0 is pooled and not judged by a person (as in TREC);
/// documents that are not here are unjudged.
public struct Judgements: Sendable, Hashable {
    private var grades: [String: [String: Int]] = [:]

    public init() {}

    /// Queries with at least one judged document, sorted.
    public var queries: [String] { grades.keys.sorted() }
    public var isEmpty: Bool { grades.isEmpty }
    /// Number of judged pairs of query and document.
    public var count: Int { grades.values.reduce(0) { $0 + $1.count } }

    /// Grades of the judged documents of a query; empty when the query is not judged.
    public func grades(ofQuery query: String) -> [String: Int] { grades[query] ?? [:] }

    /// - Returns: the grade the pair had before.
    @discardableResult
    public mutating func setGrade(_ grade: Int, ofDocument document: String, query: String) -> Int? {
        grades[query, default: [:]].updateValue(grade, forKey: document)
    }

    /// The judgements of the given queries only, for figures per language.
    public func restricted(to queries: Set<String>) -> Judgements {
        var part = Judgements()
        part.grades = grades.filter { queries.contains($0.key) }
        return part
    }
}

/// A document as a system ranked it.
public struct ScoredDocument: Sendable, Hashable {
    public var document: String
    public var score: Double

    public init(_ document: String, score: Double) {
        self.document = document
        self.score = score
    }

    /// Whether trec_eval would put `self` before `other`: by score, the higher first, then by id, the *later* in byte order
    /// first. It keeps scores with single precision, so scores that differ only beyond it are equal.
    ///
    /// Source: usnistgov/trec_eval 9.0, trec_format.h, `TEXT_RESULTS`; form_res_rels.c, `comp_sim_docno`.
    public func ranksBefore(_ other: ScoredDocument) -> Bool {
        let (own, others) = (Float(score), Float(other.score))
        return own == others ? other.document.utf8.lexicographicallyPrecedes(document.utf8) : own > others
    }
}

/// What one system answered to each query.
public struct Run: Sendable, Hashable {
    /// Name of the system.
    public var tag: String
    private var rankings: [String: [ScoredDocument]] = [:]

    public init(tag: String) { self.tag = tag }

    /// Queries with a ranking, sorted.
    public var queries: [String] { rankings.keys.sorted() }

    /// Documents in rank order; `nil` when the run says nothing about the query.
    public func ranking(ofQuery query: String) -> [ScoredDocument]? { rankings[query] }

    /// Takes a ranking in the system's own order; scores are kept for writing.
    ///
    /// - Precondition: no document stands twice (a document seen again is dropped).
    public mutating func setRanking(_ ranking: [ScoredDocument], ofQuery query: String) {
        var seen: Set<String> = []
        rankings[query] = ranking.filter { seen.insert($0.document).inserted }
    }

    /// Takes scored documents in any order and ranks them as trec_eval does.
    public mutating func setScores(_ documents: [ScoredDocument], ofQuery query: String) {
        setRanking(documents.sorted { $0.ranksBefore($1) }, ofQuery: query)
    }
}
