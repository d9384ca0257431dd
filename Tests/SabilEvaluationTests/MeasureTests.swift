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

    @Test func `with grades to 4 and below 0, ties and missing queries every figure is that of the reference`() throws {
        let judgements = try Judgements(path: Fixtures.folder + "/graded-qrels.txt")
        let run = try Run(path: Fixtures.folder + "/graded.run")
        let rows = try Fixtures.rows("graded-expected.tsv")
        var measures: [Measure] = []
        for row in rows where measures.last?.name != row[0] { measures.append(try Measure(named: row[0])) }
        #expect(Set(measures.map(\.kind)) == Set(Measure.Kind.allCases))
        let evaluation = try RunEvaluation(run, judgements: judgements, measures: measures)
        #expect(evaluation.missing == ["g05", "g11"])
        #expect(
            evaluation.notes == [
                "2 of 18 judged queries have no result in the run and count as 0.",
                "1 queries of the run are not judged and do not count.",
            ])
        for row in rows {
            let measure = try Measure(named: row[0])
            #expect(measure.name == row[0])
            let expected = try #require(Double(row[2]))
            let value: Double
            if row[1] == "all" {
                value = evaluation.mean(of: measure)
            } else {
                value = evaluation.values(of: measure)[try #require(evaluation.queries.firstIndex(of: row[1]))]
            }
            #expect(abs(value - expected) < 1e-9, "\(row): \(value)")
        }
        #expect(rows.count == measures.count * 19)
    }

    @Test func `a hand-worked ranking has the values of the formulas`() throws {
        // Ranks: 1 unjudged, 2 grade 1, 3 grade 0, 4 grade 3; one relevant document (grade 2) not found.
        let ranking = JudgedRanking(["u", "a", "z", "b"], judged: ["a": 1, "z": 0, "b": 3, "m": 2, "n": -1])
        let table: [(String, Double)] = [
            ("nDCG@10", (1 / 1.584962500721156 + 3 / 2.321928094887362) / (3 + 2 / 1.584962500721156 + 1 / 2)),
            ("AP", (1.0 / 2 + 2.0 / 4) / 3), ("AP@3", (1.0 / 2) / 3), ("RR", 1.0 / 2), ("RR(rel=2)", 1.0 / 4),
            ("RR@1", 0), ("P@5", 2.0 / 5), ("P(rel=2)@4", 1.0 / 4), ("R@3", 1.0 / 3), ("R@100", 2.0 / 3),
            ("Success@1", 0), ("Success@2", 1), ("Judged@10", 3.0 / 4), ("Judged", 3.0 / 4), ("Judged@1", 0),
            // 2^g − 1 is 1 for a, 7 for b, 3 for m.
            (
                "nDCG(dcg='exp-log2')@10",
                (1 / 1.584962500721156 + 7 / 2.321928094887362) / (7 + 3 / 1.584962500721156 + 1 / 2)
            ),
            // Three are relevant: of the first three one, a, is.
            ("Rprec", 1.0 / 3), ("Rprec(rel=3)", 0),
            // z is the only one judged not relevant (n is below 0): it stands before b and not before a; m is not found.
            ("Bpref", (1.0 + 0) / 3),
            // From grade 2 on a and z are not relevant and both stand before b; of 2 relevant documents one is found.
            ("Bpref(rel=2)", (1 - 2.0 / 2) / 2),
            // The reader stops at a with 1/16, at b with 7/16.
            ("ERR", 1.0 / 16 / 2 + 15.0 / 16 * 7 / 16 / 4), ("ERR@3", 1.0 / 16 / 2),
            ("RBP(p=0.5,rel=1)", 0.5 * 0.5 + 0.5 * 0.125), ("RBP(p=0.5,rel=2)", 0.5 * 0.125),
            ("RBP(p=0.5)", 0.5 * 0.5 + 3 * 0.5 * 0.125), ("RBP(p=0.5)@3", 0.5 * 0.5),
            ("RBP", 0.2 * 0.8 + 3 * 0.2 * 0.512),
            ("SetP", 2.0 / 4), ("SetR", 2.0 / 3), ("SetF", 2 * 0.5 * (2.0 / 3) / (0.5 + 2.0 / 3)), ("SetR(rel=3)", 1),
        ]
        for (name, expected) in table {
            let measure = try #require(Measure(name), "\(name)")
            #expect(abs(measure.value(of: ranking) - expected) < 1e-12, "\(name)")
        }
    }

    @Test func `nothing found and nothing relevant give 0, never a number that is none`() throws {
        let names = [
            "nDCG@10", "nDCG", "nDCG(dcg='exp-log2')", "AP", "RR", "P@5", "R@5", "Rprec", "Bpref", "Success@5",
            "Judged@5",
            "Judged", "ERR@5", "RBP", "SetP", "SetR", "SetF",
        ]
        for name in names {
            let measure = try Measure(named: name)
            #expect(measure.value(of: JudgedRanking([], judged: ["a": 1])) == 0)
            #expect(measure.value(of: JudgedRanking(["b"], judged: [:])) == 0)
        }
    }

    @Test func `grades beyond what references allow stay finite`() throws {
        let ranking = JudgedRanking(["b", "a"], judged: ["a": 5000, "b": 2000, "c": 1])
        // At both the reader stops as at grade 4, with 15/16.
        #expect(try Measure(named: "ERR").value(of: ranking) == 15.0 / 16 + 1.0 / 16 * 15 / 16 / 2)
        #expect(try Measure(named: "nDCG(dcg='exp-log2')").value(of: ranking) <= 1)
    }

    @Test func `with everything judged relevant nothing can stand before a relevant document`() throws {
        #expect(try Measure(named: "Bpref").value(of: JudgedRanking(["x", "a"], judged: ["a": 1, "b": 2])) == 0.5)
    }
}
