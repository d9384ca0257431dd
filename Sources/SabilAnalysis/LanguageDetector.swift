import SabilRecords

/// Tells the language of a text by script, known words, letter sequences, pairs of endings and, on long text, CLD2.
///
/// Each word of a Latin text adds to three scores, natural logarithms of how likely the languages are: 2 for a function
/// word, domain word or word of the field of one language, 1.2 for one of two (2.5 where these are French and Spanish, which
/// share most), six tenths of its letter triples' weights, less for function and domain words; and the weight of its ending
/// behind that of the word before. Elision and a space before a high mark speak for French, ’s for English, ¿ and ¡ for
/// Spanish. The softmax of the scores is the confidence.
struct LanguageDetector: Sendable {
    /// Words that are read at most; more tell nothing new.
    static let maximumWords = 300
    /// Bytes that are read at most, to the end of a code point.
    static let maximumBytes = 1 << 14
    /// From how many words on CLD2 is asked.
    private static let longText = 20
    /// Least probability for a guess to be made.
    private static let leastConfidence = 0.6
    /// The same for a single word, where .6 is wrong for 3 to 6 of a hundred words of queries (*rent* for French), this for at
    /// most one; benchmarks/analysis has the table.
    private static let leastWordConfidence = 0.8
    /// Least probability for a language to be plausible for a query.
    private static let leastPlausible = 0.05

    private static let latin: [Language] = [.english, .french, .spanish]
    /// By bits in that order.
    private static let frenchAndSpanish: UInt8 = 0b110
    /// Function words that none of our languages has, of those likeliest to be mistaken for one of ours (Portuguese,
    /// Italian, German, Dutch); written for Sabil.
    private static let foreignWords: Set<String> = Set(
        """
        nao uma um dos das pelo pela ao aos sao com em mais seu sua voce quais il gli che di della dei delle nella \
        sono degli alla und der das die ist mit fur von dem den zu auf nicht eine ein im het een van voor niet zijn op
        """.split(separator: " ").map(String.init))

    /// Function words of two languages that are far more frequent in one: articles of French, pronouns of Spanish; and à,
    /// which folds to a word of all three.
    private static let leaning: [[UInt32]: SIMD4<Double>] = [
        [0x6C, 0x65]: [0, 2, 0.2, 0],  // le
        [0x6C, 0x65, 0x73]: [0, 2, 0.2, 0],  // les
        [0xE0]: [0, 2, 0, 0],
    ]

    /// What lists say of a word: in which of the three languages it is a function word or one of the domain, by bits in
    /// the order of `latin`, in which it is one of ``FieldWords``, and whether it is one of ``foreignWords``.
    private let tellingWords: [String: TellingWord]
    private let triples = LetterSequences()
    let endingPairs = EndingPairs()
    private let letterTable: LetterTable
    let table = EvidenceTable()

    private struct TellingWord {
        var languages: UInt8 = 0
        var field: UInt8 = 0
        var isForeign = false
    }

    /// - Parameter chains: those of the known languages at least.
    init(_ chains: [LanguageChain], _ letterTable: LetterTable) {
        self.letterTable = letterTable
        var tellingWords: [String: TellingWord] = [:]
        for word in Self.foreignWords { tellingWords[word] = TellingWord(isForeign: true) }
        let field = [FieldWords.english, FieldWords.french, FieldWords.spanish]
        for (index, words) in field.enumerated() {
            for word in words.split(separator: " ") {
                tellingWords[String(word), default: TellingWord()].field = 1 << UInt8(index)
            }
        }
        let domain = [DomainWords.english, DomainWords.french, DomainWords.spanish]
        for (index, (language, domainWords)) in zip(Self.latin, domain).enumerated() {
            let listed = chains.first { $0.profile.language == language }?.listed ?? [:]
            let functionWords = listed.filter { $0.value.isStopword || $0.value.isQuestionWord }.keys
            for word in functionWords + domainWords.split(separator: " ").map(String.init) {
                tellingWords[word, default: TellingWord()].languages |= 1 << UInt8(index)
            }
        }
        self.tellingWords = tellingWords
    }

