import SabilSearch

/// Values of a facet in the order of a tree: each under the value above it, as far as that is among them.
enum FacetTree {
    /// - Returns: every value once, siblings in the order given, with its depth among those given.
    /// - Complexity: O(n), n = number of values.
    static func ordered(_ counts: [FacetCount]) -> [(count: FacetCount, depth: Int)] {
        let present = Set(counts.map(\.id))
        var children: [String: [FacetCount]] = [:]
        var roots: [FacetCount] = []
        for count in counts {
            if let parent = count.parent, parent != count.id, present.contains(parent) {
                children[parent, default: []].append(count)
            } else {
                roots.append(count)
            }
        }
        var ordered: [(count: FacetCount, depth: Int)] = []
        var stack = Array(roots.reversed().map { (count: $0, depth: 0) })
        while let next = stack.popLast() {
            ordered.append(next)
            stack += (children.removeValue(forKey: next.count.id) ?? []).reversed().map { ($0, next.depth + 1) }
        }
        // Values that name one another as parents have no root; they follow at the end.
        let seen = Set(ordered.map(\.count.id))
        return ordered + counts.filter { !seen.contains($0.id) }.map { ($0, 0) }
    }
}
