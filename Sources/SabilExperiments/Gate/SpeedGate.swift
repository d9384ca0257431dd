public import SabilEvaluation

/// Whether speed and size are as the baseline says, told from rounds in which Sabil and a plain program took turns.
///
/// A ratio may grow by its margin. It passes as soon as its whole interval lies below its limit; it fails only after the last
/// round, so that a machine that was busy for a while is not taken for a slower program.
public struct SpeedGate: Sendable {
    /// One figure.
    public struct Line: Sendable, Hashable {
        public let figure: SpeedFigure
        public let baseline: RatioSeries.Estimate
        public let now: RatioSeries.Estimate
        public let margin: Double

        public var limit: Double { baseline.ratio * (1 + margin) }
        /// Share by which the ratio grew; below 0 when it fell.
        public var growth: Double { now.ratio / baseline.ratio - 1 }
        public var isDecided: Bool { now.position(to: limit) != .undecided }

        public var isFailure: Bool {
            switch now.position(to: limit) {
            case .below: false
            case .above: true
            case .undecided: now.ratio > limit
            }
        }

        /// The verdict for people.
        public var words: String {
            let doubt = isDecided ? "" : " (the interval holds the limit; the ratio decided)"
            return isFailure
                ? "FAILED: grew by more than the margin of \(Self.percent(margin))\(doubt)"
                : "passed: within the margin of \(Self.percent(margin))\(doubt)"
        }

        /// Such as `+12 %`; without a sign for a margin.
        static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

        public var growthText: String { "\(growth >= 0 ? "+" : "")\(Self.percent(growth))" }
    }

    public private(set) var series: [SpeedFigure: RatioSeries] = [:]
    private let baseline: [SpeedFigure: RatioSeries.Estimate]
    private let growth: [GateRules.Growth]
    private let rounds: ClosedRange<Int>

    /// - Parameter baseline: empty when a new one is made; then rounds go on until every ratio is known to `tightness`.
    public init(baseline: [SpeedFigure: RatioSeries.Estimate], growth: [GateRules.Growth], speed: GateRules.Speed) {
        self.baseline = baseline
        self.growth = growth
        rounds = speed.leastRounds...max(speed.leastRounds, speed.mostRounds)
    }

    /// Half the width of an interval, as a share of its ratio, at which a new baseline is known well enough.
    public static let tightness = 0.03

    /// A round of a figure.
    public mutating func add(_ round: RatioSeries.Round, of figure: SpeedFigure) {
        series[figure, default: RatioSeries()].add(round)
    }

    /// Whether another round of these figures would say more.
    public func needsMore(of figures: Set<SpeedFigure>) -> Bool {
        growth.contains { entry in
            guard figures.contains(entry.figure) else { return false }
            let done = series[entry.figure]?.rounds.count ?? 0
            guard done >= rounds.lowerBound else { return true }
            guard done < rounds.upperBound, let now = series[entry.figure]?.estimate() else { return false }
            guard let then = baseline[entry.figure] else { return now.spread > Self.tightness }
            return now.position(to: then.ratio * (1 + entry.margin.value)) != .below
        }
    }

    /// What is known so far, in the order of the rules.
    public var lines: [Line] {
        growth.compactMap { entry in
            guard let then = baseline[entry.figure], let now = series[entry.figure]?.estimate() else { return nil }
            return Line(figure: entry.figure, baseline: then, now: now, margin: entry.margin.value)
        }
    }

    /// Figures of the rules that the baseline or this run lacks, a sentence each; each is a failure.
    public var faults: [String] {
        growth.compactMap { entry in
            if baseline[entry.figure] == nil {
                return "The baseline has no ratio for \"\(entry.figure.rawValue)\". Accept a new baseline: "
                    + "sabil eval gate --accept --reason \"…\"."
            }
            return series[entry.figure]?.estimate() == nil
                ? "\"\(entry.figure.rawValue)\" was not measured: no round gave a figure above 0 for both programs."
                : nil
        }
    }

    public var estimates: [SpeedFigure: RatioSeries.Estimate] { series.compactMapValues { $0.estimate() } }

    public var failures: Int { lines.count(where: \.isFailure) + faults.count }
}
