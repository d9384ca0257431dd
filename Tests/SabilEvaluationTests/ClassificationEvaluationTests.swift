import SabilEvaluation
import Testing

@Suite struct ClassificationEvaluationTests {
    private func prediction(_ gold: [String], _ scores: [(String, Double)]) -> LabelPrediction {
        LabelPrediction(id: "e", gold: gold, scores: scores.map { LabelPrediction.Scored($0.0, score: $0.1) })
    }

    @Test func `every figure is that of scikit-learn`() throws {
        let predictions = try Fixtures.predictions()
        let labels = Set((0..<12).map { "c\($0)" })
        let evaluation = try ClassificationEvaluation(
            predictions, selection: .threshold(0.6, perLabel: [:]), labels: labels)
        let figures: [String: Double] = [
            "micro F1": evaluation.microF1, "macro F1": evaluation.macroF1, "P@1": evaluation.precision(at: 1),
            "P@3": evaluation.precision(at: 3), "P@5": evaluation.precision(at: 5),
            "F1 (doc avg)": evaluation.f1PerDocument, "F1@5": evaluation.f1AtFive, "nDCG@5": evaluation.ndcg(at: 5),
            "nDCG@10": evaluation.ndcg(at: 10),
        ]
        for row in try Fixtures.rows("predictions-expected.tsv").prefix(9) {
            let expected = try #require(Double(row[1]))
            let value = try #require(figures[row[0]])
            #expect(abs(value - expected) < 1e-6, "\(row[0]): \(value)")
        }
        #expect(evaluation.count == 60)
        #expect(evaluation.countWithoutGold == predictions.count { $0.gold.isEmpty })
        #expect(evaluation.lines.count == 9)
        #expect(evaluation.lines[0] == "micro F1\tall\t0.6250")
    }

    @Test func `the tuned threshold is the best one of all`() throws {
        let rows = try Fixtures.rows("predictions-expected.tsv")
        let predictions = try Fixtures.predictions()
        let tuning = ThresholdTuning(predictions)
        #expect(abs(tuning.microF1 - (try #require(Double(rows[9][1])))) < 1e-9)
        let lowest = try #require(Double(rows[10][1]))
        #expect(tuning.global <= lowest && tuning.global > lowest - 0.02)
        let evaluation = try ClassificationEvaluation(predictions, selection: tuning.selection)
        #expect(abs(evaluation.microF1 - tuning.microF1) < 1e-12)
    }

    @Test func `thresholds per label lie between the label's best and the global one`() throws {
        let predictions = try Fixtures.predictions()
        let global = ThresholdTuning(predictions)
        let own = ThresholdTuning(predictions, shrinkage: 0, scale: .real)
        let shrunk = ThresholdTuning(predictions, shrinkage: 50, scale: .probability)
        let far = ThresholdTuning(predictions, shrinkage: 1e12, scale: .probability)
        #expect(global.perLabel.isEmpty)
        #expect(own.perLabel.count == 11, "c11 is never right and has no threshold of its own")
        for (label, threshold) in own.perLabel {
            let between = try #require(shrunk.perLabel[label])
            let bounds = [threshold, global.global].sorted()
            #expect((bounds[0] - 1e-9...bounds[1] + 1e-9).contains(between), "\(label)")
            #expect(abs(try #require(far.perLabel[label]) - global.global) < 1e-6, "\(label)")
        }
        let best = try ClassificationEvaluation(predictions, selection: own.selection)
        let plain = try ClassificationEvaluation(predictions, selection: global.selection)
        #expect(best.macroF1 >= plain.macroF1, "on the tuning examples a label's own best cannot be worse")
    }

    @Test func `equal scores are chosen together and a right label never suggested counts as missed`() {
        let tied = ThresholdTuning([prediction(["a", "z"], [("a", 0.5), ("b", 0.5), ("c", 0.125)])])
        #expect(tied.microF1 == 0.5)
        #expect(tied.global == 0.3125)
        #expect(tied.selection.selected(from: prediction([], [("a", 0.5), ("b", 0.3125), ("c", 0.2)])) == ["a", "b"])
    }

    @Test func `with nothing to choose rightly nothing is chosen`() {
        let tuning = ThresholdTuning([prediction(["z"], [("a", 0.5)])], shrinkage: 50)
        #expect(tuning.global == .infinity && tuning.perLabel.isEmpty && tuning.microF1 == 0)
        #expect(tuning.selection.selected(from: prediction([], [("a", 1e9)])).isEmpty)
        #expect(ThresholdTuning([]).global == .infinity)
    }

    @Test func `a set with one label each is recognised, and choosing the best one gives the accuracy`() throws {
        let predictions = [
            prediction(["a"], [("a", 2), ("b", 1)]), prediction(["b"], [("a", 2), ("b", 1)]),
            prediction(["c"], [("c", -1), ("a", -2)]), prediction(["a"], []),
        ]
        #expect(LabelSelection.isSingleLabel(predictions))
        #expect(!LabelSelection.isSingleLabel(predictions + [prediction([], [])]))
        #expect(!LabelSelection.isSingleLabel(predictions + [prediction(["a", "b"], [])]))
        #expect(!LabelSelection.isSingleLabel([LabelPrediction]()))
        let evaluation = try ClassificationEvaluation(predictions.prefix(3), selection: .top)
        #expect(abs(evaluation.microF1 - 2.0 / 3) < 1e-12)
        #expect(evaluation.perLabel["a"] == .init(right: 1, wrong: 1, missed: 0))
    }

