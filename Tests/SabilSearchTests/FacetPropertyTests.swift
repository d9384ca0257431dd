import FoundationEssentials
import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch

/// Counts under random queries and filters, against the records themselves.
@Suite struct FacetPropertyTests {
    private static let everyone = Set(Visibility.allCases)

    /// Queries with words of the records, in every shape the query language has, and what each finds of all records.
    private static func queries(
        _ count: Int, service: SearchService, using generator: inout SeededGenerator
    ) async throws -> [(text: String, found: Set<RecordID>)] {
        let records = SearchFixture.records
        func words() -> [String] {
            let record = records[generator.nextIndex(below: records.count)]
            let text = generator.nextIndex(below: 2) == 0 ? record.title : record.abstract
            let words = text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
            guard words.count > 2 else { return ["social"] }
            let start = generator.nextIndex(below: words.count - 1)
            return Array(words[start..<min(words.count, start + 1 + generator.nextIndex(below: 4))])
        }
        var queries: [(text: String, found: Set<RecordID>)] = []
        while queries.count < count {
            let first = words()
            let text =
                switch generator.nextIndex(below: 9) {
                case 0: ""
                case 1: "\"\(first.prefix(2).joined(separator: " "))\""
                case 2: "+\(first[0]) -\(words()[0])"
                case 3: "\(first[0].prefix(4))*"
                case 4: first.joined(separator: " AND ")
                case 5: "(\(first[0]) OR \(words()[0])) year:2012.."
                case 6: "title:\(first[0]) type:publication"
                default: first.joined(separator: " ")
                }
            var found: Set<RecordID> = []
            for offset in stride(from: 0, to: records.count, by: 200) {
                let page = try await service.search(
                    SearchRequest(
                        text, sort: .newest, offset: offset, limit: 200, highlight: false, visibility: everyone))
                found.formUnion(page.hits.map(\.id))
            }
            queries.append((text, found))
        }
        return queries
    }

    /// Puts some records, most of which the query does not find, first for every other query; then it finds them.
    private static func pin(
        _ queries: inout [(text: String, found: Set<RecordID>)], in directory: String,
        using generator: inout SeededGenerator
    ) throws -> PlacementList {
        var lines = PlacementTests.header
        var session = SearchFixture.analyzer.makeSession()
        var keys: Set<String> = []
        for (text, _) in queries.enumerated().filter({ $0.offset % 2 == 0 }).map(\.element) {
            guard !text.isEmpty, !text.contains("\""),
                keys.insert(try NameKey.of(text, session: &session)).inserted
            else { continue }
            for record in SearchFixture.records.shuffled(using: &generator).prefix(1 + generator.nextIndex(below: 4)) {
                lines += "\(text)\t\tpin\t\(record.id)\t\t\t\n"
            }
        }
        try Data(lines.utf8).write(to: URL(filePath: directory + "/placements.tsv"))
        let placements = try PlacementList.inFolder(directory)
        let day = PartialDate.today()
        for index in queries.indices {
            let placed = try placements.placed(
                queries[index].text, reader: .english, on: day, session: &session)
            queries[index].found.formUnion(placed.pinned)
        }
        return placements
    }

