public import SabilRecords

/// One step of the chain on one word, for people who want to see why two words meet or not.
public struct AnalysisStep: Sendable, Hashable, Codable {
    /// What was done.
    public enum Rule: String, Sendable, Hashable, Codable, CaseIterable {
        /// The word as UAX #29 parts the text.
        case word
        /// Elision, possessive, an apostrophe, a middle dot or a low line parted it.
        case part
        /// An acronym or a name joined: `U.N` → `UN`.
        case joined
        /// NFKC, case folded, tatweel and tashkeel dropped, digits in ASCII.
        case normal
        /// Accents but that of ñ and Arabic orthography folded, at most 64 characters: the surface.
        case folded
        /// Too long: cut, and never stemmed.
        case cut
        /// Digits and separators: matched as they are.
        case number
        /// In the list of function words.
        case stopword
        /// In the list of words that ask.
        case questionWord
        /// The stem stands in the list of exceptions.
        case givenStem
        /// An irregular form, stemmed as its base.
        case irregular
        /// An ending respelled for the stemmer.
        case respelled
        /// Conjunction, preposition and article of an Arabic word off.
        case withoutPrefix
        /// ات off an Arabic word.
        case withoutPlural
        /// What the Snowball stemmer made of it.
        case snowball
        /// The stem, its accents folded, ñ as n.
        case stem
    }

    public var rule: Rule
    /// The word after the step.
    public var text: String

    public init(_ rule: Rule, _ text: String) {
        self.rule = rule
        self.text = text
    }
}

/// A token with every step that led to it.
public struct ExplainedToken: Sendable, Hashable {
    public var token: Token
    /// Range in UTF-16 units of the original text, as browsers count.
    public var utf16Range: Range<Int>
    /// In order; the first is the word of UAX #29.
    public var steps: [AnalysisStep]
}

extension AnalysisSession {
    /// The tokens of a text as `tokens(in:language:)` gives them, each with the steps that led to it.
    ///
    /// - Throws: as `tokens(in:language:)`.
    /// - Complexity: O(bytes), some hundred times slower than `tokens`: for people, not for indexing.
    public mutating func explain(_ text: String, language: Language) throws(AnalysisError) -> [ExplainedToken] {
        var text = text
        text.makeContiguousUTF8()
        let bytes = text.utf8.span
        let chain = Self.chain(of: language)
        let segments = try segments(of: bytes)
        var result: [ExplainedToken] = []
        var offset = UTF16Offset()
        defer { trace = nil }
        for segment in segments {
            trace = []
            finishedTraces = []
            note(.word, bytes.extracting(segment.start..<segment.end))
            try read(segment, of: bytes, chain)
            for (piece, steps) in zip(pieces, finishedTraces) {
                let place = Vocabulary.place(
                    piece.value, UInt32(segment.start) + piece.start, UInt32(segment.start) + piece.end,
                    isIdeographic: segment.isIdeographic)
                let token = token(place, chain, position: result.count)
                let start = offset.advance(to: token.utf8Range.lowerBound, in: bytes)
                // Parts of a word never overlap, but several can share one range.
                var end = offset
                result.append(
                    ExplainedToken(
                        token: token, utf16Range: start..<end.advance(to: token.utf8Range.upperBound, in: bytes),
                        steps: steps))
            }
        }
        return result
    }
}

/// Counts UTF-16 units up to a byte of a text, going on from where it was.
private struct UTF16Offset {
    private var byte = 0
    private var units = 0

    mutating func advance(to end: Int, in bytes: borrowing Span<UInt8>) -> Int {
        while byte < end {
            let length = UTF8Bytes.decode(bytes, at: byte).length
            units += length == 4 ? 2 : 1
            byte += length
        }
        return units
    }
}
