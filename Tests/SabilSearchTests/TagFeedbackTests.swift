import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch

@Suite struct TagFeedbackTests {
    private static func best(_ rows: [(Double, [UInt32])]) -> [TagFeedback.Best] {
        rows.map { TagFeedback.Best(score: $0.0, concepts: $0.1) }
    }

    @Test func `shares are as computed by hand, and add up to 1`() {
        // Of scores 6 + 3 + 1 = 10: concept 1 has 9, concept 2 has 4; a tenth and a fifth of the collection have them.
        let feedback = TagFeedback(Self.best([(6, [1]), (3, [1, 2]), (1, [2])])) { $0 == 1 ? 0.1 : 0.2 }
        let first = 0.9 * 2.1972245773362196  // ln 9
        let second = 0.4 * 0.6931471805599453  // ln 2
        #expect(abs((feedback.shares[1] ?? 0) - first / (first + second)) < 1e-12)
        #expect(abs((feedback.shares[2] ?? 0) - second / (first + second)) < 1e-12)
        #expect(feedback.shares.count == 2)
    }

    @Test(
        arguments: [
            ([(5.0, [1]), (4.0, [2])], 0.01, "a concept of one work alone"),
            ([(5.0, [1]), (5.0, [1]), (90.0, [])], 0.1, "no commoner among the best than elsewhere"),
            ([(5.0, [1]), (5.0, [1])], 0, "a concept that the collection is not known to have"),
            ([], 0.5, "no hits"),
        ] as [([(Double, [UInt32])], Double, String)])
    func `says nothing`(rows: [(Double, [UInt32])], part: Double, reason: String) {
        #expect(TagFeedback(Self.best(rows)) { _ in part }.shares.isEmpty, "\(reason)")
    }

    @Test func `what a hit shares comes the weightiest first, and nothing else`() {
        let feedback = TagFeedback(Self.best([(2, [7, 3, 9]), (2, [7, 3]), (1, [3])])) { _ in 0.01 }
        #expect(feedback.shared([9, 7, 3]).map(\.concept) == [3, 7])
        #expect(feedback.shared([4]).isEmpty)
    }

    // MARK: In a search

    private static func record(
        _ id: String, _ title: String, _ language: Language = .english, _ concepts: [ConceptID] = [],
        by source: LabelSource = .human, work: String? = nil
    ) -> ResourceRecord {
        ResourceRecord(
            id: RecordID(id), work: WorkID(work ?? id), type: "news", language: language, title: title,
            concepts: concepts.map { ConceptTag($0, source: source) })
    }

    /// Two works about pensions that the words find best, and two records that the words find just as well as one another.
    private static func records(by source: LabelSource = .human, work: String? = nil) -> [ResourceRecord] {
        [
            record("best-1", "zebu quokka", .english, ["social-pensions"], by: source, work: work),
            record("best-2", "zebu quokka", .english, ["social-pensions"], by: source, work: work),
            record("about", "zebu of another kind", .english, ["social-pensions"], by: source),
            record("above", "zebu of another kind", .english, ["social-assistance"], by: source),
            record("beside", "zebu of another kind", .english, ["school-feeding"], by: source),
        ] + (0..<20).map { record("other-\($0)", "lantern \($0)") }
    }

    private static func scores(
        _ records: [ResourceRecord], _ expansion: Expansion
    ) async throws -> [String: (score: Double, shared: [String])] {
        try await SearchFixture.withService(records) { service in
            let page = try await service.search(
                SearchRequest("zebu quokka", language: .english, expansion: expansion, explain: true))
            for hit in page.hits {
                let sum = hit.explanation.reduce(0) { $0 + $1.contribution }
                #expect(abs(sum - hit.score) < 1e-9, "\(hit.record.id)")
            }
            return Dictionary(
                uniqueKeysWithValues: page.hits.map { hit in
                    (
                        hit.record.id.rawValue,
                        (hit.score, hit.explanation.filter { $0.kind == .sharedConcept }.map(\.name))
                    )
                })
        }
    }

    @Test func `what people tagged like the best hits comes sooner, and the explanation says by which concept`()
        async throws
    {
        let scores = try await Self.scores(Self.records(), .concepts)
        let about = try #require(scores["about"])
        let above = try #require(scores["above"])
        let beside = try #require(scores["beside"])
        #expect(about.score > above.score)
        #expect(above.score > beside.score, "what stands above a shared concept is shared too")
        #expect(about.shared.contains("Social pensions"))
        #expect(above.shared.contains("Social assistance"))
        #expect(!above.shared.contains("Social pensions"))
        #expect(beside.shared.allSatisfy { $0 != "School feeding" })
    }

    @Test func `tags of a machine, versions of one work and searches without concepts lift nothing`() async throws {
        for (records, expansion, reason) in [
            (Self.records(by: .machine), Expansion.concepts, "tags of a machine"),
            (Self.records(work: "one"), .concepts, "one work, in two versions"),
            (Self.records(), .labels, "names only"), (Self.records(), .none, "no expansion"),
        ] {
            let scores = try await Self.scores(records, expansion)
            let isEmpty = scores.values.allSatisfy { $0.shared.isEmpty }
            #expect(isEmpty || reason.hasPrefix("one work"), "\(reason)")
            if reason.hasPrefix("one work") {
                // The work counts once; "about" is the second with the concept, "above" shares only what is above it.
                #expect(scores["best-1"]?.shared == scores["best-2"]?.shared, "\(reason)")
            }
        }
    }
}
