/// Values as bars, one below the other, with the number at the end of each.
struct BarChart {
    struct Bar {
        let name: String
        let value: Double
        /// Beside the number, such as how many queries there are.
        var note = ""
    }

    let bars: [Bar]
    /// What a whole bar is.
    let axis: String

    private static let rowHeight = 21.0
    private static let nameWidth = 108.0
    private static let valueWidth = 104.0

    func chart(title: String, description: String) -> Chart {
        let ticks = AxisTicks(covering: bars.map(\.value) + [0], atMost: 5)
        let bottom = 10 + Double(bars.count) * Self.rowHeight
        let area = PlotArea(
            left: Self.nameWidth + 8, right: Chart.usualWidth - Self.valueWidth, top: 8, bottom: bottom,
            x: (ticks.low, ticks.high), y: (0, 1))
        var nodes = area.columns(ticks, title: axis)
        for (position, bar) in bars.enumerated() {
            let y = 10 + (Double(position) + 0.5) * Self.rowHeight
            nodes.append(
                .label(
                    LabelPlacement.fitted(bar.name, size: Chart.textSize, width: Self.nameWidth), 2, y + 4,
                    style: "ink",
                    isForeign: true))
            let start = area.horizontal.place(0)
            let end = area.horizontal.place(bar.value)
            nodes.append(.rectangle(min(start, end), y - 6, abs(end - start), 12, "bar"))
            nodes.append(.label(ReportNumber.fixed(bar.value), area.right + 8, y + 4, style: "number"))
            if !bar.note.isEmpty { nodes.append(.label(bar.note, Chart.usualWidth - 2, y + 4, anchor: .end)) }
        }
        return Chart(
            title: title, description: description, width: Chart.usualWidth, height: bottom + 36, nodes: nodes)
    }
}
