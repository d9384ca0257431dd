/// What searchers see of an answer: the first results and how many were found.
public struct ShownAnswer: Sendable, Hashable {
    /// The first results, best first, with their scores.
    public let documents: [ScoredDocument]
    /// Documents found, at least.
    public let found: Int
    /// Whether it is exactly so many.
    public let isExact: Bool

    public init(_ documents: [ScoredDocument], found: Int, isExact: Bool = true) {
        self.documents = documents
        self.found = found
        self.isExact = isExact
    }

    public var isEmpty: Bool { found == 0 && documents.isEmpty }

    /// For each document its rank, 1 the top, and the ranks it might as well have: those of all with its score. Where
    /// nothing is scored the order is that of dates or titles, and every rank is a document's own.
    fileprivate var places: [String: (rank: Int, span: ClosedRange<Int>)] {
        var places: [String: (rank: Int, span: ClosedRange<Int>)] = [:]
        var start = 0
        while start < documents.count {
            let score = Float(documents[start].score)
            var end = start + 1
            while end < documents.count, score != 0, Float(documents[end].score) == score { end += 1 }
            for place in start..<end { places[documents[place].document] = (place + 1, (start + 1)...end) }
            start = end
        }
        return places
    }
}

/// What became of the answer to one query: before and after, without any judgement of which is better.
public struct AnswerChange: Sendable, Hashable {
    public struct Move: Sendable, Hashable {
        public let document: String
        /// Rank before, 1 the top; `nil` when it was not shown.
        public let from: Int?
        /// Rank after.
        public let to: Int?
    }

    public let from: ShownAnswer
    public let to: ShownAnswer
    /// Shown now and not before, by rank.
    public let gained: [Move]
    /// Shown before and not now, by rank.
    public let lost: [Move]
    /// Shown at another rank, by the new one. Documents of equal score that changed places among themselves did not move.
    public let moved: [Move]
    /// Rank-biased overlap of what is shown (persistence 0.9, ties shared), 1 for the same.
    public let rankBiasedOverlap: Double
    /// Share of what is shown that both show: common documents by the length of the longer answer; 1 for two empty ones.
    public let overlap: Double

    /// - Complexity: O(results).
    public init(from: ShownAnswer, to: ShownAnswer) {
        self.from = from
        self.to = to
        let before = from.places
        let after = to.places
        gained = to.documents.compactMap { document in
            guard before[document.document] == nil else { return nil }
            return Move(document: document.document, from: nil, to: after[document.document]?.rank)
        }
        lost = from.documents.compactMap { document in
            guard after[document.document] == nil else { return nil }
            return Move(document: document.document, from: before[document.document]?.rank, to: nil)
        }
        moved = to.documents.compactMap { document in
            guard let old = before[document.document], let new = after[document.document], old.rank != new.rank,
                !old.span.contains(new.rank), !new.span.contains(old.rank)
            else { return nil }
            return Move(document: document.document, from: old.rank, to: new.rank)
        }
        rankBiasedOverlap = Self.measure(from.documents, to.documents)
        let longer = max(from.documents.count, to.documents.count)
        overlap = longer == 0 ? 1 : Double(after.count { before[$0.key] != nil }) / Double(longer)
    }

    private static let measure =
        RankBiasedOverlap(persistence: RankBiasedOverlap.standard.persistence, ties: .shared) ?? .standard

    /// Other results or another order on the page.
    public var changesResults: Bool { !gained.isEmpty || !lost.isEmpty || !moved.isEmpty }
    /// More or fewer are found.
    public var changesCount: Bool { from.found != to.found || from.isExact != to.isExact }
    public var isEmpty: Bool { !changesResults && !changesCount }
    public var returnsNothingNow: Bool { !from.isEmpty && to.isEmpty }
    public var returnsSomethingNow: Bool { from.isEmpty && !to.isEmpty }
}

/// What became of the answers to a set of queries.
public struct AnswerChanges: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        public let query: QueryLog.Entry
        public let change: AnswerChange

        public init(query: QueryLog.Entry, change: AnswerChange) {
            self.query = query
            self.change = change
        }
    }

    /// How many queries, and how often they were asked.
    public struct Tally: Sendable, Hashable {
        public private(set) var queries = 0
        public private(set) var askings = 0

        mutating func add(_ entry: Entry) {
            queries += 1
            askings += entry.query.count
        }
    }

    /// Queries with any change, the most changed first: those that return nothing now or no longer nothing, then by
    /// rank-biased overlap, then in the order of the log.
    public let entries: [Entry]
    public private(set) var compared = Tally()
    /// Other results or another order.
    public private(set) var changed = Tally()
    /// The same page, another number found.
    public private(set) var countOnly = Tally()
    public private(set) var returnNothingNow = Tally()
    public private(set) var returnSomethingNow = Tally()
    /// Return nothing in either.
    public private(set) var returnNothing = Tally()
    /// Means over queries, each counted once; 1 without queries.
    public let meanRankBiasedOverlap: Double
    public let meanOverlap: Double

    public init(_ all: [Entry]) {
        for entry in all {
            compared.add(entry)
            let change = entry.change
            if change.changesResults { changed.add(entry) }
            if !change.changesResults && change.changesCount { countOnly.add(entry) }
            if change.returnsNothingNow { returnNothingNow.add(entry) }
            if change.returnsSomethingNow { returnSomethingNow.add(entry) }
            if change.from.isEmpty && change.to.isEmpty { returnNothing.add(entry) }
        }
        meanRankBiasedOverlap = all.isEmpty ? 1 : all.map(\.change.rankBiasedOverlap).mean
        meanOverlap = all.isEmpty ? 1 : all.map(\.change.overlap).mean
        entries = all.enumerated().filter { !$0.element.change.isEmpty }
            .sorted { Self.order($0) < Self.order($1) }.map(\.element)
    }

    private static func order(_ entry: (offset: Int, element: Entry)) -> (Int, Double, Int) {
        let change = entry.element.change
        let isGrave = change.returnsNothingNow || change.returnsSomethingNow
        return (isGrave ? 0 : change.changesResults ? 1 : 2, change.rankBiasedOverlap, entry.offset)
    }
}
