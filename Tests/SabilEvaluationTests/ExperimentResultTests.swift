import Foundation
import SabilEvaluation
import SabilRecords
import Testing

struct ExperimentResultTests {
    /// A result in which every part is there, figures drawn at random over the whole range of what may occur.
    private func randomResult(_ random: inout SeededGenerator) -> ExperimentResult {
        func figure() -> Double { Double(random.next() >> 11) / Double(1 << 53) }
        func values(_ prefix: String) -> ExperimentResult.MeasuredValues {
            var perQuery: [String: Double] = [:]
            for _ in 0..<random.nextIndex(below: 5) { perQuery["\(prefix)\(random.next() % 100)\"\\/é"] = figure() }
            return ExperimentResult.MeasuredValues(mean: figure(), perQuery: perQuery)
        }
        var result = ExperimentResult(
            experiment: "rank-x", digest: "0a", kind: random.next() % 2 == 0 ? .rank : .classify, collection: "x",
            language: "ar", engine: "0.1.0", commit: random.next() % 2 == 0 ? "abc1234+" : nil,
            finished: Date(timeIntervalSince1970: Double(random.next() % 4_000_000_000)),
            counts: .init(documents: 3, queries: 2, judgements: 7), measures: ["nDCG@10": values("q")])
        result.settings = .init(expand: "labels", parameters: ["k1": figure()], model: ["folds": "3"], sample: 50)
        result.cost = .init(
            indexSeconds: figure(), searchSeconds: nil, cpuSeconds: figure() * 1e-9, indexBytes: .max,
            maxRSSKilobytes: 0)
        if random.next() % 2 == 0 {
            result.groups = ["lang=fr": ["nDCG@10": .init(mean: figure(), queries: 57)]]
            result.baseline = .init(name: "lucene", measures: ["nDCG@10": values("q")], notes: ["A note."])
            result.run = "runs/x.trec"
            result.notes = ["One."]
            result.perConcept = [
                .init(concept: "x", support: 3, precision: figure(), recall: figure(), f1: figure(), threshold: nil)
            ]
            result.reliability = [.init(low: 0, high: 0.1, count: 10, confidence: figure(), accuracy: figure())]
            result.ece = figure()
            result.calibrations = ["lang=fr": .init(ece: figure(), bins: result.reliability)]
            result.precisionRecall = [.init(threshold: figure(), precision: figure(), recall: 1)]
            result.learningCurve = [.init(examples: 50, microF1: figure(), low: 0, high: 1)]
            result.confusion = [.init(gold: "a", predicted: "b", count: 4)]
        }
        return result
    }

    @Test func readsBackWhatItWroteAndWritesItAgainByteForByte() throws {
        let seed: UInt64 = 20_261_121
        var random = SeededGenerator(seed: seed)
        for round in 0..<200 {
            let result = randomResult(&random)
            let bytes = try result.json()
            let read = try ExperimentResult(json: bytes, name: "x.json")
            #expect(read == result, "seed \(seed), round \(round)")
            #expect(try read.json() == bytes, "seed \(seed), round \(round)")
        }
    }

