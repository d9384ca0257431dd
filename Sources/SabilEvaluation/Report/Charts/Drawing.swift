/// Charts beside and below one another, as a file of SVG that stands alone: its palettes and rules are within.
struct Drawing {
    let title: String
    /// What the charts show, with the figures that matter.
    let description: String
    let charts: [Chart]

    private static let columns = 2
    private static let gap = 18.0
    /// Room for a chart's title above it.
    private static let heading = 22.0

    var written: String {
        let rows = stride(from: 0, to: charts.count, by: Self.columns).map {
            Array(charts[$0..<min($0 + Self.columns, charts.count)])
        }
        let width = Self.gap + Double(min(Self.columns, max(1, charts.count))) * (Chart.usualWidth + Self.gap)
        var nodes: [Markup] = []
        var y = Self.gap
        for row in rows {
            for (position, chart) in row.enumerated() {
                let x = Self.gap + Double(position) * (Chart.usualWidth + Self.gap)
                nodes.append(
                    .node(
                        "g", ["class": "chart", "transform": "translate(\(Chart.number(x)) \(Chart.number(y)))"],
                        [
                            .label(chart.title, 0, 12, style: "strong heading"),
                            .node("g", ["transform": "translate(0 \(Chart.number(Self.heading)))"], chart.nodes),
                        ]))
            }
            y += Self.heading + (row.map(\.height).max() ?? 0) + Self.gap
        }
        let drawing = Markup.node(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "role": "img", "width": Chart.number(width),
                "height": Chart.number(y), "viewBox": "0 0 \(Chart.number(width)) \(Chart.number(y))",
                "aria-labelledby": "title text",
            ],
            [
                .node("title", ["id": "title"], title), .node("desc", ["id": "text"], description),
                .node("style", [:], [.rules(ReportStyle.sheet + Self.rules)]),
                .rectangle(0, 0, width, y, "paper"),
            ] + nodes)
        return drawing.written
    }

    /// A page has these from its body.
    private static let rules = """
        svg { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
        .paper { fill: var(--wash); }
        .chart .heading { font-size: 13px; }

        """
}
