import SabilRecords
import SabilTaxonomy

@testable import SabilSearch

/// Texts that a search box may be given: pieces of the query language around words of four scripts, and what no person types.
struct RandomQuery {
    private var generator: SeededGenerator
    private let labels: [LabelEntry]

    private static let operators = [
        "AND", "OR", "NOT", "NEAR", "NEAR/3", "NEAR/0", "&&", "||", "NEAR/99999999999999999999",
    ]
    private static let words = [
        "cash", "pensoins", "النقد", "والحماية", "école", "e\u{301}cole", "niños", "l’aide", "rent", "what", "quel",
        "the",
        "non-contributory", "noncontributory", "U.N.", "COVID-19", "2018", "٢٠١٨", "1,5", "社会保護", "социальная", "😀👍🏽",
        "a\u{200D}b", "ـــ", "ﷺ", "http://a.org/?q=a*b",
    ]
    private static let marks = [
        "(", ")", "\"", "«", "»", "“", "„", ":", "*", "?", "\0", "\u{202E}", "\u{FEFF}", "\u{301}", "+", "-", "~", "^",
        "[",
        "\\", "/", "..", "<b>", "&", "%", "\u{85}",
    ]
    private static let values = [
        "cash", "\"a b\"", "(x y)", "(", "\"", "2018..2020", "..", "2020..2018", "2019-13", "KEN,MAR", ",,", "*", "te*",
        "t?st", "*tion", "", "\u{301}", "(a OR b)",
    ]
    private static let spaces = [" ", " ", " ", "", "  ", "\n", "\u{A0}", "\u{3000}"]

    init(seed: UInt64, labels: [LabelEntry]) {
        generator = SeededGenerator(seed: seed)
        self.labels = labels
    }

    private mutating func any<Element>(of list: [Element]) -> Element { list[generator.nextIndex(below: list.count)] }

    mutating func number(below bound: Int) -> Int { generator.nextIndex(below: bound) }

    /// One in some hundred is huge, one in ten is no text at all.
    mutating func text() -> String {
        switch number(below: 300) {
        case 0: return huge()
        case 1..<30: return broken()
        default: return expression()
        }
    }

    private mutating func expression(depth: Int = 0) -> String {
        var text = ""
        for _ in 0..<number(below: depth == 0 ? 12 : 5) { text += piece(depth: depth) + any(of: Self.spaces) }
        return text
    }

    private mutating func piece(depth: Int) -> String {
        switch number(below: 18) {
        case 0, 1: return label()
        case 2: return "\"" + label() + "\""
        case 3: return any(of: QueryField.allCases).rawValue + ":" + any(of: Self.values)
        case 4: return String(label().prefix(2 + number(below: 3))) + "*"
        case 5: return opened(label())
        case 6, 7: return any(of: Self.operators)
        case 8: return any(of: ["+", "-", "+-", "--"])
        case 9 where depth < 5: return "(" + expression(depth: depth + 1) + ")"
        case 10: return any(of: Self.marks)
        case 11: return misspelt(label())
        case 12: return String(number(below: 3_000))
        case 13: return "\"" + label() + "\" NEAR/\(number(below: 120)) " + label()
        default: return any(of: Self.words)
        }
    }

    private mutating func label() -> String { any(of: labels).text }

    /// A word with letters left open.
    private mutating func opened(_ text: String) -> String {
        var scalars = Array((text.split(separator: " ").first ?? "x").unicodeScalars)
        for _ in 0...number(below: 3) {
            let at = number(below: scalars.count + 1)
            let open: Unicode.Scalar = number(below: 3) == 0 ? "?" : "*"
            if at < scalars.count, number(below: 2) == 0 { scalars[at] = open } else { scalars.insert(open, at: at) }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// A label with a letter left out or doubled.
    private mutating func misspelt(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        guard !scalars.isEmpty else { return "" }
        let at = number(below: scalars.count)
        if number(below: 2) == 0 { scalars.remove(at: at) } else { scalars.insert(scalars[at], at: at) }
        return String(String.UnicodeScalarView(scalars))
    }

    /// An expression with bytes or UTF-16 units exchanged, which may leave halves of letters.
    private mutating func broken() -> String {
        let text = expression()
        if number(below: 2) == 0 {
            var bytes = Array(text.utf8)
            for _ in 0..<min(bytes.count, 1 + number(below: 6)) {
                bytes[number(below: bytes.count)] = UInt8(number(below: 256))
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        var units = Array(text.utf16)
        for _ in 0..<min(units.count, 1 + number(below: 6)) {
            units[number(below: units.count)] = UInt16(
                number(below: 2) == 0 ? 0xD800 + number(below: 0x800) : number(below: 0x10000))
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// More than is looked at, of one kind.
    private mutating func huge() -> String {
        let piece = any(of: [
            "(", ")", "\"", "a ", "a", "-", "+a ", "a* ", "*tion ", "p*r*o*n ", "title:a ", "a NEAR ", "a OR ", "NOT ",
            "é", "ك", "? ",
            label() + " ", "\"" + label() + "\" NEAR/5 ", "\u{301}", "pensoins ",
        ])
        return String(repeating: piece, count: 1 + number(below: 60_000) / piece.utf8.count) + expression()
    }
}
