/// The drawings of one classification experiment, each where the result has what it needs.
struct ClassificationCharts {
    private let result: ExperimentResult
    private let name: String

    init(_ findings: ReportFindings, position: Int) {
        result = findings.results[position]
        name = findings.name(position)
    }

    var precisionRecall: ReportFigure? {
        let points = result.precisionRecall.sorted { ($0.recall, $1.precision) < ($1.recall, $0.precision) }
        guard !points.isEmpty else { return nil }
        let f1 = { (point: ExperimentResult.PrecisionRecallPoint) in
            point.precision + point.recall > 0
                ? 2 * point.precision * point.recall / (point.precision + point.recall) : 0
        }
        let best = points.max { f1($0) < f1($1) } ?? points[0]
        let unit = AxisTicks(covering: [0, 1])
        let words =
            "The best F1 is \(ReportNumber.fixed(f1(best))), at a threshold of \(ReportNumber.fixed(best.threshold)): "
            + "precision \(ReportNumber.fixed(best.precision)), recall \(ReportNumber.fixed(best.recall))."
        return ReportFigure(
            caption: "Precision and recall of all choices at falling thresholds. \(own: words)",
            chart: CurveChart(
                series: [
                    CurveChart.Series(
                        name: name, points: points.map { ChartPoint($0.recall, $0.precision) },
                        highlight: (
                            ChartPoint(best.recall, best.precision),
                            "F1 \(ReportNumber.fixed(f1(best), places: 3)) at \(ReportNumber.fixed(best.threshold, places: 2))"
                        ))
                ],
                horizontal: .numbers(unit), vertical: unit, horizontalTitle: "recall", verticalTitle: "precision",
                height: 260
            ).chart(title: "Precision and recall of \(name)", description: words),
            table: ReportTable(
                "Points of the curve.",
                columns: [.number("recall"), .number("precision"), .number("F1"), .number("threshold")],
                rows: points.map { point in
                    [point.recall, point.precision, f1(point), point.threshold].map { .own(ReportNumber.fixed($0)) }
                }))
    }

    var reliability: ReportFigure? {
        guard result.reliability.contains(where: { $0.count > 0 }) else { return nil }
        let bins = result.reliability.sorted { $0.low < $1.low }
        let error = result.ece.map { "ECE \(ReportNumber.fixed($0))." } ?? "ECE not given."
        return ReportFigure(
            caption: """
                Whether confidences mean what they say. Points on the broken line are as often right as they are sure; below \
                it they are too sure. \(own: error)
                """,
            chart: ReliabilityChart(
                bins: bins.map {
                    ReliabilityChart.Bin(
                        low: $0.low, high: $0.high, count: $0.count, confidence: $0.confidence, accuracy: $0.accuracy)
                }
            ).chart(
                title: "Reliability of the confidences of \(name)",
                description: "\(error) "
                    + bins.filter { $0.count > 0 }.map {
                        "Confidence \(ReportNumber.fixed($0.confidence, places: 2)): "
                            + "\(ReportNumber.fixed($0.accuracy, places: 2)) right"
                    }.joined(separator: "; ") + "."),
            table: ReportTable(
                "Bins of confidence.",
                columns: [
                    .text("from – to"), .number("suggestions"), .number("mean confidence"), .number("share right"),
                ],
                rows: bins.map { bin in
                    [
                        .own("\(ReportNumber.fixed(bin.low)) – \(ReportNumber.fixed(bin.high))"),
                        .own(ReportNumber.count(bin.count)), .own(ReportNumber.fixed(bin.confidence)),
                        .own(ReportNumber.fixed(bin.accuracy)),
                    ]
                }))
    }

    var learningCurve: ReportFigure? {
        let points = result.learningCurve.sorted { $0.examples < $1.examples }
        guard !points.isEmpty else { return nil }
        let words = points.map {
            "\(ReportNumber.count($0.examples, "example", "examples")) \(ReportNumber.fixed($0.microF1))"
        }.joined(separator: ", ")
        let hasSteps = points.contains { $0.perLabel != nil }
        return ReportFigure(
            caption: """
                Micro F1 of \(foreign: name) after training on so many examples; the band is the 95 % interval over samples of \
                the test documents.
                """,
            chart: CurveChart(
                series: [
                    CurveChart.Series(
                        name: name, points: points.map { ChartPoint(Double($0.examples), $0.microF1) },
                        band: points.map { ($0.low, $0.high) })
                ],
                horizontal: .numbers(AxisTicks(covering: [0] + points.map { Double($0.examples) }, isWhole: true)),
                vertical: AxisTicks(covering: points.flatMap { [$0.low, $0.microF1, $0.high] }),
                horizontalTitle: "training examples", verticalTitle: "micro F1"
            ).chart(title: "Learning curve of \(name)", description: "Micro F1: \(words)."),
            table: ReportTable(
                "Points of the learning curve.",
                columns: (hasSteps ? [.text("of each label")] : []) + [
                    .number("examples"), .number("micro F1"), .number("95 % interval"),
                ],
                rows: points.map { point in
                    (hasSteps ? [.own(point.perLabel.map { "at least \($0), if there are" } ?? "all")] : []) + [
                        .own(ReportNumber.count(point.examples)), .own(ReportNumber.fixed(point.microF1)),
                        .own("\(ReportNumber.fixed(point.low)) to \(ReportNumber.fixed(point.high))"),
                    ]
                }))
    }

    /// So many labels are drawn.
    static let confusedLabels = 20

    var confusion: ReportFigure? {
        let pairs = result.confusion.filter { $0.count > 0 && $0.gold != $0.predicted }
            .sorted { ($1.count, $0.gold, $0.predicted) < ($0.count, $1.gold, $1.predicted) }
        guard !pairs.isEmpty else { return nil }
        var totals: [String: Int] = [:]
        for pair in pairs {
            totals[pair.gold, default: 0] += pair.count
            totals[pair.predicted, default: 0] += pair.count
        }
        let labels = totals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.confusedLabels).map(\.key)
        let places = Dictionary(labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var counts: [HeatMap.Cell: Int] = [:]
        for pair in result.confusion {
            guard let row = places[pair.gold], let column = places[pair.predicted] else { continue }
            counts[HeatMap.Cell(row: row, column: column, count: 0), default: 0] += pair.count
        }
        let cells = counts.map { HeatMap.Cell(row: $0.row, column: $0.column, count: $1) }
            .sorted { ($0.row, $0.column) < ($1.row, $1.column) }
        let first = pairs[0]
        let drawn =
            totals.count > labels.count
            ? "the \(labels.count) labels of \(totals.count) that are confused most"
            : "all \(labels.count) labels confused"
        return ReportFigure(
            caption: """
                What was suggested (columns, same numbers as the rows) where another label is right (rows): \(own: drawn). \
                The stronger the colour, the more often.
                """,
            chart: HeatMap(names: labels, cells: cells, rowTitle: "right", columnTitle: "suggested instead").chart(
                title: "Labels taken for one another in \(name)",
                description:
                    "Most often, \(first.count) times, \(VisibleText.isolated(first.predicted)) was suggested where "
                    + "\(VisibleText.isolated(first.gold)) is right."),
            table: ReportTable(
                "Pairs taken for one another, the most frequent first\(own: pairs.count > 40 ? "; 40 of \(ReportNumber.count(pairs.count))." : ".")",
                columns: [.text("right"), .text("suggested instead"), .number("documents")],
                rows: pairs.prefix(40).map {
                    [.foreign($0.gold), .foreign($0.predicted), .own(ReportNumber.count($0.count))]
                }))
    }
}
