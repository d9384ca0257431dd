import Testing

@testable import SabilAnalysis

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Unicode 17's word break cases against ICU 72, which implements Unicode 15 and tailors it: each difference has a name.
@Suite struct `Unicode word break cases` {
    struct Case {
        var line: Int
        var codePoints: [UInt32]
        /// Segments in code points.
        var segments: [Range<Int>]
    }

    static func cases() throws -> [Case] {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "corpus-fixtures/analysis/WordBreakTest-17.0.txt")
        let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
        return lines.enumerated().filter { !$0.element.hasPrefix("#") }.map { number, line in
            var parsed = Case(line: number + 1, codePoints: [], segments: [])
            var start = 0
            for field in line.split(separator: " ") {
                if field == "÷" {
                    if parsed.codePoints.count > start { parsed.segments.append(start..<parsed.codePoints.count) }
                    start = parsed.codePoints.count
                } else if field != "×", let codePoint = UInt32(field, radix: 16) {
                    parsed.codePoints.append(codePoint)
                }
            }
            return parsed
        }
    }

    /// Why ICU 72's words differ from the case's, `nil` if nothing explains it.
    static func explanation(of parsed: Case) -> String? {
        // ICU's root rules take the colon out of MidLetter (CLDR-8014): `a:b` is two words.
        if parsed.codePoints.contains(0x3A) { return "colon" }
        // Since Unicode 15.1 U+06DD counts as a digit and U+070F as a letter; before, both were Format.
        if !parsed.codePoints.filter({ [0x6DD, 0x70F].contains($0) }).isEmpty { return "signs before numbers" }
        // U+2701 was Extended_Pictographic, which a joiner ties to what precedes (WB3c).
        if parsed.codePoints.contains(0x2701), parsed.codePoints.contains(0x200D) { return "pictograph" }
        return nil
    }

    @Test func `words are those of the cases but for named differences`() throws {
        let cases = try Self.cases()
        #expect(cases.count == 1944)
        var segmenter = try Segmenter()
        var differences: [String: Int] = [:]
        for parsed in cases {
            var bytes: [UInt8] = []
            var offsets = [0]
            for codePoint in parsed.codePoints {
                UTF8Bytes.append(codePoint, to: &bytes)
                offsets.append(bytes.count)
            }
            // Words are the segments that hold a letter or a digit.
            let expected = parsed.segments.filter { segment in
                parsed.codePoints[segment].contains { codePoint in
                    let category = UnicodeForms.category(codePoint)
                    return (1...5).contains(category) || category == 9 || codePoint == 0x24C2
                }
            }.map { offsets[$0.lowerBound]..<offsets[$0.upperBound] }
            for onlyICU in [false, true] {
                let found = try segmenter.words(of: bytes.span, onlyICU: onlyICU).map { $0.start..<$0.end }
                if found == expected { continue }
                let hexadecimal = parsed.codePoints.map { String($0, radix: 16) }.joined(separator: " ")
                let name = Self.explanation(of: parsed)
                #expect(name != nil, "line \(parsed.line): \(hexadecimal) gives \(found), not \(expected)")
                differences[name ?? "", default: 0] += 1
            }
        }
        // Each counts twice: for the scanner, and for ICU alone.
        #expect(differences == ["colon": 34, "signs before numbers": 4, "pictograph": 2])
    }
}
