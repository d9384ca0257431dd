import SabilEvaluation
import SabilRecords
import Testing

@Suite struct TRECFormatsTests {
    private func judgements(_ text: String) throws -> Judgements {
        try Judgements(bytes: Array(text.utf8), name: "q.txt")
    }
    private func run(_ text: String) throws -> Run { try Run(bytes: Array(text.utf8), name: "r.run") }

    @Test func `qrels of TREC and of BEIR are told apart, tabs and spaces alike`() throws {
        let trec = try judgements("q1 0 a 1\nq1\t0\tb\t0\r\n\nq2  0  a  -1")
        let beir = try judgements("query-id\tcorpus-id\tscore\nq1\ta\t1\nq1\tb\t0\nq2\ta\t-1\n")
        #expect(trec == beir)
        #expect(trec.queries == ["q1", "q2"])
        #expect(trec.count == 3)
        #expect(trec.grades(ofQuery: "q1") == ["a": 1, "b": 0])
        #expect(try judgements("q1\ta\t1\nq1\tb\t0\nq2\ta\t-1\n") == trec, "BEIR without its header")
        #expect(try judgements(trec.trec()) == trec)
        #expect(try judgements("\u{FEFF}" + trec.trec()) == trec, "a byte order mark is no part of a query")
        #expect(trec.restricted(to: ["q2"]).queries == ["q2"])
    }

    @Test(arguments: [
        ("q1 0 a", "line 1", "\"q1 0 a\" is BEIR without a number: a header and nothing below", "holds no line"),
        ("q1 0 a 1\nq1 0 b", "line 2", "three columns after four", "line 2 has 3 columns"),
        ("q1 0 a 1\n\nq1 0 b x", "line 3", "blank lines count", "line 3 has the grade \"x\""),
        ("q1 0 a 1.5", "line 1", "half a grade", "line 1 has the grade \"1.5\""),
        (
            "q1 0 a 1\nq1 0 a 2", "line 2", "two grades",
            "line 2 judges document \"a\" of query \"q1\" again, as 2 after 1"
        ),
        ("a b", "line 1", "two columns", "line 1 has 2 columns"), ("", "", "empty", "holds no line"),
    ])
    func `broken qrels are refused with their line`(text: String, line: String, why: String, words: String) {
        let error = #expect(throws: EvaluationError.self) { try judgements(text) }
        #expect(error?.message.contains(words) == true, "\(why): \(error?.message ?? "")")
        #expect(error?.message.contains("\"q.txt\"") == true)
    }

    @Test(arguments: [
        ("q1 Q0 a 1 2.5", "line 1 has 5 columns"), ("q1 Q0 a 1 2.5 t\nq1 Q0 b 2 nan t", "line 2 has the score \"nan\""),
        ("q1 Q0 a 1 inf t", "line 1 has the score"), ("q1 Q0 a one 2 t", "line 1 has the rank \"one\""),
        ("q1 Q0 a 1 2 t\nq1 Q0 a 2 1 t", "line 2 ranks document \"a\" of query \"q1\" a second time"),
        ("\n \n", "holds no line"),
    ])
    func `a broken run is refused with its line`(text: String, words: String) {
        let error = #expect(throws: EvaluationError.self) { try run(text) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func `bytes that are not UTF-8 and missing files are refused`() {
        let bytes: [UInt8] = Array("q1 0 ".utf8) + [0xFF] + Array(" 1".utf8)
        let broken = #expect(throws: EvaluationError.self) { try Judgements(bytes: bytes, name: "q.txt") }
        #expect(broken?.message.contains("line 1 is not UTF-8") == true)
        let missing = #expect(throws: EvaluationError.self) { try Run(path: "/nowhere/at.all") }
        #expect(missing?.code == .notFound)
        #expect(missing?.operation == "read run")
        #expect(missing?.description.contains("/nowhere/at.all") == true)
    }

    @Test func `a run is ranked by score, ties by id descending in byte order`() throws {
        let run = try run("q Q0 a 1 1 t\nq Q0 é 2 1 t\nq Q0 b 3 2 t\nq Q0 z 4 1.0 t\nq Q0 Z 5 1 t")
        #expect(run.ranking(ofQuery: "q")?.map(\.document) == ["b", "é", "z", "a", "Z"])
        #expect(run.ranking(ofQuery: "other") == nil)
        #expect(run.tag == "t")
    }

    @Test func `a written run reads back in the same order, whatever the scores`() throws {
        for seed: UInt64 in 1...60 {
            var random = SeededGenerator(seed: seed)
            var run = Run(tag: "my tag")
            for query in 0..<3 {
                // Ties, scores closer than single precision, and an order that does not follow the scores.
                let hits = (0..<40).map { number in
                    let score =
                        switch random.nextIndex(below: 5) {
                        case 0: 1.0
                        case 1: 1.0 + Double(random.nextIndex(below: 9)) * 1e-12
                        case 2: -random.nextUnit() * 1e-30
                        case 3: 1e300
                        default: random.nextUnit() * 100
                        }
                    return ScoredDocument("d\(number)", score: score)
                }
                run.setRanking(hits, ofQuery: "q\(query)")
            }
            let text = run.trec()
            let back = try self.run(text)
            #expect(back.tag == "my_tag")
            for query in run.queries {
                let expected = run.ranking(ofQuery: query)?.map(\.document)
                #expect(back.ranking(ofQuery: query)?.map(\.document) == expected, "seed \(seed)")
                let printed = try text.split(separator: "\n").filter { $0.hasPrefix(query + "\t") }.map {
                    try #require(Float($0.split(separator: "\t")[4]))
                }
                #expect(zip(printed, printed.dropFirst()).allSatisfy { $0 > $1 }, "seed \(seed)")
                #expect(printed.allSatisfy { $0.isFinite }, "seed \(seed)")
            }
        }
    }

    @Test func `missing queries count as 0 and are named, unjudged ones are left out and counted`() throws {
        let evaluation = try RunEvaluation(
            run("q1 Q0 a 1 1 t\nq9 Q0 a 1 1 t"), judgements: judgements("q1 0 a 1\nq2 0 a 1"),
            measures: [#require(Measure("RR"))])
        #expect(evaluation.mean(of: try #require(Measure("RR"))) == 0.5)
        #expect(evaluation.missing == ["q2"])
        #expect(evaluation.unjudgedQueries == 1)
        #expect(evaluation.notes.count == 2)
        let error = #expect(throws: EvaluationError.self) {
            try RunEvaluation(run("q1 Q0 a 1 1 t"), judgements: Judgements())
        }
        #expect(error?.code == .empty)
    }
}
