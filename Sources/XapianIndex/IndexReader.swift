/// Reads one index synchronously, on the caller's thread.
///
/// It sees the last commit at the time of opening or of the latest ``refresh()``. One caller at a time: it cannot be
/// copied and is not `Sendable`. Calls block on the disk; in async code use a ``ReaderPool``.
public struct IndexReader: ~Copyable {
    private let handle: ReaderHandle

    /// - Throws: `notFound`, `corrupt`, `schemaMismatch`, `engine`.
    public init(path: String) throws(IndexError) {
        handle = try ReaderHandle(path: path)
    }

    /// Moves to the last commit, also if another index was put in the place of this one.
    /// - Complexity: reads one small file if nothing changed.
    @discardableResult
    public func refresh() throws(IndexError) -> IndexRevision { try handle.refresh() }

    /// Answers a query.
    /// - Throws: `modifiedDuringRead` if the snapshot was overwritten meanwhile (refresh and repeat), `timedOut` after
    ///   the hard limit, `invalidArgument` for a query or limit out of range, `corrupt`, `engine`.
    public func search(_ query: IndexQuery) throws(IndexError) -> ResultPage {
        try handle.search(query, program: try QueryProgram(query.query))
    }

    /// The numbers of all documents that a query finds, in its order, from its offset on, whatever its limit.
    /// - Complexity: 8 bytes a document here; the engine holds some 100 more for each while it sorts.
    /// - Throws: as ``search(_:)``; `timedOut` also where the query's time limit passed before all matches were seen.
    public func documentIDs(of query: IndexQuery) throws(IndexError) -> [UInt64] {
        var query = query
        query.limit = Int(UInt32.max - 1)
        query.checkAtLeast = 0
        query.wantData = false
        query.valueSlots = []
        query.facets = []
        return try handle.documentIDs(query, program: try QueryProgram(query.query))
    }

    /// Answers a program as given, for showing that a malformed one is refused.
    func search(_ query: IndexQuery, program: QueryProgram) throws(IndexError) -> ResultPage {
        try handle.search(query, program: program)
    }

    /// The document that has the unique term; nil if there is none.
    public func document(uniqueTerm: String, valueSlots: [UInt32] = []) throws(IndexError) -> Hit? {
        guard !uniqueTerm.isEmpty, uniqueTerm.utf8.count <= IndexDocument.maximumTermBytes else { return nil }
        var query = IndexQuery(.term(uniqueTerm), limit: 1)
        query.weighting = .boolean
        query.valueSlots = valueSlots
        return try search(query).hits.first
    }

    /// The data of documents by their numbers, in that order.
    ///
    /// - Throws: `notFound` when one of them does not exist.
    /// - Complexity: one look into the table of data each.
    public func data(ofDocuments documents: [UInt64]) throws(IndexError) -> [[UInt8]] {
        try handle.data(ofDocuments: documents)
    }

    /// The values of documents in a slot by their numbers, in that order; empty for one without a value.
    ///
    /// - Complexity: one look into the table of values each.
    public func values(ofDocuments documents: [UInt64], slot: UInt32) throws(IndexError) -> [[UInt8]] {
        try handle.values(ofDocuments: documents, slot: slot)
    }

    public func statistics() throws(IndexError) -> CollectionStatistics { try handle.statistics() }

    public func documentCount() throws(IndexError) -> Int { try handle.statistics().documentCount }

    /// How often each term occurs, in the order given; zeros for a term that does not occur.
    public func frequencies(of terms: [String]) throws(IndexError) -> [TermFrequency] {
        try handle.frequencies(of: terms)
    }

    /// How many documents have a term of both groups, at a bounded cost.
    ///
    /// The shorter list leads: the postings of both are leapt through in eight parts of the index, the same share of
    /// `steps` each, and what was found is taken for the documents passed over too. With k documents found of an estimate,
    /// its relative standard error is about 1/√k where co-occurrences are spread evenly.
    /// - Parameter steps: postings looked for at most; when that suffices for all, the answer is exact.
    /// - Complexity: some 0.1 µs a step.
    public func coFrequency(
        _ first: [String], _ second: [String], steps: Int = 512
    ) throws(IndexError) -> CoFrequency {
        try handle.coFrequency(first, second, steps: steps)
    }

    /// Terms with a prefix, in byte order, with their document frequencies.
    /// - Parameters:
    ///   - after: only terms that come after this one; with the last term of one call the next call goes on.
    ///   - limit: 1…10 000 000.
    public func lexicon(prefix: String, after: String = "", limit: Int) throws(IndexError) -> Lexicon {
        try handle.lexicon(prefix: prefix, after: after, limit: limit)
    }

    /// The value under a key of the index; nil if there is none.
    public func metadata(_ key: String) throws(IndexError) -> [UInt8]? { try handle.metadata(key) }
}
