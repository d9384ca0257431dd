import SabilEvaluation
import Testing

@Suite struct ClassificationMeasureTests {
    @Test(arguments: ClassificationMeasure.allCases)
    func `names read back, also as Annif prints and writes them`(measure: ClassificationMeasure) throws {
        #expect(try ClassificationMeasure(named: measure.rawValue) == measure)
        #expect(try ClassificationMeasure(named: "\(measure.rawValue):        ") == measure)
        #expect(try ClassificationMeasure(named: measure.code) == measure)
    }

    @Test func `codes are those of Annif's file of metrics`() {
        #expect(ClassificationMeasure.annifWeightedF1.code == "F1_score_weighted_subj_avg")
        #expect(ClassificationMeasure.annifMicroPrecision.code == "Precision_microavg")
        #expect(Set(ClassificationMeasure.allCases.map(\.code)).count == ClassificationMeasure.allCases.count)
    }

    @Test(arguments: ["ndcg@5", "Precision@2", "F1", "", "Precision (doc avg", "micro  F1"])
    func `other names are refused`(name: String) {
        let error = #expect(throws: EvaluationError.self) { try ClassificationMeasure(named: name) }
        #expect(error?.code == .invalidFormat)
        #expect(error?.description.contains("micro F1, macro F1") == true)
    }

    @Test func `a list may hold names of sets`() throws {
        #expect(try ClassificationMeasure.list("NDCG, micro F1,NDCG") == [.annifNDCG, .microF1])
        #expect(try ClassificationMeasure.list("annif") == ClassificationMeasure.annif)
        let both = try ClassificationMeasure.list("standard,annif")
        #expect(both.count == 9 + 22, "F1@5 stands in both")
        #expect(throws: EvaluationError.self) { try ClassificationMeasure.list(" ,") }
        #expect(throws: EvaluationError.self) { try ClassificationMeasure.list("micro F1,x") }
    }
}
