import SabilRecords

/// The links between concepts as positions, made symmetric; ends on cycles.
struct ConceptLinks {
    /// Per concept: positions one step up, increasing.
    let broader: [[Int32]]
    /// Per concept: positions one step down, increasing.
    let narrower: [[Int32]]
    let related: [[Int32]]

    init(_ concepts: [Concept], positions: [ConceptID: Int]) {
        var up = [Set<Int32>](repeating: [], count: concepts.count)
        var down = up
        var beside = up
        for (position, concept) in concepts.enumerated() {
            let own = Int32(position)
            for wider in concept.broader {
                guard let other = positions[wider], other != position else { continue }
                up[position].insert(Int32(other))
                down[other].insert(own)
            }
            for finer in concept.narrower {
                guard let other = positions[finer], other != position else { continue }
                down[position].insert(Int32(other))
                up[other].insert(own)
            }
            for neighbour in concept.related {
                guard let other = positions[neighbour], other != position else { continue }
                beside[position].insert(Int32(other))
                beside[other].insert(own)
            }
        }
        broader = up.map { $0.sorted() }
        narrower = down.map { $0.sorted() }
        related = beside.map { $0.sorted() }
    }

    /// The concept with both directions of its links; links to itself and to unknown concepts are gone.
    func completing(_ concept: Concept, at position: Int, among concepts: [Concept]) -> Concept {
        func ids(_ positions: [Int32]) -> [ConceptID] { positions.map { concepts[Int($0)].id }.sorted() }
        return Concept(
            id: concept.id, number: concept.number, uri: concept.uri, facet: concept.facet,
            notation: concept.notation, prefLabels: concept.prefLabels, altLabels: concept.altLabels,
            hiddenLabels: concept.hiddenLabels, broader: ids(broader[position]), narrower: ids(narrower[position]),
            related: ids(related[position]), scopeNotes: concept.scopeNotes, regions: concept.regions,
            countries: concept.countries, categories: concept.categories, kind: concept.kind,
            types: concept.types, collections: concept.collections, isDeprecated: concept.isDeprecated,
            replacedBy: concept.replacedBy)
    }

    /// All concepts reached by one or more steps, without the start, in order of local names.
    /// - Complexity: O(concepts + reached pairs · log).
    func closure(of steps: [[Int32]], among concepts: [Concept]) -> [[Int32]] {
        let byName = concepts.indices.sorted { concepts[$0].id < concepts[$1].id }
        var rank = [Int32](repeating: 0, count: concepts.count)
        for (order, position) in byName.enumerated() { rank[position] = Int32(order) }
        var lastVisit = [Int32](repeating: -1, count: concepts.count)
        return concepts.indices.map { start in
            let own = Int32(start)
            lastVisit[start] = own
            var reached: [Int32] = []
            var open = steps[start]
            while let next = open.popLast() {
                guard lastVisit[Int(next)] != own else { continue }
                lastVisit[Int(next)] = own
                reached.append(next)
                open.append(contentsOf: steps[Int(next)])
            }
            return reached.sorted { rank[Int($0)] < rank[Int($1)] }
        }
    }

    /// Longest way up in steps, per concept; a concept on a cycle counts as if the link closing it were absent.
    func depths() -> [Int] {
        var depths = [Int](repeating: -1, count: broader.count)
        var isOpen = [Bool](repeating: false, count: broader.count)
        for start in broader.indices where depths[start] < 0 {
            var path = [start]
            isOpen[start] = true
            while let position = path.last {
                if let next = broader[position].first(where: { depths[Int($0)] < 0 && !isOpen[Int($0)] }) {
                    isOpen[Int(next)] = true
                    path.append(Int(next))
                } else {
                    let above = broader[position].map { depths[Int($0)] }.max() ?? -1
                    depths[position] = above + 1
                    isOpen[position] = false
                    path.removeLast()
                }
            }
        }
        return depths
    }
}
