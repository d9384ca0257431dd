import Foundation
import SabilRecords
import Testing

@testable import SabilTaxonomy

@Suite struct VocabularyTextTests {
    private static let scheme = Result {
        try ConceptScheme(concepts: [
            Concept(
                id: ConceptID("one"), number: ConceptNumber(1), uri: "http://x.org/one", notation: "1.1",
                prefLabels: [.english: "Aid, \"in kind\"", .arabic: "مساعدة"],
                altLabels: [.french: ["L'aide", "Secours"]],
                hiddenLabels: [.english: ["ayd"]], related: [ConceptID("two")],
                scopeNotes: [.english: "Line one\nback\\slash"]),
            Concept(
                id: ConceptID("two"), number: ConceptNumber(2), uri: "http://x.org/two", prefLabels: [.french: "Deux"],
                broader: [ConceptID("one")], types: [Concept.skosType, "http://x.org/meta#Place"],
                collections: ["http://x.org/c"]),
            Concept(
                id: ConceptID("zero"), number: ConceptNumber(3), uri: "http://x.org/zero",
                prefLabels: [.english: "Zero"],
                isDeprecated: true, replacedBy: ConceptID("one")),
        ])
    }

    private func read(_ text: String, _ name: String, language: Language = .undetermined) throws -> ConceptScheme {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sabil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(text.utf8).write(to: folder.appending(path: name))
        return try ConceptScheme.load(file: folder.appending(path: name).path, language: language)
    }

    @Test func `the forms are written as Annif reads them`() throws {
        let scheme = try Self.scheme.get()
        #expect(
            VocabularyText.tsv(scheme, language: .english)
                == "<http://x.org/one>\tAid, \"in kind\"\t1.1\n<http://x.org/two>\tDeux\t\n")
        #expect(
            VocabularyText.csv(scheme)
                == "uri,label_en,label_fr,label_ar,notation\nhttp://x.org/one,\"Aid, \"\"in kind\"\"\",,مساعدة,1.1\n"
                + "http://x.org/two,,Deux,,\n")
    }

    @Test func `a name without a language stands in every column, and in that of English where there is none`() throws {
        let bolsa = Concept(
            id: ConceptID("bolsa"), number: ConceptNumber(1), uri: "http://x.org/bolsa",
            prefLabels: [.undetermined: "Bolsa Família"])
        let aid = Concept(
            id: ConceptID("aid"), number: ConceptNumber(2), uri: "http://x.org/aid",
            prefLabels: [.english: "Aid", .french: "Aide"])
        #expect(
            VocabularyText.csv(try ConceptScheme(concepts: [aid, bolsa]))
                == "uri,label_en,label_fr,notation\nhttp://x.org/aid,Aid,Aide,\n"
                + "http://x.org/bolsa,Bolsa Família,Bolsa Família,\n")
        let alone = try ConceptScheme(concepts: [bolsa])
        #expect(VocabularyText.csv(alone) == "uri,label_en,notation\nhttp://x.org/bolsa,Bolsa Família,\n")
        let back = try read(VocabularyText.csv(alone), "v.csv")
        #expect(back.concept(uri: "http://x.org/bolsa")?.prefLabels == [.english: "Bolsa Família"])
    }

    @Test func `commas and quotes before combining marks are quoted as all others`() throws {
        let label = "a,\u{301}b \"\u{301}c\""
        let scheme = try ConceptScheme(concepts: [
            Concept(
                id: ConceptID("one"), number: ConceptNumber(1), uri: "http://x.org/one", prefLabels: [.english: label])
        ])
        let text = VocabularyText.csv(scheme)
        #expect(
            text.utf8.elementsEqual("uri,label_en,notation\nhttp://x.org/one,\"a,\u{301}b \"\"\u{301}c\"\"\",\n".utf8))
        #expect(try read(text, "v.csv").concept(uri: "http://x.org/one")?.prefLabels == [.english: label])
    }

    @Test func `a table of one language is read again`() throws {
        let back = try read(
            VocabularyText.tsv(try Self.scheme.get(), language: .english), "v.tsv", language: .english)
        #expect(back.concepts.map(\.uri) == ["http://x.org/one", "http://x.org/two"])
        #expect(back.concept(uri: "http://x.org/one")?.prefLabels == [.english: "Aid, \"in kind\""])
        #expect(back.concept(uri: "http://x.org/one")?.notation == "1.1")
    }

    @Test func `a table of all languages is read again, with labels and notations`() throws {
        let scheme = try Self.scheme.get()
        let back = try read(VocabularyText.csv(scheme), "v.csv")
        for concept in scheme.concepts where !concept.isDeprecated {
            let again = try #require(back.concept(uri: concept.uri))
            #expect(again.prefLabels == concept.prefLabels)
            #expect(again.notation == concept.notation)
        }
        #expect(VocabularyText.csv(back) == VocabularyText.csv(scheme))
    }

    @Test func `SKOS is read again with all it says; so is the taxonomy that is shipped`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../taxonomy")
            .standardizedFileURL.path
        for scheme in [try Self.scheme.get(), try ConceptScheme.load(directory: root)] {
            let back = try read(VocabularyText.turtle(scheme), "v.ttl")
            #expect(back.concepts.count == scheme.concepts.count)
            for concept in scheme.concepts {
                let again = try #require(back.concept(uri: concept.uri), "\(concept.uri)")
                #expect(again.prefLabels == concept.prefLabels)
                #expect(again.altLabels == concept.altLabels, "\(concept.uri)")
                #expect(again.hiddenLabels == concept.hiddenLabels)
                #expect(again.scopeNotes == concept.scopeNotes)
                #expect(again.notation == concept.notation && again.facet == concept.facet)
                #expect(again.types == concept.types && again.collections == concept.collections, "\(concept.uri)")
                #expect(again.broader == concept.broader && again.related == concept.related, "\(concept.uri)")
                #expect(again.isDeprecated == concept.isDeprecated && again.replacedBy == concept.replacedBy)
            }
        }
    }

    @Test func `collections hold what their members hold, round in a circle too`() throws {
        let text = """
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <http://x.org/a> a skos:Concept , <http://x.org/meta#Place> ; skos:prefLabel "A"@en .
            <http://x.org/b> a skos:Concept ; skos:prefLabel "B"@en .
            <http://x.org/inner> a skos:Collection ; skos:member <http://x.org/a> , <http://x.org/outer> .
            <http://x.org/outer> a skos:Collection ; skos:member <http://x.org/inner> , <http://x.org/b> .
            <http://x.org/none> a skos:Collection ; skos:member <http://x.org/gone> .

            """
        let scheme = try read(text, "v.ttl")
        #expect(scheme.concepts.count == 2)
        let first = try #require(scheme.concept(uri: "http://x.org/a"))
        #expect(first.types == ["http://www.w3.org/2004/02/skos/core#Concept", "http://x.org/meta#Place"])
        #expect(first.collections == ["http://x.org/inner", "http://x.org/outer"])
        #expect(scheme.concept(uri: "http://x.org/b")?.collections == ["http://x.org/inner", "http://x.org/outer"])
        #expect(scheme.concept(uri: "http://x.org/b")?.types == [Concept.skosType])
    }

    @Test func `a table with a row too short, or a quote never closed, is refused with its line`() throws {
        for (text, line) in [("uri,label_en\nhttp://x.org/1\n", 2), ("uri,label_en\nhttp://x.org/1,\"a\n", 2)] {
            let error = #expect(throws: TaxonomyError.self) { try read(text, "v.csv") }
            #expect(error?.line == line, "\(error.map { "\($0)" } ?? "")")
        }
    }
}
