import SabilRecords
import Testing

@testable import SabilTaxonomy

/// The taxonomy of this repository.
enum Shipped {
    static let directory: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return parts.joined(separator: "/") + "/taxonomy"
    }()
    static let sixFacets = Facet.subjects + [Facet.population, Facet.region]
}

@Suite struct ShippedTaxonomyTests {
    let scheme: ConceptScheme

    init() throws { scheme = try ConceptScheme.load(directory: Shipped.directory) }

    @Test func `counts are those of the README`() {
        let counts = scheme.facets.map { "\($0.id) \(scheme.concepts(inFacet: $0.id).count)" }
        #expect(
            counts == [
                "programme 50", "operational 45", "theoretical 21", "cross-cutting 29", "population 23", "region 20",
                "country 249", "named-programme 87", "organisation 35",
            ])
        #expect(scheme.concepts.count == 559)
        #expect(scheme.concepts.map(\.number.rawValue) == Array(1...559))
        #expect(scheme.foreignLabels.isEmpty)
        #expect(scheme.ambiguousForms.count == 64)
    }

    @Test func `it passes its own check`() throws {
        let findings = try SchemeValidator().findings(directory: Shipped.directory)
        #expect(findings.map(\.description) == [])
    }

    @Test(arguments: Shipped.sixFacets + [Facet.country])
    func `every concept of a translated facet has a name in all four languages`(facet: String) {
        for concept in scheme.concepts(inFacet: facet) {
            for language in Language.known {
                #expect(concept.prefLabels[language]?.isEmpty == false, "\(concept.id) \(language)")
            }
        }
    }

    @Test func `Arabic names are written in Arabic letters`() {
        for concept in scheme.concepts {
            guard let name = concept.prefLabels[.arabic], concept.id.rawValue != "COVID-19" else { continue }
            #expect(name.unicodeScalars.contains { (0x600...0x6FF).contains($0.value) }, "\(concept.id)")
        }
    }

    @Test func `every concept of the six facets says what it covers, and at least sixty are related`() {
        var pairs = 0
        for facet in Shipped.sixFacets {
            for concept in scheme.concepts(inFacet: facet) {
                #expect(concept.scopeNotes[.english]?.isEmpty == false, "\(concept.id)")
                #expect(concept.notation != nil, "\(concept.id)")
                pairs += concept.related.count
            }
        }
        #expect(pairs / 2 >= 60)
    }

    @Test func `the registry is up to date, so updating it changes nothing`() throws {
        let files = try TaxonomyFiles(directory: Shipped.directory)
        #expect(try ConceptRegistry.updated(directory: Shipped.directory).tsv == files.registry().tsv)
    }

    @Test(arguments: [
        ("EGY", ["africa", "global", "middle-east-north-africa"]),
        ("eg", ["africa", "global", "middle-east-north-africa"]),
        ("BRA", ["global", "latin-america-caribbean", "south-america"]),
        ("MLI", ["africa", "global", "sahel", "sub-saharan-africa", "west-africa"]),
        ("SDN", ["africa", "global", "middle-east-north-africa", "sub-saharan-africa"]),
        ("PAK", ["asia-pacific", "global", "south-asia"]),
        ("XXX", []),
    ])
    func `a country lies in its regions and all above them`(code: String, regions: [String]) {
        #expect(scheme.regions(ofCountry: code).map(\.rawValue) == regions)
    }

    @Test func `countries are found by either code and listed by region`() {
        #expect(scheme.country(code: "ma")?.id == "MAR")
        #expect(scheme.country(code: "MAR")?.notation == "MA")
        #expect(scheme.country(code: "P1") == nil)
        #expect(scheme.countries(inRegion: "sahel") == ["BFA", "MLI", "MRT", "NER", "SEN", "TCD"])
        #expect(scheme.countries(inRegion: "global").count == 249)
    }

    @Test func `programmes know their country and category`() {
        let programme = scheme.concept("programme-takaful-and-karama")
        #expect(programme?.countries == ["EGY"])
        #expect(programme?.categories == ["conditional-cash-transfers", "unconditional-cash-transfers"])
        #expect(scheme.label("programme-takaful-and-karama", in: .arabic) == "تكافل وكرامة")
        #expect(scheme.label("programme-takaful-and-karama", in: .french) == "Takaful and Karama")
    }

    @Test func `a concept is found by name, number, URI and code`() throws {
        let concept = try #require(scheme.concept("cash-transfers"))
        #expect(scheme.concept(number: concept.number) == concept)
        #expect(scheme.concept(uri: "https://sabil.example/taxonomy/cash-transfers") == concept)
        #expect(scheme.concept(notation: "P1.1") == concept)
        #expect(scheme.facet(of: "cash-transfers") == "programme")
        #expect(scheme.ancestors(of: "cash-transfers") == ["social-assistance", "social-protection"])
        #expect(scheme.concept("no-such-thing") == nil)
        #expect(scheme.ancestors(of: "no-such-thing") == [])
        #expect(scheme.label("no-such-thing", in: .english) == "no-such-thing")
    }

    @Test func `dated wordings are hidden and never shown`() {
        let hidden = scheme.labels.filter { $0.concept == "older-persons" && $0.kind == .hidden }.map(\.text)
        #expect(hidden.contains("the aged"))
        #expect(scheme.concept("older-persons")?.altLabels[.english]?.contains("the aged") == false)
    }
}
