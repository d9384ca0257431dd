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
    /// Records that curators put first, in order, and such as they left out.
    let pinned: [RecordID]
    let hidden: [RecordID]
    /// The day of the request.
    let day: PartialDate

    init(
        _ request: SearchRequest, plan: QueryPlan, filters: FilterPlanner,
        placed: (pinned: [RecordID], hidden: [RecordID]) = ([], []), boosts: BoostTable, day: PartialDate
    ) {
        self.request = request
        self.day = day
        let isPlaced = request.usesPlacements && request.sort == .relevance
        pinned = isPlaced ? placed.pinned : []
        hidden = isPlaced ? placed.hidden : []
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
        // That records in the query's language come a little sooner is what readers expect.
        let told = request.boosts.subtracting([.language]).filter(boosts.lifts)
        if !told.isEmpty, request.sort == .relevance, plan.hasWords {
            let names = told.map(\.rawValue).sorted().joined(separator: " and ")
            notes.append(QueryNote(.boosted, "Records were lifted by \(names), as was asked for."))
        }
        self.notes = notes
    }

    /// What the reader may see, without what curators left out.
    var shown: QueryNode {
        hidden.isEmpty ? visibility : Self.filtered(.andNot(.all, Self.records(hidden)), by: visibility)
    }

    /// What the filters let through, those of one field left out.
    func filter(without field: FacetField? = nil, withHidden: Bool = false) -> QueryNode {
        var nodes: [QueryNode] = visibility == .all ? [] : [visibility]
        for entry in byField where entry.field != field || !entry.isDisjunctive { nodes.append(entry.node) }
        if !hidden.isEmpty, !withHidden { nodes.append(.andNot(.all, Self.records(hidden))) }
        return nodes.isEmpty ? .all : nodes.count == 1 ? nodes[0] : .and(nodes)
    }

    /// The records of these ids, whatever else is asked.
    static func records(_ ids: [RecordID]) -> QueryNode { .or(ids.map { .term(IndexSchema.record($0)) }) }

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
