/// What a pair of a comparison is, in the plural.
public enum ComparisonUnit: String, Sendable, Hashable {
    case queries
    case documents

    /// Such as `1 query`, `2 queries`.
    func counted(_ number: Int) -> String {
        let one = self == .queries ? "query" : "document"
        return "\(number) \(number == 1 ? one : rawValue)"
    }
}

/// What a comparison shows, in words: no figure of probability stands alone.
public enum ComparisonVerdict: Sendable, Hashable {
    /// Told from chance, and for the better.
    case better
    /// Told from chance, and for the worse.
    case worse
    /// Every pair has equal values.
    case identical
    /// Not told from chance; a true difference of at least `detectable` would have been with 80 % power.
    case notShown(detectable: Double)
    /// Not told from chance before any value was seen: fewer pairs moved than the test needs.
    case tooFew(needed: Int)

    /// - Parameters:
    ///   - adjusted: the p-value, adjusted for its family.
    ///   - comparisons: the size of the family.
    ///
    /// Better and worse need both: an adjusted p of at most `PairedComparison.errorRate` and an interval without 0.
    public init(_ comparison: PairedComparison, adjusted: Double, comparisons: Int = 1) {
        let needed = PairedComparison.fewestMoved(comparisons: comparisons)
        if comparison.moved == 0 {
            self = .identical
        } else if adjusted <= PairedComparison.errorRate, comparison.isClear {
            self = comparison.difference > 0 ? .better : .worse
        } else if comparison.moved >= needed,
            let detectable = comparison.detectableDifference(comparisons: comparisons)
        {
            self = .notShown(detectable: detectable)
        } else {
            self = .tooFew(needed: needed)
        }
    }

    /// One word for programs: `better`, `worse`, `identical`, `not-shown`, `too-few`.
    public var code: String {
        switch self {
        case .better: "better"
        case .worse: "worse"
        case .identical: "identical"
        case .notShown: "not-shown"
        case .tooFew: "too-few"
        }
    }

    /// For people, such as `no difference shown (50 queries; a true difference of at least 0.0312 would have been seen with
    /// 80 % power)`.
    ///
    public func words(
        _ comparison: PairedComparison, comparisons: Int = 1, unit: ComparisonUnit = .queries
    ) -> String {
        // What would have been shown on its own must not look like a slip of the pen.
        let isCorrected = comparisons > 1 && comparison.p <= PairedComparison.errorRate
        let family = isCorrected ? " after correction for \(comparisons) comparisons" : ""
        switch self {
        case .better, .worse, .identical: return code
        case .notShown(let detectable):
            return "no difference shown\(family) (\(unit.counted(comparison.count)); a true difference of at least "
                + "\(ScoreTable.decimals(detectable)) would have been seen with 80 % power)"
        case .tooFew(let needed):
            let among = comparisons > 1 ? " among \(comparisons) comparisons" : ""
            return "no difference shown (\(unit.counted(comparison.count)), \(comparison.moved) with other values: "
                + "too few, \(needed) are needed\(among))"
        }
    }
}
