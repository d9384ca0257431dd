/// Writes a report as Markdown (GitHub's form): words and tables; of drawings the description and their table.
struct ReportMarkdown {
    private let document: ReportDocument

    init(_ document: ReportDocument) { self.document = document }

    var text: String {
        var lines = ["# " + Self.inline(document.title), ""]
        for fact in document.facts { lines += [Self.inline(fact), ""] }
        for section in document.sections {
            lines += ["## " + Self.escaped(section.title), ""]
            for block in section.blocks { lines += Self.lines(of: block) }
        }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of block: ReportBlock) -> [String] {
        switch block {
        case .heading(let text): ["### " + inline(text), ""]
        case .paragraph(let text): [inline(text), ""]
        case .list(let items): items.map { "- " + inline($0) } + [""]
        case .table(let table): lines(of: table)
        case .figures(let figures):
            figures.flatMap { figure in
                ["*\(escaped(VisibleText.isolated(figure.chart.title)))*: \(escaped(figure.chart.description))", ""]
                    + (figure.table.map(lines(of:)) ?? [])
            }
        case .fold(let title, let blocks): ["**\(inline(title))**", ""] + blocks.flatMap(lines(of:))
        }
    }

    private static func lines(of table: ReportTable) -> [String] {
        let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
        return [
            inline(table.caption), "", line(table.columns.map { escaped($0.title) }),
            "|" + table.columns.map { $0.kind == .number ? " ---: |" : " --- |" }.joined(),
        ] + table.rows.map { line($0.map(inline)) } + [""]
    }

    private static func inline(_ text: ReportText) -> String {
        text.parts.map { part in
            switch part {
            case .own(let text): escaped(text)
            case .foreign(let text): escaped(VisibleText.isolated(text))
            case .strong(let text): "**\(escaped(text))**"
            case .verdict(let verdict): "\(verdict.sign) \(verdict.label)"
            }
        }.joined()
    }

    /// On one line, with what Markdown or HTML would read taken as it is.
    static func escaped(_ text: String) -> String {
        var output = ""
        for character in VisibleText.of(VisibleText.onOneLine(text)) {
            switch character {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\\", "|", "*", "_", "`", "[", "]", "#", "~", "$": output += "\\" + String(character)
            default: output.append(character)
            }
        }
        return output
    }
}
