import SabilEvaluation
import Testing

@Suite struct MeasureTests {
    @Test(arguments: ["system", "baseline"])
    func `every figure is that of ir_measures, per query and over all`(name: String) throws {
        let judgements = try Judgements(path: Fixtures.folder + "/qrels.txt")
        let run = try Run(path: Fixtures.folder + "/\(name).run")
        let rows = try Fixtures.rows("expected.tsv").filter { $0[0] == name }
        let measures = try Set(rows.map { $0[1] }).sorted().map { try #require(Measure($0), "\($0)") }
        #expect(measures.count == 20)
        let evaluation = try RunEvaluation(run, judgements: judgements, measures: measures)
        var compared = 0
        for row in rows {
            let measure = try #require(Measure(row[1]))
            let expected = try #require(Double(row[3]))
            let value: Double
            if row[2] == "all" {
                value = evaluation.mean(of: measure)
            } else {
                let position = try #require(evaluation.queries.firstIndex(of: row[2]))
                value = evaluation.values(of: measure)[position]
            }
            #expect(abs(value - expected) < 1e-6, "\(row): \(value)")
            compared += 1
        }
        #expect(compared > 250)
    }

    @Test func `a hand-worked ranking has the values of the formulas`() throws {
        // Ranks: 1 unjudged, 2 grade 1, 3 grade 0, 4 grade 3; one relevant document (grade 2) not found.
        let ranking = JudgedRanking(["u", "a", "z", "b"], judged: ["a": 1, "z": 0, "b": 3, "m": 2, "n": -1])
        let table: [(String, Double)] = [
            ("nDCG@10", (1 / 1.584962500721156 + 3 / 2.321928094887362) / (3 + 2 / 1.584962500721156 + 1 / 2)),
            ("AP", (1.0 / 2 + 2.0 / 4) / 3), ("AP@3", (1.0 / 2) / 3), ("RR", 1.0 / 2), ("RR(rel=2)", 1.0 / 4),
            ("RR@1", 0), ("P@5", 2.0 / 5), ("P(rel=2)@4", 1.0 / 4), ("R@3", 1.0 / 3), ("R@100", 2.0 / 3),
            ("Success@1", 0), ("Success@2", 1), ("Judged@10", 3.0 / 4), ("Judged@1", 0),
        ]
        for (name, expected) in table {
            let measure = try #require(Measure(name), "\(name)")
            #expect(abs(measure.value(of: ranking) - expected) < 1e-12, "\(name)")
        }
    }

    @Test func `nothing found and nothing relevant give 0, never a number that is none`() throws {
        for name in ["nDCG@10", "nDCG", "AP", "RR", "P@5", "R@5", "Success@5", "Judged@5"] {
            let measure = try #require(Measure(name))
            #expect(measure.value(of: JudgedRanking([], judged: ["a": 1])) == 0)
            #expect(measure.value(of: JudgedRanking(["b"], judged: [:])) == 0)
        }
    }

    @Test(arguments: [
        "nDCG@10", "nDCG", "AP", "AP@100", "AP(rel=2)@10", "RR@10", "P@5", "P(rel=3)@1", "R@1000", "Judged@10",
    ])
    func `names read back`(name: String) { #expect(Measure(name)?.name == name) }

    @Test(arguments: [
        ("ndcg@10", "names are case-sensitive"), ("P", "needs a cutoff"), ("nDCG@0", "no rank 0"),
        ("nDCG@", "no number"),
        ("nDCG@+5", "a sign"), ("nDCG@05", "leading zero"), ("nDCG@5@5", "two cutoffs"), ("nDCG(rel=2)@5", "graded"),
        ("P(rel=0)@5", "0 is not relevant"), ("P(rel=2@5", "open bracket"), ("P(x=2)@5", "no such parameter"),
        ("", "nothing"),
        ("nDCG@99999999999999999999", "too large"), ("Judged(rel=2)@5", "takes none"), ("P()@5", "empty"),
    ])
    func `other names are refused`(name: String, why: String) { #expect(Measure(name) == nil, "\(why)") }

    @Test func `values lie between 0 and 1 and a better order is never worse, for random rankings`() throws {
        let measures = try ["nDCG@5", "nDCG", "AP@10", "RR", "P@5", "R@5", "Judged@5"].map { try #require(Measure($0)) }
        for seed: UInt64 in 1...200 {
            var random = SystemOfGrades(seed: seed)
            let (documents, judged) = random.ranking()
            let given = JudgedRanking(documents, judged: judged)
            let best = JudgedRanking(
                documents.sorted { (judged[$0] ?? 0, $0) > (judged[$1] ?? 0, $1) }, judged: judged)
            for measure in measures {
                let value = measure.value(of: given)
                #expect((0...1).contains(value), "seed \(seed), \(measure)")
                if measure.kind != .Judged {
                    #expect(measure.value(of: best) >= value - 1e-12, "seed \(seed), \(measure)")
                }
            }
        }
    }
}
