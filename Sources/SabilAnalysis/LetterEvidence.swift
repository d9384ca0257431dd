/// What the beginning of a text shows of its language: words, letters by script, and tell-tale punctuation.
struct LetterEvidence {
    enum Script {
        case latin
        case arabic
        case other
    }

    struct Word {
        /// Code points in normal form, after an edge mark.
        var letters: [UInt32]
        var folded: String
        var script: Script
    }

    /// The bytes that were read.
    private(set) var original: [UInt8] = []
    private(set) var words: [Word] = []
    private(set) var latinLetters = 0
    private(set) var arabicLetters = 0
    private(set) var otherLetters = 0
    /// Letters of Persian, Urdu, Pashto … that Arabic does not have.
    private(set) var foreignArabicLetters = 0
    /// Latin letters that none of English, French and Spanish has.
    private(set) var foreignLatinLetters = 0
    /// `l’`, `qu’` … before a letter.
    private(set) var elisions = 0
    /// `’s` after a letter.
    private(set) var possessives = 0
    private(set) var hasSpanishPunctuation = false

    private static let elided: Set<String> = [
        "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu",
    ]

    init(_ text: String, maximumBytes: Int, maximumWords: Int) {
        var end = 0
        for byte in text.utf8 {
            if original.count >= maximumBytes, byte & 0xC0 != 0x80 { break }
            original.append(byte)
            end += 1
        }
        // Should ICU fail, the text shows nothing here, and analysing it reports why.
        guard let folded = try? UnicodeForms.caseFolded(original.span) else { return }
        var letters: [UInt32] = []
        var beforeApostrophe: String?
        for codePoint in UTF8Bytes.codePoints(folded) + [0x20] {
            if UnicodeForms.isWordCharacter(codePoint), UnicodeForms.digit(codePoint) == nil {
                switch codePoint {
                case 0x153: letters += [0x6F, 0x65]
                case 0xE6: letters += [0x61, 0x65]
                default: letters.append(codePoint)
                }
                continue
            }
            if !letters.isEmpty {
                let word = note(letters)
                if let head = beforeApostrophe {
                    if word == "s", !Self.elided.contains(head) { possessives += 1 }
                    if Self.elided.contains(head) { elisions += 1 }
                }
                beforeApostrophe = [0x27, 0x2019, 0x2BC].contains(codePoint) ? word : nil
                letters = []
                if words.count >= maximumWords { break }
            } else {
                beforeApostrophe = nil
            }
            if codePoint == 0xBF || codePoint == 0xA1 { hasSpanishPunctuation = true }
        }
    }

    private mutating func note(_ letters: [UInt32]) -> String {
        var script = Script.other
        for letter in letters {
            switch letter {
            case 0x61...0x7A: latinLetters += 1
            case 0xC0...0x24F, 0x1E00...0x1EFF:
                latinLetters += 1
                switch letter {
                case 0xE0, 0xE1, 0xE2, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xED, 0xEE, 0xEF, 0xF1, 0xF3, 0xF4, 0xF9, 0xFA,
                    0xFB, 0xFC, 0xFF:
                    break
                default: foreignLatinLetters += 1
                }
            case 0x600...0x6FF:
                arabicLetters += 1
                switch letter {
                case 0x67E, 0x686, 0x698, 0x6AF, 0x6CC, 0x6A9, 0x679, 0x688, 0x691, 0x6BA, 0x6BE, 0x6C1, 0x6D2, 0x6D0,
                    0x67C, 0x689, 0x693, 0x69A, 0x6BC:
                    foreignArabicLetters += 1
                default: break
                }
            default: otherLetters += 1
            }
        }
        if letters.contains(where: { (0x61...0x7A).contains($0) || (0xC0...0x24F).contains($0) }) { script = .latin }
        if letters.contains(where: { (0x600...0x6FF).contains($0) }) { script = .arabic }
        var bytes: [UInt8] = []
        for letter in letters { UTF8Bytes.append(letter, to: &bytes) }
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        let folded = isASCII ? bytes : (try? WordForms.folded(bytes.span)) ?? bytes  // as above
        let word = String(decoding: folded, as: UTF8.self)
        words.append(Word(letters: letters, folded: word, script: script))
        return word
    }
}
