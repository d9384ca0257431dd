/// What one search asks of an index, and what the page shall bring along.
public struct IndexQuery: Sendable, Hashable {
    public var query: QueryNode
    /// Hits to skip, and hits to return at most.
    public var offset: Int
    public var limit: Int
    /// How many matches to visit at least before the engine may stop early.
    ///
    /// nil: every match if facets are asked for, so that they are exact; else only what the hits need.
    /// `Int.max`: every match, so that the total is exact.
    public var checkAtLeast: Int?
    /// Slots to sort by, first one first; none: by relevance. Equal hits come in order of document number.
    public var sort: [SortKey] = []
    /// By relevance: slot by whose bytes hits of one score are put in order, however many they are; nil: by document number.
    public var ties: TieBreak?
    /// Only matches that come after this one in the order of `sort`; counts and facets are of these, too.
    public var after: SortPlace?
    /// Slot of which each value is shown once, by its best hit; documents without a value are all shown.
    public var collapseSlot: UInt32?
    /// Facets count every match visited, before collapsing.
    public var facets: [FacetRequest] = []
    public var weighting: Weighting = .poweredBM25()
    /// From this time on no match is visited that the hits do not need; the page says so (`timedOut`).
    public var timeLimitSeconds: Double = 2
    /// After this time the search fails with `timedOut`; nil: four times the time limit and half a second.
    public var hardTimeLimitSeconds: Double?
    /// Whether hits carry the document's data.
    public var wantData = true
    /// Slots of which hits carry the value.
    public var valueSlots: [UInt32] = []
    /// Slot of the documents' word streams, where ``QueryNode/stream(_:_:)`` looks; nil: such nodes are refused.
    public var streamSlot: UInt32?
    /// How many candidates a pattern is looked for in, 1 or more: the first ones by document number. nil: in all.
    public var streamCandidates: Int?
    /// Whether hits carry the document's length.
    public var wantLengths = false
    /// Whether hits carry what they are sorted by, for ``after``.
    public var wantKeys = false

    public init(_ query: QueryNode, offset: Int = 0, limit: Int = 10, checkAtLeast: Int? = nil) {
        self.query = query
        self.offset = offset
        self.limit = limit
        self.checkAtLeast = checkAtLeast
    }
}

/// What tells hits of one score apart: the bytes of a slot, rising.
///
/// - Complexity: reads the slot for hits of one score that are shown, and for all that have the score of the last one shown.
public struct TieBreak: Sendable, Hashable {
    public var slot: UInt32
    /// Hits of one score that all stand before this place may stay in any order.
    public var from: Int

    public init(slot: UInt32, from: Int = 0) {
        self.slot = slot
        self.from = from
    }
}

/// A slot to sort by. Documents without a value come last in either direction.
public struct SortKey: Sendable, Hashable {
    public var slot: UInt32
    public var descending: Bool
    /// Where to look for the value of documents that have none in `slot`.
    public var fallback: UInt32?

    public init(slot: UInt32, descending: Bool = false, fallback: UInt32? = nil) {
        self.slot = slot
        self.descending = descending
        self.fallback = fallback
    }
}

/// The place of a document in a sorted answer: it stays where it is while other documents come and go.
public struct SortPlace: Sendable, Hashable {
    /// As ``Hit/sortKey`` gave it for the same sort keys.
    public var key: [UInt8]
    public var documentID: UInt64

    public init(key: [UInt8], documentID: UInt64) {
        self.key = key
        self.documentID = documentID
    }
}

/// A slot whose values are to be counted over the matches.
public struct FacetRequest: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// The slot's bytes are one value.
        case single
        /// The slot holds a set of numbers, stored by ``IndexDocument/setList(slot:_:)``.
        case list
    }

    public var slot: UInt32
    public var kind: Kind

    public init(slot: UInt32, kind: Kind) {
        self.slot = slot
        self.kind = kind
    }
}

/// How matches are scored.
public struct Weighting: Sendable, Hashable {
    enum Scheme: Sendable, Hashable {
        case poweredBM25
        case xapianBM25
        case boolean
    }

    let scheme: Scheme
    public let k1: Double
    public let b: Double
    public let k3: Double
    public let idfExponent: Double
    public let minimumNormalisedLength: Double

    /// `idf^e · wdf / (wdf + k1·(1 − b + b·max(length / average length, m)))`, times the term's `wqf`.
    ///
    /// idf = ln(1 + (N − df + ½) / (df + ½)), never negative. As in Lucene, without the constant factor k1 + 1.
    /// Source: Robertson & Zaragoza 2009, FnTIR 3(4), eq. (3.15); idf as in Lucene's `BM25Similarity`.
    public static func poweredBM25(
        k1: Double = 0.9, b: Double = 0.85, idfExponent: Double = 1.25, minimumNormalisedLength: Double = 0
    ) -> Weighting {
        Weighting(
            scheme: .poweredBM25, k1: k1, b: b, k3: 0, idfExponent: idfExponent,
            minimumNormalisedLength: minimumNormalisedLength)
    }

    /// Xapian's own BM25, with its defaults.
    public static func xapianBM25(
        k1: Double = 1, b: Double = 0.5, k3: Double = 1, minimumNormalisedLength: Double = 0.5
    ) -> Weighting {
        Weighting(
            scheme: .xapianBM25, k1: k1, b: b, k3: k3, idfExponent: 1, minimumNormalisedLength: minimumNormalisedLength)
    }

    /// No scores: hits come in order of document number.
    public static let boolean = Weighting(
        scheme: .boolean, k1: 0, b: 0, k3: 0, idfExponent: 1, minimumNormalisedLength: 0)
}