    /// The keys are what other programs read: a spelling that changes is a new format.
    @Test func readsTheFormatAsItIsDescribed() throws {
        let text = """
            {"format": 1, "experiment": "rank-arcd", "digest": "ff", "kind": "classify", "collection": "arcd_ar_train",
             "language": "ar", "engine": "0.1.0", "commit": null, "finished": "2026-11-21T14:00:00Z",
             "settings": {"expand": "none", "parameters": {"k1": 0.9}},
             "counts": {"documents": 231, "queries": 693, "judgements": 693},
             "cost": {"index_seconds": 0.3, "search_seconds": 1.5, "cpu_seconds": 2.0, "index_bytes": 1,
                      "max_rss_kilobytes": 2},
             "measures": {"nDCG@10": {"mean": 0.88, "per_query": {"q1": 1.0}}, "micro F1": {"mean": 0.5}},
             "groups": {"lang=fr": {"nDCG@10": {"mean": 0.5, "queries": 57}}},
             "baseline": {"name": "lucene", "measures": {"nDCG@10": {"mean": 0.5, "per_query": {"q1": 0.5}}}},
             "run": "x.trec",
             "per_concept": [{"concept": "x", "support": 3, "precision": 0.5, "recall": 0.25, "f1": 0.4,
                              "threshold": 0.3}],
             "reliability": [{"low": 0, "high": 0.1, "count": 10, "confidence": 0.05, "accuracy": 0.04}], "ece": 0.03,
             "calibrations": {"lang=fr": {"ece": 0.02, "bins": []}},
             "precision_recall": [{"threshold": 0.3, "precision": 0.8, "recall": 0.5}],
             "learning_curve": [{"examples": 50, "micro_f1": 0.4, "low": 0.38, "high": 0.42}],
             "confusion": [{"gold": "a", "predicted": "b", "count": 4}]}
            """
        let result = try ExperimentResult(json: [UInt8](text.utf8), name: "x.json")
        #expect(result.finished == Date(timeIntervalSince1970: 1_795_269_600))
        #expect(result.settings.parameters == ["k1": 0.9])
        #expect(result.cost.maxRSSKilobytes == 2)
        #expect(result.measures["nDCG@10"]?.perQuery == ["q1": 1])
        #expect(result.measures["micro F1"]?.perQuery.isEmpty == true)
        #expect(result.groups["lang=fr"]?["nDCG@10"]?.queries == 57)
        #expect(result.perConcept.first?.threshold == 0.3)
        #expect(result.reliability.first?.count == 10)
        #expect(result.calibrations["lang=fr"]?.ece == 0.02)
        #expect(result.precisionRecall.first?.recall == 0.5)
        #expect(result.learningCurve.first?.microF1 == 0.4)
        #expect(result.confusion.first?.predicted == "b")
        #expect(result.comparison(withBaselineOn: "nDCG@10")?.difference == 0.5)
        #expect(result.comparison(withBaselineOn: "micro F1") == nil)
    }

    @Test(arguments: [
        ("", "", "not the text of an object"),
        ("[]", "", "no object"),
        (#"{"format": 2}"#, "format 2", "another format is named, whatever else it holds"),
        (#"{"format": 1, "experiment": "x"}"#, "digest", "a missing key is named"),
    ])
    func refusesWhatIsNoResult(text: String, needle: String, reason: String) {
        let error = #expect(throws: EvaluationError.self, "\(reason)") {
            try ExperimentResult(json: [UInt8](text.utf8), name: "var/eval/x.json")
        }
        #expect(error?.code == .invalidFormat)
        #expect(error?.message.contains("var/eval/x.json") == true)
        if !needle.isEmpty { #expect(error?.message.contains(needle) == true, "\(error?.message ?? "")") }
    }

    @Test func aFigureThatIsNoNumberIsNotWritten() {
        let result = ExperimentResult(
            experiment: "x", digest: "0", kind: .rank, collection: "x", language: "en", engine: "0", finished: Date(),
            counts: .init(documents: 1), measures: ["nDCG@10": .init(mean: .nan)])
        #expect(throws: EvaluationError.self) { try result.json() }
    }

    @Test func pairsOnlyWhatBothHave() throws {
        var result = ExperimentResult(
            experiment: "x", digest: "0", kind: .rank, collection: "x", language: "en", engine: "0", finished: Date(),
            counts: .init(documents: 1),
            measures: ["AP": .init(mean: 0, perQuery: ["b": 0.2, "a": 0.1, "only here": 1])])
        result.baseline = .init(name: "r", measures: ["AP": .init(mean: 0, perQuery: ["a": 0.3, "b": 0.4, "c": 1])])
        let pairs = try #require(result.pairs(with: result.baseline, measure: "AP"))
        #expect(pairs.queries == ["a", "b"])
        #expect(pairs.values == [0.1, 0.2])
        #expect(pairs.reference == [0.3, 0.4])
    }
}
