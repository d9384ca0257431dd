import SabilRecords
import SabilTaxonomy

/// What the tags of records bring into an index, worked out once: a record's tags are many, those of a taxonomy few.
struct TagTable: Sendable {
    /// A concept that is in force.
    struct Entry: Sendable {
        let number: ConceptNumber
        /// Its own number first, then those of all concepts above it.
        let chain: [UInt32]
        let isPopulation: Bool
    }

    /// A country: what it is, and the regions it lies in with all above them.
    struct Country: Sendable {
        let number: ConceptNumber
        let regions: [Entry]
    }

    /// Terms of one number.
    struct Terms: Sendable {
        let reaches: String
        let reachesByPerson: String
        let assigned: String
        let suggested: String

        init(_ number: ConceptNumber) {
            reaches = IndexSchema.reaches(number)
            reachesByPerson = IndexSchema.reachesByPerson(number)
            assigned = IndexSchema.assigned(number)
            suggested = IndexSchema.suggested(number)
        }
    }

    private let entries: [ConceptID: Entry]
    private let countries: [String: Country]
    /// By number; numbers are given one after the other.
    private let terms: [Terms]
    /// Numbers of the named programmes.
    private let programmes: Set<UInt32>

    init(_ taxonomy: ConceptScheme) {
        func number(_ id: ConceptID) -> UInt32? { taxonomy.concept(taxonomy.current(id))?.number.rawValue }
        func entry(_ id: ConceptID) -> Entry? {
            let id = taxonomy.current(id)
            return taxonomy.concept(id).map { concept in
                Entry(
                    number: concept.number, chain: ([id] + taxonomy.ancestors(of: id)).compactMap(number),
                    isPopulation: concept.facet == Facet.population)
            }
        }
        var entries: [ConceptID: Entry] = [:]
        var countries: [String: Country] = [:]
        for concept in taxonomy.concepts {
            entries[concept.id] = entry(concept.id)
            guard concept.facet == Facet.country else { continue }
            for code in [concept.id.rawValue, concept.notation].compactMap({ $0?.uppercased() }) {
                guard let country = taxonomy.country(code: code) else { continue }
                countries[code] = Country(
                    number: country.number, regions: taxonomy.regions(ofCountry: code).compactMap(entry))
            }
        }
        self.entries = entries
        programmes = Set(taxonomy.concepts(inFacet: Facet.namedProgramme).map(\.number.rawValue))
        self.countries = countries
        let last = min(taxonomy.concepts.last?.number.rawValue ?? 0, 1 << 16)
        terms = (0...last).map { Terms(ConceptNumber($0)) }
    }

    /// The concept that an id stands for today; `nil` when the taxonomy has none.
    subscript(id: ConceptID) -> Entry? { entries[id] }

    /// The country of a code in capitals.
    subscript(country code: String) -> Country? { countries[code] }

    /// Whether the number is that of a named programme.
    func isProgramme(_ number: UInt32) -> Bool { programmes.contains(number) }

    /// The terms of the number of a concept.
    func terms(_ number: UInt32) -> Terms {
        Int(number) < terms.count ? terms[Int(number)] : Terms(ConceptNumber(number))
    }
}
