/// What a code point is to the reading of ``LanguageEvidence``, one lookup each: the letters it folds to, or a gap.
///
/// Covers the code points that stand alone whatever is beside them: those below U+0700 and of general punctuation, without
/// marks but for the Arabic vowel signs. Built from the same rules as the way over ICU, which takes all other texts.
struct EvidenceTable: Sendable {
    /// Length of the letters in the low byte (0…3), their UTF-8 above it; or one of the values below.
    private let low: [UInt32]
    private let punctuation: [UInt32]

    static let undecided: UInt32 = 0xFF
    static let gap: UInt32 = 0xFE
    static let apostrophe: UInt32 = 0xFD
    /// ¿ or ¡: a gap that speaks for Spanish.
    static let spanish: UInt32 = 0xFC
    static let space: UInt32 = 0xFB
    /// ; ? or !, before which French sets a space.
    static let highMark: UInt32 = 0xFA
    /// Before which French sets a space, and library titles of any language do; the lowest of these values.
    static let colon: UInt32 = 0xF9

    init() {
        low = (0..<0x700).map(Self.entry)
        punctuation = (0x2000..<0x2100).map(Self.entry)
    }

    @inline(__always)
    subscript(codePoint: UInt32) -> UInt32 {
        if codePoint < 0x700 { return low[Int(codePoint)] }
        return codePoint &- 0x2000 < 0x100 ? punctuation[Int(codePoint - 0x2000)] : Self.undecided
    }

    private static func entry(_ codePoint: UInt32) -> UInt32 {
        var bytes: [UInt8] = []
        UTF8Bytes.append(codePoint, to: &bytes)
        guard !isMark(codePoint), let folded = try? UnicodeForms.caseFolded(bytes.span) else { return undecided }
        let codePoints = UTF8Bytes.codePoints(folded)
        if codePoints.contains(where: isMark) { return undecided }
        if codePoints.allSatisfy(isLetter) {
            let letters = codePoints.reduce(into: [UInt8]()) { letters, codePoint in
                for letter in written(codePoint) { UTF8Bytes.append(letter, to: &letters) }
            }
            guard letters.count <= 3 else { return undecided }
            return letters.enumerated().reduce(UInt32(letters.count)) { entry, letter in
                entry | UInt32(letter.element) << UInt32(8 * (letter.offset + 1))
            }
        }
        if codePoints.contains(where: isLetter) { return undecided }
        let special = codePoints.map(gap(of:)).filter { $0 != gap }
        return special.isEmpty ? gap : special.count == codePoints.count && special.count == 1 ? special[0] : undecided
    }

    /// Whether a code point may compose or change places with its neighbours. Vowel signs of Arabic change places among
    /// themselves alone, and only their number counts.
    private static func isMark(_ codePoint: UInt32) -> Bool {
        (6...8).contains(UnicodeForms.category(codePoint)) && !(0x64B...0x652).contains(codePoint)
    }

    /// Whether a code point of case-folded text belongs to a word here; digits do not.
    static func isLetter(_ codePoint: UInt32) -> Bool {
        UnicodeForms.isWordCharacter(codePoint) && UnicodeForms.digit(codePoint) == nil
    }

    /// The letters that stand for a code point of case-folded text.
    static func written(_ codePoint: UInt32) -> [UInt32] {
        switch codePoint {
        case 0x153: [0x6F, 0x65]
        case 0xE6: [0x61, 0x65]
        default: [codePoint]
        }
    }

    /// What kind of gap a code point is that is no letter.
    static func gap(of codePoint: UInt32) -> UInt32 {
        switch codePoint {
        case 0x27, 0x2019, 0x2BC: apostrophe
        case 0xBF, 0xA1: spanish
        case 0x20: space
        case 0x3B, 0x3F, 0x21: highMark
        case 0x3A: colon
        default: gap
        }
    }
}
