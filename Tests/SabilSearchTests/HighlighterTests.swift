import SabilAnalysis
import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct HighlighterTests {
    private func highlight(
        _ text: String, _ query: String, _ language: Language, isWhole: Bool = true
    ) throws -> Highlight {
        let plan = try QueryPlanner.plan(
            query, language: language, expansion: .none, expander: nil, filters: nil, taxonomy: nil,
            analyzer: SearchFixture.analyzer)
        var highlighter = Highlighter(plan.marks, session: SearchFixture.analyzer.makeSession())
        return try highlighter.highlight(text, .title, language: language, isWhole: isWhole)
    }

    /// Text, query, language, marked text, why the row is here.
    static let table: [(String, String, Language, String, String)] = [
        ("Cash transfers work", "transfer", .english, "Cash <mark>transfers</mark> work", "an inflected form"),
        (
            "برامج الحِمَايَة الاجتماعيّة", "حماية", .arabic, "برامج <mark>الحِمَايَة</mark> الاجتماعيّة",
            "vowel signs and article are inside the mark"
        ),
        (
            "La protección de la niñez", "ninez", .spanish, "La protección de la <mark>niñez</mark>",
            "accents do not matter"
        ),
        ("L’école de l'emploi", "emploi", .french, "L’école de l&#39;<mark>emploi</mark>", "elision stays outside"),
        (
            "<script>alert(1)</script> cash & \"aid\"", "cash", .english,
            "&lt;script&gt;alert(1)&lt;/script&gt; <mark>cash</mark> &amp; &quot;aid&quot;",
            "markup of the text is text"
        ),
        (
            "<script>cash</script>", "script", .english, "&lt;<mark>script</mark>&gt;cash&lt;/<mark>script</mark>&gt;",
            "a match inside markup is text too"
        ),
        (
            "Cash transfers, transfers of cash", "\"cash transfers\"", .english,
            "<mark>Cash transfers</mark>, transfers of cash", "only the phrase, as one mark"
        ),
        ("😀 cash 😀", "cash", .english, "😀 <mark>cash</mark> 😀", "characters of four bytes"),
        ("e\u{301}cole publique", "école", .french, "<mark>e\u{301}cole</mark> publique", "a decomposed accent"),
        ("nothing here", "cash", .english, "nothing here", "no match"),
        ("", "cash", .english, "", "no text"),
    ]

    @Test(arguments: table.indices) func `a text is marked as`(row: Int) throws {
        let (text, query, language, html, reason) = Self.table[row]
        let highlight = try highlight(text, query, language)
        #expect(highlight.html == html, "\(reason)")
        for match in highlight.matches {
            let bytes = String(decoding: Array(text.utf8)[match.utf8], as: UTF8.self)
            let units = String(decoding: Array(text.utf16)[match.utf16], as: UTF16.self)
            #expect(bytes.unicodeScalars.elementsEqual(units.unicodeScalars), "\(reason)")
            #expect(html.contains("<mark>\(bytes)</mark>"), "\(reason)")
        }
    }

    @Test func `a snippet shows the best stretch, on word borders, and is no longer than said`() throws {
        let filler = String(repeating: "lorem ipsum dolor sit amet ", count: 40)
        let text = filler + "cash here. " + filler + "cash transfers for pensions there. " + filler
        let highlight = try highlight(text, "cash transfers pensions", .english, isWhole: false)
        #expect(highlight.html.hasPrefix("…") && highlight.html.hasSuffix("…"))
        #expect(highlight.html.contains("<mark>cash</mark> <mark>transfers</mark> for <mark>pensions</mark>"))
        let shown = Array(text.utf8)[highlight.shown.utf8]
        #expect(shown.count <= Highlighter.snippetCharacters)
        #expect(highlight.matches.count == 4)
    }

    @Test func `random texts give stretches in order on character borders`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "cash ", "<b>", "الحِمَاية ", "é", "😀", "transfers, ", "&", "l’école ", "\u{200B}", "pension", "-",
            "e\u{301} ",
        ]
        for _ in 0..<300 {
            var text = ""
            for _ in 0..<generator.nextIndex(below: 120) { text += pieces[generator.nextIndex(below: pieces.count)] }
            let highlight = try highlight(text, "cash transfers école pension حماية", .arabic, isWhole: false)
            var last = 0
            for match in highlight.matches {
                #expect(match.utf8.lowerBound >= last && !match.utf8.isEmpty, "seed \(seed)")
                #expect(
                    String(Substring(text.utf8.dropFirst(match.utf8.lowerBound).prefix(match.utf8.count))).utf8.count
                        == match.utf8.count, "seed \(seed)")
                last = match.utf8.upperBound
            }
            let bare = highlight.html.replacing("<mark>", with: "").replacing("</mark>", with: "")
            #expect(!bare.contains("<") && !bare.contains(">"), "seed \(seed): \(bare)")
        }
    }

    /// The stretch that a snippet shows, looked for by comparing every match with every token and every other match.
    private static func plainWindow(tokens: [Token], matches: [Range<Int>], bytes: [UInt8]) -> Range<Int> {
        func characters(_ range: Range<Int>) -> Int { bytes[range].count { $0 & 0xC0 != 0x80 } }
        guard characters(0..<bytes.count) > Highlighter.snippetCharacters else { return 0..<bytes.count }
        func end(from start: Int) -> Int {
            let at = (start...bytes.count).last {
                characters(start..<$0) <= Highlighter.snippetCharacters
                    && ($0 == bytes.count || bytes[$0] & 0xC0 != 0x80)
            }
            guard let at, at < bytes.count else { return bytes.count }
            return tokens.last { $0.utf8Range.upperBound <= at && $0.utf8Range.lowerBound >= start }?
                .utf8Range.upperBound ?? at
        }
        let scored = matches.map { match -> (score: Int, range: Range<Int>) in
            let last = end(from: match.lowerBound)
            let held = matches.filter { $0.lowerBound >= match.lowerBound && $0.upperBound <= last }
            let different = Set(held.map { bytes[$0].map { $0 & 0xDF } })
            return (different.count * 100 + min(held.count, 99), match.lowerBound..<last)
        }
        guard let most = scored.map(\.score).max(), let best = scored.first(where: { $0.score == most })?.range else {
            return 0..<end(from: 0)
        }
        let start =
            characters(0..<best.lowerBound) <= 60
            ? 0
            : tokens.filter { $0.utf8Range.upperBound <= best.lowerBound }.map(\.utf8Range.lowerBound)
                .first { characters($0..<best.lowerBound) <= 60 } ?? best.lowerBound
        let stop = end(from: start)
        let first = matches.first { $0.lowerBound >= best.lowerBound }?.upperBound ?? stop
        return start..<max(stop, min(best.upperBound, first))
    }

    @Test func `the stretch that is shown is the one that a plain search gives`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "cash ", "Cash ", "الحِمَاية ", "é", "😀 ", "transfers, ", "& ", "l’école ", "\u{200B}", "pension", "-", "\n",
            "e\u{301} ", "non-contributory ", "COVID-19 ", "社会保護", "U.N. ", String(repeating: "x", count: 90) + " ",
            String(repeating: "lorem ", count: 9), "http://a.org/b?c=d ",
        ]
        var session = SearchFixture.analyzer.makeSession()
        for _ in 0..<150 {
            var text = ""
            let kinds = 1 + generator.nextIndex(below: pieces.count)
            for _ in 0..<generator.nextIndex(below: 150) { text += pieces[generator.nextIndex(below: kinds)] }
            let tokens = try session.documentTokens(in: text, language: Language.known[generator.nextIndex(below: 4)])
            // One match of up to three words now and then, apart from one another.
            var matches: [Range<Int>] = []
            var at = 0
            let spacing = 1 + generator.nextIndex(below: 12)
            while at < tokens.count {
                let last = min(at + generator.nextIndex(below: 3), tokens.count - 1)
                let range = tokens[at].utf8Range.lowerBound..<tokens[last].utf8Range.upperBound
                if range.lowerBound >= matches.last?.upperBound ?? 0, !range.isEmpty { matches.append(range) }
                at = last + 1 + generator.nextIndex(below: spacing)
            }
            let bytes = Array(text.utf8)
            let window = Highlighter.window(tokens: tokens, matches: matches, bytes: bytes)
            #expect(
                window == Self.plainWindow(tokens: tokens, matches: matches, bytes: bytes),
                "seed \(seed): \(text.debugDescription)")
        }
    }
}
