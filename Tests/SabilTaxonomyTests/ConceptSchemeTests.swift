package import SabilRecords
import Testing

@testable import SabilTaxonomy

@Suite struct ConceptSchemeTests {
    @Test func `links given one way hold both ways`() throws {
        let scheme = try ConceptScheme(concepts: [
            Concept(id: "a", number: ConceptNumber(1), uri: "x:a", narrower: ["b"]),
            Concept(id: "b", number: ConceptNumber(2), uri: "x:b", related: ["c"]),
            Concept(id: "c", number: ConceptNumber(3), uri: "x:c", broader: ["b"]),
        ])
        #expect(scheme.concept("b")?.broader == ["a"])
        #expect(scheme.concept("c")?.related == ["b"])
        #expect(scheme.descendants(of: "a") == ["b", "c"])
        #expect(scheme.ancestors(of: "c") == ["a", "b"])
        #expect(scheme.depth(of: "c") == 2)
    }
}

extension ConceptID: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}
