import Mustache

/// Something a page shows; text is escaped when the page is rendered, whatever the template says.
///
/// The templates write values raw (`{{{…}}}`) because Mustache's own escaping works by characters: a quotation mark followed by a
/// combining accent is one character and would pass unescaped. Escaping happens here, byte by byte, for every text.
enum PageValue: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    case text(String)
    case html(SafeHTML)
    case flag(Bool)
    case list([PageValue])
    case group([String: PageValue])

    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(integerLiteral value: Int) { self = .text(String(value)) }
    init(arrayLiteral elements: PageValue...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, PageValue)...) {
        self = .group(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }

    /// What Mustache is given.
    var rendered: Any {
        switch self {
        case .text(let text): RenderedText(html: SafeHTML.escaping(text).source)
        case .html(let html): RenderedText(html: html.source)
        case .flag(let flag): flag
        case .list(let values): values.map(\.rendered)
        case .group(let values): values.mapValues(\.rendered)
        }
    }
}

/// Text that is sound HTML already: escaped, or made of tags of our own around escaped text.
struct SafeHTML: Sendable, Hashable {
    let source: String

    /// - Parameter source: must hold nothing unescaped that came from outside.
    init(trusted source: String) { self.source = source }

    /// Escapes `& < > " '` wherever they stand, also before combining marks.
    static func escaping(_ text: String) -> SafeHTML {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
            case UInt8(ascii: "'"): bytes += Array("&#39;".utf8)
            // A NUL is no character of HTML.
            case 0: bytes += Array("\u{FFFD}".utf8)
            default: bytes.append(byte)
            }
        }
        return SafeHTML(trusted: String(decoding: bytes, as: UTF8.self))
    }

    /// Escapes text and puts `<mark>` around stretches of it.
    ///
    /// - Parameter ranges: UTF-8 bytes of the text, in any order; what lies outside of it or within a character is moved to
    ///   the nearest border, overlapping ranges become one.
    static func marking(_ text: String, _ ranges: [Range<Int>]) -> SafeHTML {
        let bytes = Array(text.utf8)
        func border(_ offset: Int) -> Int {
            var offset = max(0, min(bytes.count, offset))
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            return offset
        }
        var source = ""
        var done = 0
        func escaped(_ range: Range<Int>) -> String {
            escaping(String(decoding: bytes[range], as: UTF8.self)).source
        }
        let sorted = ranges.map { border($0.lowerBound)..<border($0.upperBound) }.filter { !$0.isEmpty }
            .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        var merged: [Range<Int>] = []
        for range in sorted {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        for range in merged {
            source += escaped(done..<range.lowerBound) + "<mark>" + escaped(range) + "</mark>"
            done = range.upperBound
        }
        return SafeHTML(trusted: source + escaped(done..<bytes.count))
    }

    /// The paragraphs of a text, marked; ranges are bytes of the whole text.
    static func paragraphs(_ text: String, marking ranges: [Range<Int>] = []) -> [SafeHTML] {
        var paragraphs: [SafeHTML] = []
        var start = 0
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let count = line.count
            let content = String(decoding: line, as: UTF8.self)
            if !content.allSatisfy(\.isWhitespace) {
                let own = ranges.filter { $0.lowerBound < start + count && $0.upperBound > start }
                    .map { max(0, $0.lowerBound - start)..<min(count, $0.upperBound - start) }
                paragraphs.append(marking(content, own))
            }
            start += count + 1
        }
        return paragraphs
    }
}

/// Escaped text as Mustache sees it: it has no members, and is nothing where it is empty.
private struct RenderedText: MustacheCustomRenderable, MustacheParent {
    let html: String
    var renderText: String { html }
    var isNull: Bool { html.isEmpty }
    func child(named: String) -> Any? { nil }
}