    /// - Returns: the declared language when it has a chain, with what contradicts it; else the best guess.
    func guess(_ text: String, declared: Language?, words: inout WeighedWords) -> LanguageGuess {
        let evidence = evidence(of: text, words: &words)
        var seen = guess(evidence)
        guard let declared, declared != .undetermined else {
            guard Self.isLatin(evidence), !Self.isArabic(evidence) else { return seen }
            reconsider(&seen, evidence, text)
            if evidence.arabicLetters > 0 { seen.plausible.append(.arabic) }
            return seen
        }
        var guess = LanguageGuess(language: declared, confidence: 0.95, plausible: [declared])
        if seen.language == declared {
            guess.confidence = max(guess.confidence, seen.confidence)
        } else if Self.contradicts(seen, evidence) {
            // CLD2 costs more than all the rest, and can only take a contradiction away.
            reconsider(&seen, evidence, text)
            guard Self.contradicts(seen, evidence) else { return guess }
            guess.contradiction = seen.language
            guess.confidence = 1 - seen.confidence
            guess.plausible.append(seen.language)
        }
        return guess
    }

    private static func contradicts(_ guess: LanguageGuess, _ evidence: LanguageEvidence) -> Bool {
        guess.language != .undetermined && guess.confidence >= 0.95 && evidence.words >= 5
    }

    /// The guess without CLD2.
    private func guess(_ evidence: LanguageEvidence) -> LanguageGuess {
        let none = LanguageGuess(language: .undetermined, confidence: 0, plausible: Language.known)
        if evidence.letters == 0 { return none }
        if Self.isArabic(evidence) { return arabicGuess(evidence) }
        return Self.isLatin(evidence) ? latinGuess(evidence) : none
    }

    private static func isArabic(_ evidence: LanguageEvidence) -> Bool { evidence.arabicLetters * 2 > evidence.letters }
    private static func isLatin(_ evidence: LanguageEvidence) -> Bool { evidence.latinLetters * 2 > evidence.letters }

    private func arabicGuess(_ evidence: LanguageEvidence) -> LanguageGuess {
        // Persian, Urdu and Pashto letters: one in thirty cannot be a name in Arabic text.
        if evidence.foreignArabicLetters * 30 > evidence.arabicLetters {
            return LanguageGuess(language: .undetermined, confidence: 0, plausible: [.arabic])
        }
        var plausible: [Language] = [.arabic]
        if evidence.latinLetters > 0 { plausible += latinGuess(evidence).plausible }
        return LanguageGuess(
            language: .arabic, confidence: 0.9 + 0.09 * Double(evidence.arabicLetters) / Double(evidence.letters),
            plausible: plausible)
    }

    private func latinGuess(_ evidence: LanguageEvidence) -> LanguageGuess {
        var scores = evidence.scores
        scores[0] += 2 * Double(min(evidence.possessives, 2))
        // Library titles of any language set a space before their colon.
        let spacing = evidence.hasFrenchSpacing ? 2 : evidence.hasSpacedColon ? 0.7 : 0
        scores[1] += 2 * Double(min(evidence.elisions, 2)) + spacing
        scores[2] += evidence.hasSpanishPunctuation ? 4 : 0
        return Self.guess(
            scores, foreign: evidence.foreignScore + 2 * Double(evidence.foreignLatinLetters),
            least: evidence.words == 1 ? Self.leastWordConfidence : Self.leastConfidence)
    }

