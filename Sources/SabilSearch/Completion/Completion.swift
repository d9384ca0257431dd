public import SabilRecords

/// What a reader has typed so far, and what is wanted of it.
public struct CompletionRequest: Sendable, Hashable {
    public var text: String
    /// Whose names come first; names of the other languages are found too.
    public var language: Language
    /// Completions at most, of 1…``maximumLimit``.
    public var limit: Int
    public var kinds: Set<Completion.Kind>
    /// Who asks: titles of records of other visibilities are not among the completions.
    public var visibility: Set<Visibility>

    public static let maximumLimit = 50

    public init(
        _ text: String, language: Language = .english, limit: Int = 10,
        kinds: Set<Completion.Kind> = Set(Completion.Kind.allCases), visibility: Set<Visibility> = [.public]
    ) {
        self.text = text
        self.language = language
        self.limit = limit
        self.kinds = kinds
        self.visibility = visibility
    }
}

/// A text that what was typed may become.
public struct Completion: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// What others ask often.
        case query
        case concept
        case country
        case programme
        case organisation
        /// The title of a record.
        case title
    }

    public var kind: Kind
    /// As it stands in the taxonomy, a record or the list of frequent queries.
    public var text: String
    /// Of the text; `undetermined` of proper names.
    public var language: Language
    /// The concept, or the record of a title.
    public var id: String?
    /// Name in the language asked for, where the text is another one.
    public var label: String?
}

/// Completions, best first.
public struct CompletionPage: Sendable, Hashable {
    public var completions: [Completion]
    /// Not all titles that hold what was typed were looked at: there are too many to be sorted by date, or more words begin
    /// as the last one than are searched for. Those shown are some of them.
    public var looksAtSomeTitles: Bool
    public var elapsed: Duration

    public init(completions: [Completion], looksAtSomeTitles: Bool, elapsed: Duration) {
        self.completions = completions
        self.looksAtSomeTitles = looksAtSomeTitles
        self.elapsed = elapsed
    }
}

/// A query that many ask.
public struct FrequentQuery: Sendable, Hashable {
    public var text: String
    /// `undetermined` where it is not known.
    public var language: Language
    /// How often it was asked.
    public var count: Int

    public init(_ text: String, language: Language = .undetermined, count: Int) {
        self.text = text
        self.language = language
        self.count = count
    }

    /// Asked less often than this, a query is shown to nobody unless more is asked for.
    public static let usualMinimum = 5
}
