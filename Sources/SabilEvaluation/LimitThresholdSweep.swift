/// The measures of suggestions at every limit and threshold: what `annif optimize` prints, in its order and with its names.
///
/// A suggestion is chosen if it is among the first so many and its score is the threshold or more.
/// Source: NatLibFi/Annif 1.4, `annif/cli.py` (`optimize`) and `annif/util.py`.
public struct LimitThresholdSweep: Sendable {
    /// One choice, measured.
    public struct Row: Sendable, Hashable {
        public var limit: Int
        /// In hundredths.
        public var threshold: Int
        public var precision: Double
        public var recall: Double
        public var f1: Double
    }

    /// By limit, then threshold.
    public let rows: [Row]
    public let documents: Int

    public static let limits = 1...15
    /// 0.00, 0.05 … 0.95, in hundredths.
    public static let thresholds = Array(stride(from: 0, to: 100, by: 5))

    /// - Throws: `empty` without documents, `duplicate` when two have one name.
    /// - Complexity: O(300 · suggestions).
    public init(_ predictions: [LabelPrediction]) throws(EvaluationError) {
        var names: Set<String> = []
        if let twice = predictions.first(where: { !names.insert($0.id).inserted }) {
            throw EvaluationError(
                code: .duplicate, operation: "measure limits and thresholds",
                message: "Measuring limits and thresholds failed: two documents are called \"\(twice.id)\"; rename one."
            )
        }
        var rows: [Row] = []
        for limit in Self.limits {
            for threshold in Self.thresholds {
                var chosen: [String: [String]] = [:]
                for prediction in predictions {
                    chosen[prediction.id] = prediction.ranking.prefix(limit)
                        .filter { $0.score >= Double(threshold) / 100 && $0.score > 0 }.map(\.label)
                }
                let evaluation = try ClassificationEvaluation(predictions, selection: .given(chosen))
                rows.append(
                    Row(
                        limit: limit, threshold: threshold, precision: evaluation[.annifDocumentPrecision],
                        recall: evaluation[.annifDocumentRecall], f1: evaluation[.annifDocumentF1]))
            }
        }
        self.rows = rows
        documents = predictions.count
    }

    /// The first row with the highest value.
    public func best(_ value: KeyPath<Row, Double>) -> Row? {
        rows.reduce(nil as Row?) { best, row in
            guard let best else { return row }
            return row[keyPath: value] > best[keyPath: value] ? row : best
        }
    }

    /// The table, an empty line, the best choices, the number of documents; cells with tabs between.
    public var lines: [String] {
        var lines = ["Limit\tThresh.\tPrec.\tRec.\tF1"]
        for row in rows {
            lines.append(
                ["\(row.limit)", Self.hundredths(row.threshold)].joined(separator: "\t") + "\t"
                    + [row.precision, row.recall, row.f1].map(ScoreTable.decimals).joined(separator: "\t"))
        }
        lines.append("")
        let named: [(ClassificationMeasure, KeyPath<Row, Double>)] = [
            (.annifDocumentPrecision, \.precision), (.annifDocumentRecall, \.recall), (.annifDocumentF1, \.f1),
        ]
        for (measure, path) in named {
            guard let row = best(path) else { continue }
            let name = measure.rawValue + String(repeating: " ", count: max(0, 19 - measure.rawValue.count))
            lines.append(
                "Best \(name):\t\(ScoreTable.decimals(row[keyPath: path]))\tLimit: \(row.limit)\tThreshold: "
                    + Self.hundredths(row.threshold))
        }
        return lines + ["Documents evaluated:\t\(documents)"]
    }

    private static func hundredths(_ number: Int) -> String { "0." + (number < 10 ? "0" : "") + "\(number)" }
}
