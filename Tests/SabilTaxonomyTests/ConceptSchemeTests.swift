package import SabilRecords
import Testing

@testable import SabilTaxonomy

@Suite struct ConceptSchemeTests {
    @Test func `links given one way hold both ways`() throws {
        let scheme = try ConceptScheme(concepts: [
            Concept(id: "a", number: ConceptNumber(1), uri: "x:a", narrower: ["b"]),
            Concept(id: "b", number: ConceptNumber(2), uri: "x:b", related: ["c"]),
            Concept(id: "c", number: ConceptNumber(3), uri: "x:c", broader: ["b", "nowhere"]),
        ])
        #expect(scheme.concept("b")?.broader == ["a"])
        #expect(scheme.concept("c")?.related == ["b"])
        #expect(scheme.concept("c")?.broader == ["b"])
        #expect(scheme.descendants(of: "a") == ["b", "c"])
        #expect(scheme.ancestors(of: "c") == ["a", "b"])
        #expect(scheme.depth(of: "c") == 2)
    }

    @Test func `walks end on cycles`() throws {
        let scheme = try ConceptScheme(concepts: [
            Concept(id: "a", number: ConceptNumber(1), uri: "x:a", broader: ["b"]),
            Concept(id: "b", number: ConceptNumber(2), uri: "x:b", broader: ["c", "d"]),
            Concept(id: "c", number: ConceptNumber(3), uri: "x:c", broader: ["a", "c"]),
            Concept(id: "d", number: ConceptNumber(4), uri: "x:d", replacedBy: "e"),
            Concept(id: "e", number: ConceptNumber(5), uri: "x:e", replacedBy: "d"),
        ])
        #expect(scheme.ancestors(of: "a") == ["b", "c", "d"])
        #expect(scheme.descendants(of: "c") == ["a", "b"])
        #expect(scheme.descendants(of: "d") == ["a", "b", "c"])
        #expect(scheme.current("d") == "e")
    }

    @Test(arguments: [
        (Concept(id: "a", number: ConceptNumber(2), uri: "x:b"), "local name"),
        (Concept(id: "b", number: ConceptNumber(1), uri: "x:b"), "number"),
        (Concept(id: "b", number: ConceptNumber(2), uri: "x:a"), "URI"),
    ])
    func `an identity cannot be shared`(other: Concept, what: String) {
        let error = #expect(throws: TaxonomyError.self) {
            try ConceptScheme(concepts: [Concept(id: "a", number: ConceptNumber(1), uri: "x:a"), other])
        }
        #expect(error?.code == .identity)
        #expect(error?.message.contains("same \(what)") == true)
    }

    @Test func `names of a deprecated concept lead to its successor, hidden`() throws {
        let scheme = try ConceptScheme(concepts: [
            Concept(
                id: "old", number: ConceptNumber(1), uri: "x:old", facet: "topic", prefLabels: [.english: "Old"],
                isDeprecated: true, replacedBy: "new"),
            Concept(
                id: "new", number: ConceptNumber(2), uri: "x:new", facet: "topic", prefLabels: [.english: "New"]),
            Concept(
                id: "gone", number: ConceptNumber(3), uri: "x:gone", facet: "topic", prefLabels: [.english: "Gone"],
                isDeprecated: true),
        ])
        #expect(
            scheme.labels == [
                LabelEntry(concept: "new", language: .english, text: "Old", kind: .hidden),
                LabelEntry(concept: "new", language: .english, text: "New", kind: .preferred),
            ])
        #expect(scheme.current("old") == "new")
        #expect(scheme.concepts(inFacet: "topic").map(\.id) == ["new"])
        #expect(scheme.concept("gone")?.isDeprecated == true)
    }

    @Test func `in any graph ancestors and descendants are inverse and never hold the start`() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 1...30, using: &random)
            let ids = (0..<count).map { ConceptID("c\($0)") }
            let concepts = ids.enumerated().map { index, id in
                Concept(
                    id: id, number: ConceptNumber(UInt32(index + 1)), uri: "x:\(id)",
                    broader: (0..<Int.random(in: 0...2, using: &random)).compactMap { _ in
                        ids.randomElement(using: &random)
                    })
            }
            let scheme = try ConceptScheme(concepts: concepts.shuffled(using: &random))
            #expect(scheme.concepts.map(\.id) == ids, "seed \(seed)")
            for id in ids {
                let ancestors = scheme.ancestors(of: id)
                let descendants = scheme.descendants(of: id)
                #expect(ancestors == ancestors.sorted() && Set(ancestors).count == ancestors.count, "seed \(seed)")
                #expect(!ancestors.contains(id) && !descendants.contains(id), "seed \(seed)")
                for other in ancestors {
                    #expect(scheme.descendants(of: other).contains(id), "seed \(seed): \(other) over \(id)")
                }
                for other in descendants {
                    #expect(scheme.ancestors(of: other).contains(id), "seed \(seed): \(other) under \(id)")
                }
                for parent in scheme.concept(id)?.broader ?? [] {
                    #expect(ancestors.contains(parent), "seed \(seed)")
                    #expect(Set(scheme.ancestors(of: parent)).subtracting([id]).isSubset(of: ancestors), "seed \(seed)")
                }
                #expect(scheme.depth(of: id) >= 0, "seed \(seed)")
            }
        }
    }
}

extension ConceptID: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}
