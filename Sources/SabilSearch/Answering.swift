import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import XapianIndex

/// A request with its filters turned into queries.
struct Question: Sendable {
    let request: SearchRequest
    let plan: QueryPlan
    /// Hits to give: the request's, cut to what is allowed.
    let limit: Int
    /// Hits to skip: no index holds as many records as this is cut to.
    let offset: Int
    /// Filters by field; several of one field are joined by AND.
    private let byField: [(field: FacetField, node: QueryNode, isDisjunctive: Bool)]
    let visibility: QueryNode
    /// Concepts that a filter selects: people's tags of them come first.
    let filteredConcepts: [ConceptNumber]
    let notes: [QueryNote]

    init(_ request: SearchRequest, plan: QueryPlan, filters: FilterPlanner) {
        self.request = request
        self.plan = plan
        var notes = plan.notes
        limit = min(request.limit, SearchRequest.maximumLimit)
        offset = min(request.offset, 4_000_000_000)
        if limit < request.limit {
            notes.append(
                QueryNote(.cutPage, "A page has at most \(SearchRequest.maximumLimit) hits: the rest is on the next."))
        }
        byField = request.filters.filter { !$0.values.isEmpty }.map { filter in
            (filter.field, filters.node(filter, notes: &notes), filter.mode == .any)
        }
        visibility = FilterPlanner.visibility(request.visibility)
        filteredConcepts = request.filters.filter { $0.field == .concept || $0.field == .population }
            .flatMap(filters.numbers)
        self.notes = notes
    }

    /// What the filters let through, those of one field left out.
    func filter(without field: FacetField? = nil) -> QueryNode {
        var nodes: [QueryNode] = visibility == .all ? [] : [visibility]
        for entry in byField where entry.field != field || !entry.isDisjunctive { nodes.append(entry.node) }
        return nodes.isEmpty ? .all : nodes.count == 1 ? nodes[0] : .and(nodes)
    }

    /// Whether a field has a selection that its own facet must not feel.
    func hasOwnSelection(_ field: FacetField) -> Bool { byField.contains { $0.field == field && $0.isDisjunctive } }

    func selection(of field: FacetField) -> Filter? {
        let filters = request.filters.filter { $0.field == field }
        return filters.isEmpty ? nil : Filter(field, filters.flatMap(\.values))
    }

    static func filtered(_ node: QueryNode, by filter: QueryNode) -> QueryNode {
        if filter == .all { return node }
        return node == .all ? filter.unweighted : .filter(node, filter)
    }
}

extension QueryNode {
    /// The same matches without weight.
    var unweighted: QueryNode { .filter(.all, self) }
}

/// Answers one question on one reader, all from one commit.
struct Answering: Sendable {
    let question: Question
    let ranking: RankedSearch
    let taxonomy: ConceptScheme
    let contentTypes: ContentTypeCatalogue?
    let filters: FilterPlanner
    let analyzer: Analyzer
    let stored: StoredRecord

    /// Without facets a total is exact up to here.
    private static let exactTotal = 1_000

    private var request: SearchRequest { question.request }
    private var plan: QueryPlan { question.plan }

    func answer(_ reader: borrowing IndexReader) throws(IndexError) -> Result<FacetedPage, SearchError> {
        let weights = try ranking.weights(of: plan, reader: reader)
        let node = weights.resolve(plan.node)
        let main = try mainPage(node, weights, reader: reader)
        var page = FacetedPage(
            total: main.total, notes: question.notes, queryLanguage: plan.language,
            revision: main.result.revision.rawValue, timedOut: main.result.timedOut)
        if main.result.cutPrefixes > 0 {
            page.notes.append(
                QueryNote(
                    .cutPrefix,
                    "A beginning has more words than the \(ranking.parameters.prefixExpansion) most frequent, "
                        + "which were searched."))
        }
        try addFacets(node, main: main, to: &page, reader: reader)
        do {
            page.hits = try hits(main.hits, reader: reader)
            if request.explain { try explain(&page.hits, main.hits, weights, reader: reader) }
        } catch let error as IndexError {
            throw error
        } catch let error as SearchError {
            return .failure(error)
        } catch let error as AnalysisError {
            return .failure(SearchError(error))
        } catch {
            return .failure(SearchError(code: .index, operation: "search", message: "\(error)"))
        }
        return .success(page)
    }

    // MARK: Hits

    private struct MainPage {
        var hits: [RankedSearch.RankedHit]
        var result: ResultPage
        var total: SearchTotal
        /// Fields whose facets `result` counted, in order.
        var counted: [FacetField]
    }

