/// Puts rows of cells with commas between together from the lines of a text (RFC 4180): quotes stand around cells with commas,
/// quotes or line ends, and `""` within them is a quote.
///
/// Knows nothing of files, so that each reader of such tables says in its own words what is wrong:
///
/// ```swift
/// var rows = CommaRows()
/// while let line = try lines.next() {
///     if let row = rows.row(adding: line.text, number: line.number) { use(row.cells) }
/// }
/// if let line = rows.openLine { complain("the quote that opens in the row of line \(line) is never closed") }
/// ```
package struct CommaRows: Sendable {
    package struct Row: Sendable, Hashable {
        /// The line it begins on.
        package let line: Int
        package let cells: [String]
    }

    /// The line on which the row begins that waits for its closing quote; `nil` between rows.
    package private(set) var openLine: Int?
    private var cells: [String] = []
    private var cell = ""

    package init() {}

    /// A cell as it stands in a row: within quotes if it holds a comma, a quote or a line end.
    ///
    /// Looked at by scalars: a comma before a combining mark is a comma to every reader of such tables.
    package static func written(_ cell: String) -> String {
        let special: (Unicode.Scalar) -> Bool = { scalar in
            switch scalar.value {
            case 0x0A...0x0D, 0x22, 0x2C, 0x85, 0x2028, 0x2029: true
            default: false
            }
        }
        guard cell.unicodeScalars.contains(where: special) else { return cell }
        var quoted = "\"".unicodeScalars
        for scalar in cell.unicodeScalars {
            quoted.append(scalar)
            if scalar == "\"" { quoted.append(scalar) }
        }
        quoted.append("\"")
        return String(quoted)
    }

    /// The row that ends with this line; `nil` if the line is blank or a quote is still open, and then the line's end is kept as LF.
    ///
    /// - Parameter line: without its end.
    /// - Complexity: O(length of the line).
    package mutating func row(adding line: String, number: Int) -> Row? {
        var isQuoted = openLine != nil
        var wasQuoted = isQuoted
        let start = openLine ?? number
        if isQuoted { cell.append("\n") }
        var scalars = line.unicodeScalars.makeIterator()
        var next = scalars.next()
        while let scalar = next {
            next = scalars.next()
            if isQuoted {
                if scalar != "\"" {
                    cell.unicodeScalars.append(scalar)
                } else if next == "\"" {
                    cell.unicodeScalars.append(scalar)
                    next = scalars.next()
                } else {
                    isQuoted = false
                }
            } else if scalar == "\"", cell.isEmpty {
                (isQuoted, wasQuoted) = (true, true)
            } else if scalar == "," {
                cells.append(cell)
                cell = ""
            } else {
                cell.unicodeScalars.append(scalar)
            }
        }
        openLine = isQuoted ? start : nil
        if isQuoted { return nil }
        let row = Row(line: start, cells: cells + [cell])
        (cells, cell) = ([], "")
        return row.cells == [""] && !wasQuoted ? nil : row
    }
}
