public import SabilRecords

/// A concept of the taxonomy: its permanent identity, its labels and its relations.
public struct Concept: Sendable, Hashable, Identifiable {
    /// Local name: the last part of the URI, such as `cash-transfers`; alpha-3 code for a country.
    public let id: ConceptID
    /// Permanent number of the registry (1…); by order of URI where there is no registry.
    public let number: ConceptNumber
    public let uri: String
    /// Local name of its SKOS scheme: one of the six facets, `country`, `named-programme`, `organisation`; else `nil`.
    public let facet: String?
    /// Short code, such as `P1.2`; alpha-2 code for a country.
    public let notation: String?
    /// At most one per language, as SKOS asks (S14); text without a language tag is `undetermined`.
    public let prefLabels: [Language: String]
    /// Other names that may be shown, in file order.
    public let altLabels: [Language: [String]]
    /// Names people type that are never shown (dated or misspelt), in file order.
    public let hiddenLabels: [Language: [String]]
    /// Wider concepts one step up, sorted; both directions are filled even if the file gives one.
    public let broader: [ConceptID]
    /// Narrower concepts one step down, sorted.
    public let narrower: [ConceptID]
    /// Concepts beside it, sorted; symmetric.
    public let related: [ConceptID]
    /// What the concept covers.
    public let scopeNotes: [Language: String]
    /// Of a country: the regions it is declared to lie in, sorted; see ``ConceptScheme/regions(ofCountry:)``.
    public let regions: [ConceptID]
    /// Of a named programme: where it runs.
    public let countries: [ConceptID]
    /// Of a named programme: which concepts it is an instance of.
    public let categories: [ConceptID]
    /// Of an organisation: `international`, `research`, ….
    public let kind: String?
    /// URIs of its RDF types, sorted; `skos:Concept` is one of them.
    public let types: [String]
    /// URIs of the SKOS collections that name it as `skos:member`, and of those that name these, sorted.
    public let collections: [String]
    /// No longer to be assigned; kept because records and decisions may name it.
    public let isDeprecated: Bool
    /// What to use instead of a deprecated concept.
    public let replacedBy: ConceptID?

    public init(
        id: ConceptID, number: ConceptNumber, uri: String, facet: String? = nil, notation: String? = nil,
        prefLabels: [Language: String] = [:], altLabels: [Language: [String]] = [:],
        hiddenLabels: [Language: [String]] = [:], broader: [ConceptID] = [], narrower: [ConceptID] = [],
        related: [ConceptID] = [], scopeNotes: [Language: String] = [:], regions: [ConceptID] = [],
        countries: [ConceptID] = [], categories: [ConceptID] = [], kind: String? = nil,
        types: [String] = [Concept.skosType], collections: [String] = [], isDeprecated: Bool = false,
        replacedBy: ConceptID? = nil
    ) {
        self.id = id
        self.number = number
        self.uri = uri
        self.facet = facet
        self.notation = notation
        self.prefLabels = prefLabels
        self.altLabels = altLabels
        self.hiddenLabels = hiddenLabels
        self.broader = broader
        self.narrower = narrower
        self.related = related
        self.scopeNotes = scopeNotes
        self.regions = regions
        self.countries = countries
        self.categories = categories
        self.kind = kind
        self.types = types
        self.collections = collections
        self.isDeprecated = isDeprecated
        self.replacedBy = replacedBy
    }
}

extension Concept {
    /// The type that makes a resource a concept.
    public static let skosType = "http://www.w3.org/2004/02/skos/core#Concept"
}

/// What part a label plays.
public enum LabelKind: String, Sendable, Hashable, CaseIterable {
    /// The name to show.
    case preferred
    /// Another name that may be shown.
    case alternative
    /// A name to match and never to show.
    case hidden
}

/// One label of one concept.
public struct LabelEntry: Sendable, Hashable {
    public let concept: ConceptID
    public let language: Language
    /// As written in the file: no folding.
    public let text: String
    public let kind: LabelKind

    public init(concept: ConceptID, language: Language, text: String, kind: LabelKind) {
        self.concept = concept
        self.language = language
        self.text = text
        self.kind = kind
    }
}

/// A word or phrase that names more than one concept, declared so on purpose.
public struct AmbiguousForm: Sendable, Hashable {
    public let language: Language
    public let form: String
    /// At least two, in the order of the file: likeliest first.
    public let concepts: [ConceptID]

    public init(language: Language, form: String, concepts: [ConceptID]) {
        self.language = language
        self.form = form
        self.concepts = concepts
    }
}

/// A scheme of the taxonomy: one of the six facets, the countries, the named programmes or the organisations.
public struct Facet: Sendable, Hashable, Identifiable {
    /// Local name, such as `cross-cutting`.
    public let id: String
    public let labels: [Language: String]

    public init(id: String, labels: [Language: String]) {
        self.id = id
        self.labels = labels
    }

    /// The facets that classify resources by subject, in the order to show them.
    public static let subjects = ["programme", "operational", "theoretical", "cross-cutting"]
    public static let population = "population"
    public static let region = "region"
    public static let country = "country"
    public static let namedProgramme = "named-programme"
    public static let organisation = "organisation"
}
