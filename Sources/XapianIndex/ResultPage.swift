/// The answer to one search, all of one revision of the index.
public struct ResultPage: Sendable {
    public var hits: [Hit] = []
    /// Per facet asked for, in that order: its values by falling count, then by value.
    public var facets: [FacetResult] = []
    /// How many hits there are in all, after collapsing.
    public var total = MatchTotal(lower: 0, estimate: 0, upper: 0)
    /// How many documents match; equal to `total` unless hits are collapsed.
    public var uncollapsedTotal = MatchTotal(lower: 0, estimate: 0, upper: 0)
    public var revision = IndexRevision(rawValue: 0)
    /// Documents in the collection, and their mean length in wdf.
    public var documentCount = 0
    public var averageLength = 0.0
    /// The time limit passed: facets and total cover only what was visited until then.
    public var timedOut = false
    /// Prefixes that had more terms than they were allowed to expand to.
    public var cutPrefixes = 0
    /// A pattern had more candidates than ``IndexQuery/streamCandidates``: what matches is of the first ones.
    public var cutsStreams = false
    /// Values of the hits in the slots asked for.
    public var values = PageValues()
}

/// One document found.
public struct Hit: Sendable, Hashable {
    public var documentID: UInt64
    public var score: Double
    /// The engine's percentage, 0…100.
    public var percent: Int
    public var data: [UInt8]
    /// Values of the slots asked for.
    public var values: HitValues
    /// At least so many other documents had the same collapse value.
    public var collapseCount: Int
    /// The document's length in wdf; 0 unless asked for by ``IndexQuery/wantLengths``.
    public var length: Int
    /// What it is sorted by; empty unless asked for by ``IndexQuery/wantKeys``.
    public var sortKey: [UInt8] = []
}

/// Values of all hits of a page in one buffer.
public struct PageValues: Sendable {
    let slots: [UInt32]
    /// The values, in no particular order.
    public let bytes: [UInt8]
    /// Where in `bytes` the value of a hit in a slot is: hit by hit, slots in their order.
    let pieces: [Range<Int>]

    init(slots: [UInt32] = [], bytes: [UInt8] = [], pieces: [Range<Int>] = []) {
        self.slots = slots
        self.bytes = bytes
        self.pieces = pieces
    }

    /// A value as a part of the page's one buffer; empty if the hit has none, or the slot was not asked for.
    public func value(ofHit hit: Int, slot: UInt32) -> ArraySlice<UInt8> { bytes[range(ofHit: hit, slot: slot)] }

    /// Where in ``bytes`` the value of a hit in a slot is.
    public func range(ofHit hit: Int, slot: UInt32) -> Range<Int> {
        guard let column = slots.firstIndex(of: slot) else { return 0..<0 }
        return pieces[hit * slots.count + column]
    }
}

/// Values of one hit: a view of its page's buffer, so nothing is copied before it is asked for.
public struct HitValues: Sendable, Hashable {
    let page: PageValues
    let hit: Int

    /// A copy of the value; nil if there is none.
    public subscript(slot: UInt32) -> [UInt8]? {
        let value = page.value(ofHit: hit, slot: slot)
        return value.isEmpty ? nil : Array(value)
    }

    public static func == (left: HitValues, right: HitValues) -> Bool {
        left.page.slots == right.page.slots
            && left.page.slots.allSatisfy {
                left.page.value(ofHit: left.hit, slot: $0) == right.page.value(ofHit: right.hit, slot: $0)
            }
    }

    public func hash(into hasher: inout Hasher) {
        for slot in page.slots { hasher.combine(page.value(ofHit: hit, slot: slot)) }
    }
}

/// Number of matching documents: exact if all three agree.
public struct MatchTotal: Sendable, Hashable {
    public var lower: Int
    public var estimate: Int
    public var upper: Int
    public var isExact: Bool { lower == upper }
}

/// The values of one facet.
public struct FacetResult: Sendable, Hashable {
    public var counts: [FacetCount]
    /// Matches visited that have a value at all.
    public var documentsWithValue: Int
    /// Values that could not be decoded as a list.
    public var malformedLists: Int
}

/// A value of a facet and the number of matches that have it.
public struct FacetCount: Sendable, Hashable {
    public var value: FacetValue
    public var count: Int
}

/// A value of a facet: bytes of a single slot, or a number of a list.
public enum FacetValue: Sendable, Hashable {
    case bytes([UInt8])
    case number(UInt32)
}

/// Terms as bytes in one buffer, so that thousands of them cost no allocation each.
public struct TermTable: Sendable, Hashable {
    var storage: [UInt8] = []
    var offsets: [Int] = [0]

    public var count: Int { offsets.count - 1 }

    /// The term of a row as text.
    public subscript(row: Int) -> String { String(decoding: bytes(row), as: UTF8.self) }

    /// The UTF-8 bytes of a row.
    public func bytes(_ row: Int) -> ArraySlice<UInt8> { storage[offsets[row]..<offsets[row + 1]] }
}

/// Terms of an index with their document frequencies.
public struct Lexicon: Sendable, Hashable {
    public let terms: TermTable
    /// Documents that have each term.
    public let documentFrequencies: [Int]
    /// There were more terms than the limit.
    public let isCut: Bool
}

/// Size of a collection.
public struct CollectionStatistics: Sendable, Hashable {
    public let documentCount: Int
    /// Mean length of a document, in wdf.
    public let averageLength: Double
    public let revision: IndexRevision
    /// Tells indexes apart: an index that was built anew has another one, whatever its path.
    public let identity: UInt64
}

/// How many documents two groups of terms share.
public struct CoFrequency: Sendable, Hashable {
    public let documents: Double
    /// Whether every document was looked at; else `documents` is an estimate from parts of the index.
    public let isExact: Bool
}

/// How often a term occurs.
public struct TermFrequency: Sendable, Hashable {
    /// Documents that have it.
    public let documents: Int
    /// Occurrences in the collection, in wdf.
    public let occurrences: Int
}
