public import SabilRecords

/// The language a text seems to be in, and how sure that is.
public struct LanguageGuess: Sendable, Hashable {
    /// The declared language when there is one; else the best guess, `undetermined` rather than a wrong one.
    public var language: Language
    /// 0…1: the share of such guesses expected to be right; 0 for `undetermined`.
    public var confidence: Double
    /// The languages a short text may be in, best first; all four when nothing speaks for any.
    public var plausible: [Language]
    /// What the text itself seems to be when that contradicts the declared language; `nil` when it does not.
    public var contradiction: Language?

    public init(
        language: Language, confidence: Double, plausible: [Language] = [], contradiction: Language? = nil
    ) {
        self.language = language
        self.confidence = confidence
        self.plausible = plausible
        self.contradiction = contradiction
    }
}
