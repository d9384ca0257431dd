import SabilAnalysis
import SabilRecords

/// Marks what a query matched in the original text of a hit.
struct Highlighter: ~Copyable {
    /// Characters a snippet shows at most, give or take a word.
    static let snippetCharacters = 320

    private let marks: MatchMarks
    /// Phrases by their first word, longest first.
    private let phrasesByFirst: [String: [[String]]]
    private var session: AnalysisSession

    init(_ marks: MatchMarks, session: consuming AnalysisSession) {
        self.marks = marks
        self.session = session
        var phrases: [String: [[String]]] = [:]
        for phrase in marks.phrases.sorted(by: { ($0.count, $0.joined()) > ($1.count, $1.joined()) }) {
            if let first = phrase.first { phrases[first, default: []].append(phrase) }
        }
        phrasesByFirst = phrases
    }

    /// Gives the session back.
    consuming func finish() -> AnalysisSession { session }

    /// The marked title, and snippets of abstract and body; a field without text is left out, and one without a match too,
    /// but for the title and, if nothing matched in either, the abstract.
    mutating func highlights(
        of record: ResourceRecord, language: Language
    ) throws(AnalysisError) -> [Highlight] {
        var highlights = [try highlight(record.title, .title, language: language, isWhole: true)]
        var others: [Highlight] = []
        for (text, field) in [(record.abstract, Highlight.Field.abstract), (record.body, .body)] where !text.isEmpty {
            others.append(try highlight(text, field, language: language, isWhole: false))
        }
        let matched = others.filter { !$0.matches.isEmpty }
        highlights += matched.isEmpty ? Array(others.prefix(1)) : matched
        return highlights
    }

    mutating func highlight(
        _ text: String, _ field: Highlight.Field, language: Language, isWhole: Bool
    ) throws(AnalysisError) -> Highlight {
        let tokens = try session.documentTokens(in: text, language: language)
        let matches = ranges(in: tokens)
        let bytes = Array(text.utf8)
        let shown =
            isWhole ? 0..<bytes.count : Self.window(tokens: tokens, matches: matches, bytes: bytes)
        var units = UnitCounter(bytes)
        // The counter goes forward only: starts and ends are asked for in order.
        let stretches = matches.map { range in
            Highlight.Stretch(utf8: range, utf16: units.utf16(range.lowerBound)..<units.utf16(range.upperBound))
        }
        var shownUnits = UnitCounter(bytes)
        let shownStretch = Highlight.Stretch(
            utf8: shown, utf16: shownUnits.utf16(shown.lowerBound)..<shownUnits.utf16(shown.upperBound))
        return Highlight(
            field: field, matches: stretches, shown: shownStretch,
            html: Self.html(bytes, shown: shown, matches: matches))
    }

    /// Byte ranges of what matched, in order and without overlap; a phrase is one range.
    private func ranges(in tokens: [Token]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        func append(_ range: Range<Int>) {
            // Two words may come from one stretch of the text.
            if let last = ranges.last, range.lowerBound < last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else if !range.isEmpty {
                ranges.append(range)
            }
        }
        var at = 0
        while at < tokens.count {
            let token = tokens[at]
            if let length = phraseLength(tokens, at: at) {
                append(token.utf8Range.lowerBound..<tokens[at + length - 1].utf8Range.upperBound)
                at += length
                continue
            }
            if isMatch(token) { append(token.utf8Range) }
            at += 1
        }
        return ranges
    }

    private func isMatch(_ token: Token) -> Bool {
        marks.surfaces.contains(token.surface) || marks.stems.contains(token.stem)
            || (!marks.prefixes.isEmpty && marks.prefixes.contains { token.surface.hasPrefix($0) })
    }

    private func phraseLength(_ tokens: [Token], at start: Int) -> Int? {
        phrasesByFirst[tokens[start].surface]?.first { phrase in
            start + phrase.count <= tokens.count
                && phrase.indices.allSatisfy { tokens[start + $0].surface == phrase[$0] }
        }?.count
    }

