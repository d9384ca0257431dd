import SabilAnalysis
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

    @Test("keep no more weights than the limit, the strongest", arguments: [1, 10, 499, 1_000])
    func limits(limit: Int) {
        var generator = SeededGenerator(seed: 9)
        let weights = (0..<1_000).map { _ in Float(generator.nextUnit() - 0.5) }
        let above = weights.filter { abs($0) > 0.01 }
        let kept = StrongestWeights.columns(weights, floor: 0.01, limit: limit)
        #expect(kept.count == min(limit, above.count))
        #expect(kept == kept.sorted() && Set(kept).count == kept.count)
        // A weight left out is larger than one kept by less than a 64th part.
        let least = kept.map { abs(weights[Int($0)]) }.min() ?? 0
        let left = weights.indices.filter { !kept.contains(Int32($0)) && abs(weights[$0]) > 0.01 }
        for column in left { #expect(abs(weights[column]) <= least * (1 + 1 / 64)) }
    }
}

@Suite("Limits of large training sets")
struct TrainingLimitTests {
    private func measures(_ count: Int, _ limits: TrainingLimits) throws -> ModelManifest {
        let training = try ModelTraining(
            SmallCorpus.examples(count, isSingle: true), scheme: nil, labelNames: [], options: TrainingOptions(),
            analyzer: Analyzer(), seed: 1, limits: limits)
        var manifest = try ConceptClassifier.train(SmallCorpus.examples(30, isSingle: true), seed: 1).manifest
        manifest.measures = try training.run().measures
        return manifest
    }

    @Test("each fold has works of both halves, whatever the number of folds", arguments: [2, 3, 5, 10])
    func halves(count: Int) throws {
        var options = TrainingOptions()
        options.folds = count
        let folds = try ModelTraining(
            SmallCorpus.examples(100, isSingle: true), scheme: nil, labelNames: [], options: options,
            analyzer: Analyzer(), seed: 1
        ).folds()
        for fold in 0..<count {
            let halves = folds.filter { $0.fold == fold }.map(\.half)
            #expect(abs(halves.count { $0 == 0 } - halves.count { $0 == 1 }) <= 1, "fold \(fold)")
        }
    }

    @Test("the likeness of names is left out where each label has examples enough, one a document")
    func likeness() throws {
        let enough = TrainingLimits.examplesWithoutLikeness
        let many = 3
        /// Kinds of members of a training with so many examples of each label; the last label may have fewer.
        func kinds(labels: Int, last: Int, task: TrainingOptions.Task = .automatic) throws -> [MemberKind] {
            let examples = (0..<labels).flatMap { label in
                (0..<(label == labels - 1 ? last : enough)).map {
                    TrainingExample(id: "\(label)-\($0)", text: "word\(label)", labels: ["\(label)"])
                }
            }
            let names = (0..<labels).map { LabelName(label: "\($0)", language: .english, text: "Word\($0)") }
            var options = TrainingOptions()
            options.task = task
            return try ModelTraining(
                examples, scheme: nil, labelNames: names, options: options, analyzer: Analyzer(), seed: 1
            ).memberKinds
        }
        let all: [MemberKind] = [.linear, .complementNaiveBayes, .labelMatcher, .nameLikeness]
        #expect(try kinds(labels: many, last: enough) == all.dropLast())
        #expect(try kinds(labels: many, last: enough - 1) == all)
        // A label known by its name alone needs it.
        #expect(try kinds(labels: many, last: 0) == all)
        #expect(try kinds(labels: many, last: enough, task: .multiLabel).contains(.nameLikeness))
    }

    @Test("are said where they bite, and nowhere else")
    func areSaid() throws {
        var limits = TrainingLimits()
        limits.largeSet = 3 * 600
        limits.costExamples = 200
        limits.heldOutExamples = 250
        limits.stackPairs = 600
        let small = try measures(600, limits)
        #expect(small.limits.isEmpty && small.figures == small.measures)
        let large = try measures(601, limits)
        #expect(large.measures["costExamples"] == 200)
        #expect(large.measures["minimumDocumentFrequency"] == 3)
        let held = try #require(large.measures["heldOutExamples"])
        #expect(held >= 250 && held < 601)
        #expect((large.measures["microF1"] ?? 0) > 0.9)
        #expect(large.measures["stackPairs"] == 600)
        #expect(
            large.limits.contains("members were weighed by about 600 pairs of record and concept, as the set is large"))
        #expect(large.limits.count == 5 && large.limits.contains { $0.contains("a tolerance of 0.3") })
        #expect(large.limits.contains { $0.contains("\(Int(held)) records were held out") })
        #expect(large.figures.keys.sorted() == ["cost", "microF1", "nDCG@5"])
    }

    @Test("count the labels that have all the weights they can have")
    func labelsAtLimit() {
        var members = Members(kinds: [.linear, .centroid], labelCount: 3)
        members.linear = LinearModel(
            weights: LabelWeights(
                byLabel: [([0, 1], [1, 1]), ([2], [1]), ([], [])], columnCount: 3), biases: [0, 0, 0])
        members.centroid = CentroidModel(
            weights: LabelWeights(byLabel: [([], []), ([0, 1], [1, 1]), ([1], [1])], columnCount: 3))
        #expect(members.labelsWith(weights: 2) == 2)
        #expect(members.labelsWith(weights: 1) == 3)
        #expect(members.labelsWith(weights: 3) == 0)
    }
}
