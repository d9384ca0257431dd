/// The part of a drawing between its axes.
struct PlotArea: Sendable, Hashable {
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    let horizontal: LinearScale
    let vertical: LinearScale

    init(left: Double, right: Double, top: Double, bottom: Double, x: AxisTicks, y: AxisTicks) {
        self.init(left: left, right: right, top: top, bottom: bottom, x: (x.low, x.high), y: (y.low, y.high))
    }

    init(
        left: Double, right: Double, top: Double, bottom: Double, x: (low: Double, high: Double),
        y: (low: Double, high: Double)
    ) {
        self.left = left
        self.right = right
        self.top = top
        self.bottom = bottom
        horizontal = LinearScale(low: x.low, high: x.high, start: left, end: right)
        vertical = LinearScale(low: y.low, high: y.high, start: bottom, end: top)
    }

    /// Where a pair of values stands; not finite when one of them is not.
    func point(_ x: Double, _ y: Double) -> ChartPoint {
        guard x.isFinite, y.isFinite else { return ChartPoint(.nan, .nan) }
        return ChartPoint(horizontal.place(x), vertical.place(y))
    }

    /// Lines across at the ticks, with labels below.
    func columns(_ ticks: AxisTicks, title: String? = nil) -> [Markup] {
        var nodes: [Markup] = []
        let centres = ticks.ticks.map { horizontal.place($0.value) }
        let widths = ticks.ticks.map { LabelPlacement.width(of: $0.label, size: Chart.textSize) }
        let labelled = Set(LabelPlacement.kept(centres: centres, widths: widths))
        for (position, tick) in ticks.ticks.enumerated() {
            let x = centres[position]
            nodes.append(.line(x, top, x, bottom, ticks.hasZero && tick.value == 0 ? "zero" : "grid"))
            if labelled.contains(position) { nodes.append(.label(tick.label, x, bottom + 14, anchor: .middle)) }
        }
        if let title { nodes.append(.label(title, (left + right) / 2, bottom + 29, anchor: .middle)) }
        return nodes
    }

    /// Lines across at the ticks, with labels to the left, the title above.
    func rows(_ ticks: AxisTicks, title: String? = nil) -> [Markup] {
        var nodes: [Markup] = []
        for tick in ticks.ticks {
            let y = vertical.place(tick.value)
            nodes.append(.line(left, y, right, y, ticks.hasZero && tick.value == 0 ? "zero" : "grid"))
            nodes.append(.label(tick.label, left - 5, y + 4, anchor: .end))
        }
        if let title { nodes.append(.label(title, 2, top - 9)) }
        return nodes
    }

    /// Room that the labels of ticks need to the left of the area.
    static func margin(for ticks: AxisTicks) -> Double {
        (ticks.ticks.map { LabelPlacement.width(of: $0.label, size: Chart.textSize) }.max() ?? 0) + 9
    }
}
