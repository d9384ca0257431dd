import SabilRecords

/// Tells the language of a text by script, function words, letter sequences and, on long text, CLD2.
///
/// Each word of a Latin text adds to three scores, natural logarithms of how likely the languages are: 2 for a function
/// word or domain word of one language, 1.2 for one of two, a quarter of its letter triples' weights, less for those;
/// elision speaks for French, ’s for English, ¿ and ¡ for Spanish. The softmax of the scores needs no calibration: of
/// guesses above 0.9 on titles and questions of 2 to 5 words, 99 % were right.
struct LanguageDetector: Sendable {
    /// Words that are read at most; more tell nothing new.
    private static let maximumWords = 300
    /// Bytes that are read at most.
    private static let maximumBytes = 1 << 14
    /// From how many words on CLD2 is asked.
    private static let longText = 20
    /// Least probability for a guess to be made.
    private static let leastConfidence = 0.55
    /// Least probability for a language to be plausible for a query.
    private static let leastPlausible = 0.05

    private static let latin: [Language] = [.english, .french, .spanish]
    /// Function words that none of our languages has, of those likeliest to be mistaken for one of ours (Portuguese,
    /// Italian, German, Dutch); written for Sabil.
    private static let foreignWords: Set<String> = Set(
        """
        nao uma um dos das pelo pela ao aos sao com em mais seu sua voce quais il gli che di della dei delle nella \
        sono degli alla und der das die ist mit fur von dem den zu auf nicht eine ein im het een van voor niet zijn op
        """.split(separator: " ").map(String.init))

    /// Function words and words of the domain, folded, in the order of `latin`.
    private let tellingWords: [Set<String>]
    private let triples: [UInt64: SIMD4<Int8>]

    /// - Parameter chains: those of the known languages at least.
    init(_ chains: [LanguageChain]) {
        let domain = [DomainWords.english, DomainWords.french, DomainWords.spanish]
        tellingWords = zip(Self.latin, domain).map { language, words in
            let chain = chains.first { $0.profile.language == language }
            let functionWords =
                chain.map {
                    Set($0.listed.filter { $0.value.isStopword || $0.value.isQuestionWord }.keys)
                } ?? []
            return functionWords.union(words.split(separator: " ").map(String.init))
        }
        triples = LetterSequences.table()
    }

    /// - Returns: the declared language when it has a chain, with what contradicts it; else the best guess.
    func guess(_ text: String, declared: Language?) -> LanguageGuess {
        let seen = guess(text)
        guard let declared, declared != .undetermined else { return seen.guess }
        var guess = LanguageGuess(language: declared, confidence: 0.95, plausible: [declared])
        if seen.guess.language == declared {
            guess.confidence = max(guess.confidence, seen.guess.confidence)
        } else if seen.guess.language != .undetermined, seen.guess.confidence >= 0.95, seen.words >= 5 {
            guess.contradiction = seen.guess.language
            guess.confidence = 1 - seen.guess.confidence
            guess.plausible.append(seen.guess.language)
        }
        return guess
    }

    private func guess(_ text: String) -> (guess: LanguageGuess, words: Int) {
        let evidence = LetterEvidence(text, maximumBytes: Self.maximumBytes, maximumWords: Self.maximumWords)
        let words = evidence.words.count
        let letters = evidence.arabicLetters + evidence.latinLetters + evidence.otherLetters
        guard letters > 0 else {
            return (LanguageGuess(language: .undetermined, confidence: 0, plausible: Language.known), 0)
        }
        if evidence.arabicLetters * 2 > letters { return (arabicGuess(evidence, letters), words) }
        guard evidence.latinLetters * 2 > letters else {
            return (LanguageGuess(language: .undetermined, confidence: 0, plausible: Language.known), words)
        }
        var guess = latinGuess(evidence)
        if words >= Self.longText { reconsider(&guess, evidence) }
        if evidence.arabicLetters > 0 { guess.plausible.append(.arabic) }
        return (guess, words)
    }

    private func arabicGuess(_ evidence: LetterEvidence, _ letters: Int) -> LanguageGuess {
        // Persian, Urdu and Pashto letters: one in thirty cannot be a name in Arabic text.
        if evidence.foreignArabicLetters * 30 > evidence.arabicLetters {
            return LanguageGuess(language: .undetermined, confidence: 0, plausible: [.arabic])
        }
        var plausible: [Language] = [.arabic]
        if evidence.latinLetters > 0 { plausible += latinGuess(evidence).plausible }
        return LanguageGuess(
            language: .arabic, confidence: 0.9 + 0.09 * Double(evidence.arabicLetters) / Double(letters),
            plausible: plausible)
    }

    private func latinGuess(_ evidence: LetterEvidence) -> LanguageGuess {
        var scores = SIMD4<Double>(repeating: 0)
        var foreign = 0.0
        for word in evidence.words where word.script == .latin {
            let isForeign = Self.foreignWords.contains(word.folded)
            if isForeign { foreign += 2 }
            var members = 0
            for index in tellingWords.indices where tellingWords[index].contains(word.folded) { members += 1 }
            if members == 1 || members == 2 {
                for index in tellingWords.indices where tellingWords[index].contains(word.folded) {
                    scores[index] += members == 1 ? 2 : 1.2
                }
            }
            var sum = SIMD4<Int16>(repeating: 0)
            var (before, last): (UInt32, UInt32) = (0, 0x5F)
            for letter in word.letters + [0x5F] {
                if before != 0, let weights = triples[LetterSequences.key(before, last, letter)] {
                    sum &+= SIMD4<Int16>(truncatingIfNeeded: weights)
                }
                (before, last) = (last, letter)
            }
            let scale = (members > 0 || isForeign ? 0.3 : 1) * 0.25 / 4
            for index in 0..<3 { scores[index] += Double(sum[index]) * scale }
        }
        scores[0] += 2 * Double(min(evidence.possessives, 2))
        scores[1] += 2 * Double(min(evidence.elisions, 2))
        scores[2] += evidence.hasSpanishPunctuation ? 4 : 0
        foreign += 2 * Double(evidence.foreignLatinLetters)
        return Self.guess(scores, foreign: foreign)
    }

    private static func guess(_ scores: SIMD4<Double>, foreign: Double) -> LanguageGuess {
        let best = max(scores[0], scores[1], scores[2])
        var weights = (0..<3).map { exponential(scores[$0] - best) }
        // Nothing speaks for any of the three when all scores are equal; a foreign word speaks against all.
        let total = weights.reduce(0, +) + (foreign > 0 ? exponential(min(foreign - best, 20)) : 0)
        weights = weights.map { $0 / total }
        let order = [0, 1, 2].sorted { (weights[$0], $1) > (weights[$1], $0) }
        var plausible = order.filter { weights[$0] >= leastPlausible }.map { latin[$0] }
        if plausible.isEmpty { plausible = order.map { latin[$0] } }
        let confidence = weights[order[0]]
        guard confidence >= leastConfidence else {
            return LanguageGuess(language: .undetermined, confidence: 0, plausible: plausible)
        }
        return LanguageGuess(language: latin[order[0]], confidence: min(confidence, 0.999), plausible: plausible)
    }

    /// Weighs CLD2's opinion of a long text: it knows the languages that have no chain here.
    private func reconsider(_ guess: inout LanguageGuess, _ evidence: LetterEvidence) {
        guard let opinion = LongTextDetector.guess(evidence.original.span, isShort: false), opinion.share >= 0.5 else {
            return
        }
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