    private func baseQuery(_ node: QueryNode, offset: Int, limit: Int) -> IndexQuery {
        var query = IndexQuery(node, offset: offset, limit: limit)
        query.weighting = ranking.weighting
        query.timeLimitSeconds = min(request.timeLimitSeconds, 600)
        query.valueSlots = [IndexSchema.Slot.language]
        query.streamSlot = IndexSchema.Slot.wordStream
        query.collapseSlot = request.collapsesTranslations ? IndexSchema.Slot.work : nil
        return query
    }

    private func mainPage(
        _ node: QueryNode, _ weights: WordWeights, reader: borrowing IndexReader
    ) throws(IndexError) -> MainPage {
        let isByRelevance = request.sort == .relevance && plan.hasWords
        var weighted = node
        if isByRelevance, !question.filteredConcepts.isEmpty {
            let tags = QueryNode.or(question.filteredConcepts.map { .term(IndexSchema.reachesByPerson($0)) })
            weighted = .andMaybe(node, .scale(ranking.parameters.personTagWeight, tags))
        }
        let matching = Question.filtered(weighted, by: question.filter())
        var query = baseQuery(matching, offset: question.offset, limit: question.limit)
        query.sort = sortKeys
        let counted = request.facets.unique.filter { !question.hasOwnSelection($0) }
        query.facets = counted.flatMap(FacetTally.requests)
        // Facets need every match; a total is exact up to so many.
        if counted.isEmpty { query.checkAtLeast = Self.exactTotal }
        if isByRelevance {
            let page = try ranking.run(query, plan: plan, weights: weights, reader: reader)
            return MainPage(
                hits: page.hits, result: page.result, total: Self.total(page.result), counted: counted)
        }
        if !query.sort.isEmpty { query.weighting = .boolean }
        let result = try reader.search(query)
        var hits = result.hits.map { RankedSearch.RankedHit(hit: $0, score: 0) }
        if request.sort == .relevance, !question.filteredConcepts.isEmpty, !request.collapsesTranslations {
            hits = try personFirst(matching, reader: reader)
        }
        return MainPage(hits: hits, result: result, total: Self.total(result), counted: counted)
    }

    private var sortKeys: [SortKey] {
        switch request.sort {
        case .relevance: plan.hasWords ? [] : [SortKey(slot: IndexSchema.Slot.dateOrdinal, descending: true)]
        case .newest: [SortKey(slot: IndexSchema.Slot.dateOrdinal, descending: true)]
        case .oldest: [SortKey(slot: IndexSchema.Slot.dateOrdinal)]
        case .title: [SortKey(slot: IndexSchema.Slot.titleKey)]
        }
    }

