/// One indexable word of a text: what it matches by, and where it stands in the original.
///
/// `surface` is what exact matching compares, `stem` what inflected forms share. Both are never empty, at most 245
/// bytes of UTF-8, and stable: analysing a surface alone gives that surface again.
public struct Token: Sendable, Hashable {
    /// The word in NFKC, case folded, accents folded, Arabic orthography folded.
    public var surface: String
    /// The stem, accents folded after stemming; equal to `surface` when nothing was stripped.
    public var stem: String
    /// Bytes of the original text, on character boundaries; elision and the English possessive narrow it,
    /// nothing else does.
    public var utf8Range: Range<Int>
    /// Ordinal of the token in the text, from 0.
    public var position: Int
    /// Whether the word is a function word of the language the text was analysed in.
    public var isStopword: Bool
    /// Whether the word asks (what, qui, cuándo, كيف): in a question it says nothing of the answer.
    public var isQuestionWord: Bool
    public var kind: TokenKind

    public init(
        surface: String, stem: String, utf8Range: Range<Int>, position: Int, isStopword: Bool = false,
        isQuestionWord: Bool = false, kind: TokenKind = .word
    ) {
        self.surface = surface
        self.stem = stem
        self.utf8Range = utf8Range
        self.position = position
        self.isStopword = isStopword
        self.isQuestionWord = isQuestionWord
        self.kind = kind
    }
}

/// What a token is made of.
public enum TokenKind: UInt8, Sendable, Hashable {
    /// Letters, perhaps with digits (`g20`).
    case word
    /// Digits, perhaps with their separators (`1,5`).
    case number
    /// A word of a script written without spaces (Han, kana, Thai).
    case other
}
