import SabilRecords

/// The checks on how concepts hang together.
struct LinkChecks {
    private let graph: SKOSGraph
    private let ids: [String: ConceptID]
    private let concepts: [SKOSGraph.Node]
    private let position: [String: Int]
    /// Per concept: positions one step up, from `broader` and from others' `narrower`, without repeats.
    private let broader: [[Int]]

    init(graph: SKOSGraph, ids: [String: ConceptID]) {
        self.graph = graph
        self.ids = ids
        let concepts = graph.concepts
        self.concepts = concepts
        let position = Dictionary(uniqueKeysWithValues: concepts.enumerated().map { ($1.uri, $0) })
        self.position = position
        var up = concepts.map { $0.targets(.broader).compactMap { position[$0] } }
        for (wider, concept) in concepts.enumerated() {
            for finer in concept.targets(.narrower).compactMap({ position[$0] }) where !up[finer].contains(wider) {
                up[finer].append(wider)
            }
        }
        broader = up
    }

    func findings() -> [SchemeFinding] {
        var found = cycles()
        let ancestors = ancestors()
        for (index, concept) in concepts.enumerated() {
            found += belonging(of: concept)
            for link in concept.links where SKOSTerm.conceptLinks.contains(link.kind) {
                guard let target = position[link.target] else {
                    found.append(unknown(link, of: concept))
                    continue
                }
                found += check(link, from: index, to: target, ancestors: ancestors)
            }
            if concept.facet == Facet.country, concept.targets(.region).isEmpty {
                found.append(
                    finding(
                        .warning, .undeclaredRegion, concept, at: concept.place, "\(name(concept)) lies in no region",
                        "add sabil:region with a concept of the facet region"))
            }
            if concept.isDeprecated, concept.targets(.replacedBy).isEmpty {
                found.append(
                    finding(
                        .warning, .deprecated, concept, at: concept.place,
                        "\(name(concept)) is deprecated and nothing stands in its place",
                        "add dct:isReplacedBy, or accept that records tagged with it are found no more by its names"))
            }
        }
        return found
    }

    private func belonging(of concept: SKOSGraph.Node) -> [SchemeFinding] {
        let schemes = concept.links.filter { $0.kind == .inScheme || $0.kind == .topConceptOf }
        guard !schemes.isEmpty else {
            return [
                finding(
                    .error, .orphan, concept, at: concept.place, "\(name(concept)) belongs to no scheme",
                    "add skos:inScheme")
            ]
        }
        return schemes.filter { graph.node($0.target)?.isScheme != true }.map { link in
            finding(
                .error, .orphan, concept, at: link.place,
                "\(name(concept)) names <\(link.target)>, which is not declared as a skos:ConceptScheme",
                "declare it, or mend the name")
        }
    }

    private func unknown(_ link: SKOSGraph.Link, of concept: SKOSGraph.Node) -> SchemeFinding {
        finding(
            .error, link.kind == .region ? .undeclaredRegion : .unknownTarget, concept, at: link.place,
            "\(name(concept)) has \(link.kind.shortName) <\(link.target)>, which is no concept of these files",
            "mend the name, or write a block for it")
    }

