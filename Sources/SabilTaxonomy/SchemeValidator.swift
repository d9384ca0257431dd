public import SabilRecords

/// Looks for defects of a taxonomy; changes nothing.
///
/// After qSKOS and Skosify, as far as their checks bear on search and classification, and with our own on registry,
/// regions and ambiguous forms. Broken Turtle or tables throw; defects of content are findings.
public struct SchemeValidator: Sendable {
    /// Languages in which the concepts of `translatedFacets` must have a preferred label.
    public var requiredLanguages: [Language]
    /// Facets whose concepts need a label in every required language; elsewhere one label is enough.
    public var translatedFacets: Set<String>

    public init(
        requiredLanguages: [Language] = Language.known,
        translatedFacets: Set<String> = Set(Facet.subjects + [Facet.population, Facet.region, Facet.country])
    ) {
        self.requiredLanguages = requiredLanguages
        self.translatedFacets = translatedFacets
    }

    /// Checks a taxonomy directory with its registry, its ambiguous forms and its word list.
    ///
    /// - Returns: errors first, then warnings; by file and line. Empty if there is nothing to mend.
    /// - Complexity: O(concepts + links + labels), with sorting.
    public func findings(directory: String) throws(TaxonomyError) -> [SchemeFinding] {
        let files = try TaxonomyFiles(directory: directory)
        return findings(
            in: try files.graph(), registry: try files.registry(), ambiguous: try files.ambiguousRows(),
            equivalents: try files.equivalents())
    }

    /// Checks one Turtle file, without a registry.
    public func findings(turtle path: String) throws(TaxonomyError) -> [SchemeFinding] {
        let file = try TaxonomyFiles.read(path)
        var graph = SKOSGraph()
        try graph.read(turtle: file.bytes, file: path)
        return findings(in: graph, registry: nil, ambiguous: [])
    }

    func findings(
        in graph: SKOSGraph, registry: ConceptRegistry?, ambiguous: [AmbiguousRow],
        equivalents: [WordEquivalents] = []
    ) -> [SchemeFinding] {
        let ids = SchemeBuilder.ids(of: graph, keepingClashes: registry != nil)
        var found = LinkChecks(graph: graph, ids: ids).findings()
        found += LabelChecks(
            graph: graph, ids: ids, ambiguous: ambiguous, requiredLanguages: requiredLanguages,
            translatedFacets: translatedFacets
        ).findings()
        found += IdentityChecks(graph: graph, ids: ids, registry: registry, ambiguous: ambiguous).findings()
        found += WordEquivalents.findings(in: equivalents)
        return found.enumerated().sorted { lhs, rhs in
            (lhs.element.severity, lhs.element.place?.file ?? "", lhs.element.place?.line ?? 0, lhs.offset)
                < (rhs.element.severity, rhs.element.place?.file ?? "", rhs.element.place?.line ?? 0, rhs.offset)
        }.map(\.element)
    }
}

extension SKOSGraph.Node {
    /// Local name of the scheme the concept is in.
    var facet: String? {
        (targets(.inScheme).first ?? targets(.topConceptOf).first).map(SKOSGraph.localName)
    }
}
