/// Whether confidences mean what they say: of suggestions with a confidence of about 0.7, are 7 of 10 right?
public struct ConfidenceCalibration: Sendable, Hashable {
    /// A suggestion: how sure, and whether right.
    public struct Point: Sendable, Hashable {
        public let confidence: Double
        public let isRight: Bool

        public init(_ confidence: Double, isRight: Bool) {
            self.confidence = confidence
            self.isRight = isRight
        }
    }

    /// How suggestions are put into bins.
    public enum Binning: String, Sendable, Hashable, CaseIterable {
        /// Bins of the same width.
        case equalWidth = "equal width"
        /// Bins of about the same number of suggestions; equal confidences stay together.
        case equalMass = "equal mass"
    }

    /// Suggestions whose confidence lies above `low` and at most at `high`; the first bin holds its lower bound too.
    public struct Bin: Sendable, Hashable {
        public let low: Double
        public let high: Double
        public let count: Int
        /// Mean confidence; 0 in an empty bin.
        public let confidence: Double
        /// Share of right ones; 0 in an empty bin.
        public let accuracy: Double
    }

    public static let columns = ["low", "high", "count", "confidence", "right"]

    public let count: Int
    /// From low to high; a bin of equal mass whose bounds are the same is left out.
    public let bins: [Bin]
    /// Expected calibration error: mean over suggestions of how far confidence and share of right ones are apart in their
    /// bin.
    ///
    /// Source: Naeini, Cooper, Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning", AAAI.
    public let expectedError: Double
    /// The same in the worst bin.
    public let maximumError: Double
    /// Mean square of confidence minus 1 where right, 0 where wrong.
    ///
    /// Source: Brier 1950, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78.
    public let brierScore: Double

    /// - Parameters:
    ///   - points: in any order; confidences that are no number or outside 0…1 are left out.
    ///   - binCount: at least 1.
    /// - Returns: `nil` without a point.
    /// - Complexity: O(n log n).
    public init?(_ points: some Sequence<Point>, binning: Binning = .equalWidth, bins binCount: Int = 10) {
        precondition(binCount > 0, "a suggestion needs a bin")
        let sorted = points.filter { (0...1).contains($0.confidence) }
            // Sums do not depend on the order given.
            .sorted { ($0.confidence, $0.isRight ? 1 : 0) < ($1.confidence, $1.isRight ? 1 : 0) }
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let shares = (0...binCount).map { Double($0) / Double(binCount) }
        var bounds = shares
        if binning == .equalMass {
            let confidences = sorted.map(\.confidence)
            bounds = shares.map { PairedComparison.quantile($0, of: confidences) ?? last.confidence }
            bounds[0] = first.confidence
        }
        var bins: [Bin] = []
        var start = 0
        for (low, high) in zip(bounds, bounds.dropFirst()) where low < high || bins.isEmpty {
            let end = sorted[start...].firstIndex { $0.confidence > high } ?? sorted.count
            let inside = sorted[start..<end]
            let confidences = inside.map(\.confidence)
            bins.append(
                Bin(
                    low: low, high: high, count: inside.count, confidence: confidences.mean,
                    accuracy: Measure.ratio(inside.count(where: \.isRight), inside.count)))
            start = end
        }
        self.bins = bins
        count = sorted.count
        let gaps = bins.map { abs($0.confidence - $0.accuracy) }
        expectedError = zip(bins, gaps).reduce(0) { $0 + Double($1.0.count) * $1.1 } / Double(sorted.count)
        maximumError = zip(bins, gaps).reduce(0) { $1.0.count > 0 ? max($0, $1.1) : $0 }
        brierScore =
            sorted.reduce(0) { sum, point in
                let error = point.confidence - (point.isRight ? 1 : 0)
                return sum + error * error
            } / Double(sorted.count)
    }

    /// Every suggestion of every example; a right label that was not suggested has no confidence and is not looked at.
    public init?(
        of predictions: some Sequence<LabelPrediction>, binning: Binning = .equalWidth, bins binCount: Int = 10
    ) {
        let points = predictions.flatMap { prediction in
            prediction.ranking.map { Point($0.score, isRight: prediction.gold.contains($0.label)) }
        }
        self.init(points, binning: binning, bins: binCount)
    }

    /// The header and a line a bin, columns with tabs between.
    public var lines: [String] {
        [Self.columns.joined(separator: "\t")]
            + bins.map { bin in
                let figures = [bin.confidence, bin.accuracy].map { ScoreTable.decimals($0) }
                let bounds = [bin.low, bin.high].map { ScoreTable.decimals($0) }
                return (bounds + ["\(bin.count)"] + figures).joined(separator: "\t")
            }
    }
}
