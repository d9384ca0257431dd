import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch

/// Facets against a count by hand.
@Suite struct FacetTests {
    /// The ids of a field's values that a filter by them finds the record by, without the engine.
    static func values(_ field: FacetField, _ record: ResourceRecord) -> Set<String> {
        let taxonomy = SearchFixture.taxonomy
        func up(_ ids: [ConceptID]) -> Set<String> {
            Set(ids.flatMap { [taxonomy.current($0)] + taxonomy.ancestors(of: taxonomy.current($0)) }.map(\.rawValue))
        }
        func isPopulation(_ tag: ConceptTag) -> Bool {
            taxonomy.facet(of: taxonomy.current(tag.concept)) == Facet.population
        }
        switch field {
        case .type: return [record.type]
        case .pillar: return Set([SearchFixture.contentTypes.pillar(ofType: record.type)?.id].compactMap(\.self))
        case .language: return [record.language.rawValue]
        case .concept: return up(record.concepts.filter { !isPopulation($0) }.map(\.concept))
        case .country: return Set(record.countries)
        case .region:
            return up(record.regions).union(
                record.countries.flatMap { taxonomy.regions(ofCountry: $0) }.map(\.rawValue))
        case .population: return up(record.populationGroups + record.concepts.filter(isPopulation).map(\.concept))
        case .year: return Set([record.date.map { String($0.year) }].compactMap(\.self))
        case .documentType: return Set([record.documentType].compactMap(\.self))
        case .labelSource: return Set(record.concepts.map(\.source.rawValue))
        case .organisation, .series, .programme: return []
        }
    }

    static let fields = FacetField.allCases.filter { ![.organisation, .series, .programme].contains($0) }

    static func matches(_ record: ResourceRecord, _ filters: [Filter], without field: FacetField? = nil) -> Bool {
        filters.allSatisfy { filter in
            if filter.field == field && filter.mode == .any { return true }
            let values = values(filter.field, record)
            return filter.mode == .any
                ? filter.values.contains(where: values.contains) : filter.values.allSatisfy(values.contains)
        }
    }

