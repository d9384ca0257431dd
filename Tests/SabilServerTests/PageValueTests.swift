import Foundation
import SabilRecords
import Testing

@testable import SabilServer

@Suite struct PageValueTests {
    @Test(arguments: [
        ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;", "all five"),
        ("\"\u{301}", "&quot;\u{301}", "a mark that combines with the quotation mark"),
        ("<\u{20D2}script", "&lt;\u{20D2}script", "a mark that combines with the bracket"),
        ("العربية", "العربية", "other scripts stay"), ("a\u{0}b", "a\u{FFFD}b", "NUL is no character of HTML"),
    ])
    func `text is escaped byte by byte`(_ text: String, _ escaped: String, _ reason: String) {
        #expect(Array(SafeHTML.escaping(text).source.utf8) == Array(escaped.utf8), "\(reason)")
    }

    @Test(arguments: [
        ([0..<4], "<mark>Cash</mark> &lt;für&gt; alle", "one range"),
        ([5..<10, 0..<4], "<mark>Cash</mark> <mark>&lt;für</mark>&gt; alle", "out of order"),
        ([0..<3, 2..<4], "<mark>Cash</mark> &lt;für&gt; alle", "overlapping"),
        ([8..<10], "Cash &lt;fü<mark>r</mark>&gt; alle", "beginning within a character"),
        ([-5..<2, 14..<99], "<mark>Ca</mark>sh &lt;für&gt; al<mark>le</mark>", "outside of the text"),
        ([3..<3], "Cash &lt;für&gt; alle", "empty"), ([], "Cash &lt;für&gt; alle", "none"),
    ])
    func `stretches are marked`(_ ranges: [Range<Int>], _ html: String, _ reason: String) {
        #expect(SafeHTML.marking("Cash <für> alle", ranges).source == html, "\(reason)")
    }

    @Test func `random marks leave the text as it was`() {
        var generator = SeededGenerator(seed: 5)
        let pieces = ["a", "é", "<", "&", "\"", "ا", "\u{301}", "\n", " ", "👩‍👩‍👧"]
        for _ in 0..<300 {
            let text = (0..<generator.nextIndex(below: 30)).map { _ in pieces[generator.nextIndex(below: pieces.count)]
            }
            .joined()
            let ranges = (0..<generator.nextIndex(below: 6)).map { _ in
                let start = generator.nextIndex(below: 60)
                return start..<(start + generator.nextIndex(below: 10))
            }
            var html = SafeHTML.marking(text, ranges).source
            for (entity, character) in [
                ("<mark>", ""), ("</mark>", ""), ("&lt;", "<"), ("&quot;", "\""), ("&amp;", "&"),
            ] {
                html = html.unicodeReplacing(entity, with: character)
            }
            #expect(Array(html.utf8) == Array(text.utf8), "seed 5: \(ranges)")
        }
    }

    @Test func `paragraphs keep their own marks`() {
        let html = SafeHTML.paragraphs("one two\n\nthree", marking: [4..<7, 5..<12]).map(\.source)
        #expect(html == ["one <mark>two</mark>", "<mark>thr</mark>ee"])
    }
}

extension String {
    /// Replaces by scalars, so that a bracket before a combining mark is found.
    fileprivate func unicodeReplacing(_ old: String, with new: String) -> String {
        String(decoding: Array(utf8).replacing(Array(old.utf8), with: Array(new.utf8)), as: UTF8.self)
    }
}
