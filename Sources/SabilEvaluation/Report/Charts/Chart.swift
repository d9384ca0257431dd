/// A drawing with a name and a description for those who do not see it.
struct Chart: Sendable, Hashable {
    /// A few words.
    let title: String
    /// What the drawing shows, with the figures that matter.
    let description: String
    let width: Double
    let height: Double
    /// What is drawn, in units of which text is `Chart.textSize` high.
    let nodes: [Markup]

    /// The usual width: a phone's, so that text stays legible there.
    static let usualWidth = 360.0
    static let textSize = 11.0

    /// - Parameter id: unique in the page.
    func svg(id: String) -> Markup {
        .node(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "img",
                "viewBox": "0 0 \(Self.number(width)) \(Self.number(height))",
                "aria-labelledby": "\(id)-title \(id)-text", "style": "max-width: \(Self.number(width * 1.25))px",
            ],
            [
                .node("title", ["id": "\(id)-title"], VisibleText.isolated(title)),
                .node("desc", ["id": "\(id)-text"], description),
            ] + nodes)
    }

    /// A length or place with at most two digits after the point; 0 for what is no finite number.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "0" }
        let hundredths = Int((value * 100).rounded())
        let sign = hundredths < 0 ? "-" : ""
        let whole = "\(sign)\(hundredths.magnitude / 100)"
        let rest = hundredths.magnitude % 100
        if rest == 0 { return whole == "-0" ? "0" : whole }
        return whole + "." + (rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0\(rest)" : "\(rest)"))
    }
}

/// Pieces of drawings.
extension Markup {
    enum Anchor: String {
        case start, middle, end
    }

    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> Markup {
        .node(
            "line",
            [
                "class": style, "x1": Chart.number(x1), "y1": Chart.number(y1), "x2": Chart.number(x2),
                "y2": Chart.number(y2),
            ])
    }

    static func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String) -> Markup {
        .node(
            "rect",
            [
                "class": style, "x": Chart.number(x), "y": Chart.number(y), "width": Chart.number(max(0, width)),
                "height": Chart.number(max(0, height)),
            ])
    }

    static func circle(_ x: Double, _ y: Double, _ radius: Double, _ style: String) -> Markup {
        .node(
            "circle",
            ["class": style, "cx": Chart.number(x), "cy": Chart.number(y), "r": Chart.number(max(0, radius))])
    }

    /// Text of ours or from outside; the direction of the latter stays its own.
    static func label(
        _ text: String, _ x: Double, _ y: Double, anchor: Anchor = .start, style: String = "soft",
        isForeign: Bool = false
    ) -> Markup {
        .node(
            "text", ["class": style, "x": Chart.number(x), "y": Chart.number(y), "text-anchor": anchor.rawValue],
            isForeign ? VisibleText.isolated(text) : text)
    }

    /// A line through points; it is broken where a point is no finite number.
    static func path(_ points: some Sequence<ChartPoint>, _ style: String, isClosed: Bool = false) -> Markup {
        var commands = ""
        var isDrawing = false
        for point in points {
            guard point.isFinite else {
                isDrawing = false
                continue
            }
            commands += "\(isDrawing ? "L" : "M")\(Chart.number(point.x)) \(Chart.number(point.y))"
            isDrawing = true
        }
        if isClosed, !commands.isEmpty { commands += "Z" }
        return .node("path", ["class": style, "d": commands.isEmpty ? "M0 0" : commands])
    }
}

struct ChartPoint: Sendable, Hashable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    var isFinite: Bool { x.isFinite && y.isFinite }
}
