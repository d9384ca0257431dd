import Glibc

/// Confidence against the share of right suggestions, with the line on which both are equal.
struct ReliabilityChart {
    struct Bin {
        let low: Double
        let high: Double
        let count: Int
        let confidence: Double
        let accuracy: Double
    }

    let bins: [Bin]

    func chart(title: String, description: String) -> Chart {
        let ticks = AxisTicks(covering: [0, 1])
        let area = PlotArea(left: PlotArea.margin(for: ticks), right: 346, top: 22, bottom: 210, x: ticks, y: ticks)
        var nodes = area.rows(ticks, title: "share that is right") + area.columns(ticks)
        nodes.append(.path([area.point(0, 0), area.point(1, 1)], "ideal"))
        let filled = bins.filter { $0.count > 0 && $0.confidence.isFinite && $0.accuracy.isFinite }
        for bin in filled {
            let place = area.point(bin.confidence, bin.accuracy)
            nodes.append(.line(place.x, place.y, place.x, area.point(bin.confidence, bin.confidence).y, "gap"))
        }
        nodes.append(.path(filled.map { area.point($0.confidence, $0.accuracy) }, "curve s0"))
        for bin in filled {
            let place = area.point(bin.confidence, bin.accuracy)
            nodes.append(.circle(place.x, place.y, 3.5, "sign s0"))
        }
        nodes += counts(below: area)
        return Chart(title: title, description: description, width: Chart.usualWidth, height: 304, nodes: nodes)
    }

    /// How many suggestions each bin has, as columns on a scale of powers of ten.
    private func counts(below area: PlotArea) -> [Markup] {
        let (top, bottom) = (area.bottom + 36, area.bottom + 72)
        let most = bins.map(\.count).max() ?? 0
        let decades = Double(String(max(1, most)).utf8.count)
        var nodes: [Markup] = [.line(area.left, bottom, area.right, bottom, "zero")]
        for bin in bins where bin.count > 0 {
            let left = area.horizontal.place(bin.low)
            let right = area.horizontal.place(bin.high)
            let height = (log10(Double(bin.count)) + 0.15) / (decades + 0.15) * (bottom - top)
            nodes.append(.rectangle(left + 1, bottom - height, right - left - 2, height, "bar"))
            let text = ReportNumber.count(bin.count)
            if LabelPlacement.width(of: text, size: 9) <= right - left + 4 {
                nodes.append(.label(text, (left + right) / 2, bottom - height - 3, anchor: .middle, style: "small"))
            }
        }
        nodes.append(
            .label(
                "confidence; below: number of suggestions (logarithmic)", (area.left + area.right) / 2, bottom + 15,
                anchor: .middle))
        return nodes
    }
}
