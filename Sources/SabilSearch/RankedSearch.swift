import SabilRecords
import XapianIndex

/// Both ranking steps over one reader: what the service and the evaluation share.
struct RankedSearch: Sendable {
    /// A hit with its final score.
    struct RankedHit: Sendable {
        var hit: Hit
        var score: Double
        var parts: Rescorer.Scored?
        /// What lifted it besides its words; in the score.
        var boosts: [ScorePart] = []
        var isPinned = false
    }

    struct Page: Sendable {
        var hits: [RankedHit]
        var result: ResultPage
    }

    var parameters: RankingParameters = .standard
    private let grams = CommitCache(GramTable(), stamp: IndexSchema.Key.gramStamp) {
        (reader, stamp) throws(IndexError) in try GramTable(reader, stamp: stamp)
    }

    init(parameters: RankingParameters = .standard) { self.parameters = parameters }

    var weighting: Weighting {
        .poweredBM25(k1: parameters.k1, b: parameters.b, idfExponent: parameters.idfExponent)
    }

    /// The frequencies that a plan is run and scored with.
    func weights(of plan: QueryPlan, reader: borrowing IndexReader) throws(IndexError) -> WordWeights {
        try WordWeights(plan, parameters: parameters, reader: reader)
    }

    /// The best hits of a query by relevance: those within the pool in the order of the second step, then the others.
    ///
    /// - Parameters:
    ///   - query: with filters, offset, limit, facets, resolved; sort must be empty.
    ///   - plan: whose words the second step goes by; none: only the first step.
    func run(
        _ query: IndexQuery, plan: QueryPlan, weights: WordWeights, reader: borrowing IndexReader,
        boosting: Boosting? = nil
    ) throws(IndexError) -> Page {
        let isReordered = boosting != nil || !plan.runs.joined().isEmpty
        guard query.offset < parameters.poolSize, query.limit > 0, isReordered else {
            var first = query
            first.wantData = false
            guard query.limit > 0 else { return Page(hits: [], result: try reader.search(query)) }
            first.ties = TieOrder.byID(from: query.offset)
            let result = try reader.search(first)
            var hits = result.hits.map { RankedHit(hit: $0, score: $0.score) }
            try fetchData(of: &hits, query, reader: reader)
            return Page(hits: hits, result: result)
        }
        var first = query
        first.offset = 0
        first.limit = max(parameters.poolSize, query.offset + query.limit)
        let isFedBack = plan.feedsBack && parameters.feedbackWeight > 0
        let slots = (boosting == nil ? [] : Boosting.slots) + (isFedBack ? Self.feedbackSlots : [])
        for slot in [IndexSchema.Slot.wordStream, IndexSchema.Slot.language] + slots
        where !first.valueSlots.contains(slot) {
            first.valueSlots.append(slot)
        }
        first.wantLengths = true
        // Records are read once it is known which ones are shown.
        first.wantData = false
        // The second step puts its own ties in order.
        first.ties = TieOrder.byID(from: parameters.poolSize)
        let result = try reader.search(first)
        let pool = min(parameters.poolSize, result.hits.count)
        var scored = try rescore(result, pool: pool, plan: plan, weights: weights, reader: reader)
        if isFedBack { try addFeedback(to: &scored, of: result, reader: reader) }
        var hits = scored.map { RankedHit(hit: result.hits[$0.candidate], score: $0.score, parts: $0) }
        if let boosting { boosting.lift(&hits) }
        try TieOrder.sort(&hits, shown: query.offset..<query.offset + query.limit, reader: reader)
        // The others keep their order and never score above the pool.
        var bound = hits.last?.score ?? .infinity
        for hit in result.hits.dropFirst(pool) {
            bound = min(bound, hit.score)
            hits.append(RankedHit(hit: hit, score: bound))
        }
        var shown = Array(hits.dropFirst(query.offset).prefix(query.limit))
        try fetchData(of: &shown, query, reader: reader)
        return Page(hits: shown, result: result)
    }

    private func fetchData(
        of hits: inout [RankedHit], _ query: IndexQuery, reader: borrowing IndexReader
    ) throws(IndexError) {
        guard query.wantData, !hits.isEmpty else { return }
        let data = try reader.data(ofDocuments: hits.map(\.hit.documentID))
        for (place, data) in data.enumerated() { hits[place].hit.data = data }
    }

    /// Scores the pool again, the hits of each language that the query was translated to by their own words.
    private func rescore(
        _ result: ResultPage, pool: Int, plan: QueryPlan, weights: WordWeights, reader: borrowing IndexReader
    ) throws(IndexError) -> [Rescorer.Scored] {
        guard pool > 0 else { return [] }
        let table = try grams.table(of: reader)
        var groups: [Language: [Int]] = [:]
        for hit in 0..<pool {
            let language = Language(
                rawValue: String(
                    decoding: result.values.value(ofHit: hit, slot: IndexSchema.Slot.language), as: UTF8.self))
            let isTranslated = language.map { plan.translations[$0] != nil } ?? false
            groups[isTranslated ? language ?? .undetermined : .undetermined, default: []].append(hit)
        }
        var scored: [Rescorer.Scored] = []
        for (language, hits) in groups {
            scored += try rescore(
                result, hits: hits, in: language, plan: plan, weights: weights, grams: table, reader: reader)
        }
        return scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.candidate < $1.candidate }
    }

    private func rescore(
        _ result: ResultPage, hits: [Int], in language: Language, plan: QueryPlan, weights: WordWeights,
        grams table: GramTable, reader: borrowing IndexReader
    ) throws(IndexError) -> [Rescorer.Scored] {
        let candidates = hits.map { hit in
            Rescorer.Candidate(
                score: result.hits[hit].score, length: result.hits[hit].length,
                stream: result.values.value(ofHit: hit, slot: IndexSchema.Slot.wordStream),
                isForeign: Self.isForeign(
                    result.values.value(ofHit: hit, slot: IndexSchema.Slot.language), to: plan.language))
        }
        // Documents written since the table was counted are taken to be like the others.
        let scale = Double(result.documentCount) / Double(max(1, table.documents))
        var known: [Set<QueryWord>: Double] = [:]
        var parameters = parameters
        if plan.translations[language] != nil { parameters.foreignGramWeight = parameters.translatedGramWeight }
        let scored = try Rescorer(parameters).rescore(
            candidates, runs: plan.runs(in: language), words: weights.scored(plan.words),
            collection: Rescorer.Collection(documentCount: result.documentCount, averageLength: result.averageLength),
            gramFrequency: { gram in table.documents == 0 ? .infinity : Double(table[gram]) * scale },
            wordFrequency: { word in weights.documents(withAny: word.terms) }
        ) { (pair) throws(IndexError) in
            let words: Set<QueryWord> = [pair.first, pair.second]
            if let frequency = known[words] { return frequency }
            let frequency = try reader.coFrequency(
                weights.occurring(pair.first), weights.occurring(pair.second), steps: parameters.pairFrequencySteps
            ).documents
            known[words] = frequency
            return frequency
        }
        return scored.map { part in
            var part = part
            part.candidate = hits[part.candidate]
            return part
        }
    }

    private static func isForeign(_ own: ArraySlice<UInt8>, to language: Language) -> Bool {
        language != .undetermined && !own.elementsEqual(language.rawValue.utf8)
            && !own.elementsEqual(Language.undetermined.rawValue.utf8)
    }
}
