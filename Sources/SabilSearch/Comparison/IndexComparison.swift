public import SabilAnalysis
public import SabilRecords
import XapianIndex

/// What an index says of how it was built.
public struct IndexFacts: Sendable, Hashable {
    public let path: String
    public let recordCount: Int
    /// Fingerprint of the analyzer.
    public let analyzer: String
    /// Version of the taxonomy.
    public let taxonomy: String
}

/// Two indexes side by side: which records and which words only one of them has, and how often the words of queries occur.
///
/// Opens an index whatever analyzer and taxonomy built it, for it compares what is stored and answers nothing; only the
/// layout must be the one of this program. Works on the caller's thread and blocks on the disk. Reading goes on while
/// others write; an index that is committed to twice meanwhile ends it (`modifiedDuringRead` beneath).
///
/// Complexity: two looks into each index per record; both lists of terms once.
public struct IndexComparison: ~Copyable {
    public let from: IndexFacts
    public let to: IndexFacts
    private let older: IndexReader
    private let newer: IndexReader

    /// - Throws: `notFound`; `mismatch`, with the command that rebuilds it, for another layout or another program's
    ///   database; `index`.
    public init(from: String, to: String) throws(SearchError) {
        let older = try Self.open(from)
        let newer = try Self.open(to)
        let factsOfOlder = try Self.facts(of: older, path: from)
        let factsOfNewer = try Self.facts(of: newer, path: to)
        self.older = older
        self.newer = newer
        self.from = factsOfOlder
        self.to = factsOfNewer
    }

    /// Whether both were analysed in the same way.
    public var sharesAnalyzer: Bool { from.analyzer == to.analyzer }

    static func open(_ path: String) throws(SearchError) -> IndexReader {
        do {
            let reader = try IndexReader(path: path)
            try IndexSchema.checkLayout(reader, path: path)
            return reader
        } catch let error as IndexError {
            throw SearchError(error)
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(code: .index, operation: "open the index at \(path)", message: "\(error)")
        }
    }

    private static func facts(of reader: borrowing IndexReader, path: String) throws(SearchError) -> IndexFacts {
        let count: Int
        do { count = try reader.documentCount() } catch { throw SearchError(error) }
        return IndexFacts(
            path: path, recordCount: count,
            analyzer: try IndexSchema.text(of: IndexSchema.Key.fingerprint, reader: reader) ?? "none",
            taxonomy: try IndexSchema.text(of: IndexSchema.Key.taxonomy, reader: reader) ?? "none")
    }

    /// Compares records, then words.
    /// - Parameters:
    ///   - termLimit: how many of the terms that only one side has are looked at, the most frequent first.
    ///   - progress: is told how many records were compared so far.
    public func changes(
        termLimit: Int = 1000, progress: (Int) -> Void = { _ in }
    ) throws(SearchError) -> (records: RecordChanges, words: WordChanges) {
        do {
            let records = try RecordChanges.Walk.run(older, newer, progress: progress)
            let words = try WordChanges(older, newer, unchanged: records.unchanged, limit: termLimit)
            return (records.changes, words)
        } catch {
            throw SearchError(error)
        }
    }

    /// How many records of either index each word of the queries finds, as this program analyses it.
    ///
    /// - Returns: different words in the order in which they come; words that only ask are left out.
    /// - Complexity: four counts a word.
    public func counts(
        ofWordsIn queries: [(text: String, language: Language?)], analyzer: Analyzer = Analyzer()
    ) throws(SearchError) -> [QueryWordCount] {
        var seen: Set<QueryWord> = []
        var counts: [QueryWordCount] = []
        for query in queries {
            let plan: QueryPlan
            do {
                plan = try QueryPlanner.plan(
                    query.text, language: query.language, expansion: .none, expander: nil, filters: nil, taxonomy: nil,
                    analyzer: analyzer)
            } catch {
                throw SearchError(error)
            }
            for word in plan.runs.joined() where seen.insert(word).inserted {
                do {
                    counts.append(
                        QueryWordCount(
                            word: word.surface, stems: word.stems, language: plan.language,
                            from: try Self.count(of: word, in: older), to: try Self.count(of: word, in: newer)))
                } catch {
                    throw SearchError(error)
                }
            }
        }
        return counts
    }

    private static func count(
        of word: QueryWord, in reader: borrowing IndexReader
    ) throws(IndexError) -> QueryWordCount.Records {
        var query = IndexQuery(word.node, limit: 0, checkAtLeast: Int.max)
        query.weighting = .boolean
        query.wantData = false
        query.timeLimitSeconds = 60
        let exact = try reader.frequencies(of: [word.surface]).first?.documents ?? 0
        return QueryWordCount.Records(exact: exact, inAnyForm: try reader.search(query).total.lower)
    }
}

/// A word of a query and how many records of two indexes have it.
public struct QueryWordCount: Sendable, Hashable {
    public struct Records: Sendable, Hashable {
        /// Records with the word itself.
        public let exact: Int
        /// Records with the word or one of its stems.
        public let inAnyForm: Int
    }

    /// As this program folds it.
    public let word: String
    /// As this program stems it, in each language the query may be in.
    public let stems: [String]
    public let language: Language
    public let from: Records
    public let to: Records

    /// Finds something on one side only.
    public var findsOnOneSideOnly: Bool { (from.inAnyForm == 0) != (to.inAnyForm == 0) }
}