    /// The stretch with the most different matches that is about as long as a snippet, on word borders.
    ///
    /// - Parameters:
    ///   - tokens: in order, none of them beginning or ending before one in front of it.
    ///   - matches: in order, apart from one another.
    /// - Complexity: tokens and matches once, and for each match a snippet's length.
    static func window(tokens: [Token], matches: [Range<Int>], bytes: [UInt8]) -> Range<Int> {
        // Characters before each byte: continuation bytes do not count.
        func characters(_ range: Range<Int>) -> Int { bytes[range].count { $0 & 0xC0 != 0x80 } }
        guard characters(0..<bytes.count) > snippetCharacters else { return 0..<bytes.count }
        func end(from start: Int) -> Int {
            var left = snippetCharacters
            var at = start
            while at < bytes.count, left > 0 {
                at += 1
                while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
                left -= 1
            }
            guard at < bytes.count else { return bytes.count }
            // Back to the end of the last whole word.
            var (whole, behind) = (0, tokens.count)
            while whole < behind {
                let middle = (whole + behind) / 2
                if tokens[middle].utf8Range.upperBound <= at { whole = middle + 1 } else { behind = middle }
            }
            guard whole > 0, tokens[whole - 1].utf8Range.lowerBound >= start else { return at }
            return tokens[whole - 1].utf8Range.upperBound
        }
        var best = 0..<end(from: 0)
        var bestScore = -1
        for (index, match) in matches.enumerated() {
            let last = end(from: match.lowerBound)
            var different: Set<[UInt8]> = []
            var count = 0
            for other in matches[index...] {
                guard other.upperBound <= last else { break }
                different.insert(bytes[other].map { $0 & 0xDF })
                count += 1
            }
            let score = different.count * 100 + min(count, 99)
            if score > bestScore {
                bestScore = score
                best = match.lowerBound..<last
            }
        }
        guard bestScore >= 0 else { return best }
        // A few words before the first match, and as many characters as are left.
        var start = best.lowerBound
        var lead = 0
        for token in tokens.reversed() where token.utf8Range.upperBound <= best.lowerBound {
            lead = characters(token.utf8Range.lowerBound..<best.lowerBound)
            if lead > 60 { break }
            start = token.utf8Range.lowerBound
        }
        if characters(0..<best.lowerBound) <= 60 { start = 0 }
        let stop = end(from: start)
        return
            start..<max(
                stop, min(best.upperBound, matches.first { $0.lowerBound >= best.lowerBound }?.upperBound ?? stop))
    }

    /// Escaped text with marks; nothing of the text can end up outside a text node.
    private static func html(_ bytes: [UInt8], shown: Range<Int>, matches: [Range<Int>]) -> String {
        var html: [UInt8] = []
        html.reserveCapacity(shown.count + 64)
        if shown.lowerBound > 0 { html += "…".utf8 }
        var at = shown.lowerBound
        for match in matches where match.lowerBound >= shown.lowerBound && match.upperBound <= shown.upperBound {
            escape(bytes[at..<match.lowerBound], into: &html)
            html += "<mark>".utf8
            escape(bytes[match], into: &html)
            html += "</mark>".utf8
            at = match.upperBound
        }
        escape(bytes[at..<shown.upperBound], into: &html)
        if shown.upperBound < bytes.count { html += "…".utf8 }
        return String(decoding: html, as: UTF8.self)
    }

    private static func escape(_ bytes: ArraySlice<UInt8>, into html: inout [UInt8]) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "&"): html += "&amp;".utf8
            case UInt8(ascii: "<"): html += "&lt;".utf8
            case UInt8(ascii: ">"): html += "&gt;".utf8
            case UInt8(ascii: "\""): html += "&quot;".utf8
            case UInt8(ascii: "'"): html += "&#39;".utf8
            default: html.append(byte)
            }
        }
    }
}

/// Counts UTF-16 units before byte offsets that are asked for in rising order.
private struct UnitCounter {
    private let bytes: [UInt8]
    private var at = 0
    private var units = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func utf16(_ offset: Int) -> Int {
        while at < offset {
            let byte = bytes[at]
            // One unit per scalar, two for those of four bytes; continuation bytes none.
            if byte & 0xC0 != 0x80 { units += byte >= 0xF0 ? 2 : 1 }
            at += 1
        }
        return units
    }
}
