import Testing

@testable import SabilRecords

@Suite struct CommaRowsTests {
    private func rows(_ lines: [String]) -> (rows: [CommaRows.Row], openLine: Int?) {
        var reader = CommaRows()
        let rows = lines.enumerated().compactMap { reader.row(adding: $1, number: $0 + 1) }
        return (rows, reader.openLine)
    }

    @Test(arguments: [
        (["a,b"], [["a", "b"]], "plain cells"),
        (["a,,", ","], [["a", "", ""], ["", ""]], "empty cells count"),
        (["\"a,b\",c"], [["a,b", "c"]], "a comma within quotes"),
        (["\"a \"\"b\"\"\",c"], [["a \"b\"", "c"]], "two quotes within quotes are one"),
        (["a \"b\",c"], [["a \"b\"", "c"]], "a quote within a cell is a letter like others"),
        (["\"a", "", "b\",c"], [["a\n\nb", "c"]], "line ends within quotes, an empty line too"),
        (["", "a", ""], [["a"]], "blank lines are no rows"),
        (["\"\""], [[""]], "an empty cell in quotes is a row"),
        (["\"e\u{301}\u{2028}\",\u{301}"], [["e\u{301}\u{2028}", "\u{301}"]], "marks do not hide a quote or a comma"),
    ])
    func `cells are told apart as RFC 4180 says`(_ lines: [String], _ expected: [[String]], _ reason: String) {
        let read = rows(lines)
        #expect(read.rows.map(\.cells) == expected, "\(reason)")
        #expect(read.openLine == nil)
    }

    @Test func `a row knows the line it begins on, and one that never ends is told`() {
        let read = rows(["", "\"a", "b\",c", "d", "\"e,", "f"])
        #expect(read.rows.map(\.line) == [2, 4])
        #expect(read.openLine == 5)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `what is quoted comes back as it was`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let letters: [String] = ["a", "\"", ",", "\n", " ", "\u{301}", "م", "\"\""]
        let table = (0..<20).map { _ in
            (0..<3).map { _ in
                (0..<generator.nextIndex(below: 6)).map { _ in letters[generator.nextIndex(below: letters.count)] }
                    .joined()
            }
        }
        let text = table.map { row in
            row.map { cell in
                "\"" + cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
            }.joined(separator: ",")
        }.joined(separator: "\n")
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        #expect(rows(lines).rows.map(\.cells) == table, "seed \(seed)")
    }
}
