import FoundationEssentials
import Testing

@testable import SabilClassification

/// Against scikit-learn and liblinear's own programs; see `corpus-fixtures/classification/make-expected.py`.
@Suite struct OracleTests {
    private static let labelCount = 4
    private static let columnCount = 40

    /// The rows of a table without its heading, cut at tabs.
    private static func rows(_ name: String, file: String = #filePath) throws -> [[String]] {
        var root = file.split(separator: "/", omittingEmptySubsequences: false)
        root.removeLast(3)
        let path = root.joined(separator: "/") + "/corpus-fixtures/classification/" + name
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        return text.split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static func doubles(_ text: String) throws -> [Double] {
        try text.split(separator: ",").map { try #require(Double($0)) }
    }

    private struct Document {
        let isTest: Bool
        let label: Int32
        let numbers: [Int32]

        /// What is there, with the numbers as counts and as parts of 65,536.
        var row: FeatureRow {
            let columns = numbers.indices.filter { numbers[$0] != 0 }
            return FeatureRow(
                columns: columns.map { Int32($0) }, values: columns.map { Float(numbers[$0]) / 65_536 },
                counts: columns.map { numbers[$0] })
        }
    }

    private static func documents(_ name: String) throws -> [Document] {
        try rows(name).map { row in
            Document(
                isTest: row[0] == "test", label: try #require(Int32(row[1])),
                numbers: try row[2].split(separator: ",").map { try #require(Int32($0)) })
        }
    }

    private static func counted(_ documents: [Document], unit: FeatureLabelCounts.Unit) -> FeatureLabelCounts {
        var counted = FeatureLabelCounts(labelCount: labelCount, columnCount: columnCount)
        for document in documents where !document.isTest {
            counted.count(document.row, unit: unit, labels: [document.label])
        }
        return counted
    }

    @Test(arguments: [("multinomial", NaiveBayes.Kind.multinomial), ("complement", .complement)])
    func `log likelihoods are scikit-learn's to the ninth decimal`(name: String, kind: NaiveBayes.Kind) throws {
        let documents = try Self.documents("examples.tsv")
        let asked = documents.filter(\.isTest)
        let counts = Self.counted(documents, unit: .occurrences)
        let totals = NaiveBayes.totals(counts, columnWeights: nil)
        let expected = try Self.rows("naive-bayes-expected.tsv").filter { $0[0] == name }
        #expect(expected.count == 2 * asked.count)
        for row in expected {
            let smoothing = try #require(Double(row[1]))
            let document = asked[try #require(Int(row[2]))]
            let model = NaiveBayes(counts, kind: kind, smoothing: smoothing)
            let kept = model.scores(document.row, values: document.row.counts.map { Float($0) })
            for (label, theirs) in try Self.doubles(row[3]).enumerated() {
                let logs = NaiveBayes.logs(counts, label: label, kind: kind, smoothing: smoothing, totals: totals)
                var own = model.prior[label]
                for (column, count) in zip(document.row.columns, document.row.counts) {
                    let delta = logs.columns.firstIndex(of: column).map { logs.deltas[$0] } ?? 0
                    let base = model.featureBase.isEmpty ? 0 : model.featureBase[Int(column)]
                    own += Double(count) * (logs.perOccurrence + delta + base)
                }
                #expect(abs(own - theirs) < 1e-9, "\(row[1]), row \(row[2]), label \(label)")
                // What a model keeps is rounded to single precision.
                #expect(abs(kept[label] - theirs) < 1e-4, "\(row[1]), row \(row[2]), label \(label)")
            }
        }
    }

    @Test func `TF-IDF weights are scikit-learn's to the ninth decimal`() throws {
        let documents = try Self.documents("examples.tsv")
        let training = documents.filter { !$0.isTest }
        let idf = (0..<Self.columnCount).map { column in
            TermWeight.idf(
                frequency: training.count { $0.numbers[column] > 0 }, documents: training.count)
        }
        // Even keys are words.
        func features(_ document: Document) -> FeatureCounts {
            FeatureCounts(keys: document.row.columns.map { UInt64($0) * 2 }, counts: document.row.counts)
        }
        let vocabulary = Vocabulary(
            documents: training.map(features), extra: [], minimumFrequency: 1, gramWeight: 0.6)
        let expected = try Self.rows("tfidf-expected.tsv")
        #expect(expected.count == 1 + documents.count - training.count)
        for (own, theirs) in zip(idf, try Self.doubles(expected[0][2])) { #expect(abs(own - theirs) < 1e-9) }
        for (document, row) in zip(documents.filter(\.isTest), expected.dropFirst()) {
            let theirs = try Self.doubles(row[2])
            let columns = document.row.columns.map { Int($0) }
            let own = TermWeight.weights(features(document), idf: columns.map { idf[$0] }, gramWeight: 0.6)
            let kept = vocabulary.row(features(document))
            #expect(kept.columns == document.row.columns)
            for (position, column) in columns.enumerated() {
                #expect(abs(own[position] - theirs[column]) < 1e-9, "row \(row[1]), column \(column)")
                #expect(abs(Double(kept.values[position]) - theirs[column]) < 1e-6, "row \(row[1]), column \(column)")
            }
        }
    }

    @Test func `a block of character grams has a length of its own`() {
        let features = FeatureCounts(keys: [2, 3, 4, 5, 7], counts: [1, 2, 3, 1, 1])
        let weights = TermWeight.weights(features, idf: [1, 2, 1.5, 1, 3], gramWeight: 0.6)
        func length(_ positions: [Int]) -> Double {
            positions.reduce(0) { $0 + weights[$1] * weights[$1] }.squareRoot()
        }
        #expect(abs(length([0, 2]) - 1) < 1e-12)
        #expect(abs(length([1, 3, 4]) - 0.6) < 1e-12)
    }

    @Test func `centroids are scikit-learn's to the ninth decimal`() throws {
        let counts = Self.counted(try Self.documents("weights.tsv"), unit: .weights)
        let expected = try Self.rows("centroids-expected.tsv")
        #expect(expected.count == Self.labelCount)
        for (label, row) in expected.enumerated() {
            let own = CentroidModel.direction(of: label, in: counts, limit: .max)
            var dense = [Double](repeating: 0, count: Self.columnCount)
            for (column, weight) in own { dense[Int(column)] = weight }
            for (column, theirs) in try Self.doubles(row[1]).enumerated() {
                #expect(abs(dense[column] - theirs) < 1e-9, "label \(label), column \(column)")
            }
            // Fewer are the strongest, of length 1 again; sizes that differ by less than a 64th part may change places.
            let few = CentroidModel.direction(of: label, in: counts, limit: 5)
            let least = few.map { dense[Int($0.column)] }.min() ?? 0
            #expect(few.count == 5 && few.map(\.column) == few.map(\.column).sorted())
            let left = Set(own.map(\.column)).subtracting(few.map(\.column))
            #expect(left.allSatisfy { dense[Int($0)] <= least * (1 + 1 / 64) }, "label \(label)")
            #expect(abs(few.reduce(0) { $0 + $1.weight * $1.weight } - 1) < 1e-12)
        }
    }

    @Test(arguments: ["one by one", "together"], [0.3, 1, 3])
    func `predictions are those of liblinear's own programs`(way: String, cost: Double) throws {
        let documents = try Self.documents("weights.tsv")
        let training = documents.filter { !$0.isTest }
        var matrix = SparseMatrix(columnCount: Self.columnCount)
        for document in training { matrix.append(document.row) }
        let storage = MatrixStorage(matrix)
        let rows = training.indices.map { Int32($0) }
        let scale = [Float](repeating: 1, count: Self.columnCount)
        var single = try LinearTrainer(storage)
        var group = try LinearGroupTrainer(storage)
        try group.begin(rows: rows)
        let targets = (0..<Self.labelCount).map { label in training.map { Int8($0.label == label ? 1 : -1) } }
        for label in targets.indices { try group.set(label: label, targets: targets[label], scale: scale) }
        if way == "together" { try group.train(cost: cost, tolerance: 1e-4, seed: 3) }
        var learnt: [(weights: [Float], bias: Double)] = []
        for label in targets.indices {
            learnt.append(
                way == "together"
                    ? try group.trained(label: label)
                    : try single.train(
                        rows: rows, targets: targets[label], scale: scale, cost: cost, tolerance: 1e-4, seed: 3))
        }
        let scores = documents.filter(\.isTest).map { document in
            learnt.map { label in
                label.bias
                    + zip(document.row.columns, document.row.values).reduce(0) {
                        $0 + Double(label.weights[Int($1.0)]) * Double($1.1)
                    }
            }
        }
        let expected = try Self.rows("liblinear-expected.tsv").filter { Double($0[0]) == cost }
        #expect(expected.count == Self.labelCount + 1)
        for row in expected {
            let predictions = try row[2].split(separator: ",").map { try #require(Int($0)) }
            guard let label = Int(row[1]) else {
                let best = scores.map { scores in scores.indices.max { scores[$0] < scores[$1] } }
                #expect(best == predictions, "all labels")
                continue
            }
            #expect(scores.map { $0[label] > 0 ? 1 : -1 } == predictions, "label \(label)")
            let theirs = try Self.doubles(row[3])
            let own = learnt[label].weights.map { Double($0) } + [learnt[label].bias]
            #expect(own.count == theirs.count)
            for (own, theirs) in zip(own, theirs) { #expect(abs(own - theirs) < 0.002, "label \(label)") }
        }
    }
}
