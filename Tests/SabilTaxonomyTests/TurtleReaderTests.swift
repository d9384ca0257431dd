import SabilRecords
import Testing

@testable import SabilTaxonomy

@Suite struct TurtleReaderTests {
    @Test func `labels keep their languages and their letters`() throws {
        let scheme = try Fixture.scheme(
            """
            :a a skos:Concept ; skos:inScheme scheme:topic ;
                skos:prefLabel "Cash"@en , "Espèces"@fr-CA , "النقد"@ar , "Käteinen"@fi , "Bolsa" ;
                skos:altLabel \"\"\"two
            lines\"\"\"@en , "quote \\" and \\u0041"@en .
            """)
        let concept = try #require(scheme.concept("a"))
        #expect(
            concept.prefLabels == [
                .english: "Cash", .french: "Espèces", .arabic: "النقد", .undetermined: "Bolsa",
            ])
        #expect(concept.altLabels[.english] == ["two\nlines", "quote \" and A"])
        #expect(scheme.foreignLabels == ["fi": 1])
        #expect(scheme.label("a", in: .spanish) == "Cash")
    }

    @Test func `a second preferred label becomes an alternative one`() throws {
        let scheme = try Fixture.scheme(":a a skos:Concept ; skos:prefLabel \"Cash\"@en , \"Money\"@en .")
        #expect(scheme.concept("a")?.prefLabels == [.english: "Cash"])
        #expect(scheme.concept("a")?.altLabels == [.english: ["Money"]])
    }

    @Test func `base, full addresses and blank nodes are understood`() throws {
        let scheme = try Fixture.scheme(
            """
            @base <http://vocabulary.example/> .
            <one#x> a skos:Concept ; skos:broader <http://vocabulary.example/two> ; skos:related [ a skos:Concept ] .
            <two> a skos:Concept .
            """)
        #expect(scheme.concept(uri: "http://vocabulary.example/one#x")?.broader == ["two"])
        #expect(scheme.concepts.map(\.id) == ["x", "two"])
    }

    @Test func `local names that clash keep the whole URI`() throws {
        let scheme = try Fixture.scheme("<http://a.example/x> a skos:Concept . <http://b.example/x> a skos:Concept .")
        #expect(scheme.concepts.map(\.id) == ["http://a.example/x", "http://b.example/x"])
    }

    @Test(
        arguments: [
            (":a a skos:Concept\n:b a skos:Concept .", 2, 1, "a full stop is missing"),
            (":a a skos:Concept ; skos:prefLabel \"A@en .\n", 1, nil, "a quote is not closed"),
            (":a a skos:Concept ;\n  skos:prefLabel \"مال\"@ar ] .", 2, 27, "a bracket too many after Arabic letters"),
            (":a a skos:Concept ;\n\n  skos:prefLabel <not a uri> .", 3, nil, "spaces in an address"),
            (":a a skos:Concept ;\n  skoz:prefLabel \"A\"@en .", 2, nil, "a prefix that is not declared"),
            (":a a skos:Concept .\n:b", 2, nil, "the text ends in mid statement"),
        ] as [(String, Int, Int?, String)])
    func `broken Turtle is refused with its place`(turtle: String, line: Int, column: Int?, reason: String) {
        let error = #expect(throws: TaxonomyError.self) { try Fixture.graph(turtle) }
        #expect(error?.code == .syntax, "\(reason)")
        #expect(error?.line == line + Fixture.prefixLines, "\(reason): \(error?.description ?? "")")
        if let column { #expect(error?.column == column, "\(reason): \(error?.description ?? "")") }
        #expect(error?.description.hasPrefix("reading Turtle test.ttl:\(line + Fixture.prefixLines)") == true)
    }

    @Test func `columns of the first line count from one too`() {
        var graph = SKOSGraph()
        let text = Array("<http://x.example/é> a <http://x.example/b> ] .".utf8)
        let error = #expect(throws: TaxonomyError.self) { try graph.read(turtle: text, file: "x.ttl") }
        #expect(error?.line == 1)
        #expect(error?.column == 45)
    }

    @Test func `bytes that are not UTF-8 are refused with their line`() {
        var bytes = Array((Fixture.prefixes + ":a a skos:Concept ;\n skos:prefLabel \"").utf8)
        bytes += [0xC3, 0x28] + Array("\"@en .".utf8)
        var graph = SKOSGraph()
        let error = #expect(throws: TaxonomyError.self) { try graph.read(turtle: bytes, file: "x.ttl") }
        #expect(error?.line == Fixture.prefixLines + 2)
    }

    @Test func `an empty file holds no concepts`() throws {
        var graph = SKOSGraph()
        try graph.read(turtle: [], file: "x.ttl")
        try graph.read(turtle: Array("# only a comment\n".utf8), file: "y.ttl")
        #expect(graph.nodes.isEmpty)
    }

    @Test func `random junk never crashes and is read or refused`() {
        let alphabet = Array("@prefix:<>.;,[]()\"'#^\\ \n\tab0-_é مskos\u{0}\u{FFFF}".utf8)
        for seed in 1...300 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let junk = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            var graph = SKOSGraph()
            do throws(TaxonomyError) {
                try graph.read(turtle: junk, file: "junk")
            } catch {
                #expect(error.code == .syntax && error.line != nil, "seed \(seed): \(error)")
            }
        }
    }

    @Test func `the shipped file cut short anywhere is read or refused`() throws {
        let bytes = try TaxonomyFiles.read(Shipped.directory + "/sabil.ttl").bytes
        for seed in 1...20 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let cut = Int.random(in: 0..<20_000, using: &random)
            var graph = SKOSGraph()
            do throws(TaxonomyError) {
                try graph.read(turtle: Array(bytes[..<cut]), file: "cut")
            } catch {
                #expect(error.code == .syntax && error.line != nil, "seed \(seed): \(error)")
            }
        }
    }
}
