/// A word of a text by its number in a session's vocabulary: what indexing reads, sixteen bytes, no allocation.
///
/// Words of one session and language with the same surface and stem have the same number, so that their occurrences in
/// a document can be counted, and whatever was worked out of a word kept, in an array by number.
public struct PlacedWord: Sendable, Hashable {
    /// Number of the word in the session's vocabulary of the language, from 0, dense.
    public var word: UInt32
    /// First byte of the original text.
    public var start: UInt32
    /// Byte of the original text after the last.
    public var end: UInt32
    public var traits: WordTraits

    public var isStopword: Bool { traits.contains(.stopword) }
    public var isQuestionWord: Bool { traits.contains(.questionWord) }
    public var kind: TokenKind {
        traits.contains(.number) ? .number : traits.contains(.ideographic) ? .other : .word
    }
}

/// What a word is, beside its surface and stem.
public struct WordTraits: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A function word of the language the text was analysed in.
    public static let stopword = WordTraits(rawValue: 1)
    /// It asks.
    public static let questionWord = WordTraits(rawValue: 2)
    /// Digits with their separators.
    public static let number = WordTraits(rawValue: 4)
    /// Of a script written without spaces.
    public static let ideographic = WordTraits(rawValue: 8)
}
