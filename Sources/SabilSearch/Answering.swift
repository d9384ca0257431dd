import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import XapianIndex

/// Answers one question on one reader, all from one commit.
struct Answering: Sendable {
    let question: Question
    let ranking: RankedSearch
    let taxonomy: ConceptScheme
    let contentTypes: ContentTypeCatalogue?
    let filters: FilterPlanner
    let analyzer: Analyzer
    let stored: StoredRecord
    let boosts: BoostTable
    let sessions: SessionPool
    /// Finding everything, for an export, may take so long.
    var streamSeconds = 240.0

    /// Without facets a total is exact up to here.
    static let exactTotal = 1_000

    var request: SearchRequest { question.request }
    var plan: QueryPlan { question.plan }

    /// - Parameter known: the weights of the plan, where they were looked up already.
    /// - Throws: `IndexError`, `SearchError`, `AnalysisError`.
    func answer(_ reader: borrowing IndexReader, weights known: WordWeights? = nil) throws -> FacetedPage {
        let statistics = try reader.statistics()
        let start = try self.start(statistics)
        let weights = if let known { known } else { try ranking.weights(of: plan, reader: reader) }
        let node = weights.resolve(plan.node)
        let pins = try pinnedHits(reader)
        let main = try mainPage(node, weights, start: start, pins: pins, reader: reader)
        var page = FacetedPage(
            total: main.total, recordTotal: main.recordTotal, notes: question.notes, queryLanguage: plan.language,
            revision: main.result.revision.rawValue, timedOut: main.result.timedOut)
        page.next = main.next.map { place in
            PageCursor(
                place, request: request.cursorDigest, index: statistics.identity,
                revision: statistics.revision.rawValue)
        }
        if main.result.cutPrefixes > 0 {
            page.notes.append(
                QueryNote(
                    .cutPrefix,
                    "A beginning has more words than the \(ranking.parameters.prefixExpansion) most frequent, "
                        + "which were searched."))
        }
        if !pins.isEmpty {
            let which = pins.count == 1 ? "1 record" : "\(pins.count) records"
            page.notes.append(
                QueryNote(
                    .pinned,
                    "Curators put \(which) first for this query: placements=false leaves the order to the words."))
        }
        if let note = try hiddenNote(node, reader: reader) { page.notes.append(note) }
        // A field's own filter may leave pinned records out that its facet counts.
        try addFacets(
            question.pinned.isEmpty ? node : .or([node, Question.records(question.pinned)]), main: main, to: &page,
            reader: reader)
        page.hits = try hits(main.hits, reader: reader)
        if request.explain { try explain(&page.hits, main.hits, weights, reader: reader) }
        return page
    }

    // MARK: Hits

    struct MainPage {
        var hits: [RankedSearch.RankedHit]
        var result: ResultPage
        var total: SearchTotal
        var recordTotal: SearchTotal
        /// Where the page after this one begins.
        var next: PageCursor.Place?
        /// Fields whose facets `result` counted, in order.
        var counted: [FacetField]
    }

    func baseQuery(_ node: QueryNode, offset: Int, limit: Int) -> IndexQuery {
        var query = IndexQuery(node, offset: offset, limit: limit)
        query.weighting = ranking.weighting
        query.timeLimitSeconds = min(request.timeLimitSeconds, 600)
        query.valueSlots = [IndexSchema.Slot.language]
        query.streamSlot = IndexSchema.Slot.wordStream
        query.collapseSlot = request.collapsesTranslations ? IndexSchema.Slot.work : nil
        return query
    }

    private func mainPage(
        _ node: QueryNode, _ weights: WordWeights, start: Start, pins: [RankedSearch.RankedHit],
        reader: borrowing IndexReader
    ) throws(IndexError) -> MainPage {
        let matching = matching(node)
        if !pins.isEmpty { return try pinnedPage(matching, weights, start: start, pins: pins, reader: reader) }
        var query = baseQuery(matching, offset: start.offset, limit: question.limit)
        query.sort = sortKeys
        let counted = request.facets.unique.filter { !question.hasOwnSelection($0) }
        query.facets = counted.flatMap(FacetTally.requests)
        // Facets need every match, and so does a number of works; a number of records is exact up to so many.
        if counted.isEmpty {
            query.checkAtLeast = request.collapsesTranslations && request.countsAll ? .max : Self.exactTotal
        }
        if isByRelevance {
            let page = try ranking.run(query, plan: plan, weights: weights, reader: reader, boosting: boosting)
            return mainPage(page.hits, page.result, start: start, counted: counted)
        }
        if !query.sort.isEmpty { query.weighting = .boolean }
        if isKeyset { return try sortedPage(query, start: start, counted: counted, reader: reader) }
        let result = try reader.search(query)
        var hits = result.hits.map { RankedSearch.RankedHit(hit: $0, score: 0) }
        if hasTiers { hits = try personFirst(matching, offset: start.offset, reader: reader) }
        return mainPage(hits, result, start: start, counted: counted)
    }

    /// What the query matches of what the filters let through, with people's tags of a filtered concept scored.
    func matching(_ node: QueryNode) -> QueryNode {
        var weighted = node
        if isByRelevance, !question.filteredConcepts.isEmpty {
            weighted = .andMaybe(node, .scale(ranking.parameters.personTagWeight, personTags))
        }
        return Question.filtered(weighted, by: question.filter())
    }

    private var personTags: QueryNode {
        .or(question.filteredConcepts.map { .term(IndexSchema.reachesByPerson($0)) })
    }

    /// What people tagged before what only a machine did.
    func tiers(of matching: QueryNode) -> [QueryNode] {
        [.filter(matching, personTags), .andNot(matching, personTags)]
    }

