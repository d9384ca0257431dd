public import SabilRecords

extension RecordVocabulary {
    /// What records are checked against when this scheme and these content types are in force.
    ///
    /// Any concept of the subject facets and of the population facet may tag a record; a retired concept is read as the one
    /// that replaces it.
    /// - Complexity: O(c), c = number of concepts.
    public init(scheme: ConceptScheme, contentTypes: ContentTypeCatalogue) {
        var alpha3ByAlpha2: [String: String] = [:]
        var countries: Set<String> = []
        for country in scheme.concepts(inFacet: Facet.country) {
            countries.insert(country.id.rawValue)
            if let notation = country.notation { alpha3ByAlpha2[notation] = country.id.rawValue }
        }
        var concepts: Set<ConceptID> = []
        for facet in Facet.subjects {
            concepts.formUnion(scheme.concepts(inFacet: facet).map(\.id))
        }
        let populationGroups = Set(scheme.concepts(inFacet: Facet.population).map(\.id))
        concepts.formUnion(populationGroups)
        var replacements: [ConceptID: ConceptID] = [:]
        for concept in scheme.concepts where concept.isDeprecated {
            let current = scheme.current(concept.id)
            if current != concept.id { replacements[concept.id] = current }
        }
        self.init(
            contentTypes: contentTypes, countries: countries, alpha3ByAlpha2: alpha3ByAlpha2, concepts: concepts,
            regions: Set(scheme.concepts(inFacet: Facet.region).map(\.id)), populationGroups: populationGroups,
            replacements: replacements)
    }
}
