public import SabilRecords

/// A stretch of a text that is in another language than the text as a whole.
public struct ForeignPassage: Sendable, Hashable {
    /// Which of the words placed it holds.
    public var words: Range<Int>
    /// Bytes of the text, from its first word to its last.
    public var utf8Range: Range<Int>
    public var language: Language
}

extension AnalysisSession {
    /// The tokens of a document's text, each passage by the chain of its own language: the summary in another language,
    /// the quotation, the bilingual notice.
    ///
    /// Queries, names and titles are too short to tell; for them there is `tokens(in:language:)`.
    /// - Returns: as `tokens(in:language:)`, positions running on through passages.
    /// - Throws: as `tokens(in:language:)`.
    /// - Complexity: that of `tokens(in:language:)`; passages that look foreign are read twice more.
    public mutating func documentTokens(in text: String, language: Language) throws(AnalysisError) -> [Token] {
        let tokens = try tokens(in: text, language: language)
        let passages = try foreignPassages(
            of: text, language: language, words: tokens.map { ($0.utf8Range, $0.isStopword) })
        guard !passages.isEmpty else { return tokens }
        var result: [Token] = []
        result.reserveCapacity(tokens.count)
        var next = 0
        for passage in passages {
            result += tokens[next..<passage.words.lowerBound]
            let start = passage.utf8Range.lowerBound
            for var token in try self.tokens(in: Self.part(of: text, passage.utf8Range), language: passage.language) {
                token.utf8Range = start + token.utf8Range.lowerBound..<start + token.utf8Range.upperBound
                result.append(token)
            }
            next = passage.words.upperBound
        }
        result += tokens[next...]
        for index in result.indices { result[index].position = index }
        return result
    }

    /// The passages of a text that are in another of the four languages, in order and without overlap.
    ///
    /// Running text in the language it was analysed in is two fifths function words (Arabic: a fifth, the others being
    /// written as one with the next word); only where there are far fewer is the language guessed, and the guess must
    /// be sure and find more of its own. See ``PassageRule`` for the numbers.
    /// - Parameters:
    ///   - language: that of the text as a whole; where it is `undetermined` every passage is guessed.
    ///   - words: of the text in that language, in order: their bytes, and whether they are function words.
    /// - Complexity: O(words) and the bytes of what looks foreign.
    public mutating func foreignPassages(
        of text: String, language: Language, words: [(utf8Range: Range<Int>, isStopword: Bool)]
    ) throws(AnalysisError) -> [ForeignPassage] {
        guard words.count >= PassageRule.leastWords else { return [] }
        var text = text
        text.makeContiguousUTF8()
        let passages = PassageRule.passages(of: text.utf8.span, words: words.map(\.utf8Range))
        func range(_ passage: Range<Int>) -> Range<Int> {
            words[passage.lowerBound].utf8Range.lowerBound..<words[passage.upperBound - 1].utf8Range.upperBound
        }
        var languages = [Language](repeating: language, count: passages.count)
        for (index, passage) in passages.enumerated() {
            let own = words[passage].count { $0.isStopword }
            guard
                language == .undetermined
                    || Double(own) < PassageRule.suspectShare(in: language) * Double(passage.count)
            else { continue }
            let part = Self.part(of: text, range(passage))
            let guess = detect(part, declared: nil)
            guard guess.language != .undetermined, guess.confidence >= PassageRule.leastConfidence else { continue }
            let share = PassageRule.leastShare(in: guess.language)
            let other = try stopwords(in: part, guess.language)
            if other.share >= share, other.count > own { languages[index] = guess.language }
        }
        guard languages.contains(where: { $0 != language }) else { return [] }
        // A sentence too short to be sure of goes with the foreign one beside it, if it has more of its function words.
        let order = Array(languages.indices)
        for (index, neighbour) in order.dropFirst().map({ ($0, $0 - 1) })
            + order.dropLast().reversed().map({ ($0, $0 + 1) })
        where languages[index] == language && languages[neighbour] != language {
            let own = words[passages[index]].count { $0.isStopword }
            let part = Self.part(of: text, range(passages[index]))
            if try stopwords(in: part, languages[neighbour]).count > own { languages[index] = languages[neighbour] }
        }
        var found: [ForeignPassage] = []
        for (index, passage) in passages.enumerated() where languages[index] != language {
            if let last = found.last, last.language == languages[index], last.words.upperBound == passage.lowerBound {
                let joined = last.words.lowerBound..<passage.upperBound
                found[found.count - 1] = ForeignPassage(
                    words: joined, utf8Range: range(joined), language: last.language)
            } else {
                found.append(ForeignPassage(words: passage, utf8Range: range(passage), language: languages[index]))
            }
        }
        return found
    }

    private mutating func stopwords(
        in text: String, _ language: Language
    ) throws(AnalysisError) -> (count: Int, share: Double) {
        let tokens = try tokens(in: text, language: language)
        let count = tokens.count { $0.isStopword }
        return (count, Double(count) / Double(max(tokens.count, 1)))
    }

    private static func part(of text: String, _ range: Range<Int>) -> String {
        let bytes = text.utf8
        let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
        let end = bytes.index(start, offsetBy: range.count)
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}

/// What a passage is, and when it is foreign.
enum PassageRule {
    /// Words of a passage at least.
    static let leastWords = 10
    static let leastConfidence = 0.95

    /// Below this share of function words a passage may be in another language. French and Spanish share many of theirs,
    /// so that a passage of the one still looks like a fifth of the other; of their own passages one in fifteen has fewer.
    static func suspectShare(in language: Language) -> Double {
        switch language {
        case .arabic: 0.06
        case .french, .spanish: 0.34
        case .english, .undetermined: 0.15
        }
    }

    /// The share of function words that a passage must have in the language guessed. Arabic writes many of its function
    /// words as part of the next.
    static func leastShare(in language: Language) -> Double { language == .arabic ? 0.05 : 0.2 }

    /// Stretches of words that end with a line or a sentence and are long enough to tell a language; what is left at the
    /// end of the text goes with the passage before it.
    static func passages(of text: borrowing Span<UInt8>, words: [Range<Int>]) -> [Range<Int>] {
        var passages: [Range<Int>] = []
        var start = 0
        for index in words.indices {
            let next = index + 1 < words.count ? words[index + 1].lowerBound : text.count
            guard index + 1 - start >= leastWords, endsPassage(text, from: words[index].upperBound, to: next) else {
                continue
            }
            passages.append(start..<index + 1)
            start = index + 1
        }
        if start < words.count {
            if words.count - start >= leastWords || passages.isEmpty {
                passages.append(start..<words.count)
            } else {
                passages[passages.count - 1] = passages[passages.count - 1].lowerBound..<words.count
            }
        }
        return passages
    }

    /// Whether a line or a sentence ends between two words: `\n`, `.`, `!`, `?`, `؟`, or a stroke between versions.
    private static func endsPassage(_ text: borrowing Span<UInt8>, from start: Int, to end: Int) -> Bool {
        guard start < end else { return false }
        for at in start..<end {
            switch text[at] {
            case 0x0A, 0x0D, 0x2E, 0x21, 0x3F, 0x2F, 0x7C: return true
            case 0x9F where at > start && text[at - 1] == 0xD8: return true
            default: break
            }
        }
        return false
    }
}
