import SabilRecords
import Testing

@testable import SabilTaxonomy

@Suite struct LoadingTests {
    static let base = "https://sabil.example/taxonomy/"
    static let turtle = Fixture.prefixes + SchemeValidatorTests.sound
    static let registry = "number\turi\tstatus\n1\t\(base)b\tactive\n2\t\(base)a\tactive\n"

    @Test func `a directory is read with the numbers of its registry`() throws {
        try Fixture.withDirectory([
            "one.ttl": Self.turtle, "registry.tsv": Self.registry,
            "two.ttl": Fixture.prefixes + "\n:a skos:altLabel \"AA\"@en .",
            "ambiguous.tsv": "language\tform\tconcepts\nund\tab\ta b\nen\tgone\ta x\n", "notes.txt": "not read",
            "words.tsv": "# everyday words\nen\tfr\tar\n\ndelay; late\tretard\t\nrent\tloyer ;\tإيجار\n",
        ]) { directory in
            let scheme = try ConceptScheme.load(directory: directory)
            #expect(scheme.concepts.map(\.id) == ["b", "a"])
            #expect(scheme.concept("a")?.altLabels == [.english: ["AA"]])
            #expect(
                scheme.ambiguousForms == [AmbiguousForm(language: .undetermined, form: "ab", concepts: ["a", "b"])])
            #expect(
                scheme.equivalents.map(\.forms) == [
                    [.english: ["delay", "late"], .french: ["retard"]],
                    [.english: ["rent"], .french: ["loyer"], .arabic: ["إيجار"]],
                ])
            #expect(scheme.equivalents.map { $0.place?.line } == [4, 5])
            #expect(scheme.version.count == 32)
            #expect(try ConceptScheme.load(directory: directory).version == scheme.version)
        }
    }

    @Test func `the version changes with any file`() throws {
        func version(_ files: [String: String]) throws -> String {
            try Fixture.withDirectory(files) { try ConceptScheme.load(directory: $0).version }
        }
        let one = try version(["one.ttl": Self.turtle, "registry.tsv": Self.registry])
        let two = try version(["one.ttl": Self.turtle + "#", "registry.tsv": Self.registry])
        let three = try version(["one.ttl": Self.turtle, "registry.tsv": Self.registry + "3\tx:c\tretired\n"])
        let four = try version([
            "one.ttl": Self.turtle, "registry.tsv": Self.registry, "words.tsv": "en\tfr\nrent\tloyer\n",
        ])
        #expect(Set([one, two, three, four]).count == 4)
    }

    @Test(
        arguments: [
            (["one.ttl": turtle], TaxonomyError.Code.registry, "no registry"),
            (
                ["one.ttl": turtle, "registry.tsv": "number\turi\tstatus\n1\t\(base)b\tactive\n"], .registry,
                "a has no number"
            ),
            (["registry.tsv": registry], .unreadable, "no Turtle"),
            (["one.ttl": ":a", "registry.tsv": registry], .syntax, "broken Turtle"),
            (["one.ttl": turtle, "registry.tsv": registry, "ambiguous.tsv": "x"], .syntax, "broken table"),
            (
                [
                    "one.ttl": turtle + "<http://x.example/a> a skos:Concept .",
                    "registry.tsv": registry + "3\thttp://x.example/a\tactive\n",
                ], .identity, "two concepts called a"
            ),
        ] as [([String: String], TaxonomyError.Code, String)])
    func `a broken directory is refused`(files: [String: String], code: TaxonomyError.Code, reason: String) throws {
        try Fixture.withDirectory(files) { directory in
            let error = #expect(throws: TaxonomyError.self, "\(reason)") {
                try ConceptScheme.load(directory: directory)
            }
            #expect(error?.code == code, "\(reason): \(error?.description ?? "")")
            #expect(error?.description.hasSuffix(".") == true)
        }
    }

    @Test(
        arguments: [
            ("en\tde\nrent\tMiete\n", 1, "a language without a chain"), ("en\ten\nrent\trent\n", 1, "a language twice"),
            ("en\nrent\n", 1, "one language"), ("en\tfr\nrent\n", 2, "a cell too few"),
            ("en\tfr\nrent\tloyer\tx\n", 2, "a cell too many"), ("#\nen\tfr\nrent\t ; \n", 3, "one language filled"),
        ])
    func `a broken word list is refused with its line`(table: String, line: Int, reason: String) throws {
        try Fixture.withDirectory(["one.ttl": Self.turtle, "registry.tsv": Self.registry, "words.tsv": table]) {
            directory in
            let error = #expect(throws: TaxonomyError.self, "\(reason)") {
                try ConceptScheme.load(directory: directory)
            }
            #expect(error?.code == .syntax)
            #expect(error?.line == line, "\(reason)")
            #expect(error?.file?.hasSuffix("words.tsv") == true)
        }
    }

    @Test func `words and rows that stand twice are warned of`() throws {
        let rows = try WordEquivalents.rows(
            of: "en\tfr\nrent; rent\tloyer\nfee\tfrais\nfee\tfrais\n", file: "words.tsv")
        let found = WordEquivalents.findings(in: rows)
        #expect(found.map { $0.place?.line } == [2, 4])
        #expect(found.allSatisfy { $0.rule == .wordList && $0.severity == .warning })
        #expect(found.last?.message.contains("line 3") == true)
    }

    @Test func `a directory that is not there is refused with a reason`() {
        let error = #expect(throws: TaxonomyError.self) { try ConceptScheme.load(directory: "/nowhere/at/all") }
        #expect(error?.code == .unreadable)
        #expect(error?.description.contains("/nowhere/at/all") == true)
    }

    @Test func `the registry of a directory can be brought up to date`() throws {
        let old = "number\turi\tstatus\n1\t\(Self.base)gone\tactive\n2\t\(Self.base)b\tactive\n"
        try Fixture.withDirectory([
            "one.ttl": Self.turtle + ":old a skos:Concept ; owl:deprecated true .", "registry.tsv": old,
        ]) { directory in
            let updated = try ConceptRegistry.updated(directory: directory)
            #expect(
                updated.entries.map { "\($0.number) \(SKOSGraph.localName(of: $0.uri)) \($0.status)" }
                    == ["1 gone retired", "2 b active", "3 a active", "4 old retired"])
        }
    }

    @Test func `Annif's table is read`() throws {
        let text = "<http://x.example/p10>\tone\n<http://x.example/p2>\ttwo\tN2\n"
        try Fixture.withDirectory(["v.tsv": text]) { directory in
            let scheme = try ConceptScheme.load(file: directory + "/v.tsv", language: .english)
            #expect(scheme.concepts.map(\.id) == ["p10", "p2"])
            #expect(scheme.concept("p10")?.prefLabels == [.english: "one"])
            #expect(scheme.concept(notation: "N2")?.id == "p2")
        }
    }

    @Test func `a table of labels is read`() throws {
        let text = "id\ten\tfr\nA-0.6\tAct\tLoi\nCode / civil\t\tCode civil\n"
        try Fixture.withDirectory(["labels.tsv": text]) { directory in
            let scheme = try ConceptScheme.load(file: directory + "/labels.tsv")
            #expect(scheme.concept("A-0.6")?.prefLabels == [.english: "Act", .french: "Loi"])
            #expect(scheme.concept("Code / civil")?.prefLabels == [.french: "Code civil"])
            #expect(scheme.labels.count == 3)
        }
    }

    @Test(
        arguments: [
            ("v.tsv", "<http://x.example/a>\tone\nno uri\tlabel\n", TaxonomyError.Code.syntax, 2),
            ("v.tsv", "id\ten\na\tone\ttoo many\n", .syntax, 2),
            ("v.csv", "uri;label_en\n", .unknownFormat, nil),
            ("v.tsv", "", .unknownFormat, nil),
        ] as [(String, String, TaxonomyError.Code, Int?)])
    func `a vocabulary of another form is refused`(
        name: String, text: String, code: TaxonomyError.Code, line: Int?
    ) throws {
        try Fixture.withDirectory([name: text]) { directory in
            let error = #expect(throws: TaxonomyError.self) {
                try ConceptScheme.load(file: directory + "/" + name)
            }
            #expect(error?.code == code)
            #expect(error?.line == line)
        }
    }
}
