import XapianIndex

extension QueryNode {
    /// The tree with some of its nodes exchanged.
    ///
    /// - Parameter everywhere: also in what filters and what is excluded.
    func replacing(_ nodes: [QueryNode: QueryNode], everywhere: Bool = false) -> QueryNode {
        if let other = nodes[self] { return other }
        func scored(_ node: QueryNode) -> QueryNode { node.replacing(nodes, everywhere: everywhere) }
        func silent(_ node: QueryNode) -> QueryNode { everywhere ? scored(node) : node }
        switch self {
        case .and(let parts): return .and(parts.map(scored))
        case .or(let parts): return .or(parts.map(scored))
        case .andNot(let first, let second): return .andNot(scored(first), silent(second))
        case .andMaybe(let first, let second): return .andMaybe(scored(first), scored(second))
        case .filter(let first, let second): return .filter(scored(first), silent(second))
        case .scale(let factor, let inner): return .scale(factor, scored(inner))
        default: return self
        }
    }
}

extension IndexReader {
    /// Whether any document matches.
    func matchesAny(_ node: QueryNode) throws(IndexError) -> Bool {
        var query = IndexQuery(node, limit: 1)
        query.weighting = .boolean
        query.wantData = false
        query.streamSlot = IndexSchema.Slot.wordStream
        return try !search(query).hits.isEmpty
    }
}
