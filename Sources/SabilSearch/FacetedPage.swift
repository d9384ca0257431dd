public import SabilRecords

/// A page of results, all of one revision of the index.
public struct FacetedPage: Sendable {
    public var hits: [SearchHit]
    /// Per field asked for: its values, by falling count, then by label; years by falling year.
    public var facets: [FacetField: [FacetCount]]
    /// Records found; works, where translations are collapsed.
    public var total: SearchTotal
    /// Records found, which facets count, where `total` is of works.
    public var recordTotal: SearchTotal
    /// The request's cursor for the page after this one; `nil` at the end.
    public var next: PageCursor?
    /// What was understood, added or left out.
    public var notes: [QueryNote]
    /// What words of the query may have been meant as; `nil` where there is nothing to propose.
    public var spelling: Spelling?
    /// What the term means that is the whole query; empty unless asked for.
    public var definitions: [Definition] = []
    /// Concepts beside what is asked for: neighbours in the taxonomy, then those that mark the hits; empty unless asked for.
    public var relatedConcepts: [RelatedConcept] = []
    /// Hits that were looked at for them.
    public var relatedConceptHits = 0
    /// Where nothing was found: what asking less would find.
    public var relaxations: [Relaxation] = []
    /// The language the query was taken to be in.
    public var queryLanguage: Language
    /// Number of the commit the page was read from; grows within one index.
    public var revision: UInt64
    public var elapsed: Duration
    /// The time limit passed: facets and total cover only what was seen until then.
    public var timedOut: Bool

    public init(
        hits: [SearchHit] = [], facets: [FacetField: [FacetCount]] = [:], total: SearchTotal = .exact(0),
        recordTotal: SearchTotal? = nil, next: PageCursor? = nil, notes: [QueryNote] = [],
        queryLanguage: Language = .undetermined, revision: UInt64 = 0,
        elapsed: Duration = .zero, timedOut: Bool = false
    ) {
        self.hits = hits
        self.facets = facets
        self.total = total
        self.recordTotal = recordTotal ?? total
        self.next = next
        self.notes = notes
        self.queryLanguage = queryLanguage
        self.revision = revision
        self.elapsed = elapsed
        self.timedOut = timedOut
    }
}

/// How many records a query finds.
public enum SearchTotal: Sendable, Hashable {
    case exact(Int)
    case between(Int, Int)

    /// At least so many.
    public var lowerBound: Int {
        switch self {
        case .exact(let count): count
        case .between(let lower, _): lower
        }
    }

    public var isExact: Bool {
        if case .exact = self { true } else { false }
    }
}

/// One record found.
public struct SearchHit: Sendable, Hashable, Identifiable {
    public var record: ResourceRecord
    /// The language the record was analysed in: as declared, else as detected.
    public var language: Language
    /// Comparable within one answer; 0 where the order is not by relevance, and of a pinned hit.
    public var score: Double
    /// A curator put it first for this query.
    public var isPinned = false
    /// Marked title, then marked snippets of abstract and body; empty unless asked for.
    public var highlights: [Highlight]
    /// Other records of the same work that the filters let through; empty unless translations are collapsed.
    public var translations: [Translation]
    /// What the score is made of, largest part first; empty unless asked for. The parts add up to the score.
    public var explanation: [ScorePart]

    public init(
        record: ResourceRecord, language: Language, score: Double, highlights: [Highlight] = [],
        translations: [Translation] = [], explanation: [ScorePart] = []
    ) {
        self.record = record
        self.language = language
        self.score = score
        self.highlights = highlights
        self.translations = translations
        self.explanation = explanation
    }

    public var id: RecordID { record.id }
    public var title: String { record.title }
}

/// Another language version of a hit.
public struct Translation: Sendable, Hashable {
    public var id: RecordID
    public var language: Language
    public var title: String

    public init(id: RecordID, language: Language, title: String) {
        self.id = id
        self.language = language
        self.title = title
    }
}

/// What the query matched in one field of a hit.
public struct Highlight: Sendable, Hashable {
    public enum Field: String, Sendable, Hashable, Codable, CaseIterable {
        case title
        case abstract
        case body
    }

    /// A stretch of the original text in two units.
    public struct Stretch: Sendable, Hashable {
        /// Bytes of the original text in UTF-8.
        public var utf8: Range<Int>
        /// The same stretch in UTF-16 units, as JavaScript counts.
        public var utf16: Range<Int>

        public init(utf8: Range<Int>, utf16: Range<Int>) {
            self.utf8 = utf8
            self.utf16 = utf16
        }
    }

    public var field: Field
    /// Every word matched in the whole field, in order, without overlap.
    public var matches: [Stretch]
    /// The part of the field that `html` shows.
    public var shown: Stretch
    /// The shown part, escaped, with `<mark>` around the matches in it and `…` where something was left out.
    public var html: String

    public init(field: Field, matches: [Stretch], shown: Stretch, html: String) {
        self.field = field
        self.matches = matches
        self.shown = shown
        self.html = html
    }
}

/// A summand of a hit's score.
public struct ScorePart: Sendable, Hashable {
    /// The word as typed, the concept's name, or the name of a part of the rescoring.
    public var name: String
    public var kind: Kind
    public var contribution: Double

    public enum Kind: String, Sendable, Hashable, Codable {
        case word
        case phrase
        case concept
        /// Words of the query as texts of another language have them.
        case translation
        /// Words as they were asked for, where their stems alone would score less.
        case exactForm
        /// Letter sequences shared with the query.
        case grams
        /// Words of the query side by side and in order.
        case orderedPairs
        /// Words of the query close to one another.
        case nearPairs
        /// The query holds the whole title.
        case title
        /// Words of the query that stand early in the text.
        case lead
        /// A person put the filtered concept on the record.
        case tag
        /// A concept that people gave the record and the best hits.
        case sharedConcept
        /// How new the record is.
        case recency
        /// The type of content.
        case contentType
        /// The language of the query.
        case language
        /// Taken off beyond the best hundred, which are scored by more than their words: no later hit scores above them.
        case cut
    }

    public init(name: String, kind: Kind, contribution: Double) {
        self.name = name
        self.kind = kind
        self.contribution = contribution
    }
}

/// A value of a facet: what it is, and how many records a filter by it would give.
public struct FacetCount: Sendable, Hashable, Identifiable {
    /// What to filter by: a content type, a concept, an alpha-3 code, a year, a name.
    public var id: String
    /// Name in the reader's language.
    public var label: String
    /// Records that have it under all filters but those of its own field (under all if the field's mode is `all`).
    public var count: Int
    /// Of these, records on which a person put it; `nil` for fields other than concepts.
    public var countByPerson: Int?
    public var isSelected: Bool
    /// The value above it: of a concept the broader one, of a country its region, of a type its pillar.
    public var parent: String?
    /// The field that `parent` is a value of.
    public var parentField: FacetField?
    /// Steps below the top of the tree; 0 at the top and for values without a tree.
    public var depth: Int

    public init(
        id: String, label: String, count: Int, countByPerson: Int? = nil, isSelected: Bool = false,
        parent: String? = nil, parentField: FacetField? = nil, depth: Int = 0
    ) {
        self.id = id
        self.label = label
        self.count = count
        self.countByPerson = countByPerson
        self.isSelected = isSelected
        self.parent = parent
        self.parentField = parentField
        self.depth = depth
    }
}
