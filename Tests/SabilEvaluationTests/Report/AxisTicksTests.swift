import SabilRecords
import Testing

@testable import SabilEvaluation

@Suite struct AxisTicksTests {
    @Test(arguments: [
        // A measure from 0 to 1.
        ([0.0, 1.0], 6, false, "0.0 0.2 0.4 0.6 0.8 1.0"),
        // Three tenths must not be 0.30000000000000004 times something.
        ([0.0, 0.3], 4, false, "0.0 0.1 0.2 0.3"),
        // On either side of zero; zero is a tick, with no sign.
        ([-0.012, 0.108], 5, false, "−0.05 0.00 0.05 0.10 0.15"),
        ([-1.0, 1.0], 5, false, "−1.0 −0.5 0.0 0.5 1.0"),
        // Large numbers are grouped and have no digits after the point.
        ([0.0, 12_800.0], 6, false, "0 5,000 10,000 15,000"),
        (
            [967.72, 731.2], 6, false,
            "700 800 900 1,000"
        ),
        // Very small ones have as many as they need.
        ([0.0, 0.00042], 5, false, "0.0000 0.0002 0.0004 0.0006"),
        // Things that are counted come whole.
        ([0.0, 3.0], 9, true, "0 1 2 3"), ([0.0, 1.0], 6, true, "0 1"),
        // One value alone gets room on both sides; zero alone gets one above it.
        ([5.0], 5, false, "4.5 5.0 5.5"), ([0.0], 3, false, "0.0 0.5 1.0"),
        // Nothing, or nothing that is a number.
        ([], 6, false, "0.0 0.2 0.4 0.6 0.8 1.0"), ([Double.nan, .infinity], 6, false, "0.0 0.2 0.4 0.6 0.8 1.0"),
    ])
    func `ticks are round numbers`(values: [Double], count: Int, isWhole: Bool, labels: String) {
        #expect(
            AxisTicks(covering: values, atMost: count, isWhole: isWhole).ticks.map(\.label).joined(separator: " ")
                == labels)
    }

    @Test func `three tenths is the double nearest to it`() {
        #expect(AxisTicks(covering: [0, 0.7], atMost: 8).ticks.map(\.value) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `ticks cover every value, evenly, with labels that differ`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<300 {
            let size = (-8..<12).map { exponent in
                (0..<abs(exponent)).reduce(1.0) { value, _ in exponent < 0 ? value / 10 : value * 10 }
            }
            let scale = size[random.nextIndex(below: size.count)]
            let values = (0...random.nextIndex(below: 4)).map { _ in
                (Double(random.nextIndex(below: 2001)) - 1000) / 500 * scale
            }
            let count = 3 + random.nextIndex(below: 8)
            let axis = AxisTicks(covering: values, atMost: count)
            let ticks = axis.ticks.map(\.value)
            let steps = zip(ticks, ticks.dropFirst()).map { $1 - $0 }
            let slack = (steps.first ?? 0) * 1e-6
            #expect(
                ticks.count >= 2 && ticks.count <= count && steps.allSatisfy { abs($0 - steps[0]) <= slack && $0 > 0 },
                "seed \(seed), round \(round): \(ticks)")
            #expect(
                values.allSatisfy { axis.low - slack <= $0 && $0 <= axis.high + slack },
                "seed \(seed), round \(round): \(values) in \(ticks)")
            #expect(Set(axis.ticks.map(\.label)).count == ticks.count, "seed \(seed), round \(round): \(axis.ticks)")
        }
    }

    @Test func `a scale keeps within its drawing and takes anything`() {
        let scale = LinearScale(low: 0, high: 2, start: 100, end: 0)
        #expect([-1, 0, 0.5, 2, 9, .infinity].map(scale.place) == [100, 100, 75, 0, 0, 0])
        #expect(LinearScale(low: 1, high: 1, start: 10, end: 30).place(1) == 20)
        #expect(scale.place(.nan) == 50)
    }

    @Test(arguments: [
        (0.0, "0"), (-0.001, "0"), (1.5, "1.5"), (-2.25, "-2.25"), (0.05, "0.05"), (99.999, "100"), (-0.5, "-0.5"),
        (.nan, "0"), (.infinity, "0"), (1e300, "0"),
    ])
    func `places are written with at most two digits`(value: Double, text: String) {
        #expect(Chart.number(value) == text)
    }
}
