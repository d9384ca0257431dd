import SabilRecords

/// Turns what the files say into a ``ConceptScheme``. Defects of content are left to ``SchemeValidator``: a link to
/// nowhere is dropped, a second preferred label of a language becomes an alternative one.
struct SchemeBuilder {
    private let graph: SKOSGraph
    private let registry: ConceptRegistry?
    private let ids: [String: ConceptID]
    private let collections: [String: Set<String>]
    private var foreignLabels: [String: Int] = [:]

    /// - Parameter registry: source of the numbers; without one they follow the order of URIs.
    init(graph: SKOSGraph, registry: ConceptRegistry?) {
        self.graph = graph
        self.registry = registry
        ids = Self.ids(of: graph, keepingClashes: registry != nil)
        collections = Self.collections(of: graph)
    }

    /// Local names; where two URIs share one and no registry watches over names, those keep their whole URI.
    static func ids(of graph: SKOSGraph, keepingClashes: Bool) -> [String: ConceptID] {
        var owners: [String: Int] = [:]
        let concepts = graph.concepts
        for concept in concepts { owners[SKOSGraph.localName(of: concept.uri), default: 0] += 1 }
        var ids: [String: ConceptID] = [:]
        for concept in concepts {
            let name = SKOSGraph.localName(of: concept.uri)
            ids[concept.uri] = ConceptID(keepingClashes || owners[name] == 1 ? name : concept.uri)
        }
        return ids
    }

    /// The collections of each member, with those that have these as members.
    private static func collections(of graph: SKOSGraph) -> [String: Set<String>] {
        var own: [String: Set<String>] = [:]
        for node in graph.nodes { for member in node.targets(.member) { own[member, default: []].insert(node.uri) } }
        return own.mapValues { direct in
            var found = direct
            var open = direct
            while !open.isEmpty {
                open = Set(open.flatMap { own[$0] ?? [] }).subtracting(found)
                found.formUnion(open)
            }
            return found
        }
    }

    mutating func scheme(
        ambiguous: [AmbiguousRow], equivalents: [WordEquivalents] = [], version: String
    ) throws(TaxonomyError) -> ConceptScheme {
        var concepts: [Concept] = []
        for (position, node) in graph.concepts.sorted(by: { $0.uri < $1.uri }).enumerated() {
            concepts.append(concept(node, number: try number(of: node, position: position)))
        }
        let known = Set(concepts.map(\.id))
        let forms = ambiguous.map {
            AmbiguousForm(language: $0.language, form: $0.form, concepts: $0.concepts.filter(known.contains))
        }
        let facets = graph.schemes.map { node in
            Facet(id: SKOSGraph.localName(of: node.uri), labels: preferred(node).mapValues { $0.first ?? "" })
        }
        let conceptGraph = try ConceptGraph(
            concepts: concepts, facets: facets, ambiguousForms: forms.filter { $0.concepts.count > 1 },
            equivalents: equivalents, version: version, foreignLabels: foreignLabels)
        return ConceptScheme(graph: conceptGraph)
    }

    private func number(of node: SKOSGraph.Node, position: Int) throws(TaxonomyError) -> ConceptNumber {
        guard let registry else { return ConceptNumber(UInt32(position + 1)) }
        guard let entry = registry.entry(uri: node.uri) else {
            throw TaxonomyError(
                code: .registry, operation: "numbering concepts", file: node.place.file, line: node.place.line,
                message: "\(node.uri) has no row in registry.tsv; append one with the next free number.")
        }
        return entry.number
    }

    private mutating func concept(_ node: SKOSGraph.Node, number: ConceptNumber) -> Concept {
        let preferred = preferred(node)
        var alternative = texts(node, .altLabel)
        for (language, labels) in preferred where labels.count > 1 {
            alternative[language] = Array(labels.dropFirst()) + (alternative[language] ?? [])
        }
        for text in node.texts where text.kind != .scopeNote && language(text) == nil {
            foreignLabels[text.language, default: 0] += 1
        }
        return Concept(
            id: id(node.uri), number: number, uri: node.uri, facet: facet(of: node),
            notation: node.values(.notation).first, prefLabels: preferred.compactMapValues(\.first),
            altLabels: alternative, hiddenLabels: texts(node, .hiddenLabel),
            broader: links(node, .broader), narrower: links(node, .narrower), related: links(node, .related),
            scopeNotes: texts(node, .scopeNote).compactMapValues(\.first), regions: links(node, .region),
            countries: links(node, .country), categories: links(node, .category), kind: node.values(.kind).first,
            types: Set(node.types).sorted(), collections: (collections[node.uri] ?? []).sorted(),
            isDeprecated: node.isDeprecated, replacedBy: links(node, .replacedBy).first)
    }

    private func id(_ uri: String) -> ConceptID { ids[uri] ?? ConceptID(SKOSGraph.localName(of: uri)) }

    private func facet(of node: SKOSGraph.Node) -> String? {
        (node.targets(.inScheme).first ?? node.targets(.topConceptOf).first).map(SKOSGraph.localName)
    }

    private func links(_ node: SKOSGraph.Node, _ kind: SKOSTerm) -> [ConceptID] {
        var seen: Set<ConceptID> = []
        return node.targets(kind).compactMap { ids[$0] }.filter { seen.insert($0).inserted }.sorted()
    }

    private func preferred(_ node: SKOSGraph.Node) -> [Language: [String]] { texts(node, .prefLabel) }

    private func texts(_ node: SKOSGraph.Node, _ kind: SKOSTerm) -> [Language: [String]] {
        var texts: [Language: [String]] = [:]
        for text in node.texts where text.kind == kind {
            guard let language = language(text), texts[language]?.contains(text.text) != true else { continue }
            texts[language, default: []].append(text.text)
        }
        return texts
    }

    private func language(_ text: SKOSGraph.Text) -> Language? {
        text.language.isEmpty ? .undetermined : Language(bcp47: text.language)
    }
}
