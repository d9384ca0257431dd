/// Figures of a list of measurements.
enum Sample {
    /// The middle value; the mean of the two in the middle of an even number; NaN of none.
    static func median(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return .nan }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// The value that the given share of the values does not exceed (nearest rank); NaN of none.
    static func quantile(_ share: Double, of values: [Double]) -> Double {
        guard !values.isEmpty else { return .nan }
        let sorted = values.sorted()
        return sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
    }

    static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }

    /// The contestants in the order of their turns: who begins goes round.
    static func turns(_ contestants: [Contestant], round: Int) -> [Contestant] {
        guard !contestants.isEmpty else { return [] }
        let first = round % contestants.count
        return Array(contestants[first...] + contestants[..<first])
    }
}
