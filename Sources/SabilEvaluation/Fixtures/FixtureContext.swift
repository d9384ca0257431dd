public import SabilRecords

/// What the checks must know besides the fixtures: the taxonomy's names.
public struct FixtureContext: Sendable {
    /// A programme that has a name of its own, with every form of it.
    public struct NamedProgramme: Sendable, Hashable {
        public let id: String
        public let names: [String]
        /// Where it runs, alpha-3; empty when that is not said.
        public let countries: [String]

        public init(id: String, names: [String], countries: [String]) {
            self.id = id
            self.names = names
            self.countries = countries
        }
    }

    /// A facet with its concepts.
    public struct Facet: Sendable, Hashable {
        /// Where a record carries the concepts of a facet.
        public enum Place: Sendable, Hashable {
            case concepts
            case populationGroups
            case regions
        }

        public let id: String
        public let place: Place
        public let concepts: [ConceptID]

        public init(id: String, place: Place, concepts: [ConceptID]) {
            self.id = id
            self.place = place
            self.concepts = concepts
        }
    }

    /// Against which records are validated.
    public let vocabulary: RecordVocabulary
    /// The six facets.
    public let facets: [Facet]
    public let programmes: [NamedProgramme]

    public init(vocabulary: RecordVocabulary, facets: [Facet], programmes: [NamedProgramme]) {
        self.vocabulary = vocabulary
        self.facets = facets
        self.programmes = programmes
    }

    /// The concepts of the four subject facets: those that classification learns.
    var subjects: Set<ConceptID> {
        Set(facets.filter { $0.place == .concepts }.flatMap(\.concepts))
    }
}
