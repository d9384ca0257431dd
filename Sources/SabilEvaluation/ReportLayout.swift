/// A table of text, to be written in several forms.
package struct ReportLayout: Sendable, Hashable {
    let columns: [String]
    let rows: [[String]]

    package init(columns: [String], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }

    /// Lines with tabs, the names of the columns first. A tab or line end within a cell becomes a space.
    package var tsv: [String] {
        ([columns] + rows).map { $0.map(Self.onOneLine).joined(separator: "\t") }
    }

    /// A Markdown table (GitHub's form); signs that Markdown reads are escaped.
    package var markdown: [String] {
        let line = { (cells: [String]) in "| " + cells.map(Self.escaped).joined(separator: " | ") + " |" }
        return [line(columns), "|" + String(repeating: " --- |", count: columns.count)] + rows.map(line)
    }

    /// Columns padded with spaces; those that hold only numbers stand to the right.
    package var aligned: [String] {
        let table = [columns] + rows.map { $0.map(Self.onOneLine) }
        let widths = columns.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        let areNumbers = columns.indices.map { column in
            !rows.isEmpty && rows.allSatisfy { $0[column] == Self.none || Double($0[column]) != nil }
        }
        return table.map { cells in
            var line = ""
            for (column, cell) in cells.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                if areNumbers[column] {
                    line += padding + cell
                } else {
                    line += cell + (column + 1 == cells.count ? "" : padding)
                }
                if column + 1 < cells.count { line += "  " }
            }
            return line
        }
    }

    /// Stands for a value that is not there.
    package static let none = "–"

    private static func onOneLine(_ cell: String) -> String {
        String(
            String.UnicodeScalarView(cell.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }

    package static func escaped(_ cell: String) -> String {
        var text = ""
        for character in onOneLine(cell) {
            if "\\|<>*_`[]".contains(character) { text += "\\" }
            text.append(character)
        }
        return text
    }
}