    private func check(
        _ link: SKOSGraph.Link, from index: Int, to target: Int, ancestors: [Set<Int>]
    ) -> [SchemeFinding] {
        let concept = concepts[index]
        let other = concepts[target]
        var found: [SchemeFinding] = []
        func add(_ severity: SchemeFinding.Severity, _ rule: SchemeFinding.Rule, _ message: String, _ remedy: String) {
            found.append(finding(severity, rule, concept, at: link.place, message, remedy))
        }
        switch link.kind {
        case .broader, .narrower:
            let back: SKOSTerm = link.kind == .broader ? .narrower : .broader
            if !other.targets(back).contains(concept.uri) {
                add(
                    .warning, .oneWayLink,
                    "\(name(concept)) has \(link.kind.shortName) \(name(other)), which does not answer with "
                        + back.shortName, "add \(back.shortName) \(name(concept)) to \(name(other))")
            }
            if let own = concept.facet, let theirs = other.facet, own != theirs {
                add(
                    .error, .crossFacet,
                    "\(name(concept)) of \(own) has \(link.kind.shortName) \(name(other)) of \(theirs)",
                    "use skos:related between facets")
            }
        case .related:
            if index == target || ancestors[index].contains(target) || ancestors[target].contains(index) {
                add(
                    .error, .relatedIsBroader,
                    "\(name(concept)) is related to \(name(other)), "
                        + (index == target ? "itself" : "which is wider or narrower than it"),
                    "remove skos:related")
            } else if !other.targets(.related).contains(concept.uri) {
                add(
                    .warning, .oneWayLink, "\(name(concept)) is related to \(name(other)), but not the other way round",
                    "add skos:related \(name(concept)) to \(name(other))")
            }
        case .region where other.facet != Facet.region:
            add(
                .error, .undeclaredRegion, "\(name(concept)) lies in \(name(other)), which is not a region",
                "name a concept of the facet region")
        case .country where other.facet != Facet.country:
            add(
                .error, .unknownTarget, "\(name(concept)) runs in \(name(other)), which is not a country",
                "name a country by its alpha-3 code")
        default: break
        }
        if other.isDeprecated, !concept.isDeprecated {
            add(
                .warning, .deprecated,
                "\(name(concept)) has \(link.kind.shortName) \(name(other)), which is deprecated",
                "link to what replaced it")
        }
        return found
    }

    /// Every cycle that a walk upward meets, once each.
    private func cycles() -> [SchemeFinding] {
        enum Visit { case fresh, open, done }
        var visits = [Visit](repeating: .fresh, count: concepts.count)
        var found: [SchemeFinding] = []
        for start in concepts.indices where visits[start] == .fresh {
            var path = [start]
            var nextStep = [0]
            visits[start] = .open
            while let current = path.last, let step = nextStep.last {
                guard step < broader[current].count else {
                    visits[current] = .done
                    path.removeLast()
                    nextStep.removeLast()
                    continue
                }
                nextStep[nextStep.count - 1] += 1
                let wider = broader[current][step]
                switch visits[wider] {
                case .fresh:
                    visits[wider] = .open
                    path.append(wider)
                    nextStep.append(0)
                case .open:
                    if let first = path.firstIndex(of: wider) { found.append(cycle(Array(path[first...]))) }
                case .done: break
                }
            }
        }
        return found
    }

    private func cycle(_ path: [Int]) -> SchemeFinding {
        let first = path.indices.min { name(concepts[path[$0]]) < name(concepts[path[$1]]) } ?? 0
        let turned = Array(path[first...] + path[..<first])
        let start = concepts[turned[0]]
        let place = start.links.first { $0.kind == .broader }?.place ?? start.place
        let way = (turned + [turned[0]]).map { name(concepts[$0]) }.joined(separator: " → ")
        return finding(
            .error, .cycle, start, at: place, "skos:broader goes round: \(way)", "remove the link that is wrong")
    }

    private func ancestors() -> [Set<Int>] {
        concepts.indices.map { start in
            var reached: Set<Int> = []
            var open = broader[start]
            while let next = open.popLast() {
                if reached.insert(next).inserted { open += broader[next] }
            }
            return reached
        }
    }

    private func name(_ node: SKOSGraph.Node) -> String { ids[node.uri]?.rawValue ?? node.uri }

    private func finding(
        _ severity: SchemeFinding.Severity, _ rule: SchemeFinding.Rule, _ concept: SKOSGraph.Node,
        at place: SourcePlace, _ message: String, _ remedy: String
    ) -> SchemeFinding {
        SchemeFinding(
            severity: severity, rule: rule, concept: ids[concept.uri], place: place, message: message, remedy: remedy)
    }
}