    /// A page of a list in an order of its own, which can go on behind a hit.
    private func sortedPage(
        _ query: IndexQuery, start: Start, counted: [FacetField], reader: borrowing IndexReader
    ) throws(IndexError) -> MainPage {
        var query = query
        query.wantKeys = true
        var result: ResultPage
        var found: [Hit]
        if let after = start.after {
            // What is counted is the whole list.
            var whole = query
            whole.limit = 0
            result = try reader.search(whole)
            query.after = after
            query.facets = []
            query.checkAtLeast = 0
            // One more than is shown: then there is a next page.
            query.limit += 1
            let rest = try reader.search(query)
            result.timedOut = result.timedOut || rest.timedOut
            found = rest.hits
        } else {
            query.limit += 1
            result = try reader.search(query)
            found = result.hits
        }
        let hasMore = found.count > question.limit
        found = Array(found.prefix(question.limit))
        let hits = found.map { RankedSearch.RankedHit(hit: $0, score: 0) }
        var page = mainPage(hits, result, start: start, counted: counted)
        page.next = nil
        if hasMore, let last = found.last {
            page.next = .after(SortPlace(key: last.sortKey, documentID: last.documentID))
        }
        return page
    }

    func mainPage(
        _ hits: [RankedSearch.RankedHit], _ result: ResultPage, start: Start, counted: [FacetField]
    ) -> MainPage {
        let end = start.offset + hits.count
        let hasMore = question.limit > 0 && hits.count == question.limit && end < result.total.upper
        return MainPage(
            hits: hits, result: result, total: Self.total(result.total),
            recordTotal: Self.total(request.collapsesTranslations ? result.uncollapsedTotal : result.total),
            next: hasMore ? .behind(end) : nil, counted: counted)
    }

    // MARK: Order and place

    var isByRelevance: Bool { request.sort == .relevance && plan.hasWords }

    /// Whether people's tags come before machine ones in a list without words.
    var hasTiers: Bool {
        request.sort == .relevance && !plan.hasWords && !question.filteredConcepts.isEmpty
            && !request.collapsesTranslations
    }

    /// Whether a hit's place is given by what it is sorted by: not where a work stands for several records, or some are pinned.
    private var isKeyset: Bool {
        !sortKeys.isEmpty && !hasTiers && !request.collapsesTranslations && question.pinned.isEmpty
    }

    /// What was asked for besides words, in an order by relevance.
    var boosting: Boosting? {
        guard !request.boosts.isEmpty else { return nil }
        let language = plan.language == .undetermined ? request.readerLanguage : plan.language
        return Boosting(table: boosts, boosts: request.boosts, day: question.day, language: language)
    }

    /// Where the page begins.
    struct Start {
        var offset = 0
        var after: SortPlace?
    }

    private func start(_ statistics: CollectionStatistics) throws(SearchError) -> Start {
        guard let cursor = request.cursor else { return Start(offset: question.offset) }
        func failure(_ code: SearchError.Code, _ what: String) -> SearchError {
            SearchError(
                code: code, operation: "go on with a search", message: "Could not go on with the search: " + what)
        }
        guard cursor.request == request.cursorDigest else {
            throw failure(
                .invalidCursor,
                "the cursor belongs to another query, filter, order or reader; send it with the request that gave it.")
        }
        guard cursor.index == statistics.identity else {
            throw failure(.staleCursor, "the index was built anew since; begin again without a cursor.")
        }
        switch cursor.place {
        case .after(let place):
            guard isKeyset else { throw failure(.invalidCursor, "the cursor is not of this order.") }
            return Start(after: place)
        case .behind(let count):
            guard !isKeyset else { throw failure(.invalidCursor, "the cursor is not of this order.") }
            guard cursor.revision == statistics.revision.rawValue else {
                throw failure(
                    .staleCursor,
                    "the index changed since, and with it the order by relevance; begin again without a cursor, or sort by "
                        + "date or title, where a cursor lasts.")
            }
            return Start(offset: count)
        }
    }

    var sortKeys: [SortKey] {
        switch request.sort {
        case .relevance: plan.hasWords ? [] : [SortKey(slot: IndexSchema.Slot.dateOrdinal, descending: true)]
        case .newest: [SortKey(slot: IndexSchema.Slot.dateOrdinal, descending: true)]
        case .oldest: [SortKey(slot: IndexSchema.Slot.dateOrdinal)]
        case .title: [TitleKeys.sortKey(for: request.readerLanguage)]
        case .start: [SortKey(slot: IndexSchema.Slot.startOrdinal, descending: true)]
        }
    }

    /// The page where those that a person tagged come before those that only a machine did, newest first in both.
    private func personFirst(
        _ matching: QueryNode, offset: Int, reader: borrowing IndexReader
    ) throws(IndexError) -> [RankedSearch.RankedHit] {
        var hits: [RankedSearch.RankedHit] = []
        var skip = offset
        for tier in tiers(of: matching) {
            let room = question.limit - hits.count
            guard room > 0 else { break }
            var query = baseQuery(tier, offset: skip, limit: room)
            query.sort = sortKeys
            query.weighting = .boolean
            query.checkAtLeast = Int.max
            let result = try reader.search(query)
            hits += result.hits.map { RankedSearch.RankedHit(hit: $0, score: 0) }
            skip = max(0, skip - result.total.lower)
        }
        return hits
    }

    static func total(_ total: MatchTotal) -> SearchTotal {
        total.isExact ? .exact(total.lower) : .between(total.lower, total.upper)
    }
}

extension Array where Element: Hashable {
    /// Each element once, in order of first occurrence.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
