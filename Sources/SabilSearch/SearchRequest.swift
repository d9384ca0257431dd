public import SabilRecords

/// What a reader asks: words, filters, facets, order and page.
///
/// ```swift
/// var request = SearchRequest("transferts monétaires")
/// request.filters = [Filter(.country, ["EGY", "MAR"]), .years(from: 2015, to: nil)]
/// request.facets = [.type, .concept]
/// ```
public struct SearchRequest: Sendable, Hashable {
    /// The query as typed: see ``QueryParser``. Empty: every record that the filters let through.
    public var text: String
    /// Language of the query if known; `nil`: guessed, with all plausible ones tried.
    public var language: Language?
    /// Between fields AND, within one OR unless its mode says otherwise.
    public var filters: [Filter]
    /// Fields whose values are to be counted.
    public var facets: [FacetField]
    public var sort: SortOrder
    /// Hits to skip; 0 for the first page.
    public var offset: Int
    /// Goes on where the page ended that gave it, in the place of `offset`: see ``FacetedPage/next``.
    public var cursor: PageCursor?
    /// Hits on the page, at most ``maximumLimit``; more is cut with a note.
    public var limit: Int
    /// Whether hits carry marked titles and snippets.
    public var highlight: Bool
    /// Whether translations of one work count as one hit, the best one or the one in `readerLanguage`.
    public var collapsesTranslations: Bool
    public var expansion: Expansion
    /// What becomes of words that no record has.
    public var spelling: SpellingMode
    /// What the answer says beside hits and facets.
    public var discovery: Set<Discovery>
    /// Language of labels and of the translation preferred.
    public var readerLanguage: Language
    /// Who asks: records of other visibilities are neither found nor counted.
    public var visibility: Set<Visibility>
    /// Whether records that curators pinned for the query come first, and those that they hid are left out.
    public var usesPlacements: Bool
    /// What lifts records besides their words, by the service's ``BoostTable``; nothing unless asked for.
    public var boosts: Set<Boost>
    /// Whether hits say what their score is made of.
    public var explain: Bool
    /// After this time the page says `timedOut` and counts only what was seen.
    public var timeLimitSeconds: Double

    /// Whether the number of works is counted, for which every match is looked at.
    var countsAll = true

    public static let maximumLimit = 200
    /// Hits beyond this place are not given to people and clients by page or offset; a cursor goes on.
    public static let maximumOffset = 10_000

    public init(
        _ text: String = "", language: Language? = nil, filters: [Filter] = [], facets: [FacetField] = [],
        sort: SortOrder = .relevance, offset: Int = 0, limit: Int = 10, highlight: Bool = true,
        collapsesTranslations: Bool = false, expansion: Expansion = .concepts,
        spelling: SpellingMode = .correct, discovery: Set<Discovery> = [.relaxations],
        readerLanguage: Language = .english,
        visibility: Set<Visibility> = [.public], explain: Bool = false, timeLimitSeconds: Double = 2
    ) {
        self.text = text
        self.language = language
        self.filters = filters
        self.facets = facets
        self.sort = sort
        self.offset = offset
        self.cursor = nil
        self.limit = limit
        self.highlight = highlight
        self.collapsesTranslations = collapsesTranslations
        self.expansion = expansion
        self.spelling = spelling
        self.discovery = discovery
        self.readerLanguage = readerLanguage
        self.visibility = visibility
        self.explain = explain
        usesPlacements = true
        boosts = []
        self.timeLimitSeconds = timeLimitSeconds
    }
}

/// The order of hits.
public enum SortOrder: String, Sendable, Hashable, Codable, CaseIterable {
    /// Best first; without words the newest first, and under a concept filter people's tags before machine ones.
    case relevance
    case newest
    case oldest
    /// As the reader's language orders titles; those without letters and digits last.
    case title
    /// By when the programme, event or conference begins, latest first; records without a beginning last.
    case start
}

/// Parts of an answer beside hits and facets.
public enum Discovery: String, Sendable, Hashable, Codable, CaseIterable {
    /// What a term means that is the whole query.
    case definitions
    /// Neighbours in the taxonomy, and concepts that mark the hits.
    case relatedConcepts = "related"
    /// Where nothing is found: what asking less would find.
    case relaxations
}

/// How far a query reaches beyond its own words, through the taxonomy and through works in several languages.
public enum Expansion: String, Sendable, Hashable, Codable, CaseIterable {
    case none
    /// Names of recognised concepts, countries, programmes and organisations in all languages, and words as the index learnt
    /// that texts in other languages have them.
    case labels
    /// Names, and records that are tagged with the concept or a narrower one.
    case concepts
}
