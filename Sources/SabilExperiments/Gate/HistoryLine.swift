import FoundationEssentials
public import SabilEvaluation

/// A line for the history of speed, size and quality: `benchmarks/history.tsv`.
public struct HistoryLine: Sendable, Hashable {
    public static let head = "date\tcommit\twhat\tvalue\tyardstick\tnote"

    public let what: String
    public let value: Double
    public let yardstick: Double?
    public let note: String

    public init(what: String, value: Double, yardstick: Double? = nil, note: String = "") {
        self.what = what
        self.value = value
        self.yardstick = yardstick
        self.note = note
    }

    /// The figures of a speed run, in their order.
    public static func lines(_ ratios: [SpeedFigure: RatioSeries.Estimate]) -> [HistoryLine] {
        SpeedFigure.allCases.compactMap { figure in
            ratios[figure].map { estimate in
                HistoryLine(
                    what: figure.rawValue, value: estimate.value, yardstick: estimate.yardstick,
                    note: "ratio \(ScoreTable.decimals(estimate.ratio)) [\(ScoreTable.decimals(estimate.low)), "
                        + "\(ScoreTable.decimals(estimate.high))], \(estimate.rounds) rounds")
            }
        }
    }

    /// The figures of all queries or documents of each comparison.
    public static func lines(_ gate: QualityGate) -> [HistoryLine] {
        gate.lines.filter { $0.group == "all" }.map {
            HistoryLine(what: "\($0.measure), \($0.experiment)", value: $0.now)
        }
    }

    /// As a line of the file, without its end. What would end a column becomes a space.
    public func text(date: String, commit: String) -> String {
        func plain(_ text: String) -> String {
            String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
        }
        return [
            plain(date), plain(commit), plain(what), GateBaseline.decimals(value),
            yardstick.map(GateBaseline.decimals) ?? "", plain(note),
        ].joined(separator: "\t")
    }

    /// Appends lines to the file, which is made with its head where there is none.
    ///
    /// - Throws: `unreadable`, `unwritable`.
    public static func append(
        _ lines: [HistoryLine], date: String, commit: String, to path: String
    ) throws(ExperimentError) {
        var text = head + "\n"
        if FileManager.default.fileExists(atPath: path) {
            guard let data = FileManager.default.contents(atPath: path),
                let earlier = String(validating: data, as: UTF8.self)
            else {
                throw ExperimentError(
                    code: .unreadable, operation: "append to the history",
                    message: "Reading the history \(path) failed: no right to read it, or it is not UTF-8. Check it.")
            }
            text = earlier.hasSuffix("\n") || earlier.isEmpty ? earlier : earlier + "\n"
        }
        for line in lines { text += line.text(date: date, commit: commit) + "\n" }
        try ResultStore.put([UInt8](text.utf8), at: path)
    }
}
