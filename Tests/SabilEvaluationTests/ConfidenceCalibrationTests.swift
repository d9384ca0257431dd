import SabilEvaluation
import SabilRecords
import Testing

@Suite struct ConfidenceCalibrationTests {
    private typealias Point = ConfidenceCalibration.Point

    @Test func `hand-worked bins of equal width`() throws {
        let points = [
            Point(0.1, isRight: false), Point(0.05, isRight: true), Point(0.95, isRight: true),
            Point(1, isRight: false),
            Point(0.11, isRight: false), Point(.nan, isRight: true), Point(1.5, isRight: true),
        ]
        let calibration = try #require(ConfidenceCalibration(points))
        #expect(calibration.count == 5, "what is no probability is left out")
        #expect(calibration.bins.count == 10)
        // 0.1 belongs to the bin it closes: mean confidence 0.075, half of them right.
        #expect(calibration.bins[0].count == 2 && calibration.bins[1].count == 1 && calibration.bins[9].count == 2)
        #expect(abs(calibration.expectedError - (2 * 0.425 + 0.11 + 2 * 0.475) / 5) < 1e-12)
        #expect(abs(calibration.maximumError - 0.475) < 1e-12)
        #expect(calibration.lines.count == 11)
        #expect(calibration.lines[1] == "0.0000\t0.1000\t2\t0.0750\t0.5000")
        #expect(calibration.lines[5] == "0.4000\t0.5000\t0\t0.0000\t0.0000")
    }

    @Test func `one confidence fills one bin, and none gives nothing`() throws {
        for binning in ConfidenceCalibration.Binning.allCases {
            let same = (0..<40).map { Point(0.8, isRight: $0 % 4 != 0) }
            let calibration = try #require(ConfidenceCalibration(same, binning: binning))
            #expect(calibration.bins.filter { $0.count > 0 }.map(\.count) == [40])
            #expect(abs(calibration.expectedError - 0.05) < 1e-12)
            #expect(ConfidenceCalibration([Point](), binning: binning) == nil)
        }
    }

    @Test func `every suggestion is in a bin that holds its confidence, and the order given does not matter`() throws {
        for seed: UInt64 in 1...100 {
            var random = SeededGenerator(seed: seed)
            let points = (0..<(1 + random.nextIndex(below: 80))).map { _ in
                Point(Double(random.nextIndex(below: 21)) / 20, isRight: random.next() % 3 == 0)
            }
            for binning in ConfidenceCalibration.Binning.allCases {
                let calibration = try #require(ConfidenceCalibration(points, binning: binning))
                #expect(calibration.bins.reduce(0) { $0 + $1.count } == points.count, "seed \(seed)")
                for bin in calibration.bins where bin.count > 0 {
                    let around = bin.low - 1e-12...bin.high + 1e-12
                    #expect(around.contains(bin.confidence), "seed \(seed), \(binning)")
                }
                #expect((0...1).contains(calibration.expectedError), "seed \(seed)")
                #expect(calibration.maximumError >= calibration.expectedError - 1e-12, "seed \(seed)")
                #expect(calibration == ConfidenceCalibration(points.reversed(), binning: binning), "seed \(seed)")
            }
        }
    }

    @Test func `confidences that are true have a small error, doubled odds a larger one`() throws {
        var random = SeededGenerator(seed: 7)
        var honest: [Point] = []
        var bold: [Point] = []
        for _ in 0..<20_000 {
            let share = Double(random.nextIndex(below: 1000)) / 1000
            let isRight = random.nextIndex(below: 1000) < Int(share * 1000)
            honest.append(Point(share, isRight: isRight))
            bold.append(Point(4 * share / (1 + 3 * share), isRight: isRight))
        }
        for binning in ConfidenceCalibration.Binning.allCases {
            let (small, large) = (
                try #require(ConfidenceCalibration(honest, binning: binning)),
                try #require(ConfidenceCalibration(bold, binning: binning))
            )
            #expect(small.expectedError < 0.02 && large.expectedError > 0.15, "\(binning)")
            #expect(small.brierScore < large.brierScore)
        }
    }
}
