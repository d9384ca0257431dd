import Foundation
import Testing

@testable import SabilEvaluation

@Suite struct ReportTextTests {
    @Test(arguments: [
        (0.0, 4, "0.0000", "0.0000"), (0.88625, 4, "0.8862", "+0.8862"), (-0.00004, 4, "0.0000", "0.0000"),
        (0.00004, 4, "0.0000", "0.0000"), (-0.0125, 4, "−0.0125", "−0.0125"), (1, 0, "1", "+1"),
        (12_345.678, 2, "12,345.68", "+12,345.68"),
        (0.999_99, 4, "1.0000", "+1.0000"), (-1_234_567, 0, "−1,234,567", "−1,234,567"), (.nan, 4, "–", "–"),
        (.infinity, 4, "–", "–"),
    ])
    func `numbers have their digits, a true minus, and no sign of zero`(
        value: Double, places: Int, plain: String, signed: String
    ) {
        #expect(ReportNumber.fixed(value, places: places) == plain)
        #expect(ReportNumber.signed(value, places: places) == signed)
    }

    @Test func `what is not there is a dash`() {
        #expect(ReportNumber.fixed(nil) == "–" && ReportNumber.signed(nil) == "–")
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (14_230_000, "14.2 MB"), (52_428_800_000, "52.4 GB"),
        (Int.max, "9,223,372.0 TB"),
    ])
    func `sizes in bytes`(value: Int, text: String) { #expect(ReportNumber.bytes(value) == text) }

    @Test func `counts agree with their noun`() {
        #expect(ReportNumber.count(1, "query", "queries") == "1 query")
        #expect(ReportNumber.count(1234, "query", "queries") == "1,234 queries")
        #expect(ReportNumber.count(Int.min).hasPrefix("−9,223,372"))
    }

    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a\"b'c&d", "a&quot;b&#39;c&amp;d"),
        // What would turn the direction of the text after it is said by name.
        ("\u{202E}gpj.exe", "[U+202E]gpj.exe"), ("a\u{0}b\u{1B}[31m", "a[U+0000]b[U+001B][31m"),
        ("\u{FEFF}x\u{2028}", "[U+FEFF]x[U+2028]"), ("\u{FFFE}", "[U+FFFE]"), ("\u{1FFFF}", "[U+1FFFF]"),
        // An isolate that is closed turns nothing else; one that is not does, and so does one closed before it is open.
        ("\u{2067}x\u{2069}", "\u{2067}x\u{2069}"), ("\u{2067}x", "[U+2067]x"),
        ("\u{2069}x\u{2067}", "[U+2069]x[U+2067]"),
        // Joiners and marks that words need stay.
        ("می\u{200C}خواهم\u{200F}", "می\u{200C}خواهم\u{200F}"), ("التغذية", "التغذية"), ("a\tb\nc", "a\tb\nc"),
    ])
    func `nothing foreign is markup or hidden`(text: String, written: String) {
        #expect(Markup.escaped(text) == written)
        #expect(Markup.node("p", ["title": text], text).written == "<p title=\"\(written)\">\(written)</p>\n")
    }

    @Test func `isolated text cannot leave its isolate`() {
        #expect(Markup.escaped(VisibleText.isolated("a\u{2069}b\u{2066}")) == "\u{2068}a[U+2069]b[U+2066]\u{2069}")
    }

    @Test(arguments: [
        ("a|b", "a\\|b"), ("<img src=x>", "&lt;img src=x&gt;"),
        ("*a* _b_ `c` [d](e)", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e)"),
        ("a\nb\r\n# c", "a b \\# c"), ("back\\slash", "back\\\\slash"),
    ])
    func `Markdown takes foreign text as it is`(text: String, written: String) {
        #expect(ReportMarkdown.escaped(text) == written)
    }

    @Test func `history is read line by line, and bad lines are said`() {
        let history = SpeedHistory(
            "date\tcommit\twhat\tvalue\tyardstick\tnote\n2026-11-20\tabc\tindexing\t940.5\t1029\tbatches\n\n# remark\n"
                + "2026-11-21\tdef\tindexing\t967\n2026-11-21\tdef\tquery\tfast\n2026-11-21\tdef\n"
                + "2026-11-21\tdef\tquery\t6.3\tLucene\tx\n2026-11-21\tdef\tquery\tnan\n",
            name: "h.tsv")
        #expect(history.entries.map(\.value) == [940.5, 967])
        #expect(history.entries.map(\.yardstick) == [1029, nil])
        #expect(history.entries[0].note == "batches" && history.subjects == ["indexing"])
        #expect(
            history.faults == [
                "Line 6 of h.tsv has the value \"fast\", which is no number; it is left out.",
                "Line 7 of h.tsv has 2 columns where at least 4 are needed (date, commit, what, value); it is left out.",
                "Line 8 of h.tsv has the yardstick \"Lucene\", which is no number; it is left out.",
                "Line 9 of h.tsv has the value \"nan\", which is no number; it is left out.",
            ])
    }
}
