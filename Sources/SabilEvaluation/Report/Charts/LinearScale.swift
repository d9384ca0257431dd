/// Where a value stands between two places of a drawing.
struct LinearScale: Sendable, Hashable {
    let low: Double
    let high: Double
    /// Places of `low` and `high`; the first may be the larger one.
    let start: Double
    let end: Double

    /// Values beyond the bounds stand at the bound; the middle stands for what is no number.
    func place(_ value: Double) -> Double {
        let share = (value - low) / (high - low)
        guard !share.isNaN else { return (start + end) / 2 }
        return start + min(max(share, 0), 1) * (end - start)
    }
}