    @Test func `counts are those of a count by hand, for random filters`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let records = SearchFixture.records
        try await SearchFixture.withService(records) { service in
            for round in 0..<60 {
                var filters: [Filter] = []
                for field in Self.fields.shuffled(using: &generator).prefix(generator.nextIndex(below: 4)) {
                    let all = records.flatMap { Self.values(field, $0) }.unique.sorted()
                    let chosen = all.shuffled(using: &generator).prefix(1 + generator.nextIndex(below: 3))
                    filters.append(
                        Filter(field, Array(chosen), mode: generator.nextIndex(below: 4) == 0 ? .all : .any))
                }
                let page = try await service.search(
                    SearchRequest(
                        filters: filters, facets: Self.fields, limit: 200, highlight: false,
                        visibility: Set(Visibility.allCases)))
                let found = records.filter { Self.matches($0, filters) }
                #expect(page.total == .exact(found.count), "seed \(seed) round \(round): \(filters)")
                #expect(
                    Set(SearchFixture.ids(page)).isSubset(of: found.map(\.id.rawValue)), "seed \(seed): \(filters)")
                for field in Self.fields {
                    var expected: [String: Int] = [:]
                    for record in records where Self.matches(record, filters, without: field) {
                        for value in Self.values(field, record) { expected[value, default: 0] += 1 }
                    }
                    for filter in filters where filter.field == field {
                        for value in filter.values { expected[value, default: 0] += 0 }
                    }
                    let counts = page.facets[field] ?? []
                    #expect(
                        Dictionary(uniqueKeysWithValues: counts.map { ($0.id, $0.count) }) == expected,
                        "seed \(seed) round \(round): \(field) under \(filters)")
                    let selected = Set(filters.filter { $0.field == field }.flatMap(\.values))
                    #expect(Set(counts.filter(\.isSelected).map(\.id)) == selected, "seed \(seed): \(field)")
                }
            }
        }
    }

    @Test func `a count is what the filter by it then finds`() async throws {
        try await SearchFixture.withService(SearchFixture.records) { service in
            let request = SearchRequest("social protection", facets: FacetField.allCases, limit: 0)
            let page = try await service.search(request)
            for field in FacetField.allCases {
                let counts = page.facets[field] ?? []
                #expect(!counts.isEmpty, "\(field)")
                for count in counts.prefix(6) {
                    var narrowed = request
                    narrowed.filters = [Filter(field, [count.id])]
                    let total = try await service.search(narrowed).total
                    #expect(total == .exact(count.count), "\(field) \(count.id)")
                }
            }
        }
    }

    @Test func `a wider concept counts the records of the narrower ones, with its place in the tree`() async throws {
        let records = ["conditional-cash-transfers", "unconditional-cash-transfers", "school-feeding"].enumerated().map
        {
            ResourceRecord(
                id: RecordID("r\($0.offset)"), type: "news", title: "A", concepts: [ConceptTag(ConceptID($0.element))])
        }
        try await SearchFixture.withService(records) { service in
            let counts = try #require(try await service.search(SearchRequest(facets: [.concept])).facets[.concept])
            let taxonomy = SearchFixture.taxonomy
            let narrow = try #require(counts.first { $0.id == "conditional-cash-transfers" })
            let parent = try #require(counts.first { $0.id == narrow.parent })
            #expect(narrow.count == 1 && parent.count >= 2)
            #expect(narrow.depth == parent.depth + 1)
            for count in counts {
                let expected = records.count { record in
                    let own = record.concepts[0].concept
                    return ([own] + taxonomy.ancestors(of: own)).contains(ConceptID(count.id))
                }
                #expect(count.count == expected, "\(count.id)")
            }
        }
    }

    @Test func `one organisation under names of several languages is one value`() async throws {
        func record(_ id: String, _ name: String) -> ResourceRecord {
            ResourceRecord(
                id: RecordID(id), type: "news", title: "A", organisations: [name],
                series: "Notes – " + String(id.prefix(1)))
        }
        let records = [
            record("a1", "World Bank"), record("a2", "Banque mondiale"), record("a3", "البنك الدولي"),
            record("b1", "Réseau Local"), record("b2", "RESEAU LOCAL"),
        ]
        try await SearchFixture.withService(records) { service in
            let page = try await service.search(
                SearchRequest(facets: [.organisation, .series], readerLanguage: .french))
            let organisations = page.facets[.organisation] ?? []
            #expect(organisations.map(\.count) == [3, 2])
            #expect(organisations.first?.label == "Banque mondiale")
            let found = try await service.search(SearchRequest(filters: [Filter(.organisation, ["réseau local"])]))
            #expect(SearchFixture.ids(found).sorted() == ["b1", "b2"])
            #expect(page.facets[.series]?.map(\.count) == [3, 2])
        }
    }

    @Test func `a value that is filtered by is selected however it is written`() async throws {
        func record(_ id: String, _ name: String) -> ResourceRecord {
            ResourceRecord(id: RecordID(id), type: "news", title: "A", organisations: [name], series: name)
        }
        let records = [record("a", "Réseau Local"), record("b", "RESEAU LOCAL"), record("c", "World Bank")]
        try await SearchFixture.withService(records) { service in
            for field in [FacetField.organisation, .series] {
                let page = try await service.search(
                    SearchRequest(
                        filters: [
                            Filter(field, ["reseau  local", "RÉSEAU local", "Nobody’s Office", "nobody’s OFFICE"])
                        ],
                        facets: [field]))
                let selected = (page.facets[field] ?? []).filter(\.isSelected)
                #expect(selected.map(\.count) == [2, 0], "\(field)")
                #expect(selected.first?.label.lowercased().hasSuffix("seau local") == true, "\(field)")
                #expect(page.facets[field]?.count == 3, "\(field)")
            }
        }
    }
}
