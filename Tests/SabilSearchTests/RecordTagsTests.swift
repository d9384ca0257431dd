import SabilRecords
import SabilTaxonomy
import Testing
import XapianIndex

@testable import SabilSearch

/// The table of tags against the taxonomy itself, asked anew for each tag.
@Suite struct RecordTagsTests {
    private let taxonomy = SearchFixture.taxonomy
    private let table = TagTable(SearchFixture.taxonomy)

    private func expectSame(_ record: ResourceRecord, _ place: String) {
        var expected = IndexDocument(uniqueTerm: "Q")
        var unknown = 0
        addTags(of: record, to: &expected, unknown: &unknown)
        var document = IndexDocument(uniqueTerm: "Q")
        let found = RecordTags(record, table)
        found.write(to: &document)
        #expect(document == expected, "\(place)")
        #expect(found.unknown == unknown, "\(place)")
    }

    @Test func `records of the fixtures bring what the taxonomy says`() {
        for record in SearchFixture.records { expectSame(record, record.id.rawValue) }
    }

    @Test func `random tags of any facet and source do, also unknown, retired and repeated ones`() {
        let seed: UInt64 = 21
        var random = SeededGenerator(seed: seed)
        let ids = taxonomy.concepts.map(\.id) + [ConceptID("no-such-thing"), ConceptID("")]
        let codes = taxonomy.concepts(inFacet: Facet.country).map(\.id.rawValue) + ["EG", "egy", "XXX"]
        for round in 0..<400 {
            func some<Name>(_ names: [Name]) -> [Name] {
                (0..<random.nextIndex(below: 6)).map { _ in names[random.nextIndex(below: names.count)] }
            }
            let sources = LabelSource.allCases
            var record = ResourceRecord(id: RecordID("a"), type: "news", title: "t")
            record.concepts = some(ids).map { ConceptTag($0, source: sources[random.nextIndex(below: sources.count)]) }
            if let again = record.concepts.first { record.concepts.append(ConceptTag(again.concept, source: .machine)) }
            record.populationGroups = some(ids)
            record.regions = Set(some(ids)).sorted()
            record.countries = Set(some(codes)).sorted()
            expectSame(record, "seed \(seed), round \(round)")
        }
    }

    // MARK: The obvious way

    private func number(_ id: ConceptID) -> ConceptNumber? { taxonomy.concept(taxonomy.current(id))?.number }

    private func withAncestors(_ id: ConceptID) -> [ConceptID] {
        [taxonomy.current(id)] + taxonomy.ancestors(of: taxonomy.current(id))
    }

    private func addTags(of record: ResourceRecord, to document: inout IndexDocument, unknown: inout Int) {
        typealias Slot = IndexSchema.Slot
        var reached = ReachedTags()
        var subjects: Set<UInt32> = []
        var subjectsByPerson: Set<UInt32> = []
        var populations: Set<UInt32> = []
        var regions: Set<UInt32> = []
        var countries: Set<UInt32> = []
        var sources: Set<LabelSource> = []

        let tagged = record.concepts + record.populationGroups.map { ConceptTag($0) }
        let byPerson = Set(tagged.filter(\.source.isByPerson).map { taxonomy.current($0.concept) })
        for tag in tagged {
            let id = taxonomy.current(tag.concept)
            guard let concept = taxonomy.concept(id) else {
                unknown += 1
                continue
            }
            let isByPerson = tag.source.isByPerson
            // A machine's tag beside a person's one says nothing more.
            if !isByPerson && byPerson.contains(id) { continue }
            document.addBooleanTerm(
                isByPerson ? IndexSchema.assigned(concept.number) : IndexSchema.suggested(concept.number))
            reached.add(withAncestors(id).compactMap(number), byPerson: isByPerson)
            let numbers = withAncestors(id).compactMap { number($0)?.rawValue }
            if concept.facet == Facet.population {
                populations.formUnion(numbers)
            } else {
                subjects.formUnion(numbers)
                if isByPerson { subjectsByPerson.formUnion(numbers) }
            }
        }
        for tag in record.concepts { sources.insert(tag.source) }

        var regionIDs = record.regions
        for code in record.countries {
            guard let country = taxonomy.country(code: code) else {
                unknown += 1
                continue
            }
            countries.insert(country.number.rawValue)
            reached.add([country.number], byPerson: true)
            regionIDs += taxonomy.regions(ofCountry: code)
        }
        for id in Set(regionIDs).sorted() {
            guard number(id) != nil else {
                unknown += 1
                continue
            }
            let numbers = withAncestors(id).compactMap(number)
            regions.formUnion(numbers.map(\.rawValue))
            reached.add(numbers, byPerson: true)
        }

        reached.write(to: &document)
        document.setList(slot: Slot.concepts, subjects)
        document.setList(slot: Slot.conceptsByPerson, subjectsByPerson)
        document.setList(slot: Slot.populations, populations)
        document.setList(slot: Slot.regions, regions)
        document.setList(slot: Slot.countries, countries)
        document.setList(slot: Slot.labelSources, sources.map(IndexSchema.labelSourceNumber))
        for source in sources.sorted(by: { $0.rawValue < $1.rawValue }) {
            document.addBooleanTerm(IndexSchema.labelSource(source))
        }
    }
}

/// The concepts a record reaches, with what each term shall count: a person's own tag twice, all others once.
private struct ReachedTags {
    private var all: Set<ConceptNumber> = []
    private var byPerson: Set<ConceptNumber> = []
    private var ownByPerson: Set<ConceptNumber> = []

    /// - Parameter chain: the concept first, then all above it.
    mutating func add(_ chain: [ConceptNumber], byPerson isByPerson: Bool) {
        all.formUnion(chain)
        guard isByPerson else { return }
        byPerson.formUnion(chain)
        if let own = chain.first { ownByPerson.insert(own) }
    }

    func write(to document: inout IndexDocument) {
        for number in all.sorted() { document.addTerm(IndexSchema.reaches(number)) }
        for number in byPerson.sorted() {
            document.addTerm(IndexSchema.reachesByPerson(number), wdf: ownByPerson.contains(number) ? 1 : 0)
        }
    }
}
