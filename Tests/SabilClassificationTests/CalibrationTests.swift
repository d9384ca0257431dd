import Glibc
import SabilRecords
import Testing

@testable import SabilClassification

@Suite struct CalibrationTests {
    @Test(arguments: [TrainingOptions.CalibrationMethod.isotonic, .sigmoid], [1, 7, 42, 1234] as [UInt64])
    func `the curve rises, stays within 0 and 1, and is near the truth`(
        method: TrainingOptions.CalibrationMethod, seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        let raw = (0..<4000).map { _ in generator.nextUnit() * 12 - 6 }
        // The truth: half-way up at 1, twice as flat as the stack believes.
        let fits = raw.map { generator.nextUnit() < 1 / (1 + exp2(-0.7 * ($0 - 1))) }
        let calibration = Calibration(raw: raw, fits: fits, method: method)
        var last = 0.0
        for step in stride(from: -50.0, through: 50, by: 0.01) {
            let confidence = calibration.confidence(step)
            #expect(confidence >= last && confidence <= 1, "seed \(seed) at \(step)")
            last = confidence
        }
        for probe in [-4.0, -2, 0, 1, 2, 4] {
            let truth = 1 / (1 + exp2(-0.7 * (probe - 1)))
            #expect(abs(calibration.confidence(probe) - truth) < 0.09, "seed \(seed) at \(probe)")
        }
    }

    @Test func `three examples make no certainty`() {
        let calibration = Calibration(raw: [-1, 0, 1], fits: [false, false, true], method: .isotonic)
        for raw in [-100.0, -1, 0, 1, 100] {
            #expect(calibration.confidence(raw) > 0.0 && calibration.confidence(raw) < 1.0)
        }
    }

    @Test func `one outcome only leaves the plain logistic`() {
        let calibration = Calibration(raw: [1, 2], fits: [true, true], method: .isotonic)
        #expect(calibration == Calibration())
        #expect(abs(calibration.confidence(0) - 0.5) < 1e-12)
    }
}

@Suite struct CutsTests {
    struct Row: Sendable {
        var scores: [Double]
        var fits: [Bool]
        var missed = 0
        var cut: Double
        var reason: String
    }

    @Test(arguments: [
        Row(scores: [3, 2, 1], fits: [true, true, false], cut: 1.5, reason: "between the last hit and the miss"),
        Row(
            scores: [3, 2, 1], fits: [true, false, true], cut: 0.5, reason: "F1 of all (0.8) beats that of one (2/3)"),
        Row(
            scores: [3, 2, 1, 0, -1], fits: [true, false, true, false, false], missed: 9, cut: 0.5,
            reason: "missed positives count in recall"),
        Row(scores: [1, 1], fits: [true, false], cut: 0.5, reason: "equal scores are taken together"),
    ])
    func `the cut has the best F1`(row: Row) {
        let pairs = zip(row.scores, row.fits).map { (raw: $0, fits: $1) }
        #expect(Cuts.best(pairs, missed: row.missed) == row.cut, "\(row.reason)")
    }

    @Test func `without positives there is no cut`() {
        #expect(Cuts.best([(raw: 1, fits: false)], missed: 0) == nil)
    }
}

@Suite struct LinearTrainerTests {
    @Test func `liblinear is there and separates what can be separated`() throws {
        var matrix = SparseMatrix(columnCount: 3)
        for (columns, values) in [([0], [1]), ([0, 2], [1, 1]), ([1], [1]), ([1, 2], [1, 1])] as [([Int32], [Float])] {
            matrix.append(FeatureRow(columns: columns, values: values, counts: columns.map { _ in 1 }))
        }
        var trainer = try LinearTrainer(MatrixStorage(matrix))
        let ones: [Float] = [1, 1, 1]
        for sign in [Int8(1), -1] {
            let (weights, _) = try trainer.train(
                rows: [0, 1, 2, 3], targets: [sign, sign, -sign, -sign], scale: ones, cost: 10, tolerance: 0.01, seed: 1
            )
            #expect(Float(sign) * weights[0] > 0.5 && Float(sign) * weights[1] < -0.5 && abs(weights[2]) < 0.1)
        }
        let doubled = try trainer.train(
            rows: [0, 1, 2, 3], targets: [1, 1, -1, -1], scale: [2, 2, 2], cost: 10, tolerance: 0.01, seed: 1)
        let plain = try trainer.train(
            rows: [0, 1, 2, 3], targets: [1, 1, -1, -1], scale: ones, cost: 10, tolerance: 0.01, seed: 1)
        #expect(doubled.weights[0] > plain.weights[0], "a feature scaled up is less restrained")
        #expect(LinearTrainer.libraryVersion >= 230)
    }

    @Test func `rows out of range are refused, not read`() throws {
        let matrix = SparseMatrix(columnCount: 1)
        var trainer = try LinearTrainer(MatrixStorage(matrix))
        #expect(throws: ModelError.self) {
            _ = try trainer.train(rows: [5], targets: [1], scale: [1], cost: 1, tolerance: 0.1, seed: 1)
        }
    }
}
