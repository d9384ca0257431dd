import SabilRecords
import XapianIndex

/// Both ranking steps over one reader: what the service and the evaluation share.
struct RankedSearch: Sendable {
    /// A hit with its final score.
    struct RankedHit: Sendable {
        var hit: Hit
        var score: Double
        var parts: Rescorer.Scored?
    }

    struct Page: Sendable {
        var hits: [RankedHit]
        var result: ResultPage
    }

    var parameters: RankingParameters = .standard

    var weighting: Weighting {
        .poweredBM25(k1: parameters.k1, b: parameters.b, idfExponent: parameters.idfExponent)
    }

    /// The query as it is run: see ``WordWeights``.
    func resolved(_ node: QueryNode, reader: borrowing IndexReader) throws(IndexError) -> QueryNode {
        try WordWeights(parameters: parameters).resolve(node, reader: reader)
    }

    /// The best hits of a query by relevance: those within the pool in the order of the second step, then the others.
    ///
    /// - Parameters:
    ///   - query: with filters, offset, limit, facets, resolved; sort must be empty.
    ///   - language: of the query; `undetermined` if it is not known.
    ///   - runs: the words of the query that the second step goes by; none: only the first step.
    func run(
        _ query: IndexQuery, language: Language, runs: [[QueryWord]], reader: borrowing IndexReader
    ) throws(IndexError) -> Page {
        guard query.offset < parameters.poolSize, query.limit > 0, !runs.joined().isEmpty else {
            let result = try reader.search(query)
            return Page(hits: result.hits.map { RankedHit(hit: $0, score: $0.score) }, result: result)
        }
        var first = query
        first.offset = 0
        first.limit = max(parameters.poolSize, query.offset + query.limit)
        for slot in [IndexSchema.Slot.wordStream, IndexSchema.Slot.language] where !first.valueSlots.contains(slot) {
            first.valueSlots.append(slot)
        }
        let grams = Grams(runs, length: parameters.gramLength)
        first.candidates = CandidateRequest(terms: [], wantTermLists: grams.count > 0, termGrams: grams.codes)
        // Records are read once it is known which ones are shown.
        first.wantData = false
        let result = try reader.search(first)
        let pool = min(parameters.poolSize, result.hits.count)
        let scored = try rescore(result, pool: pool, language: language, runs: runs, grams: grams, reader: reader)
        var hits = scored.map { RankedHit(hit: result.hits[$0.candidate], score: $0.score, parts: $0) }
        // The others keep their order and never score above the pool.
        var bound = hits.last?.score ?? .infinity
        for hit in result.hits.dropFirst(pool) {
            bound = min(bound, hit.score)
            hits.append(RankedHit(hit: hit, score: bound))
        }
        var shown = Array(hits.dropFirst(query.offset).prefix(query.limit))
        if query.wantData {
            let data = try reader.data(ofDocuments: shown.map(\.hit.documentID))
            for (place, data) in data.enumerated() { shown[place].hit.data = data }
        }
        return Page(hits: shown, result: result)
    }

    private func rescore(
        _ result: ResultPage, pool: Int, language: Language, runs: [[QueryWord]], grams: Grams,
        reader: borrowing IndexReader
    ) throws(IndexError) -> [Rescorer.Scored] {
        guard let evidence = result.evidence, pool > 0 else { return [] }
        // Words of the pool that hold a gram of the query, and which ones.
        var slotsByRow: [[Int]?] = Array(repeating: nil, count: evidence.lexicon.count)
        var rows: [Int] = []
        if grams.count > 0 {
            for row in 0..<evidence.lexicon.count {
                let slots = grams.slots(in: evidence.lexicon.bytes(row))
                if !slots.isEmpty {
                    slotsByRow[row] = slots
                    rows.append(row)
                }
            }
        }
        let frequencies = try gramFrequencies(
            rows.map { ($0, slotsByRow[$0] ?? []) }, lexicon: evidence.lexicon, grams: grams,
            documentCount: result.documentCount, reader: reader)
        var candidates: [Rescorer.Candidate] = []
        candidates.reserveCapacity(pool)
        for hit in 0..<pool {
            var counts = [Double](repeating: 0, count: grams.count)
            for (row, wdf) in zip(evidence.terms(hit: hit), evidence.termWdfs(hit: hit)) {
                for slot in slotsByRow[Int(row)] ?? [] { counts[slot] += Double(wdf) }
            }
            candidates.append(
                Rescorer.Candidate(
                    score: result.hits[hit].score, length: evidence.documentLengths[hit],
                    words: WordStream.codes(result.hits[hit].values[IndexSchema.Slot.wordStream] ?? []),
                    gramCounts: counts, isForeign: Self.isForeign(result.hits[hit], to: language)))
        }
        let collection = Rescorer.Collection(
            documentCount: result.documentCount, averageLength: result.averageLength)
        var known: [Set<QueryWord>: Double] = [:]
        return try Rescorer(parameters).rescore(
            candidates, runs: runs,
            grams: Rescorer.GramStatistics(
                frequencies: frequencies, weights: grams.weights, contentWeights: grams.contentWeights),
            collection: collection
        ) { (pair) throws(IndexError) in
            let words: Set<QueryWord> = [pair.first, pair.second]
            if let frequency = known[words] { return frequency }
            let frequency = try documents(withBoth: pair, reader: reader)
            known[words] = frequency
            return frequency
        }
    }

    private static func isForeign(_ hit: Hit, to language: Language) -> Bool {
        let own = hit.values[IndexSchema.Slot.language] ?? []
        return language != .undetermined && !own.elementsEqual(language.rawValue.utf8)
            && !own.elementsEqual(Language.undetermined.rawValue.utf8)
    }

    /// How many documents have each gram, from the words of the pool: N·(1 − Π(1 − df/N)).
    private func gramFrequencies(
        _ words: [(row: Int, slots: [Int])], lexicon: TermTable, grams: Grams, documentCount: Int,
        reader: borrowing IndexReader
    ) throws(IndexError) -> [Double] {
        guard !words.isEmpty, documentCount > 0 else { return Array(repeating: 0, count: grams.count) }
        let count = Double(documentCount)
        var absent = [Double](repeating: 1, count: grams.count)
        let frequencies = try reader.frequencies(of: words.map { lexicon[$0.row] })
        for (word, frequency) in zip(words, frequencies) {
            for slot in Set(word.slots) { absent[slot] *= 1 - Double(frequency.documents) / count }
        }
        return absent.map { count * (1 - $0) }
    }

    /// How many documents hold both words: exact up to ``RankingParameters/pairFrequencyLimit``.
    private func documents(withBoth pair: Rescorer.Pair, reader: borrowing IndexReader) throws(IndexError) -> Double {
        var query = IndexQuery(.and([pair.first.node, pair.second.node]), limit: 0)
        query.checkAtLeast = parameters.pairFrequencyLimit
        query.weighting = .boolean
        query.wantData = false
        return Double(try reader.search(query).total.estimate)
    }
}
