import SabilRecords
import Testing

@testable import SabilReview

@Suite struct DecisionTests {
    @Test(
        "a moment is read and written to the millisecond",
        arguments: [
            ("2026-11-21T09:30:00.250Z", "2026-11-21T09:30:00.250Z", "as written"),
            ("2026-11-21T09:30:00Z", "2026-11-21T09:30:00.000Z", "without a fraction"),
            ("2026-11-21T09:30:00.2Z", "2026-11-21T09:30:00.200Z", "one digit"),
            ("2026-11-21T09:30:00.123456Z", "2026-11-21T09:30:00.123Z", "more digits are cut"),
            ("2026-11-21T11:30:00.001+02:00", "2026-11-21T09:30:00.001Z", "an offset"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z", "before 1970"),
        ])
    func moments(_ text: String, _ written: String, _ reason: String) throws {
        let instant = try #require(Instant(text))
        #expect(instant.description == written, "\(reason)")
        #expect(Instant(instant.description) == instant)
    }

    @Test(arguments: ["", "yesterday", "2026-11-21", "2026-13-01T00:00:00Z", "2026-11-21T09:30:00.Z", "٢٠٢٦"])
    func `what is no moment is refused`(_ text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `a thousand moments survive writing and reading`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<1_000 {
            let instant = Instant(milliseconds: Int64(generator.nextIndex(below: 4_102_444_800_000)))
            #expect(Instant(instant.description) == instant, "seed 11")
        }
    }

    @Test func `a decision without a name, with a foreign score and an odd id says all three`() {
        let decision = Decision(
            id: DecisionID("one"), record: RecordID("r"), concept: ConceptID("c"), verdict: .accept, by: " ",
            score: 1.5)
        #expect(decision.defects.map(\.value) == ["id", "by", "score"])
    }
}
