/// Writes a report as one page of HTML: style within, drawings within, nothing to fetch and nothing to run.
struct ReportHTML {
    private let document: ReportDocument

    init(_ document: ReportDocument) { self.document = document }

    var page: String {
        var writer = Body()
        let sections = document.sections.map { writer.section($0) }
        let head: [Markup] = [
            .node("meta", ["charset": "utf-8"]),
            .node("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            .node("meta", ["name": "color-scheme", "content": "light dark"]),
            // Nothing is loaded or run, whatever stands in the results.
            .node("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
            .node("title", [:], document.title.plain + " – Sabil"),
            .node("style", [:], [.rules(ReportStyle.sheet)]),
        ]
        let body: [Markup] = [
            .node(
                "header", [:],
                [
                    .node(
                        "div", ["class": "wide"],
                        [.node("p", ["class": "brand"], "Sabil"), .node("h1", [:], Self.inline(document.title))]
                            + document.facts.map { .node("p", [:], Self.inline($0)) })
                ]),
            .node("div", ["class": "wide"], [contents(writer.places), .node("main", [:], sections), Self.footer]),
        ]
        let page = Markup.node(
            "html", ["lang": "en", "dir": "ltr"], [.node("head", [:], head), .node("body", [:], body)])
        return "<!DOCTYPE html>\n" + page.written + "\n"
    }

    private static let policy =
        [
            "script", "img", "font", "connect", "frame", "object", "media",
        ].map { "\($0)-src 'none'; " }.joined() + "form-action 'none'; base-uri 'none'"

    private func contents(_ places: [String: [Place]]) -> Markup {
        .node(
            "nav", ["aria-label": "Contents"],
            [
                .node(
                    "ul", ["class": "contents"],
                    document.sections.map { section in
                        let inner = places[section.id] ?? []
                        let link = Markup.node("a", ["href": "#\(section.id)"], section.title)
                        guard !inner.isEmpty else { return .node("li", [:], [link]) }
                        let list = inner.map { place in
                            Markup.node("li", [:], [.node("a", ["href": "#\(place.id)"], Self.inline(place.text))])
                        }
                        return .node("li", [:], [link, .node("ul", [:], list)])
                    })
            ])
    }

    private static let footer = Markup.node(
        "footer", [:],
        [
            .node(
                "p", [:],
                "Intervals are 95 % bootstrap intervals of the mean difference; p is two-sided, of a paired randomisation test, "
                    + "after Holm's correction. nDCG has linear gain unless its name says otherwise. A judged query without "
                    + "results counts 0.")
        ])

    /// Words in line; what came from outside keeps its direction to itself.
    static func inline(_ text: ReportText) -> [Markup] {
        text.parts.map { part in
            switch part {
            case .own(let text): return .text(text)
            case .foreign(let text): return .node("bdi", [:], text)
            case .strong(let text): return .node("strong", [:], text)
            case .verdict(let verdict):
                return .node(
                    "span", ["class": "verdict \(verdict.chartStyle)"],
                    [.node("span", ["aria-hidden": "true"], verdict.sign), .text(" " + verdict.label)])
            }
        }
    }

    struct Place {
        let id: String
        let text: ReportText
    }

    /// Writes blocks and numbers what needs a name in the page.
    private struct Body {
        var places: [String: [Place]] = [:]
        private var section = ""
        private var numbers: [String: Int] = [:]

        private mutating func newID(_ kind: String) -> String {
            numbers[kind, default: 0] += 1
            return "\(kind)-\(numbers[kind] ?? 0)"
        }

        mutating func section(_ section: ReportSection) -> Markup {
            self.section = section.id
            var children: [Markup] = [.node("h2", [:], section.title)]
            for block in section.blocks { children += self.block(block) }
            return .node("section", ["id": section.id], children)
        }

        private mutating func block(_ block: ReportBlock) -> [Markup] {
            switch block {
            case .heading(let text):
                let id = newID("part")
                places[section, default: []].append(Place(id: id, text: text))
                return [.node("h3", ["id": id], ReportHTML.inline(text))]
            case .paragraph(let text): return [.node("p", [:], ReportHTML.inline(text))]
            case .list(let items): return [.node("ul", [:], items.map { .node("li", [:], ReportHTML.inline($0)) })]
            case .table(let table): return self.table(table)
            case .figures(let figures):
                return [.node("div", ["class": "figures"], figures.map { figure($0) })]
            case .fold(let title, let blocks):
                return [
                    .node(
                        "details", [:],
                        [.node("summary", [:], ReportHTML.inline(title))] + blocks.flatMap { self.block($0) })
                ]
            }
        }

        private mutating func figure(_ figure: ReportFigure) -> Markup {
            let chart = figure.chart.svg(id: newID("chart"))
            var children: [Markup] = [.node("figcaption", [:], ReportHTML.inline(figure.caption))]
            if figure.chart.width > Chart.usualWidth {
                let least = Chart.number(figure.chart.width * 0.85)
                children.append(
                    .node(
                        "div",
                        ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Chart, scrolls sideways"],
                        [.node("div", ["style": "min-width: \(least)px"], [chart])]))
            } else {
                children.append(chart)
            }
            if let table = figure.table {
                children.append(
                    .node("details", [:], [.node("summary", [:], "As a table")] + self.table(table)))
            }
            return .node("figure", [:], children)
        }

        private mutating func table(_ table: ReportTable) -> [Markup] {
            let id = newID("table")
            let columns = table.columns.map { column in
                Markup.node(
                    "th", column.kind == .number ? ["scope": "col", "class": "n"] : ["scope": "col"],
                    [.node("bdi", [:], column.title)])
            }
            let rows = table.rows.map { row in
                Markup.node(
                    "tr", [:], row.enumerated().map { Self.cell($1, column: table.columns[$0], isFirst: $0 == 0) })
            }
            // Not a caption element: that is as narrow as its table, and would scroll away with it.
            return [
                .node("p", ["class": "caption", "id": id], ReportHTML.inline(table.caption)),
                .node(
                    "div", ["class": "scroll", "role": "region", "aria-labelledby": id, "tabindex": "0"],
                    [
                        .node(
                            "table", ["aria-labelledby": id],
                            [.node("thead", [:], [.node("tr", [:], columns)]), .node("tbody", [:], rows)])
                    ]),
            ]
        }

        /// Longer than this a cell needs a width of its own to be read.
        private static let longCell = 40

        private static func cell(_ text: ReportText, column: ReportTable.Column, isFirst: Bool) -> Markup {
            var attributes: [Markup.Attribute] = []
            if isFirst { attributes.append(Markup.Attribute("scope", "row")) }
            if column.kind == .number {
                attributes.append(Markup.Attribute("class", "n"))
            } else if text.plain.count > longCell {
                attributes.append(Markup.Attribute("class", "long"))
            }
            // A cell that is all from outside runs, and is aligned, in its own direction.
            if text.parts.count == 1, case .foreign = text.parts[0] {
                attributes.append(Markup.Attribute("dir", "auto"))
            }
            return .element(isFirst ? "th" : "td", attributes, ReportHTML.inline(text))
        }
    }
}
