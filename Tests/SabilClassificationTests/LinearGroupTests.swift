import SabilRecords
import Testing

@testable import SabilClassification

@Suite("Labels trained together")
struct LinearGroupTests {
    /// Random rows of which some columns speak for each label.
    private func matrix(rows: Int, columns: Int, seed: UInt64) -> SparseMatrix {
        var generator = SeededGenerator(seed: seed)
        var matrix = SparseMatrix(columnCount: columns)
        for _ in 0..<rows {
            var row = FeatureRow()
            for column in 0..<columns where generator.nextUnit() < 0.15 {
                row.columns.append(Int32(column))
                row.values.append(Float(0.1 + generator.nextUnit()))
                row.counts.append(1)
            }
            matrix.append(row)
        }
        return matrix
    }

    /// liblinear's solution is the oracle: with a tight tolerance both reach the one minimum.
    @Test("find the weights that liblinear finds one by one", arguments: [0.3, 3.0])
    func agreesWithLiblinear(cost: Double) throws {
        let matrix = matrix(rows: 400, columns: 60, seed: 7)
        let storage = MatrixStorage(matrix)
        let rows = (0..<400).map { Int32($0) }
        var generator = SeededGenerator(seed: 11)
        let labels = (0..<LinearGroupTrainer.labelLimit).map { label in
            (
                targets: rows.map { row -> Int8 in
                    // Some rows say nothing of some labels.
                    if generator.nextUnit() < 0.1 { return 0 }
                    let speaks = matrix.row(Int(row)).columns.contains(Int32(label))
                    return speaks != (generator.nextUnit() < 0.1) ? 1 : -1
                },
                scale: (0..<60).map { _ in Float(0.5 + generator.nextUnit()) }
            )
        }
        var group = try LinearGroupTrainer(storage)
        // A group used before must have forgotten everything.
        for _ in 0..<2 {
            try group.begin(rows: rows)
            for (place, label) in labels.enumerated() {
                try group.set(label: place, targets: label.targets, scale: label.scale)
            }
            try group.train(cost: cost, tolerance: 0.0005, seed: 1)
        }
        var single = try LinearTrainer(storage)
        for (place, label) in labels.enumerated() {
            let known = rows.indices.filter { label.targets[$0] != 0 }
            let expected = try single.train(
                rows: known.map { rows[$0] }, targets: known.map { label.targets[$0] }, scale: label.scale,
                cost: cost, tolerance: 0.0005, seed: 1)
            let found = try group.trained(label: place)
            #expect(abs(found.bias - expected.bias) < 0.01, "label \(place)")
            for column in 0..<60 {
                #expect(
                    abs(found.weights[column] - expected.weights[column]) < 0.01, "label \(place), column \(column)")
            }
        }
    }

    @Test("are the same for the same seed, and none is learnt where no target is given")
    func repeats() throws {
        let storage = MatrixStorage(matrix(rows: 50, columns: 20, seed: 3))
        let rows = (0..<50).map { Int32($0) }
        let scale = [Float](repeating: 1, count: 20)
        let targets = rows.map { Int8($0 % 3 == 0 ? 1 : -1) }
        var results: [[Float]] = []
        for _ in 0..<2 {
            var group = try LinearGroupTrainer(storage)
            try group.begin(rows: rows)
            try group.set(label: 2, targets: targets, scale: scale)
            try group.train(cost: 1, tolerance: 0.1, seed: 5)
            results.append(try group.trained(label: 2).weights)
            #expect(try group.trained(label: 0).weights.allSatisfy { $0 == 0 })
        }
        #expect(results[0] == results[1])
        #expect(results[0].contains { $0 != 0 })
    }

    @Test("refuse a row that is not there and a target that is none")
    func refuses() throws {
        let storage = MatrixStorage(matrix(rows: 5, columns: 4, seed: 3))
        var group = try LinearGroupTrainer(storage)
        #expect(throws: ModelError.self) { try group.begin(rows: [0, 5]) }
        try group.begin(rows: [0, 1])
        let scale: [Float] = [1, 1, 1, 1]
        #expect(throws: ModelError.self) { try group.set(label: 0, targets: [1, 3], scale: scale) }
        #expect(throws: ModelError.self) {
            try group.set(label: LinearGroupTrainer.labelLimit, targets: [1, -1], scale: scale)
        }
    }

    @Test("keep no more weights than the limit, the strongest", arguments: [1, 10, 999, 1_000])
    func limits(limit: Int) {
        var generator = SeededGenerator(seed: 9)
        let weights = (0..<1_000).map { _ in Float(generator.nextUnit() - 0.5) }
        let floor = LinearTask.floor(of: weights, limit: limit)
        let kept = weights.filter { abs($0) > floor }.count
        #expect(kept <= limit)
        // Only weights as large as the first one left out to a 64th part may be missing.
        let sizes = weights.map { abs($0) }.sorted(by: >)
        if limit < 1_000 { #expect(floor <= sizes[limit] * (1 + 1 / 64)) } else { #expect(floor == 0) }
    }
}

@Suite("Limits of large training sets")
struct TrainingLimitTests {
    @Test("are said in the measures where they bite, and nowhere else")
    func areSaid() throws {
        let small = try ConceptClassifier.train(SmallCorpus.examples(300, isSingle: false), seed: 1)
        #expect(small.manifest.measures["costExamples"] == nil)
        #expect(small.manifest.measures["heldOutExamples"] == nil)
        let count = 6_000
        let large = try ConceptClassifier.train(SmallCorpus.examples(count, isSingle: true), seed: 1)
        #expect(large.manifest.measures["costExamples"] == Double(ModelTraining.examplesToCompareCosts))
        let held = try #require(large.manifest.measures["heldOutExamples"])
        #expect(held >= Double(ModelTraining.enoughHeldOut) && held < Double(count))
        #expect((large.manifest.measures["microF1"] ?? 0) > 0.9)
    }
}
