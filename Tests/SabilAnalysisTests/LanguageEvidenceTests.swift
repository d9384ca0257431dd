import SabilRecords
import Testing

@testable import SabilAnalysis

/// The table and the memory of words are there for speed alone: both ways over a text see the same.
@Suite struct LanguageEvidenceTests {
    private static let chains = AnalysisSession.languages.map { LanguageChain(.profile(of: $0)) }
    private let detector = LanguageDetector(Self.chains, LetterTable())

    /// Texts of words, joints, vowel signs and noise, mostly of what the table decides.
    private static func text(_ random: inout RandomText) -> String {
        let pieces = [
            "the ", "l’été ", "L'", "qu’", "niño ", "¿", "¡", "’s ", "'s", "s", "œuvre ", "Æ", "ß", "ŉ", "İ", "ı", "ﬁ",
            "²",
            "١٢", "12", "…", "—", "\u{AD}", "\u{200D}", "\u{200F}", "الحِمايَة", "مُّ", "وّٰ", "ـ", "تأمین ", "e\u{301}", "ـٔ",
            "آ",
            "K", "Å", " ", "\n", "não ", "der ", "und ", "Σας ", "я ", "社会", "😀", "a.b", "ǆ",
            " : ", "\u{A0};", "?", " !", "\u{2048}",
        ]
        var text = ""
        for _ in 0..<(1 + random.generator.nextIndex(below: 60)) {
            switch random.generator.nextIndex(below: 8) {
            case 0: text += random.text(length: 3)
            case 1: text += random.joints(length: 3)
            default: text += pieces[random.generator.nextIndex(below: pieces.count)]
            }
        }
        return text
    }

    @Test(arguments: [11, .random(in: 0...UInt64.max)] as [UInt64])
    func `the table sees in a text what ICU sees, and memory changes nothing`(seed: UInt64) {
        var random = RandomText(seed: seed)
        var memory = WeighedWords()
        var decided = 0
        for round in 0..<800 {
            let text = Self.text(&random)
            var fresh = WeighedWords()
            let whole = detector.foldedEvidence(of: Array(text.utf8).span, words: &fresh)
            #expect(
                whole == detector.foldedEvidence(of: Array(text.utf8).span, words: &memory),
                "seed \(seed), round \(round)")
            guard let byTable = detector.decidedEvidence(of: Array(text.utf8).span, words: &memory) else { continue }
            decided += 1
            #expect(byTable == whole, "seed \(seed), round \(round): \(text)")
        }
        #expect(decided > 20, "the table decides texts at all")
    }

    @Test func `running texts of the four languages need no ICU`() throws {
        for text in [
            "The minister’s report — “cash transfers” in 2020…", "L’aide d’urgence aux ménages, où qu’ils soient",
            "¿Cuántos niños reciben la pensión?", "كَم عَدَدُ الأُسَر المُستفيدة؟",
        ] {
            var words = WeighedWords()
            #expect(detector.decidedEvidence(of: Array(text.utf8).span, words: &words) != nil, "\(text)")
        }
    }

    @Test func `elision, possessive and inverted marks are seen, and a text ends where reading does`() {
        var words = WeighedWords()
        let evidence = detector.evidence(of: "l’eau d'or the minister’s ¿qué? l’s", words: &words)
        #expect(evidence.elisions == 3 && evidence.possessives == 1 && evidence.hasSpanishPunctuation)
        let long = detector.evidence(of: String(repeating: "é ", count: 20_000), words: &words)
        #expect(long.words == LanguageDetector.maximumWords)
        let glued = detector.evidence(of: "a" + String(repeating: "é", count: 20_000), words: &words)
        #expect(
            glued.latinLetters == 1 + LanguageDetector.maximumBytes / 2, "the byte limit, to the end of a code point")
    }

    @Test func `a space before a high mark is French, whatever space it is, and behind a word only`() {
        var words = WeighedWords()
        for text in ["Pourquoi\u{A0}?", "Oui\u{202F}!", "un  ; deux"] {
            #expect(detector.evidence(of: text, words: &words).hasFrenchSpacing, "\(text)")
        }
        for text in ["Authorization:", "12 :", "why? :", "a - : b", " : a", "a; b"] {
            let evidence = detector.evidence(of: text, words: &words)
            #expect(!evidence.hasFrenchSpacing && !evidence.hasSpacedColon, "\(text)")
        }
        let colon = detector.evidence(of: "Autorisation :", words: &words)
        #expect(colon.hasSpacedColon && !colon.hasFrenchSpacing, "library titles of any language write so")
    }

    @Test func `more words than the memory holds are weighed as before`() {
        var memory = WeighedWords()
        for round in 0..<3 {
            for number in 0..<9000 {
                let letters = String(number, radix: 26).utf8.map { $0 < 0x3A ? $0 + 0x41 : $0 }
                // Some longer than what lies in place.
                let word = number % 100 == 0 ? [UInt8](repeating: 0x61, count: 103 + number / 100) + letters : letters
                var key = WeighedWords.Key()
                for byte in word { key.append(byte) }
                var seen: Int32?
                memory.with(key) { letters in
                    WordEvidence(letters: letters)
                } use: { word in
                    seen = word.latinLetters
                }
                #expect(seen == Int32(word.count), "round \(round), word \(number)")
            }
        }
    }
}
