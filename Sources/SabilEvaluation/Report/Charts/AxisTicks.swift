import Glibc

/// Round numbers along an axis: a step of 1, 2 or 5 times a power of ten.
///
/// Source: Heckbert 1990, "Nice numbers for graph labels", Graphics Gems, with the step chosen as the smallest that gives
/// no more ticks than asked for.
struct AxisTicks: Sendable, Hashable {
    struct Tick: Sendable, Hashable {
        let value: Double
        let label: String
    }

    /// From low to high; at least two, the same distance apart.
    let ticks: [Tick]

    /// Whether a tick at 0 stands for nothing, and its line is to be told from the others.
    let hasZero: Bool

    var low: Double { ticks.first?.value ?? 0 }
    var high: Double { ticks.last?.value ?? 1 }

    /// - Parameters:
    ///   - values: what the axis must hold; those that are no finite number are left out, and 0…1 stands for none.
    ///   - count: how many ticks at most; 3 at least.
    ///   - isWhole: for things that are counted: no step below 1.
    init(covering values: some Sequence<Double>, atMost count: Int = 6, isWhole: Bool = false) {
        // Beyond this, and for spans below it, labels would be longer than charts are wide.
        let finite = values.lazy.filter { $0.isFinite }.map { min(max($0, -1e15), 1e15) }
        var low = finite.min() ?? 0
        var high = finite.max() ?? 1
        let size = max(abs(low), abs(high))
        if high - low <= size * 1e-6 || high - low < 1e-8 {
            let room = size > 1e-6 ? size / 10 : 0.5
            low = low == 0 ? 0 : low - room
            high += high == 0 ? 1 : room
        }
        let intervals = max(3, count) - 1
        var exponent = Int(log10((high - low) / Double(intervals)).rounded(.down)) - 1
        if isWhole { exponent = max(0, exponent) }
        var mantissas = [1, 2, 5].makeIterator()
        var step = (mantissa: 1, exponent: exponent)
        var first = 0.0
        var last = 0.0
        while true {
            if let mantissa = mantissas.next() {
                step.mantissa = mantissa
            } else {
                mantissas = [1, 2, 5].makeIterator()
                step.exponent += 1
                continue
            }
            let width = Self.value(1, step)
            // A bound that is a tick but for rounding must not add another one.
            first = (low / width + 1e-9).rounded(.down)
            last = (high / width - 1e-9).rounded(.up)
            if last - first <= Double(intervals) { break }
        }
        if last - first < 1 { last = first + 1 }
        hasZero = true
        let places = max(0, -step.exponent)
        ticks = stride(from: first, through: last, by: 1).map { multiple in
            let value = Self.value(multiple, step)
            return Tick(value: value, label: ReportNumber.fixed(value, places: places))
        }
    }

    /// Divides by the power where it is below one: 3 / 10 is the double nearest to 0.3, 3 · 0.1 is not.
    private static func value(_ multiple: Double, _ step: (mantissa: Int, exponent: Int)) -> Double {
        let power = (0..<abs(step.exponent)).reduce(1.0) { product, _ in product * 10 }
        let whole = multiple * Double(step.mantissa)
        let value = step.exponent < 0 ? whole / power : whole * power
        return value == 0 ? 0 : value
    }

    /// Powers of ten along a logarithmic axis; the places of the ticks, and of what is drawn, are decimal logarithms.
    ///
    /// - Parameters:
    ///   - values: above zero; others are left out, and 1…10 stands for none.
    ///   - label: of a power of ten.
    init(powersOfTenCovering values: some Sequence<Double>, label: (Double) -> String) {
        // Doubles reach 10^±308; beyond 10^±15 nothing is measured here, and labels would be longer than charts are wide.
        let logs = values.lazy.filter { $0 > 0 && $0.isFinite }.map { min(max(log10($0), -15), 15) }
        let first = ((logs.min() ?? 0) + 1e-9).rounded(.down)
        let last = max(first + 1, ((logs.max() ?? 1) - 1e-9).rounded(.up))
        hasZero = false
        ticks = stride(from: first, through: last, by: 1).map { exponent in
            Tick(value: exponent, label: label(Self.value(1, (mantissa: 1, exponent: Int(exponent)))))
        }
    }
}
