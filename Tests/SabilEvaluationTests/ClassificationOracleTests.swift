import SabilEvaluation
import Testing

/// Against the code of Annif and of scikit-learn; see `corpus-fixtures/evaluation/make-classification-expected.py`.
@Suite struct ClassificationOracleTests {
    private static let labels = Set((0..<30).map { $0 < 10 ? "k0\($0)" : "k\($0)" })
    private static let everything = LabelSelection.threshold(-.infinity, perLabel: [:])

    private struct Example {
        let language: String
        let prediction: LabelPrediction
    }

    private func examples(from threshold: Double = 0) throws -> [Example] {
        try Fixtures.rows("suggestions.tsv").map { row in
            let prediction = Fixtures.prediction(id: row[0], gold: row[2], scores: row[3])
            return Example(
                language: row[1],
                prediction: LabelPrediction(
                    id: row[0], gold: prediction.gold, scores: prediction.ranking.filter { $0.score >= threshold }))
        }
    }

    @Test(arguments: ["0.0", "0.4"])
    func `every figure of annif eval, over all and per language`(threshold: String) throws {
        let examples = try examples(from: try #require(Double(threshold)))
        let language = Dictionary(uniqueKeysWithValues: examples.map { ($0.prediction.id, $0.language) })
        let predictions = examples.map(\.prediction)
        var evaluations = [
            "all": try ClassificationEvaluation(predictions, selection: Self.everything, labels: Self.labels)
        ]
        let groups = try ClassificationEvaluation.byGroup(
            predictions, selection: Self.everything, labels: Self.labels, group: { language[$0.id] })
        #expect(groups.map(\.group) == ["ar", "en", "es", "fr"])
        for (group, evaluation) in groups { evaluations[group] = evaluation }
        let rows = try Fixtures.rows("annif-expected.tsv").filter { $0[0] == threshold }
        #expect(rows.count == 5 * 23)
        #expect(rows.prefix(23).map { $0[2] } == ClassificationMeasure.annif.map(\.rawValue), "names and order")
        for row in rows {
            let value = try #require(evaluations[row[1]])[try ClassificationMeasure(named: row[2])]
            let expected = try #require(Double(row[3]))
            // Annif takes the mean of NDCG with single precision.
            #expect(abs(value - expected) < 1e-6, "\(row): \(value)")
        }
    }

    @Test func `a choice by threshold has Annif's figures of choices and leaves those of the ranking`() throws {
        let predictions = try examples().map(\.prediction)
        let chosen = try ClassificationEvaluation(
            predictions, selection: .threshold(0.4, perLabel: [:]), labels: Self.labels)
        for row in try Fixtures.rows("annif-expected.tsv") where row[1] == "all" {
            let isOfRanking = row[2].contains("@") || row[2] == "NDCG"
            guard row[0] == (isOfRanking ? "0.0" : "0.4") else { continue }
            let expected = try #require(Double(row[3]))
            #expect(abs(chosen[try ClassificationMeasure(named: row[2])] - expected) < 1e-6, "\(row)")
        }
    }

    @Test func `every row of a concept is Annif's, and its average precision that of scikit-learn`() throws {
        let predictions = try examples().map(\.prediction)
        let table = try ConceptTable(
            predictions, selection: .threshold(0.4, perLabel: ["k01": 0.4]), labels: Self.labels)
        let rows = try Fixtures.rows("concepts-expected.tsv")
        #expect(table.rows.count == 30 && rows.count == 30)
        for expected in rows {
            let row = try #require(table.rows.first { $0.label == expected[0] })
            let counts = [row.counts.support, row.counts.right, row.counts.wrong, row.counts.missed]
            #expect(counts == expected[1...4].compactMap { Int($0) }, "\(expected)")
            for (value, text) in zip([row.counts.precision, row.counts.recall, row.counts.f1], expected[5...7]) {
                #expect(abs(value - (try #require(Double(text)))) < 1e-9, "\(expected)")
            }
            let average = try Double(expected[8]).map { try #require(row.averagePrecision) - $0 }
            #expect(average.map { abs($0) < 1e-9 } ?? (row.averagePrecision == nil), "\(expected)")
            #expect(row.threshold == 0.4)
        }
    }

    @Test(arguments: ConfidenceCalibration.Binning.allCases)
    func `bins and errors of confidences are scikit-learn's`(binning: ConfidenceCalibration.Binning) throws {
        let points = try Fixtures.rows("calibration.tsv").map {
            ConfidenceCalibration.Point(try #require(Double($0[0])), isRight: $0[1] == "1")
        }
        let calibration = try #require(ConfidenceCalibration(points, binning: binning))
        let filled = calibration.bins.filter { $0.count > 0 }
        let rows = try Fixtures.rows("calibration-expected.tsv")
        let expected = { (figure: String) in
            rows.filter { ($0[0] == binning.rawValue || $0[0] == "both") && $0[1] == figure }.compactMap {
                Double($0[3])
            }
        }
        #expect(filled.map { Double($0.count) } == expected("count"))
        for (values, figure) in [
            (filled.map(\.accuracy), "share"), (filled.map(\.confidence), "confidence"),
            ([calibration.expectedError], "error"), ([calibration.maximumError], "worst"),
            ([calibration.brierScore], "brier"),
        ] {
            #expect(values.count == expected(figure).count)
            for (value, reference) in zip(values, expected(figure)) {
                #expect(abs(value - reference) < 1e-9, "\(figure)")
            }
        }
    }
}
