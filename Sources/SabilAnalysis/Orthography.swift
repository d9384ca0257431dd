/// The rewrites that make two spellings of a word one, beyond NFKC and case folding.
///
/// Normal form (what stemmers read): tatweel, tashkeel and letter-like apostrophes of transliteration removed, digits
/// of every script in ASCII, Arabic separators of numbers as `.` and `,`, œ → oe, æ → ae.
///
/// Folded form (what is matched), besides:
/// - non-spacing marks removed from Latin, Greek, Cyrillic, Hebrew and Arabic letters: é → e; but ñ is a letter of its own
///   (año is not ano), which stems alone fold to n;
/// - letters with a stroke and their like: ø → o, đ ð → d, ħ → h, ł → l, ı → i, þ → th;
/// - Arabic: أ إ آ ٱ → ا, ى ی → ي, ة ۀ → ه, ک → ك. Hamza on waw and yeh stays.
struct Orthography: Sendable, Hashable {
    static let standard = Orthography()

    var foldsAccents = true
    var foldsArabic = true
    var dropsArabicMarks = true

    /// Whether a code point can stand in a term: a letter, mark, decimal digit or letter numeral. U+02BC is a letter by
    /// category, yet an apostrophe wherever we meet it (ŉ holds one).
    static func isWordCharacter(_ codePoint: UInt32) -> Bool {
        codePoint != 0x02BC && UnicodeForms.isWordCharacter(codePoint)
    }

    /// Whether the normal form drops a code point.
    func isDropped(_ codePoint: UInt32) -> Bool {
        switch codePoint {
        case 0x0600...0x08FF where !dropsArabicMarks: false
        case 0x0640,  // tatweel
            0x064B...0x0652, 0x0656...0x065F, 0x0670, 0x0610...0x061A, 0x06D6...0x06DC, 0x06DF...0x06E4,
            0x06E7, 0x06E8, 0x06EA...0x06ED, 0x08D3...0x08FF,  // tashkeel and Quranic signs
            0x02B9...0x02BB, 0x02BD...0x02BF:  // ʾ ʿ and their like
            true
        default: false
        }
    }

    /// What the normal form writes for a case-folded code point, if not itself.
    func normal(_ codePoint: UInt32) -> [UInt32]? {
        if isDropped(codePoint) { return [] }
        switch codePoint {
        case 0x0153: return [0x6F, 0x65]
        case 0x00E6: return [0x61, 0x65]
        case 0x066B: return [0x2E]
        case 0x066C: return [0x2C]
        case 0..<0x80: return nil
        default: return UnicodeForms.digit(codePoint).map { [0x30 + UInt32($0)] }
        }
    }

    /// What the folded form writes for a composed code point, if not itself.
    func folded(_ codePoint: UInt32) -> [UInt32]? {
        let isArabic = codePoint >= 0x0600 && codePoint < 0x0700
        guard isArabic ? foldsArabic : foldsAccents else { return nil }
        return switch codePoint {
        case 0x0622, 0x0623, 0x0625, 0x0671: [0x0627]
        case 0x0649, 0x06CC: [0x064A]
        case 0x0629, 0x06C0, 0x06D5: [0x0647]
        case 0x06A9: [0x0643]
        case 0x00E6: [0x61, 0x65]  // ǽ is æ once its accent is gone
        case 0x00F8: [0x6F]
        case 0x0111, 0x00F0: [0x64]
        case 0x0127: [0x68]
        case 0x0142: [0x6C]
        case 0x0131: [0x69]
        case 0x00FE: [0x74, 0x68]
        case 0x0653...0x0655: []  // madda and hamza that composed with no letter
        default: nil
        }
    }

    /// Whether the folded form drops a code point of a decomposed word, given the one that stands before it.
    func isFoldedAway(_ codePoint: UInt32, after before: UInt32) -> Bool {
        if codePoint == 0x0303, before == 0x6E { return false }  // ñ
        guard codePoint >= 0x0300, UnicodeForms.isMark(codePoint) else { return false }
        let isArabic = codePoint >= 0x0600 && codePoint < 0x0900
        guard isArabic ? dropsArabicMarks : foldsAccents else { return false }
        switch codePoint {
        case 0x0653...0x0655: return false  // composes first: ؤ and ئ keep their hamza
        case 0x3099, 0x309A: return false  // voicing of kana makes another letter
        default: break
        }
        return ["Zinh", "Latn", "Grek", "Cyrl", "Hebr", "Arab"].contains(UnicodeForms.script(codePoint))
    }
}
