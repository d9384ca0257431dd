import SabilRecords
import Testing

@testable import SabilTaxonomy

/// One defect in a small text: what must be reported, and on which of its lines.
struct Defect: Sendable, CustomTestStringConvertible {
    let rule: SchemeFinding.Rule
    let severity: SchemeFinding.Severity
    let concept: String
    /// Line of `turtle`, from 1.
    let line: Int
    let turtle: String
    let reason: String
    var testDescription: String { reason }
}

@Suite struct SchemeValidatorTests {
    static let sound = """
        :a a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "A"@en ; skos:narrower :b .
        :b a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "B"@en ; skos:broader :a .

        """
    static let defects: [Defect] = [
        Defect(
            rule: .cycle, severity: .error, concept: "a", line: 2,
            turtle: """
                :a a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "A"@en ; skos:narrower :c ;
                   skos:broader :b .
                :b a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "B"@en ; skos:narrower :a ;
                   skos:broader :c .
                :c a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "C"@en ; skos:narrower :b ;
                   skos:broader :a .
                """, reason: "three concepts each wider than the next"),
        Defect(
            rule: .cycle, severity: .error, concept: "a", line: 1,
            turtle: """
                :a a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "A"@en ; skos:broader :a .
                """, reason: "a concept wider than itself"),
        Defect(
            rule: .orphan, severity: .error, concept: "c", line: 3,
            turtle: sound + ":c a skos:Concept ; skos:prefLabel \"C\"@en .", reason: "no scheme"),
        Defect(
            rule: .orphan, severity: .error, concept: "c", line: 4,
            turtle: sound + ":c a skos:Concept ; skos:prefLabel \"C\"@en ;\n    skos:inScheme scheme:nowhere .",
            reason: "a scheme that is not declared"),
        Defect(
            rule: .unknownTarget, severity: .error, concept: "c", line: 4,
            turtle: sound
                + ":c a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel \"C\"@en ;\n    skos:broader :x .",
            reason: "wider concept that does not exist"),
        Defect(
            rule: .crossFacet, severity: .error, concept: "r", line: 2,
            turtle: """
                :a a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "A"@en .
                :r a skos:Concept ; skos:inScheme scheme:other ; skos:prefLabel "R"@en ; skos:broader :a .
                scheme:other a skos:ConceptScheme .
                """, reason: "wider concept in another facet"),
        Defect(
            rule: .oneWayLink, severity: .warning, concept: "c", line: 3,
            turtle: sound
                + ":c a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel \"C\"@en ; skos:broader :a .",
            reason: "broader without narrower"),
        Defect(
            rule: .relatedIsBroader, severity: .error, concept: "c", line: 5,
            turtle: """
                :a a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "A"@en ; skos:narrower :b .
                :b a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "B"@en ; skos:broader :a ;
                   skos:narrower :c .
                :c a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "C"@en ; skos:broader :b ;
                   skos:related :a .
                """, reason: "related to its grandparent"),
        Defect(
            rule: .missingLabel, severity: .error, concept: "c", line: 3,
            turtle: sound + ":c a skos:Concept ; skos:inScheme scheme:topic ; skos:altLabel \"C\"@en .",
            reason: "no preferred label at all"),
        Defect(
            rule: .missingLabel, severity: .error, concept: "r", line: 1,
            turtle: """
                :r a skos:Concept ; skos:inScheme scheme:region ;
                   skos:prefLabel "R"@en , "R"@fr , "R"@es .
                """, reason: "a facet that is translated lacks Arabic"),
        Defect(
            rule: .doubleLabel, severity: .error, concept: "c", line: 5,
            turtle: sound
                + """
                :c a skos:Concept ; skos:inScheme scheme:topic ;
                   skos:prefLabel "C"@en ,
                       "See"@en .
                """, reason: "two preferred labels in English"),
        Defect(
            rule: .clashingLabel, severity: .error, concept: "c", line: 3,
            turtle: sound + ":c a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel \"b\"@en .",
            reason: "two concepts preferred under one name, but for case"),
        Defect(
            rule: .clashingLabel, severity: .warning, concept: "c", line: 3,
            turtle: sound
                + ":c a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel \"C\"@en ; skos:altLabel \"B\"@en .",
            reason: "a name that is another concept's preferred one"),
        Defect(
            rule: .repeatedLabel, severity: .warning, concept: "c", line: 3,
            turtle: sound
                + ":c a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel \"C\"@en ; skos:altLabel \"C\"@en .",
            reason: "the preferred label once more"),
        Defect(
            rule: .undeclaredRegion, severity: .error, concept: "EGY", line: 3,
            turtle: sound
                + ":EGY a skos:Concept ; skos:inScheme scheme:country ; skos:prefLabel \"Egypt\"@en , \"Égypte\"@fr , "
                + "\"Egipto\"@es , \"مصر\"@ar ; sabil:region :atlantis .", reason: "a region that does not exist"),
        Defect(
            rule: .undeclaredRegion, severity: .error, concept: "EGY", line: 3,
            turtle: sound
                + ":EGY a skos:Concept ; skos:inScheme scheme:country ; skos:prefLabel \"Egypt\"@en , \"Égypte\"@fr , "
                + "\"Egipto\"@es , \"مصر\"@ar ; sabil:region :a .", reason: "a region that is a topic"),
        Defect(
            rule: .sharedIdentity, severity: .error, concept: "c", line: 4,
            turtle: """
                :a a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "A"@en ; skos:notation "T1" .
                :b a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "B"@en .
                :c a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel "C"@en ;
                   skos:notation "T1" .
                """, reason: "one code twice"),
        Defect(
            rule: .deprecated, severity: .warning, concept: "c", line: 3,
            turtle: sound
                + ":c a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel \"C\"@en ; owl:deprecated true .",
            reason: "deprecated without a successor"),
    ]

