import SabilRecords
import XapianIndex

/// Pinned records: before all others, if the filters let them through and the reader may see them.
extension Answering {
    /// The pinned records that are there, in the curators' order.
    func pinnedHits(_ reader: borrowing IndexReader) throws -> [RankedSearch.RankedHit] {
        guard !question.pinned.isEmpty else { return [] }
        var query = baseQuery(
            Question.filtered(Question.records(question.pinned), by: question.filter()), offset: 0,
            limit: question.pinned.count)
        query.weighting = .boolean
        query.collapseSlot = nil
        var found: [RecordID: Hit] = [:]
        for hit in try reader.search(query).hits { found[try stored.decode(hit.data).id] = hit }
        var works: Set<WorkID> = []
        return try question.pinned.unique.compactMap { id in
            guard let hit = found[id] else { return nil }
            if request.collapsesTranslations, !works.insert(try stored.decode(hit.data).work).inserted { return nil }
            return RankedSearch.RankedHit(hit: hit, score: 0, isPinned: true)
        }
    }

    /// What is left of the matches beside the pinned records.
    func unpinned(
        _ matching: QueryNode, pins: [RankedSearch.RankedHit]
    ) -> QueryNode {
        let terms = pins.compactMap { pin -> QueryNode? in
            guard let record = try? stored.decode(pin.hit.data) else { return nil }
            return .term(
                request.collapsesTranslations ? IndexSchema.work(record.work) : IndexSchema.record(record.id))
        }
        return terms.isEmpty ? matching : .andNot(matching, .or(terms))
    }

    /// A page of the list that the pinned records begin; its facets are counted by searches of their own.
    func pinnedPage(
        _ matching: QueryNode, _ weights: WordWeights, start: Start, pins: [RankedSearch.RankedHit],
        reader: borrowing IndexReader
    ) throws(IndexError) -> MainPage {
        let shown = Array(pins.dropFirst(start.offset).prefix(question.limit))
        var query = baseQuery(
            unpinned(matching, pins: pins), offset: max(0, start.offset - pins.count),
            limit: question.limit - shown.count)
        query.checkAtLeast = request.collapsesTranslations ? .max : Self.exactTotal
        let rest: RankedSearch.Page
        if isByRelevance {
            rest = try ranking.run(query, plan: plan, weights: weights, reader: reader, boosting: boosting)
        } else {
            query.sort = sortKeys
            query.weighting = .boolean
            let result = try reader.search(query)
            rest = RankedSearch.Page(
                hits: result.hits.map { RankedSearch.RankedHit(hit: $0, score: 0) }, result: result)
        }
        var result = rest.result
        for total in [\ResultPage.total, \ResultPage.uncollapsedTotal] {
            result[keyPath: total].lower += pins.count
            result[keyPath: total].estimate += pins.count
            result[keyPath: total].upper += pins.count
        }
        if request.collapsesTranslations {
            // A work is pinned by one record, and its others are found as well.
            let pinned = Question.filtered(Question.records(question.pinned), by: question.filter())
            result.uncollapsedTotal = try count(.or([matching, pinned]), reader: reader)
        }
        return mainPage(shown + rest.hits, result, start: start, counted: [])
    }

    /// How many of the records that the query would find curators left out; `nil` where it is none.
    func hiddenNote(_ node: QueryNode, reader: borrowing IndexReader) throws(IndexError) -> QueryNote? {
        guard !question.hidden.isEmpty else { return nil }
        let found = Question.filtered(
            .filter(node, Question.records(question.hidden)), by: question.filter(withHidden: true))
        let count = try count(found, reader: reader).estimate
        guard count > 0 else { return nil }
        let which = count == 1 ? "1 record" : "\(count) records"
        return QueryNote(
            .hidden, "Curators left \(which) out for this query: placements=false shows what they left out.")
    }

    /// How many records match, each by itself; all are counted.
    private func count(_ node: QueryNode, reader: borrowing IndexReader) throws(IndexError) -> MatchTotal {
        var query = baseQuery(node, offset: 0, limit: 0)
        query.collapseSlot = nil
        query.valueSlots = []
        query.wantData = false
        query.weighting = .boolean
        query.checkAtLeast = .max
        return try reader.search(query).total
    }
}
