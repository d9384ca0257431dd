import SabilRecords
import Testing

@testable import SabilTaxonomy

/// The taxonomy of this repository.
enum Shipped {
    static let directory: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return parts.joined(separator: "/") + "/taxonomy"
    }()
}

@Suite struct ShippedTaxonomyTests {
    @Test func `counts are those of the README`() throws {
        let scheme = try ConceptScheme.load(directory: Shipped.directory)
        let counts = scheme.facets.map { "\($0.id) \(scheme.concepts(inFacet: $0.id).count)" }
        #expect(
            counts == [
                "programme 50", "operational 45", "theoretical 21", "cross-cutting 29", "population 23", "region 20",
                "country 249", "named-programme 87", "organisation 35",
            ])
        #expect(scheme.concepts.count == 559)
    }
}
