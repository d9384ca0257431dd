import SabilEvaluation
import SabilRecords
import Testing

/// What holds for every ranking, on random ones.
@Suite struct MeasureInvariantTests {
    private static let seeds: ClosedRange<UInt64> = 1...200
    private static let names = [
        "nDCG@5", "nDCG", "nDCG(dcg='exp-log2')@5", "AP@10", "AP", "AP(rel=2)", "RR", "RR(rel=3)@5", "P@5", "R@5",
        "Rprec",
        "Rprec(rel=2)", "Bpref", "Bpref(rel=3)", "Success@3", "ERR", "ERR@5", "RBP(rel=1)", "RBP(p=0.5,rel=2)@5",
        "SetP",
        "SetR", "SetF", "Judged@5", "Judged",
    ]

    private func measures(_ names: [String] = names) throws -> [Measure] { try names.map { try Measure(named: $0) } }

    @Test func `values lie between 0 and 1`() throws {
        let measures = try measures()
        for seed in Self.seeds {
            var random = SystemOfGrades(seed: seed)
            let (documents, judged) = random.ranking()
            let ranking = JudgedRanking(documents, judged: judged)
            for measure in measures {
                let value = measure.value(of: ranking)
                #expect(value >= 0 && value <= 1 + 1e-12, "seed \(seed), \(measure): \(value)")
            }
        }
    }

    @Test func `a better document moved up by one rank never lowers a value, and the best order has the highest`()
        throws
    {
        let measures = try measures(Self.names.filter { !$0.hasPrefix("Judged") } + ["RBP", "RBP(p=0.95)@5"])
        for seed in Self.seeds {
            var random = SystemOfGrades(seed: seed)
            let (documents, judged) = random.ranking()
            // Unjudged and negative: no measure but Bpref tells them from 0, and Bpref passes them over.
            let worth = { (document: String) in max(0, judged[document] ?? 0) }
            let given = JudgedRanking(documents, judged: judged)
            let best = JudgedRanking(documents.sorted { (worth($0), $0) > (worth($1), $1) }, judged: judged)
            for measure in measures {
                #expect(
                    measure.value(of: best) >= measure.value(of: given) - 1e-12, "seed \(seed), \(measure), best order")
            }
            for rank in documents.indices.dropFirst() where worth(documents[rank]) > worth(documents[rank - 1]) {
                var moved = documents
                moved.swapAt(rank, rank - 1)
                let better = JudgedRanking(moved, judged: judged)
                for measure in measures {
                    #expect(
                        measure.value(of: better) >= measure.value(of: given) - 1e-12,
                        "seed \(seed), \(measure), rank \(rank + 1)")
                }
            }
        }
    }

    @Test func `an unjudged document at the end changes only what looks at the number of results`() throws {
        let measures = try measures()
        for seed in Self.seeds {
            var random = SystemOfGrades(seed: seed)
            let (documents, judged) = random.ranking()
            let given = JudgedRanking(documents, judged: judged)
            let longer = JudgedRanking(documents + ["unjudged"], judged: judged)
            for measure in measures {
                let (before, after) = (measure.value(of: given), measure.value(of: longer))
                if [.Judged, .SetP, .SetF].contains(measure.kind) {
                    #expect(after <= before, "seed \(seed), \(measure)")
                } else {
                    #expect(after == before, "seed \(seed), \(measure)")
                }
            }
        }
    }

    @Test func `documents of the same grade may change places`() throws {
        let measures = try measures(Self.names + ["RBP"])
        for seed in Self.seeds {
            var random = SystemOfGrades(seed: seed)
            let (documents, judged) = random.ranking()
            let given = JudgedRanking(documents, judged: judged)
            for first in documents.indices {
                let second = documents.lastIndex { judged[$0] == judged[documents[first]] } ?? first
                var swapped = documents
                swapped.swapAt(first, second)
                let other = JudgedRanking(swapped, judged: judged)
                for measure in measures {
                    #expect(measure.value(of: given) == measure.value(of: other), "seed \(seed)")
                }
            }
        }
    }

    @Test func `looking at more ranks never lowers what only adds`() throws {
        for kind in ["AP", "RR", "R", "Success", "ERR", "RBP", "RBP(p=0.5,rel=2)", "AP(rel=2)"] {
            let measures = try (1...25).map { try Measure(named: "\(kind)@\($0)") }
            for seed in Self.seeds {
                var random = SystemOfGrades(seed: seed)
                let (documents, judged) = random.ranking()
                let ranking = JudgedRanking(documents, judged: judged)
                let values = measures.map { $0.value(of: ranking) }
                #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed), \(kind)")
                if let all = Measure(kind) { #expect(values.last == all.value(of: ranking), "seed \(seed), \(kind)") }
            }
        }
    }

    @Test func `measures that must agree agree`() throws {
        let graded = try Measure(named: "RBP(p=0.7)")
        let byGrade = try (1...4).map { try Measure(named: "RBP(p=0.7,rel=\($0))") }
        let (rprec, setF, setP, setR) = try (
            Measure(named: "Rprec"), Measure(named: "SetF"), Measure(named: "SetP"), Measure(named: "SetR")
        )
        for seed in Self.seeds {
            var random = SystemOfGrades(seed: seed)
            let (documents, judged) = random.ranking()
            let ranking = JudgedRanking(documents, judged: judged)
            // A grade is the number of grades from 1 on that it reaches.
            let sum = byGrade.reduce(0) { $0 + $1.value(of: ranking) }
            #expect(abs(graded.value(of: ranking) - sum) < 1e-12, "seed \(seed)")
            // At the rank that is the number of relevant documents, precision is recall.
            let relevant = judged.values.count { $0 > 0 }
            if relevant > 0 {
                let (precision, recall) = try (Measure(named: "P@\(relevant)"), Measure(named: "R@\(relevant)"))
                #expect(rprec.value(of: ranking) == precision.value(of: ranking), "seed \(seed)")
                #expect(rprec.value(of: ranking) == recall.value(of: ranking), "seed \(seed)")
            }
            let (p, r) = (setP.value(of: ranking), setR.value(of: ranking))
            #expect(abs(setF.value(of: ranking) - (p + r > 0 ? 2 * p * r / (p + r) : 0)) < 1e-12, "seed \(seed)")
        }
    }

    @Test func `the order of a run's lines does not matter, also among equal scores`() throws {
        let judgements = try Judgements(path: Fixtures.folder + "/graded-qrels.txt")
        let lines = try Fixtures.lines("graded.run")
        let measures = try measures()
        let given = try RunEvaluation(
            Run(bytes: Array(lines.joined(separator: "\n").utf8), name: "r"), judgements: judgements, measures: measures
        )
        for seed: UInt64 in 1...5 {
            var random = SeededGenerator(seed: seed)
            var shuffled = lines
            for place in shuffled.indices.dropFirst() {
                shuffled.swapAt(place, random.nextIndex(below: place + 1))
            }
            let other = try RunEvaluation(
                Run(bytes: Array(shuffled.joined(separator: "\n").utf8), name: "r"), judgements: judgements,
                measures: measures)
            for measure in measures {
                #expect(given.values(of: measure) == other.values(of: measure), "seed \(seed), \(measure)")
            }
        }
    }
}
