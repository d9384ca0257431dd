/// Differences with their intervals, one below the other, a line at zero.
struct IntervalChart {
    enum Row {
        case heading(String)
        /// A filled sign when the verdict is clear, a hollow one otherwise.
        case difference(String, PairedComparison, ComparisonVerdict)
        /// A lozenge without an interval.
        case mean(String, Double)
    }

    let rows: [Row]
    let axis: String

    private static let rowHeight = 21.0
    fileprivate static let nameWidth = 160.0

    func chart(title: String, description: String) -> Chart {
        let values = rows.flatMap { row -> [Double] in
            switch row {
            case .heading: []
            case .difference(_, let comparison, _): [comparison.low, comparison.high, comparison.difference]
            case .mean(_, let value): [value]
            }
        }
        let ticks = AxisTicks(covering: values + [0], atMost: 5)
        let bottom = 10 + Double(rows.count) * Self.rowHeight
        let area = PlotArea(
            left: Self.nameWidth + 8, right: Chart.usualWidth - 18, top: 8, bottom: bottom, x: (ticks.low, ticks.high),
            y: (0, 1))
        var nodes = area.columns(ticks, title: axis)
        for (position, row) in rows.enumerated() {
            let y = 10 + (Double(position) + 0.5) * Self.rowHeight
            switch row {
            case .heading(let name):
                nodes.append(name: name, y: y, style: "strong", x: 2)
            case .difference(let name, let comparison, let verdict):
                nodes.append(name: name, y: y, style: "ink", x: 8)
                let style = verdict.chartStyle
                let ends = (area.horizontal.place(comparison.low), area.horizontal.place(comparison.high))
                nodes.append(.line(ends.0, y, ends.1, y, "whisker \(style)"))
                for end in [ends.0, ends.1] { nodes.append(.line(end, y - 3, end, y + 3, "whisker \(style)")) }
                nodes.append(.mark(verdict, area.horizontal.place(comparison.difference), y))
            case .mean(let name, let value):
                nodes.append(name: name, y: y, style: "ink", x: 8)
                let x = area.horizontal.place(value)
                nodes.append(
                    .path(
                        [ChartPoint(x, y - 5), ChartPoint(x + 5, y), ChartPoint(x, y + 5), ChartPoint(x - 5, y)],
                        "lozenge", isClosed: true))
            }
        }
        return Chart(
            title: title, description: description, width: Chart.usualWidth, height: bottom + 36, nodes: nodes)
    }
}

extension [Markup] {
    fileprivate mutating func append(name: String, y: Double, style: String, x: Double) {
        let fitted = LabelPlacement.fitted(name, size: Chart.textSize, width: IntervalChart.nameWidth - x)
        append(.label(fitted, x, y + 4, style: style, isForeign: true))
    }
}

extension ComparisonVerdict {
    var chartStyle: String {
        switch self {
        case .better: "better"
        case .worse: "worse"
        case .identical, .notShown, .tooFew: "unclear"
        }
    }
}

extension Markup {
    /// A triangle upwards for better, downwards for worse, a ring for what was not shown.
    static func mark(_ verdict: ComparisonVerdict, _ x: Double, _ y: Double) -> Markup {
        switch verdict {
        case .better:
            .path(
                [ChartPoint(x, y - 6), ChartPoint(x + 6, y + 5), ChartPoint(x - 6, y + 5)], "mark better",
                isClosed: true)
        case .worse:
            .path(
                [ChartPoint(x, y + 6), ChartPoint(x + 6, y - 5), ChartPoint(x - 6, y - 5)], "mark worse", isClosed: true
            )
        case .identical, .notShown, .tooFew: .circle(x, y, 4.5, "ring")
        }
    }
}
