import SabilRecords

/// Whether two systems differ on the same queries: a randomisation test and a bootstrap interval of the mean difference.
///
/// The same values and seed give the same figures.
public struct PairedComparison: Sendable, Hashable {
    /// Mean of system minus baseline.
    public let difference: Double
    /// Two-sided p-value of the hypothesis that the signs of the differences are chance.
    public let p: Double
    /// Lower bound of the 95 % interval of the mean difference.
    public let low: Double
    /// Upper bound of the 95 % interval of the mean difference.
    public let high: Double
    /// Number of pairs.
    public let count: Int

    /// Whether the interval leaves out 0: only then call one system better.
    public var isClear: Bool { low > 0 || high < 0 }

    /// Compares values of the same queries in the same order.
    ///
    /// p = (1 + number of random sign flips whose mean is at least as far from 0) / (1 + permutations), so never 0.
    /// The interval is the 2.5th to the 97.5th percentile of the means of samples with replacement.
    /// Sources: Smucker, Allan, Carterette 2007, CIKM, §3 (randomisation); Efron, Tibshirani 1993, ch. 13 (percentiles).
    /// - Precondition: as many values of one as of the other, at least one.
    /// - Complexity: O((permutations + resamples) · count).
    public init(
        _ system: [Double], baseline: [Double], permutations: Int = 10_000, resamples: Int = 10_000, seed: UInt64 = 1
    ) {
        precondition(system.count == baseline.count && !system.isEmpty, "a paired test needs pairs")
        let differences = zip(system, baseline).map { $0 - $1 }
        let count = differences.count
        self.count = count
        difference = differences.mean

        var random = SeededGenerator(seed: seed)
        let moving = differences.filter { $0 != 0 }
        let observed = abs(moving.reduce(0, +))
        // Sums in another order differ in the last bits; equal ones must count as equal.
        let slack = 1e-12 * moving.reduce(0) { $0 + abs($1) }
        var atLeastAsFar = 0
        for _ in 0..<permutations {
            var sum = 0.0
            var bits: UInt64 = 0
            for (position, value) in moving.enumerated() {
                if position & 63 == 0 { bits = random.next() }
                sum += bits & 1 == 0 ? value : -value
                bits >>= 1
            }
            if abs(sum) >= observed - slack { atLeastAsFar += 1 }
        }
        p = Double(1 + atLeastAsFar) / Double(1 + permutations)

        var means: [Double] = []
        means.reserveCapacity(resamples)
        for _ in 0..<resamples {
            var sum = 0.0
            for _ in 0..<count { sum += differences[random.nextIndex(below: count)] }
            means.append(sum / Double(count))
        }
        means.sort()
        low = Self.quantile(0.025, of: means) ?? difference
        high = Self.quantile(0.975, of: means) ?? difference
    }

    /// Linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
    static func quantile(_ share: Double, of sorted: [Double]) -> Double? {
        guard let last = sorted.last else { return nil }
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        guard below + 1 < sorted.count else { return last }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }

    /// Adjusts the p-values of several tests made at once.
    ///
    /// Source: Holm 1979, Scandinavian Journal of Statistics 6(2): the i-th smallest of m times (m − i + 1), made
    /// monotonic, at most 1.
    /// - Returns: adjusted values in the order given.
    public static func holm(_ values: [Double]) -> [Double] {
        var adjusted = values
        var highest = 0.0
        for (rank, position) in values.indices.sorted(by: { (values[$0], $0) < (values[$1], $1) }).enumerated() {
            highest = max(highest, min(1, values[position] * Double(values.count - rank)))
            adjusted[position] = highest
        }
        return adjusted
    }
}