    @Test func `a thousand random queries and filters: counts are what a filter would return`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let records = SearchFixture.records
        let fields = FacetTests.fields
        let values = Dictionary(
            uniqueKeysWithValues: fields.map { field in (field, records.map { FacetTests.values(field, $0) }) })
        let known = values.mapValues { $0.reduce(into: Set<String>()) { $0.formUnion($1) }.sorted() }
        func passes(_ record: Int, _ filters: [Filter], without field: FacetField? = nil) -> Bool {
            filters.allSatisfy { filter in
                if filter.field == field && filter.mode == .any { return true }
                let own = values[filter.field]?[record] ?? []
                return filter.mode == .any
                    ? filter.values.contains(where: own.contains) : filter.values.allSatisfy(own.contains)
            }
        }
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            var batches = [records][...]
            _ = try await SearchFixture.indexer(path).rebuild { () throws(SearchError) in batches.popFirst() }
            var queries = try await Self.queries(40, service: SearchFixture.service(path), using: &generator)
            #expect(
                queries.contains { $0.found.count > 100 } && queries.contains { $0.found.count < 20 }, "seed \(seed)")
            let placements = try Self.pin(&queries, in: directory, using: &generator)
            let service = try SearchService(
                indexPath: path, taxonomy: SearchFixture.taxonomy, contentTypes: SearchFixture.contentTypes,
                analyzer: SearchFixture.analyzer, lanes: 2, placements: placements)
            for round in 0..<1_000 {
                let query = queries[generator.nextIndex(below: queries.count)]
                let scope = generator.nextIndex(below: 3) == 0 ? Self.everyone : [.public]
                var filters: [Filter] = []
                for field in fields.shuffled(using: &generator).prefix(generator.nextIndex(below: 4)) {
                    let all = known[field] ?? []
                    let chosen = all.shuffled(using: &generator).prefix(1 + generator.nextIndex(below: 3))
                    filters.append(
                        Filter(field, Array(chosen), mode: generator.nextIndex(below: 4) == 0 ? .all : .any))
                }
                // Fields that are filtered by, and one more.
                let counted = Set(filters.map(\.field) + [fields[generator.nextIndex(below: fields.count)]]).sorted()
                var request = SearchRequest(
                    query.text, filters: filters, facets: counted, limit: 0, highlight: false, visibility: scope)
                let page = try await service.search(request)
                let visible = records.indices.filter {
                    scope.contains(records[$0].visibility) && query.found.contains(records[$0].id)
                }
                let place: Comment = "seed \(seed) round \(round): \(query.text) under \(filters)"
                #expect(page.total == .exact(visible.count { passes($0, filters) }), place)
                for field in counted {
                    var expected: [String: Int] = [:]
                    for record in visible where passes(record, filters, without: field) {
                        for value in values[field]?[record] ?? [] { expected[value, default: 0] += 1 }
                    }
                    for filter in filters where filter.field == field {
                        for value in filter.values { expected[value, default: 0] += 0 }
                    }
                    let counts = page.facets[field] ?? []
                    #expect(Dictionary(uniqueKeysWithValues: counts.map { ($0.id, $0.count) }) == expected, place)
                    // Those that two fields and languages give names to are asked for again.
                    guard round % 5 == 0, let count = counts.randomElement(using: &generator) else { continue }
                    request.filters =
                        filters.filter { $0.field != field || $0.mode == .all } + [Filter(field, [count.id])]
                    #expect(try await service.search(request).total == .exact(count.count), place)
                }
            }
        }
    }

    @Test func `a wider value has the records of the narrower ones and its own, no more and no fewer`() async throws {
        let taxonomy = SearchFixture.taxonomy
        let records = SearchFixture.records
        func own(_ field: FacetField, _ record: ResourceRecord) -> [ConceptID] {
            let tagged = (record.concepts.map(\.concept) + record.populationGroups).map(taxonomy.current)
            return switch field {
            case .concept: tagged.filter { taxonomy.facet(of: $0) != Facet.population }
            case .population: tagged.filter { taxonomy.facet(of: $0) == Facet.population }
            default:
                record.regions.map(taxonomy.current)
                    + record.countries.flatMap { taxonomy.country(code: $0)?.regions ?? [] }
            }
        }
        try await SearchFixture.withService(records) { service in
            for text in ["", "social protection", "التحويلات النقدية"] {
                var found: [ResourceRecord] = []
                for offset in stride(from: 0, to: records.count, by: 200) {
                    found += try await service.search(
                        SearchRequest(text, sort: .oldest, offset: offset, limit: 200, highlight: false)
                    ).hits.map(\.record)
                }
                let page = try await service.search(
                    SearchRequest(text, facets: FacetField.allCases.filter(\.isHierarchical), limit: 0))
                for (field, counts) in page.facets {
                    var tagged: [ConceptID: Set<RecordID>] = [:]
                    for record in found {
                        for id in own(field, record) { tagged[id, default: []].insert(record.id) }
                    }
                    func members(_ id: ConceptID) -> Set<RecordID> {
                        let narrower = taxonomy.concept(id)?.narrower ?? []
                        return (tagged[id] ?? []).union(narrower.map(members).joined())
                    }
                    #expect(counts.count > 5, "\(field) of \(text)")
                    for count in counts {
                        #expect(members(ConceptID(count.id)).count == count.count, "\(field) \(count.id) of \(text)")
                        if let parent = count.parent, count.count > 0 {
                            let wider = counts.first { $0.id == parent }
                            #expect(wider.map { $0.count >= count.count } == true, "\(field) \(count.id)")
                            #expect(count.parentField == field)
                        }
                    }
                }
            }
        }
    }

    @Test func `countries name their region, types their pillar, and programmes are those that a text names`()
        async throws
    {
        let records = [
            ResourceRecord(
                id: "a", type: "publication", language: .english, title: "Bolsa Família in the cities",
                countries: ["BRA"]),
            ResourceRecord(
                id: "b", type: "news", language: .spanish, title: "El programa Bolsa Família",
                countries: ["BRA", "EGY"]),
            ResourceRecord(id: "c", type: "event", language: .english, title: "Families and their bags"),
        ]
        try await SearchFixture.withService(records) { service in
            let page = try await service.search(
                SearchRequest(facets: [.type, .pillar, .country, .region, .programme], limit: 0))
            for (field, parentField) in [(FacetField.type, FacetField.pillar), (.country, .region)] {
                for count in page.facets[field] ?? [] {
                    #expect(count.parentField == parentField, "\(count.id)")
                    let parent = page.facets[parentField]?.first { $0.id == count.parent }
                    #expect(parent.map { $0.count >= count.count } == true, "\(count.id)")
                }
            }
            let programmes = try #require(page.facets[.programme])
            #expect(programmes.map(\.count) == [2])
            let found = try await service.search(SearchRequest(filters: [Filter(.programme, [programmes[0].id])]))
            #expect(SearchFixture.ids(found).sorted() == ["a", "b"])
            let byName = try await service.search(SearchRequest(filters: [Filter(.programme, ["bolsa familia"])]))
            #expect(SearchFixture.ids(byName).sorted() == ["a", "b"])
        }
    }
}
