import SabilEvaluation
import SabilRecords
import Testing

@Suite struct MeasureNameTests {
    @Test(arguments: [
        "nDCG@10", "nDCG", "nDCG(dcg='exp-log2')@10", "nDCG(dcg='exp-log2')", "AP", "AP@100", "AP(rel=2)@10", "RR@10",
        "RR(rel=3)", "P@5", "P(rel=3)@1", "R@1000", "Rprec", "Rprec(rel=2)", "Bpref", "Bpref(rel=2)", "Judged",
        "Judged@10", "Success(rel=2)@1", "ERR", "ERR@20", "RBP", "RBP@10", "RBP(p=0.5)", "RBP(rel=1)",
        "RBP(p=0.95,rel=2)@10", "RBP(p=1e-05)", "SetP", "SetR(rel=2)", "SetF",
    ])
    func `names read back`(name: String) throws { #expect(try Measure(named: name).name == name) }

    /// As ir_measures writes what it read.
    @Test(arguments: [
        ("P(rel=1)@5", "P@5"), ("RBP(p=0.8)", "RBP"), ("RBP(p=.8)@5", "RBP@5"), ("nDCG(dcg='log2')@5", "nDCG@5"),
        ("nDCG(dcg=\"exp-log2\")@5", "nDCG(dcg='exp-log2')@5"), ("RBP( rel=2, p=0.5 )", "RBP(p=0.5,rel=2)"),
        (" AP (rel=2) @ 10 ", "AP(rel=2)@10"), ("NDCG@10", "nDCG@10"), ("MAP", "AP"), ("MRR@10", "RR@10"),
        ("Precision@5", "P@5"), ("Recall@5", "R@5"), ("RPrec", "Rprec"), ("BPref", "Bpref"),
    ])
    func `other ways to write a name give the one way`(given: String, name: String) throws {
        #expect(try Measure(named: given).name == name)
        #expect(try Measure(named: given) == Measure(named: name))
    }

    @Test func `every measure that can be built reads back from its name`() throws {
        for seed: UInt64 in 1...500 {
            var random = SeededGenerator(seed: seed)
            let kind = Measure.Kind.allCases[random.nextIndex(below: Measure.Kind.allCases.count)]
            var parameters: [String] = []
            if random.next() % 2 == 0 { parameters.append("rel=\(1 + random.nextIndex(below: 9))") }
            if random.next() % 2 == 0 { parameters.append("p=\(Double(1 + random.nextIndex(below: 9998)) / 9999)") }
            if random.next() % 2 == 0 { parameters.append("dcg='exp-log2'") }
            let cutoff = random.next() % 2 == 0 ? "@\(1 + random.nextIndex(below: 2000))" : ""
            // Those that the kind does not take are left out.
            parameters.removeAll { Measure("\(kind.rawValue)(\($0))\(cutoff)") == nil }
            let brackets = parameters.isEmpty ? "" : "(" + parameters.joined(separator: ",") + ")"
            guard let measure = Measure(kind.rawValue + brackets + cutoff) else { continue }
            #expect(Measure(measure.name) == measure, "seed \(seed): \(measure.name)")
        }
    }

    @Test(arguments: [
        ("ndcg@10", "names are case-sensitive", "known are nDCG, AP"), ("P", "needs a cutoff", "such as P@10"),
        ("nDCG@0", "no rank 0", "cutoff \"0\""), ("nDCG@", "no number", "cutoff \"\""), ("nDCG@+5", "a sign", "\"+5\""),
        ("nDCG@05", "leading zero", "\"05\""), ("nDCG@5@5", "two cutoffs", "known are"),
        ("nDCG(rel=2)@5", "graded", "takes no parameter \"rel\"; it takes dcg"),
        ("P(rel=0)@5", "0 is not relevant", "grade \"0\""), ("P(rel=2@5", "open bracket", "known are"),
        ("P(x=2)@5", "no such parameter", "it takes rel"), ("", "nothing", "known are"),
        ("nDCG@99999999999999999999", "too large", "whole number"), ("Judged(rel=2)@5", "takes none", "it takes none"),
        ("P()@5", "empty", "key=value"), ("P(2)@5", "no key", "key=value"),
        ("P(rel=1,rel=2)@5", "twice", "given twice"),
        ("Rprec@5", "the number of relevant documents is its cutoff", "takes no cutoff"),
        ("Bpref@5", "looks at all", "takes no cutoff"), ("SetP@5", "a set has no ranks", "takes no cutoff"),
        ("RBP(p=1)", "a reader who never stops", "between 0 and 1"), ("RBP(p=0)", "one who looks at one", "between 0"),
        ("RBP(p=nan)", "no number", "between 0 and 1"), ("RBP(p=-0.5)", "negative", "between 0 and 1"),
        ("nDCG(dcg=exp-log2)@5", "without quotation marks", "quotation marks"), ("nDCG(dcg='exp')", "unknown", "'exp'"),
        ("AP(p=0.5)", "has no persistence", "it takes rel"), ("ERR(rel=2)@5", "graded", "it takes none"),
    ])
    func `other names are refused, and why is said`(name: String, why: String, what: String) {
        #expect(Measure(name) == nil, "\(why)")
        let error = #expect(throws: EvaluationError.self, "\(why)") { try Measure(named: name) }
        #expect(error?.code == .invalidFormat)
        #expect(error?.description.contains(what) == true, "\(error?.description ?? "")")
    }

    @Test func `a list is divided at commas outside of brackets`() throws {
        let measures = try Measure.list("nDCG@10, RBP(p=0.5,rel=2)@5,,P@5,Precision@5")
        #expect(measures.map(\.name) == ["nDCG@10", "RBP(p=0.5,rel=2)@5", "P@5"])
        #expect(throws: EvaluationError.self) { try Measure.list("nDCG@10,RBP(p=2,rel=2)") }
        for names in ["", " , ,"] {
            let error = #expect(throws: EvaluationError.self) { try Measure.list(names) }
            #expect(error?.code == .empty)
        }
    }
}
