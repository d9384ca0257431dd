import SabilRecords

/// What a ``ConceptScheme`` stands on: the concepts with every look-up worked out once.
final class ConceptGraph: Sendable {
    let concepts: [Concept]
    let facets: [Facet]
    let ambiguousForms: [AmbiguousForm]
    let equivalents: [WordEquivalents]
    let version: String
    let foreignLabels: [String: Int]
    let labels: [LabelEntry]
    let byNumber: [ConceptNumber: Int]
    let byURI: [String: Int]
    let byNotation: [String: Int]
    let countryByCode: [String: Int]
    let countriesByRegion: [ConceptID: [ConceptID]]
    /// Per concept: positions of all wider concepts, in order of their local names.
    let ancestors: [[Int32]]
    /// Per concept: positions of all narrower concepts, in order of their local names.
    let descendants: [[Int32]]
    let depths: [Int]
    private let byID: [ConceptID: Int]

    init(
        concepts unsorted: [Concept], facets: [Facet], ambiguousForms: [AmbiguousForm],
        equivalents: [WordEquivalents], version: String, foreignLabels: [String: Int]
    ) throws(TaxonomyError) {
        let sorted = unsorted.sorted { ($0.number, $0.id) < ($1.number, $1.id) }
        let byID = try Self.positions(of: sorted, by: \.id, called: "local name")
        self.byID = byID
        byNumber = try Self.positions(of: sorted, by: \.number, called: "number")
        byURI = try Self.positions(of: sorted, by: \.uri, called: "URI")
        let links = ConceptLinks(sorted, positions: byID)
        let concepts = sorted.indices.map { links.completing(sorted[$0], at: $0, among: sorted) }
        self.concepts = concepts
        ancestors = links.closure(of: links.broader, among: sorted)
        descendants = links.closure(of: links.narrower, among: sorted)
        depths = links.depths()

        var byNotation: [String: Int] = [:]
        var countryByCode: [String: Int] = [:]
        for (position, concept) in concepts.enumerated() {
            if let notation = concept.notation, byNotation[notation] == nil { byNotation[notation] = position }
            guard concept.facet == Facet.country else { continue }
            countryByCode[concept.id.rawValue.uppercased()] = position
            if let alpha2 = concept.notation { countryByCode[alpha2.uppercased()] = position }
        }
        self.byNotation = byNotation
        self.countryByCode = countryByCode
        countriesByRegion = Self.countries(of: concepts, byID: byID, ancestors: ancestors)
        self.facets = facets.sorted { (Self.rank($0.id), $0.id) < (Self.rank($1.id), $1.id) }
        self.ambiguousForms = ambiguousForms
        self.equivalents = equivalents
        self.version = version
        self.foreignLabels = foreignLabels
        labels = Self.labelEntries(of: concepts, byID: byID)
    }

    func index(_ id: ConceptID) -> Int? { byID[id] }

    func walk(_ closure: [[Int32]], from id: ConceptID) -> [ConceptID] {
        guard let position = byID[id] else { return [] }
        return closure[position].map { concepts[Int($0)].id }
    }

    func current(_ id: ConceptID) -> ConceptID { Self.current(id, among: concepts, byID: byID) }

    private static func current(
        _ id: ConceptID, among concepts: [Concept], byID: [ConceptID: Int]
    ) -> ConceptID {
        var seen: Set<ConceptID> = [id]
        var current = id
        while let position = byID[current], let next = concepts[position].replacedBy, seen.insert(next).inserted {
            current = next
        }
        return current
    }

    private static func positions<Key: Hashable>(
        of concepts: [Concept], by key: KeyPath<Concept, Key>, called name: String
    ) throws(TaxonomyError) -> [Key: Int] {
        var positions: [Key: Int] = [:]
        positions.reserveCapacity(concepts.count)
        for (position, concept) in concepts.enumerated() {
            let value = concept[keyPath: key]
            if let other = positions.updateValue(position, forKey: value) {
                throw TaxonomyError(
                    code: .identity, operation: "building the concept scheme",
                    message: "\(concepts[other].uri) and \(concept.uri) have the same \(name) \(value); give one of "
                        + "them another.")
            }
        }
        return positions
    }

    private static func rank(_ facet: String) -> Int {
        let known =
            Facet.subjects + [
                Facet.population, Facet.region, Facet.country, Facet.namedProgramme, Facet.organisation,
            ]
        return known.firstIndex(of: facet) ?? known.count
    }

    private static func countries(
        of concepts: [Concept], byID: [ConceptID: Int], ancestors: [[Int32]]
    ) -> [ConceptID: [ConceptID]] {
        var countries: [ConceptID: Set<ConceptID>] = [:]
        for concept in concepts where concept.facet == Facet.country {
            for region in concept.regions {
                countries[region, default: []].insert(concept.id)
                guard let position = byID[region] else { continue }
                for wider in ancestors[position] {
                    countries[concepts[Int(wider)].id, default: []].insert(concept.id)
                }
            }
        }
        return countries.mapValues { $0.sorted() }
    }

    private static func labelEntries(of concepts: [Concept], byID: [ConceptID: Int]) -> [LabelEntry] {
        var entries: [LabelEntry] = []
        for concept in concepts {
            let target = current(concept.id, among: concepts, byID: byID)
            if concept.isDeprecated, target == concept.id { continue }
            for language in Language.allCases {
                func add(_ texts: [String], _ kind: LabelKind) {
                    for text in texts {
                        entries.append(
                            LabelEntry(
                                concept: target, language: language, text: text,
                                kind: concept.isDeprecated ? .hidden : kind))
                    }
                }
                if let label = concept.prefLabels[language] { add([label], .preferred) }
                add(concept.altLabels[language] ?? [], .alternative)
                add(concept.hiddenLabels[language] ?? [], .hidden)
            }
        }
        return entries
    }
}
