/// The names a record may use: what the validator checks against. A plain value; whoever holds a taxonomy fills it.
public struct RecordVocabulary: Sendable {
    public var contentTypes: ContentTypeCatalogue
    /// ISO 3166-1 alpha-3 codes, upper case.
    public var countries: Set<String>
    /// ISO 3166-1 alpha-2 to alpha-3, upper case.
    public var alpha3ByAlpha2: [String: String]
    /// Every concept a record may carry.
    public var concepts: Set<ConceptID>
    /// Retired concepts and what takes their place.
    public var replacements: [ConceptID: ConceptID]
    /// Concepts of the facet `region`.
    public var regions: Set<ConceptID>
    /// Concepts of the facet `population`.
    public var populationGroups: Set<ConceptID>

    public init(
        contentTypes: ContentTypeCatalogue, countries: Set<String>, alpha3ByAlpha2: [String: String],
        concepts: Set<ConceptID>, regions: Set<ConceptID>, populationGroups: Set<ConceptID>,
        replacements: [ConceptID: ConceptID] = [:]
    ) {
        self.contentTypes = contentTypes
        self.countries = countries
        self.alpha3ByAlpha2 = alpha3ByAlpha2
        self.concepts = concepts
        self.regions = regions
        self.populationGroups = populationGroups
        self.replacements = replacements
    }
}
