/// Lines over a scale, each named at its end.
struct CurveChart {
    struct Series {
        let name: String
        /// In the order in which they are joined.
        let points: [ChartPoint]
        /// Bounds of an interval at each point, if known.
        var band: [(low: Double, high: Double)] = []
        /// A point to be shown with some words.
        var highlight: (point: ChartPoint, text: String)?
    }

    enum HorizontalAxis {
        case numbers(AxisTicks)
        /// Steps of the same width, each with a name.
        case names([String])
    }

    let series: [Series]
    let horizontal: HorizontalAxis
    let vertical: AxisTicks
    let horizontalTitle: String
    let verticalTitle: String
    var height = 220.0

    /// Lines differ by their dashes and signs besides their colours; there are so many kinds.
    static let kinds = 4

    func chart(title: String, description: String) -> Chart {
        let names = series.map { LabelPlacement.fitted($0.name, size: Chart.textSize, width: 100) }
        let width = { (text: String) in LabelPlacement.width(of: text, size: Chart.textSize) }
        var nameRoom = series.count > 1 ? (names.map(width).max() ?? 0) + 14 : 14
        if case .numbers(let ticks) = horizontal {
            nameRoom = max(nameRoom, width(ticks.ticks.last?.label ?? "") / 2 + 2)
        }
        let bounds: (low: Double, high: Double) =
            switch horizontal {
            case .numbers(let ticks): (ticks.low, ticks.high)
            // A name alone stands in the middle.
            case .names(let names): names.count > 1 ? (0, Double(names.count - 1)) : (-1, 1)
            }
        let area = PlotArea(
            left: PlotArea.margin(for: vertical), right: Chart.usualWidth - nameRoom, top: 22, bottom: height - 38,
            x: bounds,
            y: (vertical.low, vertical.high))
        var nodes = area.rows(vertical, title: verticalTitle)
        switch horizontal {
        case .numbers(let ticks): nodes += area.columns(ticks, title: horizontalTitle)
        case .names(let steps): nodes += self.steps(steps, in: area)
        }
        for (position, one) in series.enumerated() { nodes += bands(of: one, kind: position % Self.kinds, in: area) }
        for (position, one) in series.enumerated() { nodes += lines(of: one, kind: position % Self.kinds, in: area) }
        if series.count > 1 { nodes += self.names(names, in: area) }
        return Chart(title: title, description: description, width: Chart.usualWidth, height: height, nodes: nodes)
    }

    private func steps(_ names: [String], in area: PlotArea) -> [Markup] {
        let centres = names.indices.map { area.horizontal.place(Double($0)) }
        let shown = names.map { LabelPlacement.fitted($0, size: Chart.textSize, width: 70) }
        let widths = shown.map { LabelPlacement.width(of: $0, size: Chart.textSize) }
        let labels = LabelPlacement.kept(centres: centres, widths: widths).map { position in
            // Half of the outermost names would stand outside.
            let half = widths[position] / 2
            let x = min(max(centres[position], half), Chart.usualWidth - half)
            return Markup.label(shown[position], x, area.bottom + 14, anchor: .middle, isForeign: true)
        }
        return labels
            + [.label(horizontalTitle, (area.left + area.right) / 2, area.bottom + 29, anchor: .middle)]
    }

    private func bands(of series: Series, kind: Int, in area: PlotArea) -> [Markup] {
        guard series.band.count == series.points.count, series.points.count > 1 else { return [] }
        let above = zip(series.points, series.band).map { area.point($0.x, $1.high) }
        let below = zip(series.points, series.band).map { area.point($0.x, $1.low) }
        return [.path((above + below.reversed()).filter(\.isFinite), "band s\(kind)", isClosed: true)]
    }

    private func lines(of series: Series, kind: Int, in area: PlotArea) -> [Markup] {
        let places = series.points.map { area.point($0.x, $0.y) }
        var nodes: [Markup] = [.path(places, "curve s\(kind)")]
        if places.count <= 24 {
            for place in places where place.isFinite { nodes.append(.sign(kind, place)) }
        }
        if let highlight = series.highlight, highlight.point.isFinite {
            let place = area.point(highlight.point.x, highlight.point.y)
            nodes.append(.circle(place.x, place.y, 6, "focus"))
            let width = LabelPlacement.width(of: highlight.text, size: Chart.textSize)
            let isRight = place.x + 10 + width > area.right
            // To the right above a falling curve nothing is drawn, nor to the left below it.
            let x = isRight ? max(area.left + width + 4, place.x - 10) : place.x + 10
            let y = isRight ? min(area.bottom - 6, place.y + 18) : max(area.top + 12, place.y - 7)
            nodes.append(.label(highlight.text, x, y, anchor: isRight ? .end : .start, style: "ink halo"))
        }
        return nodes
    }

    private func names(_ names: [String], in area: PlotArea) -> [Markup] {
        let ends = series.map { one in
            one.points.last { $0.isFinite }.map { area.vertical.place($0.y) } ?? area.bottom
        }
        let places = LabelPlacement.spread(ends, distance: 13, within: area.top...area.bottom)
        return zip(names, places).enumerated().map { position, pair in
            .label(
                pair.0, area.right + 9, pair.1 + 4, style: "name s\(position % Self.kinds)", isForeign: true)
        }
    }
}

extension Markup {
    /// A disc, a square, a triangle or a ring.
    fileprivate static func sign(_ kind: Int, _ place: ChartPoint) -> Markup {
        let (x, y) = (place.x, place.y)
        return switch kind {
        case 0: .circle(x, y, 2.8, "sign s0")
        case 1: .rectangle(x - 2.6, y - 2.6, 5.2, 5.2, "sign s1")
        case 2:
            .path(
                [ChartPoint(x, y - 3.6), ChartPoint(x + 3.4, y + 2.6), ChartPoint(x - 3.4, y + 2.6)], "sign s2",
                isClosed: true)
        default: .circle(x, y, 2.8, "sign open s3")
        }
    }
}
