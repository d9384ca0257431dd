public import SabilRecords

/// A text, and what is wanted of its suggestions.
public struct SuggestionRequest: Sendable, Hashable {
    public var title: String
    public var text: String
    /// `undetermined` = found from the text.
    public var language: Language
    /// How many at most; 0 = all.
    public var limit = 10
    /// Pieces of evidence of each suggestion beside rest and prior; 0 = no evidence.
    public var evidenceLimit = 8
    /// Labels that may be suggested; `nil` = all of the model. See ``SuggestionRules``.
    public var allowed: Set<String>?
    /// Labels to be told about wherever they stand: why, or why not.
    public var about: [String] = []
    public var zones = ZoneSetting()

    public init(
        title: String = "", text: String, language: Language = .undetermined, limit: Int = 10, evidenceLimit: Int = 8
    ) {
        self.title = title
        self.text = text
        self.language = language
        self.limit = limit
        self.evidenceLimit = evidenceLimit
    }
}

/// What may fit a text.
public struct SuggestionList: Sendable, Hashable {
    /// The language the text was read in: as declared, else as found; `undetermined` when nothing tells.
    public var language: Language
    /// Best first.
    public var suggestions: [Suggestion]
    /// The labels asked about, in the order of the request.
    public var about: [Suggestion]
    /// Labels asked about that the model does not know.
    public var unknown: [String]
    /// What the reader should know about the text: ``SuggestionNote``.
    public var notes: [SuggestionNote]

    public init(
        language: Language = .undetermined, suggestions: [Suggestion], about: [Suggestion] = [],
        unknown: [String] = [], notes: [SuggestionNote] = []
    ) {
        self.language = language
        self.suggestions = suggestions
        self.about = about
        self.unknown = unknown
        self.notes = notes
    }
}

/// Why suggestions for a text deserve little trust, or none.
public enum SuggestionNote: String, Sendable, Hashable, Codable, CaseIterable {
    /// The text has no word: what is suggested is only what is common.
    case noWords = "no-words"
    /// The model has met no word of the text, in any language.
    case nothingKnown = "nothing-known"
    /// The text has fewer than five words.
    case fewWords = "few-words"
    /// The language is none that the model has examples of.
    case unfamiliarLanguage = "unfamiliar-language"
    /// Only the beginning of the title or the text was read.
    case cut

    /// In a sentence.
    public var sentence: String {
        switch self {
        case .noWords: "The text has no word; nothing was suggested from it."
        case .nothingKnown: "The model knows no word of the text; what it suggests is only what is common."
        case .fewWords: "The text has fewer than five words; suggestions from so little are often wrong."
        case .unfamiliarLanguage:
            "The model has no example in the language of the text; only shared words, names and words known to mean the same count."
        case .cut: "Of title and text only the first \(SuggestionNote.longestText) bytes each were read."
        }
    }

    /// Bytes of a title, and of a text, that are read at most: suggestions of longer ones do not get better.
    public static let longestText = 2_000_000
}