    /// The page where those that a person tagged come before those that only a machine did, newest first in both.
    private func personFirst(
        _ matching: QueryNode, reader: borrowing IndexReader
    ) throws(IndexError) -> [RankedSearch.RankedHit] {
        let tags = QueryNode.or(question.filteredConcepts.map { .term(IndexSchema.reachesByPerson($0)) })
        var hits: [RankedSearch.RankedHit] = []
        var skip = question.offset
        for tier in [QueryNode.filter(matching, tags), .andNot(matching, tags)] {
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

    private static func total(_ result: ResultPage) -> SearchTotal {
        result.total.isExact ? .exact(result.total.lower) : .between(result.total.lower, result.total.upper)
    }

    private func hits(
        _ ranked: [RankedSearch.RankedHit], reader: borrowing IndexReader
    ) throws -> [SearchHit] {
        var highlighter = Highlighter(plan.marks, session: analyzer.makeSession())
        var hits: [SearchHit] = []
        for entry in ranked {
            let record = try stored.decode(entry.hit.data)
            var hit = SearchHit(record: record, language: Self.language(of: entry.hit), score: entry.score)
            if request.collapsesTranslations { try gatherTranslations(&hit, reader: reader) }
            if request.highlight {
                hit.highlights = try highlighter.highlights(of: hit.record, language: hit.language)
            }
            hits.append(hit)
        }
        return hits
    }

    private static func language(of hit: Hit) -> Language {
        let bytes = hit.values[IndexSchema.Slot.language] ?? []
        return Language(rawValue: String(decoding: bytes, as: UTF8.self)) ?? .undetermined
    }

    /// Finds the other versions of the work, and shows the one in the reader's language if there is one.
    private func gatherTranslations(_ hit: inout SearchHit, reader: borrowing IndexReader) throws {
        let work = QueryNode.term(IndexSchema.work(hit.record.work))
        var query = baseQuery(Question.filtered(work, by: question.filter()), offset: 0, limit: 100)
        query.collapseSlot = nil
        query.weighting = .boolean
        query.sort = [SortKey(slot: IndexSchema.Slot.language)]
        var versions: [(record: ResourceRecord, language: Language)] = []
        for version in try reader.search(query).hits {
            versions.append((try stored.decode(version.data), Self.language(of: version)))
        }
        if hit.language != request.readerLanguage,
            let preferred = versions.first(where: { $0.language == request.readerLanguage })
        {
            hit.record = preferred.record
            hit.language = preferred.language
        }
        hit.translations = versions.filter { $0.record.id != hit.record.id }.map {
            Translation(id: $0.record.id, language: $0.language, title: $0.record.title)
        }
    }

    // MARK: Facets

    private func addFacets(
        _ node: QueryNode, main: MainPage, to page: inout FacetedPage, reader: borrowing IndexReader
    ) throws(IndexError) {
        let tally = FacetTally(
            taxonomy: taxonomy, contentTypes: contentTypes, filters: filters, readerLanguage: request.readerLanguage)
        var results: [FacetField: [XapianIndex.FacetResult]] = [:]
        var counted = main.result.facets[...]
        for field in main.counted {
            let width = FacetTally.requests(for: field).count
            results[field] = Array(counted.prefix(width))
            counted = counted.dropFirst(width)
        }
        for field in request.facets.unique where results[field] == nil {
            var query = baseQuery(Question.filtered(node, by: question.filter(without: field)), offset: 0, limit: 0)
            query.collapseSlot = nil
            query.weighting = .boolean
            query.facets = FacetTally.requests(for: field)
            query.checkAtLeast = Int.max
            query.valueSlots = []
            let result = try reader.search(query)
            page.timedOut = page.timedOut || result.timedOut
            results[field] = result.facets
        }
        for field in request.facets.unique {
            page.facets[field] = try tally.counts(
                field, results[field] ?? [], selection: question.selection(of: field)
            ) { (digest) throws(IndexError) in
                try reader.metadata(IndexSchema.Key.organisation(digest)).map { String(decoding: $0, as: UTF8.self) }
            }
        }
    }

    // MARK: Explanation

    /// Scores each part of the query by itself on the hits of the page; what the parts leave is the tag's weight.
    private func explain(
        _ hits: inout [SearchHit], _ ranked: [RankedSearch.RankedHit], _ weights: WordWeights,
        reader: borrowing IndexReader
    ) throws(IndexError) {
        guard request.sort == .relevance, plan.hasWords, !ranked.isEmpty else { return }
        // The record that was scored, which is not the one shown where a translation is preferred.
        var terms: [QueryNode] = []
        var places: [UInt64: Int] = [:]
        for (place, entry) in ranked.enumerated() {
            places[entry.hit.documentID] = place
            if let record = try? stored.decode(entry.hit.data) {
                terms.append(.term(IndexSchema.record(record.id)))
            }
        }
        for unit in plan.units {
            var query = IndexQuery(.filter(weights.resolve(unit.node), .or(terms)), limit: ranked.count)
            query.streamSlot = IndexSchema.Slot.wordStream
            query.weighting = ranking.weighting
            query.wantData = false
            for hit in try reader.search(query).hits where hit.score > 0 {
                guard let place = places[hit.documentID] else { continue }
                hits[place].explanation.append(
                    ScorePart(name: unit.name, kind: unit.kind, contribution: hit.score))
            }
        }
        for (place, entry) in ranked.enumerated() {
            let units = hits[place].explanation.reduce(0) { $0 + $1.contribution }
            let rest = (entry.parts?.first ?? entry.score) - units
            if !question.filteredConcepts.isEmpty, rest > 1e-9 {
                hits[place].explanation.append(ScorePart(name: "tag", kind: .tag, contribution: rest))
            }
            if let parts = entry.parts {
                let named: [(ScorePart.Kind, Double)] = [
                    (.exactForm, parts.exact), (.grams, parts.grams), (.orderedPairs, parts.orderedPairs),
                    (.nearPairs, parts.nearPairs),
                    (.title, parts.title),
                ]
                for (kind, contribution) in named where contribution > 0 {
                    hits[place].explanation.append(
                        ScorePart(name: kind.rawValue, kind: kind, contribution: contribution))
                }
            }
            hits[place].explanation.sort { $0.contribution > $1.contribution }
        }
    }
}

extension Array where Element: Hashable {
    /// Each element once, in order of first occurrence.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
