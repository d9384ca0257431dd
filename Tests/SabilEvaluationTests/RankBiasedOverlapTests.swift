import SabilEvaluation
import SabilRecords
import Testing

@Suite struct RankBiasedOverlapTests {
    /// Documents in rank order; those in one word share a score.
    private func ranking(_ text: String) -> [ScoredDocument] {
        text.split(separator: " ").enumerated().flatMap { group in
            group.element.map { ScoredDocument(String($0), score: -Double(group.offset)) }
        }
    }

    /// Two rankings and their overlap as a fraction.
    struct Case: Sendable {
        let one: String
        let other: String
        let overlap: Double

        init(_ one: String, _ other: String, _ numerator: Int, _ denominator: Int) {
            self.one = one
            self.other = other
            overlap = Double(numerator) / Double(denominator)
        }
    }

    static let untied = [
        // Agreements 0, 1; ½·0 + ¼·1 + ¼·1
        Case("a b", "b a", 1, 2),
        // Agreements 1, ½, ⅔: ½·1 + ¼·½ + ⅛·⅔ + ⅛·⅔
        Case("a b c", "a d b", 19, 24),
        Case("a b c", "d e f", 0, 1), Case("a", "a", 1, 1), Case("a b c", "a b c", 1, 1),
        // Of the short list 0 of 1 are common, so what it lacks is held to agree to 0: 0, then ½; ¼·½ + ¼·½
        Case("b", "a b", 1, 4),
        // The short list agrees wholly, so it is held to go on so.
        Case("a", "a b c d", 1, 1),
        Case("", "", 1, 1), Case("", "a b", 0, 1),
    ]

    @Test(arguments: untied)
    func `hand-worked overlaps at persistence one half`(known: Case) throws {
        let overlap = try #require(RankBiasedOverlap(persistence: 0.5))
        #expect(abs(overlap(ranking(known.one), ranking(known.other)) - known.overlap) < 1e-12)
    }

    static let tied = [
        // Depth 1: {a, b} and {a}: 2·1/3; depth 2: {a, b} and {a, b}: 1. ½·⅔ + ¼·1 + ¼·1
        Case("ab", "a b", 5, 6),
        // The order within a tie does not matter.
        Case("ab", "ba", 1, 1), Case("ab c", "ba c", 1, 1),
        // Depth 1: {a} and {b, c}: 0, held for what the short list lacks. Depth 2: 0; depth 3: 2·1/(3+3). ⅛·⅓ + ⅛·⅓
        Case("a", "bc a", 1, 12),
        // Depth 1: 2·1/(1+3) = ½, held for what the short list lacks. Depth 2: 2·(1 + ½·1)/(2+3) = 0.6;
        // depth 3: 2·(1 + ½·2)/(3+3) = ⅔. ½·½ + ¼·0.6 + ⅛·⅔ + ⅛·⅔
        Case("a", "abc", 17, 30),
    ]

    @Test(arguments: tied)
    func `hand-worked overlaps with shared ranks`(known: Case) throws {
        let overlap = try #require(RankBiasedOverlap(persistence: 0.5, ties: .shared))
        #expect(abs(overlap(ranking(known.one), ranking(known.other)) - known.overlap) < 1e-12)
        #expect(abs(overlap(ranking(known.other), ranking(known.one)) - known.overlap) < 1e-12)
    }

    @Test func `ties stand as ranked unless they are to be shared`() throws {
        let asRanked = try #require(RankBiasedOverlap(persistence: 0.5))
        #expect(abs(asRanked(ranking("ab"), ranking("ba")) - 0.5) < 1e-12)
    }

    @Test(arguments: [0, 1, -0.5, 1.5, Double.nan])
    func `a persistence of nobody or everybody is refused`(persistence: Double) {
        #expect(RankBiasedOverlap(persistence: persistence) == nil)
    }

    @Test
    func `for random rankings it is symmetric, 1 for equal ones and beginnings, and what is unseen weighs little`()
        throws
    {
        for seed: UInt64 in 1...300 {
            var random = SeededGenerator(seed: seed)
            func draw() -> [ScoredDocument] {
                let pool = (0..<30).map { "d\($0)" }.shuffled(using: &random)
                // Few different scores make many ties.
                return pool.prefix(1 + random.nextIndex(below: 30)).map {
                    ScoredDocument($0, score: Double(random.nextIndex(below: 6)))
                }.sorted { $0.ranksBefore($1) }
            }
            let one = draw()
            let other = draw()
            let persistence = 0.5 + 0.45 * random.nextUnit()
            for ties in [RankBiasedOverlap.Ties.asRanked, .shared] {
                let overlap = try #require(RankBiasedOverlap(persistence: persistence, ties: ties))
                let value = overlap(one, other)
                #expect((0...1).contains(value), "seed \(seed)")
                #expect(abs(value - overlap(other, one)) < 1e-12, "seed \(seed)")
                #expect(abs(overlap(one, one) - 1) < 1e-12, "seed \(seed)")
                let disjoint = other.map { ScoredDocument("x" + $0.document, score: $0.score) }
                #expect(overlap(one, disjoint) == 0, "seed \(seed)")
            }
            let overlap = try #require(RankBiasedOverlap(persistence: persistence))
            let depth = 1 + random.nextIndex(below: one.count)
            #expect(abs(overlap(one, Array(one.prefix(depth))) - 1) < 1e-12, "seed \(seed)")
            // Both cut at k share all agreements down to k with the whole ones; the rest weighs p^k.
            let shared = min(one.count, other.count, depth)
            let cut = overlap(Array(one.prefix(shared)), Array(other.prefix(shared)))
            var weight = 1.0
            for _ in 0..<shared { weight *= persistence }
            #expect(abs(cut - overlap(one, other)) <= weight + 1e-12, "seed \(seed)")
        }
    }

    @Test func `a query that one run lacks has 0, one that both lack has 1`() throws {
        let one = try Run(bytes: Array("q1 Q0 a 1 2 t\nq2 Q0 a 1 2 t".utf8), name: "one")
        let other = try Run(bytes: Array("q1 Q0 a 1 2 t".utf8), name: "other")
        let overlap = try #require(RankBiasedOverlap())
        #expect(overlap.values(one, other, queries: ["q1", "q2", "q3"]) == [1, 0, 1])
    }
}
