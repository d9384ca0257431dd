/// What the beginning of a text shows of its language, added up word by word.
struct LanguageEvidence: Equatable {
    private(set) var words = 0
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
    var hasSpanishPunctuation = false
    /// A space between a word and a semicolon, question or exclamation mark.
    private(set) var hasFrenchSpacing = false
    /// A space between a word and a colon.
    private(set) var hasSpacedColon = false
    /// Whether nothing but spaces came since a word.
    private var isSpaced = false
    /// What the words say for English, French and Spanish, as logarithms; the fourth is unused.
    private(set) var scores = SIMD4<Double>(repeating: 0)
    /// What they say for a language that has no chain here.
    private(set) var foreignScore = 0.0
    /// How the word that an apostrophe ended begins what follows; `nil` when none did.
    private var beforeApostrophe: WordEvidence.Head?

    var letters: Int { latinLetters + arabicLetters + otherLetters }

    /// How the last word ended, by the number of ``EndingPairs``; 0 before the first.
    private(set) var lastEnding: UInt16 = 0

    /// Adds a word, what it says behind the one before it, and whether an apostrophe stands right behind it.
    @inline(__always)
    mutating func add(_ word: borrowing WordEvidence, _ pair: SIMD4<Double>, endsInApostrophe: Bool) {
        words += 1
        latinLetters += Int(word.latinLetters)
        arabicLetters += Int(word.arabicLetters)
        otherLetters += Int(word.otherLetters)
        foreignArabicLetters += Int(word.foreignArabicLetters)
        foreignLatinLetters += Int(word.foreignLatinLetters)
        // In this order, that the sums are the same to the last bit on whatever way a word came.
        scores += word.listed
        scores += word.sequences
        scores += pair
        foreignScore += word.foreign
        switch beforeApostrophe {
        case .elided: elisions += 1
        case .other where word.isLetterS: possessives += 1
        default: break
        }
        beforeApostrophe = endsInApostrophe ? word.head : nil
        isSpaced = false
        lastEnding = word.ending
    }

    /// Something that is no word stands behind something that is none.
    @inline(__always)
    mutating func addGap() { beforeApostrophe = nil }

    /// What stands behind a word, and behind that.
    @inline(__always)
    mutating func addSpacing(_ gap: UInt32, behindWord: Bool) {
        if gap == EvidenceTable.highMark, isSpaced { hasFrenchSpacing = true }
        if gap == EvidenceTable.colon, isSpaced { hasSpacedColon = true }
        isSpaced = gap == EvidenceTable.space && (behindWord || isSpaced)
    }
}

/// What one word says, whatever stands beside it.
struct WordEvidence {
    /// What a word can be before an apostrophe.
    enum Head {
        /// What French elides: `l`, `qu` …
        case elided
        case other
    }

    private(set) var latinLetters: Int32 = 0
    private(set) var arabicLetters: Int32 = 0
    private(set) var otherLetters: Int32 = 0
    private(set) var foreignArabicLetters: Int32 = 0
    private(set) var foreignLatinLetters: Int32 = 0
    private(set) var isLatin = false
    private(set) var isLetterS = false
    private(set) var head = Head.other
    /// By its place in lists of function words and words of the domain.
    var listed = SIMD4<Double>(repeating: 0)
    /// By its letter triples.
    var sequences = SIMD4<Double>(repeating: 0)
    var foreign = 0.0
    /// By its number in ``EndingPairs``.
    var ending: UInt16 = 0

    private static let elided: Set<String> = [
        "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu",
    ]

    /// Counts the letters of a word; what lists and triples say is for ``LanguageDetector`` to add.
    /// - Parameter letters: code points in normal form.
    init(letters: [UInt32]) {
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
        isLatin =
            arabicLetters == 0 && letters.contains { (0x61...0x7A).contains($0) || (0xC0...0x24F).contains($0) }
    }

    /// Notes what a Latin word can be beside an apostrophe, by its folded form.
    mutating func note(folded: String) {
        isLetterS = folded == "s"
        head = Self.elided.contains(folded) ? .elided : .other
    }
}