    @Test func `a sound text gives no finding`() throws {
        #expect(try Fixture.findings(Self.sound).map(\.description) == [])
    }

    @Test(arguments: defects)
    func `a defect is reported with its place, and alone`(defect: Defect) throws {
        let findings = try Fixture.findings(defect.turtle)
        let found = try #require(findings.first, "nothing reported")
        #expect(findings.filter { $0.rule == defect.rule }.count == 1)
        #expect(found.rule == defect.rule)
        #expect(found.severity == defect.severity)
        #expect(found.concept?.rawValue == defect.concept)
        #expect(found.place == SourcePlace(file: "test.ttl", line: defect.line + Fixture.prefixLines))
        #expect(found.description.hasPrefix("test.ttl:"))
        #expect(!found.remedy.isEmpty)
    }

    @Test func `every rule that a Turtle file can break has a defect above`() {
        let elsewhere: Set<SchemeFinding.Rule> = [.registry, .ambiguousForm, .wordList]
        #expect(Set(Self.defects.map(\.rule)).union(elsewhere) == Set(SchemeFinding.Rule.allCases))
    }

    @Test func `a clash that is declared ambiguous is no finding`() throws {
        let turtle =
            Self.sound
            + ":c a skos:Concept ; skos:inScheme scheme:topic ; skos:prefLabel \"C\"@en ; skos:altLabel \"B\"@en ."
        #expect(try Fixture.findings(turtle, ambiguous: "language\tform\tconcepts\nen\tb\tb c\n").isEmpty)
        #expect(try Fixture.findings(turtle, ambiguous: "language\tform\tconcepts\nfr\tb\tb c\n").count == 1)
    }

    @Test(arguments: [
        ("en\tb\tb x", "names x", "a concept that does not exist"),
        ("en\tb\tb", "fewer than two", "one concept only"),
        ("en\tform\ta b\nen\tForm\tb a", "a row already", "the same form twice"),
    ])
    func `a bad ambiguous form is reported with its line`(rows: String, message: String, reason: String) throws {
        let findings = try Fixture.findings(Self.sound, ambiguous: "language\tform\tconcepts\n" + rows + "\n")
        #expect(findings.contains { $0.rule == .ambiguousForm && $0.message.contains(message) }, "\(reason)")
        let line = rows.split(separator: "\n").count + 1
        #expect(findings.allSatisfy { $0.place == SourcePlace(file: "ambiguous.tsv", line: line) })
    }

    @Test(arguments: [
        ("1\tA\tactive", "has no number", "b is not entered"),
        ("1\tA\tactive\n2\tB\tretired", "retired in the registry", "b is in use"),
        ("1\tA\tactive\n2\tB\tactive\n3\tC\tactive", "which the files do not hold", "c is gone without a tombstone"),
    ])
    func `disagreement with the registry is reported`(rows: String, message: String, reason: String) throws {
        let base = "https://sabil.example/taxonomy/"
        let text = rows.replacing("A\t", with: base + "a\t").replacing("B\t", with: base + "b\t")
            .replacing("C\t", with: base + "c\t")
        let registry = try ConceptRegistry(tsv: "number\turi\tstatus\n" + text + "\n")
        let findings = try Fixture.findings(Self.sound, registry: registry)
        #expect(findings.map(\.rule) == [.registry], "\(reason)")
        #expect(findings.first?.message.contains(message) == true)
    }

    @Test func `a tombstone of a concept that is gone is no finding`() throws {
        let base = "https://sabil.example/taxonomy/"
        let registry = try ConceptRegistry(
            tsv: "number\turi\tstatus\n1\t\(base)a\tactive\n2\t\(base)gone\tretired\n3\t\(base)b\tactive\n")
        #expect(try Fixture.findings(Self.sound, registry: registry).isEmpty)
    }

    @Test(arguments: [
        ("Égalité", "egalite", "accents and case"), ("E\u{301}galite", "égalité", "decomposed accents"),
        ("المشروطية", "المَشْرُوطِيّة", "vowel signs"), ("الأطفال", "الاطفال", "hamza on alef"),
        ("الحماية", "الحمايه", "teh marbuta"), ("cash-for-work", "Cash for  work", "dashes and spaces"),
        ("l’aide", "l'aide", "apostrophes"), ("نظـــام", "نظام", "tatweel"),
    ])
    func `labels that read the same fold to the same`(lhs: String, rhs: String, reason: String) {
        #expect(LabelFold.fold(lhs) == LabelFold.fold(rhs), "\(reason)")
    }

    @Test(arguments: [("cash", "cast"), ("niños", "niñas"), ("عمل", "أمل")])
    func `labels that differ stay apart`(lhs: String, rhs: String) {
        #expect(LabelFold.fold(lhs) != LabelFold.fold(rhs))
    }
}
