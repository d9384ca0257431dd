import SabilRecords
import Testing

@testable import SabilReview

@Suite struct DecidedConceptsTests {
    private func decision(_ verdict: Verdict, _ concept: String, at second: Int64) -> Decision {
        Decision(
            record: RecordID("r"), concept: ConceptID(concept), verdict: verdict, by: "Amal",
            at: Instant(milliseconds: second * 1_000))
    }

    private let record = ResourceRecord(
        id: RecordID("r"), type: "news", title: "T", populationGroups: [ConceptID("children")],
        concepts: [
            ConceptTag(ConceptID("a"), source: .machine), ConceptTag(ConceptID("b"), source: .human),
            ConceptTag(ConceptID("c"), source: .machine),
        ])

    @Test func `the later decision holds, of two at once the one stored later`() {
        let decided = DecidedConcepts([
            decision(.reject, "a", at: 2), decision(.accept, "a", at: 1), decision(.accept, "b", at: 3),
            decision(.remove, "b", at: 3),
        ])
        #expect(decided.decisions(about: RecordID("r")).map(\.verdict) == [.reject, .remove])
        #expect(decided.records == [RecordID("r")])
    }

    @Test func `each verdict does to the record what it says`() {
        let decided = DecidedConcepts([
            decision(.accept, "a", at: 1), decision(.accept, "b", at: 1), decision(.reject, "c", at: 1),
            decision(.add, "z", at: 1), decision(.add, "e", at: 1), decision(.remove, "children", at: 1),
        ])
        let applied = decided.applied(to: record)
        #expect(
            applied.concepts == [
                ConceptTag(ConceptID("a"), source: .confirmed), ConceptTag(ConceptID("b"), source: .human),
                ConceptTag(ConceptID("e"), source: .confirmed), ConceptTag(ConceptID("z"), source: .confirmed),
            ])
        #expect(applied.populationGroups.isEmpty)
        #expect(decided.applied(to: applied) == applied, "applying twice changes nothing")
    }

    @Test func `a record nobody decided on stays as it is`() {
        #expect(DecidedConcepts([decision(.reject, "a", at: 1)]).applied(to: other) == other)
    }

    private var other: ResourceRecord {
        var other = record
        other.id = RecordID("s")
        return other
    }
}
