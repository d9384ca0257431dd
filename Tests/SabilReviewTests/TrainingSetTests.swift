import SabilClassification
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilReview

@Suite struct TrainingSetTests {
    private func scheme() throws -> ConceptScheme {
        func concept(_ id: String, _ number: UInt32, retired: Bool = false, by successor: String? = nil) -> Concept {
            Concept(
                id: ConceptID(id), number: ConceptNumber(number), uri: "http://x/\(id)", facet: "programme",
                isDeprecated: retired, replacedBy: successor.map { ConceptID($0) })
        }
        return try ConceptScheme(concepts: [
            concept("a", 1), concept("b", 2), concept("c", 3), concept("old", 4, retired: true, by: "c"),
            concept("gone", 5, retired: true), concept("children", 6),
        ])
    }

    private func record(_ id: String, _ tags: [(String, LabelSource)]) -> ResourceRecord {
        ResourceRecord(
            id: RecordID(id), work: WorkID("w-\(id)"), type: "news", language: .french, title: "T \(id)", abstract: "A",
            body: "B", concepts: tags.map { ConceptTag(ConceptID($0.0), source: $0.1) })
    }

    private func decision(_ verdict: Verdict, _ concept: String, on record: String, at second: Int64 = 1) -> Decision {
        Decision(
            record: RecordID(record), concept: ConceptID(concept), verdict: verdict, by: "Amal",
            at: Instant(milliseconds: second * 1_000))
    }

    @Test func `labels are what people stand behind, negatives what they rejected`() throws {
        let set = TrainingSet(
            records: [
                record("2", [("a", .human), ("b", .machine)]),
                record("1", [("a", .machine)]),
                record("3", [("b", .machine)]),
            ],
            decisions: DecidedConcepts([
                decision(.reject, "b", on: "2"), decision(.accept, "a", on: "1"), decision(.reject, "c", on: "1"),
            ]), scheme: try scheme())
        #expect(set.examples.map(\.id) == ["1", "2"])
        #expect(set.examples.map(\.labels) == [["a"], ["a"]])
        #expect(set.examples.map(\.negative) == [["c"], ["b"]])
        #expect(set.examples.map(\.isComplete) == [false, true], "record 1 is known by single decisions only")
        #expect(set.examples.map(\.work) == ["w-1", "w-2"])
        #expect(set.examples[0].text == "A\n\nB")
        #expect(set.silentRecords == 1)
    }

    @Test func `records from the index teach the same as before the decisions were written into them`() throws {
        let plain = record("1", [("a", .machine)])
        let decided = DecidedConcepts([decision(.accept, "a", on: "1"), decision(.add, "b", on: "1")])
        let before = TrainingSet(records: [plain], decisions: decided, scheme: try scheme())
        let after = TrainingSet(records: [decided.applied(to: plain)], decisions: decided, scheme: try scheme())
        #expect(before == after)
    }

    @Test func `retired concepts are read as their successors or left out`() throws {
        let set = TrainingSet(
            records: [record("1", [("old", .human), ("gone", .human), ("unknown", .confirmed)])], scheme: try scheme())
        #expect(set.examples.map(\.labels) == [["c"]])
        #expect(set.retiredLabels == 2)
    }

    @Test func `the digest is the same in any order and another after another decision`() throws {
        let records = [record("1", [("a", .human)]), record("2", [("b", .human), ("a", .confirmed)])]
        let first = TrainingSet(records: records, scheme: try scheme())
        let turned = TrainingSet(records: records.reversed(), scheme: try scheme())
        #expect(first == turned)
        let later = TrainingSet(
            records: records, decisions: DecidedConcepts([decision(.reject, "c", on: "1")]), scheme: try scheme())
        #expect(later.digest != first.digest)
    }

    @Test func `population groups teach as tags of people do`() throws {
        var grouped = record("1", [("a", .human)])
        grouped.populationGroups = [ConceptID("children")]
        var alone = record("2", [])
        alone.populationGroups = [ConceptID("children"), ConceptID("a")]
        let set = TrainingSet(
            records: [grouped, alone], decisions: DecidedConcepts([decision(.reject, "children", on: "2")]),
            scheme: try scheme())
        #expect(set.examples.map(\.labels) == [["a", "children"], ["a"]])
        #expect(set.examples.map(\.negative) == [[], ["children"]])
        #expect(set.examples.map(\.isComplete) == [true, false], "nobody looked at all concepts of the second")
    }

    @Test func `a later change of mind takes the negative back`() throws {
        let set = TrainingSet(
            records: [record("1", [("a", .human)])],
            decisions: DecidedConcepts([
                decision(.reject, "b", on: "1", at: 1), decision(.add, "b", on: "1", at: 2),
            ]), scheme: try scheme())
        #expect(set.examples.map(\.labels) == [["a", "b"]])
        #expect(set.examples.map(\.negative) == [[]])
    }
}
