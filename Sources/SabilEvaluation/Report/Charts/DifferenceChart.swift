/// The difference of each query, sorted from the best to the worst, as two areas on either side of zero.
struct DifferenceChart {
    /// In any order; those that are no finite number are left out.
    let differences: [Double]
    let axis: String
    var unit = "queries"

    /// As many columns are drawn at most: a drawing has no finer detail.
    static let columns = 300

    /// What is drawn: differences sorted from high to low, thinned out evenly when there are more than `columns`.
    var drawn: [Double] {
        let sorted = differences.filter(\.isFinite).sorted(by: >)
        guard sorted.count > Self.columns else { return sorted }
        return (0..<Self.columns).map { sorted[$0 * (sorted.count - 1) / (Self.columns - 1)] }
    }

    func chart(title: String, description: String) -> Chart {
        let drawn = drawn
        let reach = max(drawn.map(abs).max() ?? 0, 0.01)
        let ticks = AxisTicks(covering: [-reach, 0, reach], atMost: 5)
        let area = PlotArea(
            left: PlotArea.margin(for: ticks), right: Chart.usualWidth - 8, top: 22, bottom: 150,
            x: (0, Double(max(1, drawn.count))), y: (ticks.low, ticks.high))
        var nodes = area.rows(ticks, title: axis)
        let zero = area.vertical.place(0)
        for (style, part) in [("better", drawn.map { max(0, $0) }), ("worse", drawn.map { min(0, $0) })]
        where part.contains(where: { $0 != 0 }) {
            var outline = [ChartPoint(area.left, zero)]
            for (position, value) in part.enumerated() {
                let y = area.vertical.place(value)
                outline.append(ChartPoint(area.horizontal.place(Double(position)), y))
                outline.append(ChartPoint(area.horizontal.place(Double(position + 1)), y))
            }
            outline.append(ChartPoint(area.right, zero))
            nodes.append(.path(outline, "area \(style)", isClosed: true))
        }
        nodes.append(.line(area.left, zero, area.right, zero, "zero"))
        let better = differences.count { $0 > 0 }
        let worse = differences.count { $0 < 0 }
        nodes.append(
            .label("▲ \(ReportNumber.count(better)) better", area.right, area.top + 10, anchor: .end, style: "ink"))
        nodes.append(
            .label("▼ \(ReportNumber.count(worse)) worse", area.left + 4, area.bottom - 6, style: "ink"))
        nodes.append(
            .label(
                "\(ReportNumber.count(differences.count)) \(unit), sorted", (area.left + area.right) / 2,
                area.bottom + 16,
                anchor: .middle))
        return Chart(
            title: title, description: description, width: Chart.usualWidth, height: area.bottom + 24, nodes: nodes)
    }
}