    /// What a word says by itself.
    /// - Parameter letters: its code points in normal form.
    func weighed(_ letters: [UInt32]) -> WordEvidence {
        var word = WordEvidence(letters: letters)
        guard word.isLatin else { return word }
        let folded = folded(letters)
        word.note(folded: folded)
        let listed = tellingWords[folded] ?? TellingWord()
        if listed.isForeign { word.foreign = 2 }
        let members = listed.languages.nonzeroBitCount
        if members == 1 || members == 2 {
            for index in 0..<3 where listed.languages & 1 << UInt8(index) != 0 {
                word.listed[index] = members == 1 ? 2 : listed.languages == Self.frenchAndSpanish ? 2.5 : 1.2
            }
        }
        for index in 0..<3 where members == 0 && listed.field & 1 << UInt8(index) != 0 { word.listed[index] = 2 }
        if let leaning = Self.leaning[letters] { word.listed = leaning }
        let sum = triples.sum(over: letters)
        let scale = (members > 0 || listed.isForeign ? 0.3 : 1) * 0.6 / 4
        for index in 0..<3 { word.sequences[index] = Double(sum[index]) * scale }
        word.ending = endingPairs.number(of: letters)
        return word
    }

    /// The folded form of a word, by the table where it decides.
    private func folded(_ letters: [UInt32]) -> String {
        var bytes: [UInt8] = []
        for letter in letters {
            let entry = letter < 0x250 ? letterTable.folded[Int(letter)] : LetterTable.undecided
            guard entry != LetterTable.undecided else {
                let bytes = letters.reduce(into: [UInt8]()) { UTF8Bytes.append($1, to: &$0) }
                // Should ICU fail, the word stands for itself here, and analysing it reports why.
                return String(decoding: (try? WordForms.folded(bytes.span)) ?? bytes, as: UTF8.self)
            }
            LetterTable.append(entry, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func guess(_ scores: SIMD4<Double>, foreign: Double, least: Double) -> LanguageGuess {
        let best = max(scores[0], scores[1], scores[2])
        var weights = (0..<3).map { exponential(scores[$0] - best) }
        // Nothing speaks for any of the three when all scores are equal; a foreign word speaks against all.
        let total = weights.reduce(0, +) + (foreign > 0 ? exponential(min(foreign - best, 20)) : 0)
        weights = weights.map { $0 / total }
        let order = [0, 1, 2].sorted { (weights[$0], $1) > (weights[$1], $0) }
        var plausible = order.filter { weights[$0] >= leastPlausible }.map { latin[$0] }
        if plausible.isEmpty { plausible = order.map { latin[$0] } }
        let confidence = weights[order[0]]
        guard confidence >= least else {
            return LanguageGuess(language: .undetermined, confidence: 0, plausible: plausible)
        }
        return LanguageGuess(language: latin[order[0]], confidence: min(confidence, 0.999), plausible: plausible)
    }

    /// Weighs CLD2's opinion of a long text: it knows the languages that have no chain here.
    private func reconsider(_ guess: inout LanguageGuess, _ evidence: LanguageEvidence, _ text: String) {
        guard evidence.words >= Self.longText, Self.isLatin(evidence), !Self.isArabic(evidence) else { return }
        let beginning = Self.beginning(of: text)
        guard let opinion = LongTextDetector.guess(beginning.span, isShort: false), opinion.share >= 0.5 else { return }
        let seen = Language(bcp47: opinion.code) ?? .undetermined
        if seen == guess.language { return }
        if guess.language == .undetermined, seen != .undetermined {
            guess = LanguageGuess(language: seen, confidence: 0.8, plausible: [seen])
        } else if seen == .undetermined, opinion.share >= 0.7 {
            guess = LanguageGuess(language: .undetermined, confidence: 0, plausible: guess.plausible)
        } else {
            guess.confidence = min(guess.confidence, 0.7)
            if seen != .undetermined, !guess.plausible.contains(seen) { guess.plausible.append(seen) }
        }
    }

    /// e to the power of `x` for x ≤ 20, within 1e-9 relative: the same on every machine, unlike a library's.
    private static func exponential(_ x: Double) -> Double {
        guard x > -40 else { return 0 }
        var power = 1.0
        var term = 1.0
        let reduced = x / 64
        for step in 1...12 {
            term *= reduced / Double(step)
            power += term
        }
        for _ in 0..<6 { power *= power }
        return power
    }
}
