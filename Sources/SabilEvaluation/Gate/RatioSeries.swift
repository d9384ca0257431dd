import SabilRecords

/// How two programs compare that took turns at the same work: the ratio of what each needs when it is not disturbed, and how
/// sure it is.
///
/// What else a machine does only ever makes a program slower, and the one that reads more memory by more; so of each part of
/// the work the fastest of all rounds counts, for each program on its own. A median of the rounds' ratios would be that of how
/// busy the machine happened to be. Source: Chen, Revels 2016, "Robust benchmarking in noisy environments".
public struct RatioSeries: Sendable, Hashable {
    /// What was measured in one round, in one unit: a figure for each part of the work, the same parts in every round.
    public struct Round: Sendable, Hashable {
        public let values: [Double]
        public let yardsticks: [Double]

        public init(values: [Double], yardsticks: [Double]) {
            self.values = values
            self.yardsticks = yardsticks
        }

        /// A round of one part.
        public init(value: Double, yardstick: Double) { self.init(values: [value], yardsticks: [yardstick]) }
    }

    /// Whether a ratio lies below a limit.
    public enum Position: Sendable, Hashable {
        /// The whole interval does.
        case below
        /// None of the interval does.
        case above
        /// The limit lies within the interval.
        case undecided
    }

    /// Rounds of which all figures are numbers above 0; others say nothing of a ratio.
    public private(set) var rounds: [Round] = []

    public init(_ rounds: [Round] = []) { rounds.forEach { add($0) } }

    /// - Returns: whether the round counts: it has the parts of the others, and figures for each.
    @discardableResult
    public mutating func add(_ round: Round) -> Bool {
        let parts = rounds.first?.values.count ?? round.values.count
        guard parts > 0, round.values.count == parts, round.yardsticks.count == parts,
            (round.values + round.yardsticks).allSatisfy({ $0 > 0 && $0.isFinite })
        else { return false }
        rounds.append(round)
        return true
    }

    /// The ratio of value to yardstick, with a 95 % interval.
    public struct Estimate: Sendable, Hashable {
        public let ratio: Double
        public let low: Double
        public let high: Double
        public let rounds: Int
        /// The two figures on their own: the mean of the parts' fastest, in their unit.
        public let value: Double
        public let yardstick: Double

        public init(ratio: Double, low: Double, high: Double, rounds: Int, value: Double, yardstick: Double) {
            self.ratio = ratio
            self.low = low
            self.high = high
            self.rounds = rounds
            self.value = value
            self.yardstick = yardstick
        }

        /// Half the width of the interval as a share of the ratio.
        public var spread: Double { (high - low) / 2 / ratio }

        public func position(to limit: Double) -> Position {
            if high < limit { return .below }
            return low > limit ? .above : .undecided
        }
    }

    /// `nil` without a round.
    ///
    /// The interval is the 2.5th to the 97.5th percentile of the ratios of rounds drawn with replacement; the same rounds
    /// give the same interval. Source: Efron, Tibshirani 1993, ch. 13.
    /// - Complexity: O(resamples · rounds · parts).
    public func estimate(resamples: Int = 1000, seed: UInt64 = 1) -> Estimate? {
        guard let fastest = Self.fastest(rounds.indices, of: rounds) else { return nil }
        var random = SeededGenerator(seed: seed)
        let ratios = (0..<resamples).compactMap { _ in
            let drawn = rounds.map { _ in random.nextIndex(below: rounds.count) }
            return Self.fastest(drawn, of: rounds).map { $0.value / $0.yardstick }
        }.sorted()
        let ratio = fastest.value / fastest.yardstick
        return Estimate(
            ratio: ratio, low: PairedComparison.quantile(0.025, of: ratios) ?? ratio,
            high: PairedComparison.quantile(0.975, of: ratios) ?? ratio, rounds: rounds.count, value: fastest.value,
            yardstick: fastest.yardstick)
    }

    /// The means over the parts of the fastest among some rounds; `nil` without a round.
    private static func fastest(
        _ places: some Collection<Int>, of rounds: [Round]
    ) -> (value: Double, yardstick: Double)? {
        guard let first = places.first else { return nil }
        var (values, yardsticks) = (rounds[first].values, rounds[first].yardsticks)
        for place in places.dropFirst() {
            let round = rounds[place]
            for part in values.indices {
                values[part] = min(values[part], round.values[part])
                yardsticks[part] = min(yardsticks[part], round.yardsticks[part])
            }
        }
        func mean(_ figures: [Double]) -> Double { figures.reduce(0, +) / Double(figures.count) }
        return (mean(values), mean(yardsticks))
    }
}