    @Test func `precision at k divides by what was suggested when that is less than k`() throws {
        let evaluation = try ClassificationEvaluation(
            [prediction(["a", "c"], [("a", 2), ("b", 1)]), prediction(["a"], [])], selection: .top)
        #expect(evaluation.precision(at: 1) == 0.5)
        #expect(evaluation.precision(at: 5) == 0.25)
        #expect(evaluation.f1AtFive == 0.25)
    }

    @Test func `ties are ranked by label, a label counts once and what is no number is dropped`() {
        let ranking = prediction([], [("b", 1), ("a", 1), ("b", 3), ("c", .nan), ("é", 1)]).ranking.map(\.label)
        #expect(ranking == ["b", "a", "é"])
    }

    @Test func `the classifier's own order is kept where its confidences are equal`() {
        let ranked = [("b", 0.5), ("a", 0.5), ("b", 0.9), ("c", .nan), ("d", 0.7)].map {
            LabelPrediction.Scored($0.0, score: $0.1)
        }
        #expect(LabelPrediction(id: "e", gold: [String](), ranked: ranked).ranking.map(\.label) == ["b", "a", "d"])
    }

    @Test func `an example without right labels counts in Annif's NDCG as 1 and in nDCG not at all`() throws {
        let evaluation = try ClassificationEvaluation(
            [prediction([], [("a", 1)]), prediction(["b"], [("a", 2), ("c", 1)])], selection: .top)
        #expect(evaluation[.annifNDCG] == 0.5 && evaluation[.annifNDCGAt5] == 0.5)
        #expect(evaluation.ndcg(at: 5) == 0)
        let none = try ClassificationEvaluation([prediction([], [])], selection: .top)
        #expect(none.ndcg(at: 5) == 0 && none[.annifNDCG] == 1 && none.microF1 == 0 && none[.consistency] == 1)
    }

    @Test func `a choice by the best label looks at all suggestions for the ranking`() throws {
        let evaluation = try ClassificationEvaluation([prediction(["b"], [("a", 2), ("b", 1)])], selection: .top)
        #expect(evaluation[.annifMicroF1] == 0)
        #expect(abs(evaluation[.annifNDCG] - 0.6309297535714575) < 1e-12, "1/log2(3)")
        #expect(evaluation[.annifPrecisionAt3] == 0.5)
    }

    @Test func `lines are the names, the group and the value, counts without decimals`() throws {
        let evaluation = try ClassificationEvaluation([prediction(["a"], [("a", 2), ("b", 1)])], selection: .top)
        #expect(
            evaluation.lines(of: [.annifTruePositives, .annifDocumentF1], group: "lang=fr") == [
                "True positives\tlang=fr\t1", "F1 score (doc avg)\tlang=fr\t1.0000",
            ])
    }

    @Test func `a label outside the vocabulary counts in micro figures only`() throws {
        let evaluation = try ClassificationEvaluation(
            [prediction(["a", "z"], [("a", 2)])], selection: .top, labels: ["a", "b"])
        #expect(evaluation[.annifFalseNegatives] == 1)
        #expect(evaluation[.annifSubjectRecall] == 0.5, "a is found, b is right nowhere")
        #expect(evaluation[.annifWeightedRecall] == 1)
    }

    @Test func `groups divide the examples and leave out those without one`() throws {
        let predictions = try Fixtures.predictions()
        let groups = try ClassificationEvaluation.byGroup(predictions, selection: .top) { prediction in
            prediction.id == "e0" ? nil : prediction.id.hasSuffix("1") ? "one" : "other"
        }
        #expect(groups.map(\.group) == ["one", "other"])
        #expect(groups.map(\.evaluation.count) == [6, 53])
    }

    @Test func `consistency is that of two readers`() throws {
        let predictions = try Fixtures.predictions()
        let selection = LabelSelection.threshold(0.6, perLabel: [:])
        let labels = Set((0..<12).map { "c\($0)" })
        let agreement = try #require(LabelAgreement(predictions, selection: selection, labels: labels, resamples: 100))
        let evaluation = try ClassificationEvaluation(predictions, selection: selection, labels: labels)
        #expect(abs(evaluation[.consistency] - (try #require(agreement.consistency.value))) < 1e-12)
        #expect(abs(evaluation.microF1 - (try #require(agreement.microF1.value))) < 1e-12)
    }

    @Test func `no examples are refused`() {
        let error = #expect(throws: EvaluationError.self) {
            try ClassificationEvaluation([LabelPrediction](), selection: .top)
        }
        #expect(error?.code == .empty)
    }
}
