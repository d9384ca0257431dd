/// Text of rows and tab-separated cells, without quoting.
enum TabularText {
    /// The cells of each line; the line's end may be LF or CRLF, and the last one ends the text.
    static func rows(of text: String) -> [[String]] {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { line in
            let cells = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            return cells.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
                String(Substring($0))
            }
        }
    }
}
