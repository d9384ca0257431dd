public import SabilRecords

/// A word that texts also write as two, or two that they also write as one: what a query may ask the index for besides.
///
/// Documents know nothing of it: a hyphen parts words there, `non-contributory` and `non contributory` are the same two.
public struct CompoundForm: Sendable, Hashable {
    /// Which words of the text it stands for: a pair of neighbours, or one.
    public var words: Range<Int>
    /// Bytes of the text from the first of them to the end of the last.
    public var utf8Range: Range<Int>
    public var spelling: Spelling

    /// How else it is written.
    public enum Spelling: Sendable, Hashable {
        /// As one word, in the spelling of the text; `hasHyphen` when a hyphen joins the two there.
        case joined(String, hasHyphen: Bool)
        /// As two words: folded, first and second, one pair for each place where it can be parted.
        case parted([[String]])
    }
}

/// Another spelling with what an index would have it under.
public struct ExplainedCompound: Sendable, Hashable {
    public var form: CompoundForm
    /// Range in UTF-16 units of the original text, as browsers count.
    public var utf16Range: Range<Int>
    /// The joined form as a word; its range and position say nothing. `nil` for a parted one.
    public var joined: Token?

    /// The other spellings as they would be typed.
    public var texts: [String] {
        switch form.spelling {
        case .joined(let text, _): [text]
        case .parted(let partings): partings.map { $0.joined(separator: " ") }
        }
    }
}

extension AnalysisSession {
    /// How else the words of a text may be written, for people who ask why a query finds what it does not say.
    ///
    /// - Parameter words: those of the text, explained in the language.
    /// - Throws: as `tokens(in:language:)`.
    public mutating func explainCompounds(
        of words: [ExplainedToken], in text: String, language: Language
    ) throws(AnalysisError) -> [ExplainedCompound] {
        var explained: [ExplainedCompound] = []
        for form in compounds(of: words.map(\.token), in: text, language: language) {
            var joined: Token?
            if case .joined(let text, _) = form.spelling { joined = try tokens(in: text, language: language).first }
            let range =
                words[form.words.lowerBound].utf16Range
                .lowerBound..<words[form.words.upperBound - 1].utf16Range
                .upperBound
            explained.append(ExplainedCompound(form: form, utf16Range: range, joined: joined))
        }
        return explained
    }

    /// How else the words of a text may be written, in order of place: in Latin script only.
    ///
    /// Neighbours are joined when a hyphen stands between them, or a space and both are content words; words of five letters and
    /// more are parted where both parts have three letters, or the first is a head such as `non` or `co`, and neither
    /// is a function word. Which of it anyone writes is for an index to say.
    ///
    /// - Parameter tokens: those of the text in the language.
    /// - Complexity: O(letters²) of the longest word, at most 64.
    public borrowing func compounds(of tokens: [Token], in text: String, language: Language) -> [CompoundForm] {
        var text = text
        text.makeContiguousUTF8()
        let bytes = text.utf8.span
        var forms: [CompoundForm] = []
        for (index, token) in tokens.enumerated() {
            let parts = partings(of: token, language)
            if !parts.isEmpty {
                forms.append(
                    CompoundForm(words: index..<index + 1, utf8Range: token.utf8Range, spelling: .parted(parts)))
            }
            guard index + 1 < tokens.count else { continue }
            let next = tokens[index + 1]
            let gap = token.utf8Range.upperBound..<max(token.utf8Range.upperBound, next.utf8Range.lowerBound)
            guard let joint = CompoundLetters.joint(bytes, gap), isJoinable(token, next, joint, language) else {
                continue
            }
            var joined: [UInt8] = []
            for at in token.utf8Range { joined.append(bytes[at]) }
            for at in next.utf8Range { joined.append(bytes[at]) }
            forms.append(
                CompoundForm(
                    words: index..<index + 2, utf8Range: token.utf8Range.lowerBound..<next.utf8Range.upperBound,
                    spelling: .joined(String(decoding: joined, as: UTF8.self), hasHyphen: joint == .hyphen)))
        }
        return forms
    }

    private borrowing func isJoinable(
        _ first: Token, _ second: Token, _ joint: CompoundLetters.Joint, _ language: Language
    ) -> Bool {
        guard first.utf8Range.count + second.utf8Range.count <= WordForms.maximumLength,
            CompoundLetters.isLatin(first.surface)
        else { return false }
        if joint == .hyphen { return second.kind == .number || CompoundLetters.isLatin(second.surface) }
        guard CompoundLetters.isLatin(second.surface), !second.isStopword, !second.isQuestionWord,
            second.surface.utf8.count >= CompoundLetters.leastPart
        else { return false }
        if isHead(first.surface, language) { return true }
        return !first.isStopword && !first.isQuestionWord && first.surface.utf8.count >= CompoundLetters.leastPart
    }

    private borrowing func partings(of token: Token, _ language: Language) -> [[String]] {
        let letters = Array(token.surface.utf8)
        guard !token.isStopword, !token.isQuestionWord, letters.count >= CompoundLetters.leastWord,
            CompoundLetters.isLatin(token.surface)
        else { return [] }
        var partings: [[String]] = []
        for cut in 1...letters.count - CompoundLetters.leastPart {
            // ñ is two bytes.
            guard letters[cut] & 0xC0 != 0x80 else { continue }
            let first = String(decoding: letters[..<cut], as: UTF8.self)
            let second = String(decoding: letters[cut...], as: UTF8.self)
            guard isHead(first, language) || cut >= CompoundLetters.leastPart && !isFunctionWord(first, language),
                !isFunctionWord(second, language)
            else { continue }
            partings.append([first, second])
        }
        return partings
    }
}

/// Which letters and joints make compounds.
enum CompoundLetters {
    /// Letters of a word that may be parted at least.
    static let leastWord = 5
    /// Letters of a part that is no head at least.
    static let leastPart = 3

    enum Joint {
        case hyphen
        case space
    }

    /// Whether a surface is of Latin letters alone, as folded: a to z and ñ.
    static func isLatin(_ surface: String) -> Bool {
        surface.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 == 0xC3 || $0 == 0xB1 }
    }

    /// What stands between two words: one hyphen, or white space; `nil` for anything else.
    static func joint(_ text: borrowing Span<UInt8>, _ gap: Range<Int>) -> Joint? {
        guard !gap.isEmpty else { return nil }
        var at = gap.lowerBound
        let (codePoint, length) = UTF8Bytes.decode(text, at: at)
        if length == gap.count, [0x2D, 0x2010, 0x2011, 0xFE63, 0xFF0D].contains(codePoint) { return .hyphen }
        while at < gap.upperBound {
            let (codePoint, length) = UTF8Bytes.decode(text, at: at)
            guard [0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x202F].contains(codePoint) else { return nil }
            at += length
        }
        return .space
    }
}
