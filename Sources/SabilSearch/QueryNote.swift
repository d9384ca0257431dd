public import SabilRecords

/// Something a reader should know about how the query was understood.
public struct QueryNote: Sendable, Hashable, CustomStringConvertible {
    /// Kind of note, stable for programs.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A quotation mark has no partner; the phrase goes to the end.
        public static let unclosedQuote = Code(rawValue: "unclosed-quote")
        /// A parenthesis has no partner and was ignored, or closed at the end.
        public static let unbalancedParenthesis = Code(rawValue: "unbalanced-parenthesis")
        /// AND, OR, NOT, + or - has nothing to work on and was ignored.
        public static let danglingOperator = Code(rawValue: "dangling-operator")
        /// There is no such field; its name and value were searched as words.
        public static let unknownField = Code(rawValue: "unknown-field")
        /// The field has no such value; nothing matches it.
        public static let unknownValue = Code(rawValue: "unknown-value")
        /// A range that cannot be read, or whose end comes before its start.
        public static let invalidRange = Code(rawValue: "invalid-range")
        /// A prefix too short to search by; it was taken as a word.
        public static let shortPrefix = Code(rawValue: "short-prefix")
        /// A prefix has more words than are looked at: only the most frequent count.
        public static let cutPrefix = Code(rawValue: "cut-prefix")
        /// A word with open letters stands for those that ``QueryNote/names`` holds.
        public static let pattern = Code(rawValue: "pattern")
        /// Not every word that has the form of one with open letters was searched for, or compared with it.
        public static let cutPattern = Code(rawValue: "cut-pattern")
        /// The query is longer than is looked at.
        public static let cutQuery = Code(rawValue: "cut-query")
        /// Parentheses nested deeper than is looked at.
        public static let cutNesting = Code(rawValue: "cut-nesting")
        /// The page asked for is larger or further on than is given.
        public static let cutPage = Code(rawValue: "cut-page")
        /// A concept, country, programme or organisation was recognised and its other names were added.
        public static let expanded = Code(rawValue: "expanded")
        /// Words of the query were added as texts in other languages have them.
        public static let translated = Code(rawValue: "translated")
        /// Texts that write words of the query as one word or as two were found too.
        public static let compound = Code(rawValue: "compound")
        /// More names belong to a recognised concept than were added.
        public static let cutExpansion = Code(rawValue: "cut-expansion")
        /// Words that only ask (what, combien) were left out.
        public static let questionWords = Code(rawValue: "question-words")
        /// Curators put records first for this query.
        public static let pinned = Code(rawValue: "pinned")
        /// Curators left records out for this query.
        public static let hidden = Code(rawValue: "hidden")
        /// Recency or the type of content lifted records.
        public static let boosted = Code(rawValue: "boosted")
        /// NEAR was given a distance out of range.
        public static let cutNearness = Code(rawValue: "cut-nearness")
        /// NEAR stands beside something else than words and phrases; it was taken as AND.
        public static let nearTakesWords = Code(rawValue: "near-takes-words")
        /// The field cannot be asked for what stands behind it; it was searched for anywhere.
        public static let unsuitedField = Code(rawValue: "unsuited-field")
        /// An asterisk stands within a word that has too few letters for it: it only parts words.
        public static let innerAsterisk = Code(rawValue: "inner-asterisk")
        /// A word that no record has was searched for as another one, which ``QueryNote/names`` holds.
        public static let corrected = Code(rawValue: "corrected")
        /// A word may have been meant as another one, which ``QueryNote/names`` holds; it was searched for as typed.
        public static let didYouMean = Code(rawValue: "did-you-mean")
        /// More words are in no record than are looked up.
        public static let cutSpelling = Code(rawValue: "cut-spelling")
        /// The words of the index could not be read, so that none was looked up.
        public static let spellingUnavailable = Code(rawValue: "spelling-unavailable")
        /// The text holds nothing to search for.
        public static let emptyQuery = Code(rawValue: "empty-query")
    }

    public var code: Code
    /// One sentence in English.
    public var message: String
    /// Bytes of the query as typed (UTF-8) that the note is about; `nil` for the query as a whole or a filter.
    public var place: Range<Int>?
    /// The concepts recognised, for notes of the kind ``Code/expanded``.
    public var concepts: [ConceptID]
    /// The names or words added, for notes of the kinds ``Code/expanded``, ``Code/translated``, ``Code/compound`` and ``Code/pattern``; the word
    /// meant, for those about spelling.
    public var names: [String]

    public init(
        _ code: Code, _ message: String, place: Range<Int>? = nil, concepts: [ConceptID] = [], names: [String] = []
    ) {
        self.code = code
        self.message = message
        self.place = place
        self.concepts = concepts
        self.names = names
    }

    public var description: String {
        let at = place.map { " (bytes \($0.lowerBound)..<\($0.upperBound))" } ?? ""
        return "\(code.rawValue): \(message)\(at)"
    }
}
