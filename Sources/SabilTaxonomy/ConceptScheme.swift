public import SabilRecords

/// The whole taxonomy: all schemes together, immutable and cheap to copy.
///
/// Every answer that is a list has a fixed order. Asking for an unknown concept gives `nil` or an empty list.
public struct ConceptScheme: Sendable {
    private let graph: ConceptGraph

    /// Builds a scheme from concepts made in memory (tests, other formats).
    ///
    /// Missing halves of `broader`/`narrower` and `related` are filled in; links to unknown concepts are dropped.
    /// - Throws: `identity` when two concepts share a local name, URI or number.
    public init(
        concepts: [Concept], facets: [Facet] = [], ambiguousForms: [AmbiguousForm] = [],
        equivalents: [WordEquivalents] = [], version: String = "in-memory"
    ) throws(TaxonomyError) {
        graph = try ConceptGraph(
            concepts: concepts, facets: facets, ambiguousForms: ambiguousForms, equivalents: equivalents,
            version: version, foreignLabels: [:])
    }

    init(graph: ConceptGraph) { self.graph = graph }

    /// Digest of the files the scheme was read from; changes when any byte of them changes.
    public var version: String { graph.version }
    /// All concepts of all facets, sorted by number; deprecated ones included.
    public var concepts: [Concept] { graph.concepts }
    /// The schemes in the order of `Facet.subjects`, then population, region, country, …, then any other by name.
    public var facets: [Facet] { graph.facets }
    /// Words that name more than one concept, in file order.
    public var ambiguousForms: [AmbiguousForm] { graph.ambiguousForms }
    /// Everyday words of the field that no concept is named by, and what they are called in other languages, in file order.
    public var equivalents: [WordEquivalents] { graph.equivalents }
    /// Labels that were left out because their language has no chain here: language tag → count.
    public var foreignLabels: [String: Int] { graph.foreignLabels }

    /// Every label: by concept number, then language, then preferred, alternative, hidden.
    ///
    /// A label whose language is `undetermined` is a proper name and counts in every language.
    /// Labels of a deprecated concept stand as hidden labels of the one that replaced it, or are left out.
    public var labels: [LabelEntry] { graph.labels }

    // MARK: Looking up

    public func concept(_ id: ConceptID) -> Concept? { graph.index(id).map { graph.concepts[$0] } }
    public func concept(number: ConceptNumber) -> Concept? { graph.byNumber[number].map { graph.concepts[$0] } }
    public func concept(uri: String) -> Concept? { graph.byURI[uri].map { graph.concepts[$0] } }
    /// The concept with this code; codes are compared as they are written.
    public func concept(notation: String) -> Concept? { graph.byNotation[notation].map { graph.concepts[$0] } }

    /// The concepts of a facet, sorted by number; deprecated ones left out.
    public func concepts(inFacet facet: String) -> [Concept] {
        graph.concepts.filter { $0.facet == facet && !$0.isDeprecated }
    }

    /// The concepts of a facet that have nothing broader, sorted by number; deprecated ones left out.
    public func topConcepts(ofFacet facet: String) -> [Concept] {
        concepts(inFacet: facet).filter { $0.broader.isEmpty }
    }

    /// Local name of the facet (scheme) of a concept.
    public func facet(of id: ConceptID) -> String? { concept(id)?.facet }

    /// The name to show: in the language asked for, else English, else one without a language, else any, else the
    /// local name.
    public func label(_ id: ConceptID, in language: Language) -> String {
        guard let labels = concept(id)?.prefLabels else { return id.rawValue }
        if let own = labels[language] ?? labels[.english] ?? labels[.undetermined] { return own }
        for other in Language.allCases {
            if let label = labels[other] { return label }
        }
        return id.rawValue
    }

    /// The concept to use today: follows `replacedBy` until a concept that is not replaced.
    public func current(_ id: ConceptID) -> ConceptID { graph.current(id) }

    // MARK: Walking

    /// All wider concepts, without the concept itself, sorted by local name. Ends on cycles too.
    /// - Complexity: O(number of ancestors); they are worked out once when the scheme is built.
    public func ancestors(of id: ConceptID) -> [ConceptID] { graph.walk(graph.ancestors, from: id) }

    /// All narrower concepts, without the concept itself, sorted by local name. Ends on cycles too.
    /// - Complexity: O(number of descendants); they are worked out once when the scheme is built.
    public func descendants(of id: ConceptID) -> [ConceptID] { graph.walk(graph.descendants, from: id) }

    /// The longest way up to a concept with nothing broader, in steps (0 for a top concept).
    public func depth(of id: ConceptID) -> Int { graph.index(id).map { graph.depths[$0] } ?? 0 }

    // MARK: Countries

    /// The country named by an ISO 3166-1 code of two or three letters, in either case.
    public func country(code: String) -> Concept? {
        let code = code.uppercased()
        return graph.countryByCode[code].map { graph.concepts[$0] }
    }

    /// The regions a country lies in with all regions above them, sorted by local name.
    public func regions(ofCountry alpha3: String) -> [ConceptID] {
        guard let country = country(code: alpha3) else { return [] }
        var found = Set(country.regions)
        for region in country.regions { found.formUnion(ancestors(of: region)) }
        return found.sorted()
    }

    /// The countries that lie in a region or in one below it, sorted by local name (alpha-3).
    public func countries(inRegion region: ConceptID) -> [ConceptID] { graph.countriesByRegion[region] ?? [] }
}
