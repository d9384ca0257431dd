import SabilRecords

/// Whether two systems differ on the same queries: a randomisation test, a bootstrap interval of the mean difference, and
/// how large the difference is.
///
/// The same values and seed give the same figures.
public struct PairedComparison: Sendable, Hashable {
    /// The error rate of a verdict: a difference is told from chance when its p, adjusted for its family, is at most this.
    public static let errorRate = 0.05

    /// Mean of system minus baseline.
    public let difference: Double
    /// Two-sided p-value of the hypothesis that the signs of the differences are chance.
    public let p: Double
    /// Whether `p` counts all sign patterns, so that it does not depend on the seed.
    public let isExact: Bool
    /// Lower bound of the 95 % interval of the mean difference.
    public let low: Double
    /// Upper bound of the 95 % interval of the mean difference.
    public let high: Double
    /// Number of pairs.
    public let count: Int
    /// Pairs in which the system has the higher value.
    public let better: Int
    /// Pairs in which the system has the lower value.
    public let worse: Int
    /// Standard deviation of the differences (divided by count − 1); `nil` for one pair.
    public let deviation: Double?

    /// Whether the interval leaves out 0: only then call one system better.
    public var isClear: Bool { low > 0 || high < 0 }

    /// Compares values of the same queries in the same order.
    ///
    /// Pairs that differ by no more than rounding (10⁻¹² of the larger value, or of 1) are equal. When there are no more
    /// sign patterns of the others than `permutations`, all are counted: p = share of patterns whose mean is at least as
    /// far from 0. Otherwise p = (1 + number of such random patterns) / (1 + permutations), so never 0.
    /// The interval is the 2.5th to the 97.5th percentile of the means of samples with replacement.
    /// Sources: Smucker, Allan, Carterette 2007, CIKM, §3 (randomisation); Efron, Tibshirani 1993, ch. 13 (percentiles).
    /// - Precondition: as many values of one as of the other, at least one.
    /// - Complexity: O((permutations + resamples) · count).
    public init(
        _ system: [Double], baseline: [Double], permutations: Int = 10_000, resamples: Int = 10_000, seed: UInt64 = 1
    ) {
        precondition(system.count == baseline.count && !system.isEmpty, "a paired test needs pairs")
        let differences = zip(system, baseline).map(Self.difference)
        count = differences.count
        difference = differences.mean
        deviation = Self.deviation(of: differences)
        better = differences.count { $0 > 0 }
        worse = differences.count { $0 < 0 }

        var random = SeededGenerator(seed: seed)
        let moving = differences.filter { $0 != 0 }
        isExact = moving.count < Int.bitWidth - 2 && 1 << moving.count <= permutations
        p =
            isExact
            ? Self.exactP(moving) : Self.sampledP(moving, permutations: permutations, random: &random)

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

    /// One minus the other; 0 when they differ by no more than rounding.
    static func difference(_ one: Double, _ other: Double) -> Double {
        abs(one - other) <= 1e-12 * max(1, abs(one), abs(other)) ? 0 : one - other
    }

    /// Sums in another order differ in the last bits; equal ones must count as equal.
    private static func threshold(_ moving: [Double]) -> Double {
        abs(moving.reduce(0, +)) - 1e-12 * moving.reduce(0) { $0 + abs($1) }
    }

    private static func exactP(_ moving: [Double]) -> Double {
        guard !moving.isEmpty else { return 1 }
        let threshold = threshold(moving)
        // A pattern and its mirror image are equally far out: half of them will do.
        let patterns = 1 << (moving.count - 1)
        var far = 0
        for pattern in 0..<patterns {
            var sum = 0.0
            for (position, value) in moving.enumerated() { sum += pattern >> position & 1 == 0 ? value : -value }
            if abs(sum) >= threshold { far += 1 }
        }
        return Double(far) / Double(patterns)
    }

    private static func sampledP(
        _ moving: [Double], permutations: Int, random: inout SeededGenerator
    ) -> Double {
        let threshold = threshold(moving)
        var far = 0
        for _ in 0..<permutations {
            var sum = 0.0
            var bits: UInt64 = 0
            for (position, value) in moving.enumerated() {
                if position & 63 == 0 { bits = random.next() }
                sum += bits & 1 == 0 ? value : -value
                bits >>= 1
            }
            if abs(sum) >= threshold { far += 1 }
        }
        return Double(1 + far) / Double(1 + permutations)
    }

    private static func deviation(of differences: [Double]) -> Double? {
        guard differences.count > 1 else { return nil }
        let mean = differences.mean
        let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(differences.count - 1)).squareRoot()
    }

    /// Linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
    static func quantile(_ share: Double, of sorted: [Double]) -> Double? {
        guard let last = sorted.last else { return nil }
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        guard below + 1 < sorted.count else { return last }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }

    /// Adjusts the p-values of several tests made at once, whatever their dependence.
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

/// How large a difference is, and how small a one would have been seen.
extension PairedComparison {
    /// Pairs whose values are not equal.
    public var moved: Int { better + worse }
    /// Pairs whose values are equal.
    public var equal: Int { count - moved }

    /// The standardised mean difference of pairs, d_z: mean over standard deviation of the differences.
    ///
    /// `nil` when the differences do not vary. Source: Cohen 1988, Statistical Power Analysis, §2.3.5; the name: Lakens
    /// 2013, Frontiers in Psychology 4:863, eq. 6.
    public var standardisedDifference: Double? {
        guard let deviation, deviation > 1e-12 * abs(difference) else { return nil }
        return difference / deviation
    }

    /// The probability that a query drawn from these is better, an equal one counting half; 0.5 when neither prevails.
    ///
    /// Source: Grissom, Kim 2012, Effect Sizes for Research, ch. 5 (for pairs).
    public var superiority: Double { (Double(better) + Double(equal) / 2) / Double(count) }

    /// The smallest true mean difference that a test of as many pairs with the same deviation shows with the given power.
    ///
    /// (t₁₋α/₂ + t_power) · deviation / √count, with Student's t of count − 1 degrees of freedom: a paired t-test's, which
    /// the randomisation test follows closely. Against the non-central t it is within 1 % from 20 pairs on at one
    /// comparison, within 6 % from 8 pairs on at 30. For one of m comparisons the error rate is α / m: Holm's
    /// procedure shows at least as much.
    /// Source: Cohen 1988, ch. 2; Sakai 2016, Information Retrieval Journal 19, §3 (for topics of test collections).
    /// - Returns: `nil` when the differences of fewer than two pairs are known, or none varies.
    public func detectableDifference(comparisons: Int = 1, power: Double = 0.8) -> Double? {
        guard let deviation, deviation > 0 else { return nil }
        let student = StudentDistribution(degreesOfFreedom: count - 1)
        let error = Self.errorRate / Double(max(1, comparisons))
        return (student.quantile(1 - error / 2) + student.quantile(power)) * deviation / Double(count).squareRoot()
    }

    /// The fewest moved pairs with which a test can show anything: the smallest n with 2 / 2ⁿ · m ≤ α.
    static func fewestMoved(comparisons: Int = 1) -> Int {
        var moved = 1
        var smallest = 1.0
        while smallest * Double(max(1, comparisons)) > errorRate {
            moved += 1
            smallest /= 2
        }
        return moved
    }
}
