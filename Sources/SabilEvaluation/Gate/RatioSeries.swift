import SabilRecords

/// How two programs compare that took turns at the same work: the ratio of each round, their median, and how sure it is.
///
/// Times of one machine differ from minute to minute for both programs alike; the ratio of neighbours in time does much less,
/// and a median is not moved by a round that something else disturbed.
public struct RatioSeries: Sendable, Hashable {
    /// What was measured in one round, in one unit.
    public struct Round: Sendable, Hashable {
        public let value: Double
        public let yardstick: Double

        public init(value: Double, yardstick: Double) {
            self.value = value
            self.yardstick = yardstick
        }
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

    /// Rounds of which both figures are numbers above 0; others say nothing of a ratio.
    public private(set) var rounds: [Round] = []

    public init(_ rounds: [Round] = []) { rounds.forEach { add($0) } }

    /// - Returns: whether the round counts.
    @discardableResult
    public mutating func add(_ round: Round) -> Bool {
        guard round.value > 0, round.yardstick > 0, round.value.isFinite, round.yardstick.isFinite else { return false }
        rounds.append(round)
        return true
    }

    /// The ratio of value to yardstick, with the 95 % interval of its median.
    public struct Estimate: Sendable, Hashable {
        public let ratio: Double
        public let low: Double
        public let high: Double
        public let rounds: Int
        /// Medians of the two figures on their own, in their unit.
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
    /// The interval is the 2.5th to the 97.5th percentile of the medians of rounds drawn with replacement; the same rounds
    /// give the same interval. Source: Efron, Tibshirani 1993, ch. 13.
    /// - Complexity: O(resamples · rounds · log rounds).
    public func estimate(resamples: Int = 2000, seed: UInt64 = 1) -> Estimate? {
        let ratios = rounds.map { $0.value / $0.yardstick }
        guard let ratio = Self.median(ratios), let value = Self.median(rounds.map(\.value)),
            let yardstick = Self.median(rounds.map(\.yardstick))
        else { return nil }
        var random = SeededGenerator(seed: seed)
        let medians = (0..<resamples).compactMap { _ in
            Self.median(ratios.map { _ in ratios[random.nextIndex(below: ratios.count)] })
        }.sorted()
        return Estimate(
            ratio: ratio, low: PairedComparison.quantile(0.025, of: medians) ?? ratio,
            high: PairedComparison.quantile(0.975, of: medians) ?? ratio, rounds: rounds.count, value: value,
            yardstick: yardstick)
    }

    static func median(_ values: [Double]) -> Double? { PairedComparison.quantile(0.5, of: values.sorted()) }
}
