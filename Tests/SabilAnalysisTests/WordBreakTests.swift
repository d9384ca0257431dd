import Testing

@testable import SabilAnalysis

/// Cases of our own, one or more a rule of UAX #29; words are what stands between bars and holds a letter or digit.
@Suite struct `Word breaks` {
    static let cases: [(String, String, [String])] = [
        ("WB3", "a\r\nb", ["a", "b"]),
        ("WB4", "a\u{308}\u{AD}b", ["a\u{308}\u{AD}b"]),
        ("WB4 at the start", "\u{308}a", ["a"]),
        ("WB4 after a space", "a \u{308}b", ["a", "b"]),
        ("WB5", "abc", ["abc"]),
        ("WB6 and WB7", "can't l’eau a.b a·b", ["can't", "l’eau", "a.b", "a·b"]),
        ("WB6 needs a letter behind", "a. b' c·", ["a", "b", "c"]),
        ("WB6 takes one joint only", "a..b a''b", ["a", "b", "a", "b"]),
        ("the root locale takes the colon out of WB6", "a:b", ["a", "b"]),
        ("WB7a", "\u{5D0}'", ["\u{5D0}'"]),
        ("WB7b and WB7c", "\u{5D0}\"\u{5D1}", ["\u{5D0}\"\u{5D1}"]),
        ("WB8", "123", ["123"]),
        ("WB9 and WB10", "a1b2", ["a1b2"]),
        ("WB11 and WB12", "3.14 3,14 3'14 1;2", ["3.14", "3,14", "3'14", "1;2"]),
        ("WB11 needs a digit behind", "3.a 3, b", ["3", "a", "3", "b"]),
        ("WB13", "\u{30AB}\u{30BF}\u{30AB}\u{30CA}", ["\u{30AB}\u{30BF}\u{30AB}\u{30CA}"]),
        ("WB13a and WB13b", "a_b _a 1_2 __", ["a_b", "_a", "1_2"]),
        ("WB15", "\u{1F1EA}\u{1F1EC}a", ["a"]),
        ("WB999", "a-b a/b a b", ["a", "b", "a", "b", "a", "b"]),
        ("Arabic with marks", "كِتَاب، ١٢٫٥", ["كِتَاب", "١٢٫٥"]),
        ("no-break spaces", "1\u{A0}2 a\u{202F}b", ["1", "2", "a\u{202F}b"]),
        ("a foreign stretch between ours", "abc 日本 def x", ["abc", "日本", "def", "x"]),
        ("ours inside a foreign stretch", "abc日本def ghi", ["abc", "日本", "def", "ghi"]),
        ("full width", "ａ．ｂ", ["ａ．ｂ"]),
    ]

    @Test(arguments: cases) func `a rule holds`(rule: String, text: String, expected: [String]) throws {
        var segmenter = try Segmenter()
        let bytes = Array(text.utf8)
        for onlyICU in [false, true] {
            let words = try segmenter.words(of: bytes.span, onlyICU: onlyICU)
            let found = words.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
            #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) }, "\(rule), only ICU: \(onlyICU)")
        }
    }
}
