import SabilEvaluation

/// What the gate found, as tables with a verdict in words on every line.
public struct GateReport: Sendable {
    public let lines: [String]
    public let isPassed: Bool

    /// - Parameters:
    ///   - quality: `nil` when neither ranking nor classification was asked for; so is `speed`.
    ///   - acceptance: of the baseline in force.
    ///   - unseen: names of the parts that were not asked for.
    public init(
        quality: QualityGate?, speed: SpeedGate?, acceptance: BaselineFolder.Acceptance, unseen: [String] = []
    ) {
        var lines = ["Baseline of \(acceptance.date) (\(acceptance.commit)): \(acceptance.reason)"]
        if let quality { lines += [""] + Self.table(quality) }
        if let speed { lines += [""] + Self.table(speed) }
        let failures = (quality?.failures ?? 0) + (speed?.failures ?? 0)
        let comparisons = (quality?.lines.count ?? 0) + (speed?.lines.count ?? 0)
        let counted = comparisons == 1 ? "1 comparison" : "\(comparisons) comparisons"
        // A gate that compared nothing has shown nothing.
        isPassed = failures == 0 && comparisons > 0
        let left = unseen.isEmpty ? "" : "; \(unseen.joined(separator: " and ")) not looked at"
        let verdict =
            if isPassed {
                "The gate is passed: nothing got worse in \(counted)"
            } else if comparisons == 0, failures == 0 {
                "The gate is not passed: the rules name nothing to compare"
            } else {
                "The gate is not passed: \(failures) of \(max(comparisons, failures)) findings are failures"
            }
        lines += ["", verdict + left + "."]
        self.lines = lines
    }

    private static func signed(_ value: Double) -> String {
        let text = ScoreTable.decimals(value)
        return value > 0 && text != "0.0000" ? "+\(text)" : text
    }

    private static func table(_ gate: QualityGate) -> [String] {
        let rows = gate.lines.map { line in
            [
                line.experiment, line.group, line.measure, "\(line.pairs)", ScoreTable.decimals(line.baseline),
                ScoreTable.decimals(line.now), signed(line.difference), ScoreTable.decimals(line.adjusted), line.words,
            ]
        }
        return ["Quality, each query or document beside its own baseline; p by randomisation, adjusted (Holm)"]
            + ReportLayout(
                columns: ["experiment", "group", "measure", "pairs", "baseline", "now", "difference", "p", "verdict"],
                rows: rows
            ).aligned + gate.faults.map { "FAILED: \($0)" }
    }

    private static func table(_ gate: SpeedGate) -> [String] {
        let rows = gate.lines.map { line in
            [
                line.figure.rawValue, ScoreTable.decimals(line.now.value), ScoreTable.decimals(line.now.yardstick),
                ScoreTable.decimals(line.baseline.ratio), ScoreTable.decimals(line.now.ratio),
                "\(ScoreTable.decimals(line.now.low)) … \(ScoreTable.decimals(line.now.high))", line.growthText,
                "\(line.now.rounds)", line.words,
            ]
        }
        return ["Speed and size as ratios to a plain C++ Xapian program, the two taking turns; more is worse"]
            + ReportLayout(
                columns: [
                    "figure", "Sabil", "plain", "ratio then", "ratio now", "95 % interval", "growth", "rounds",
                    "verdict",
                ], rows: rows
            ).aligned + gate.faults.map { "FAILED: \($0)" }
    }
}
