import SabilAnalysis
import SabilRecords
import XapianIndex

/// Completing what a reader types.
extension SearchService {
    /// Titles that may be sorted by date: more are taken as they come.
    private static let sortedTitles = 4_000
    /// Words that the last one may become in titles, the most frequent ones.
    private static let titleExpansion: UInt32 = 64
    /// The same where whole words stand before it, which few titles have: a rare word may be the one.
    private static let titleExpansionBehindWords: UInt32 = 256

    /// What a text may become: names in memory, titles from the index as of the last commit.
    ///
    /// - Throws: `invalidRequest` for a limit out of range, `overloaded`, `timedOut`, `cancelled`, `analysis`, `index`.
    public func complete(_ request: CompletionRequest) async throws(SearchError) -> CompletionPage {
        let clock = ContinuousClock()
        let start = clock.now
        guard (1...CompletionRequest.maximumLimit).contains(request.limit) else {
            throw SearchError(
                code: .invalidRequest, operation: "complete",
                message: "Could not complete: the limit \(request.limit) must be between 1 and "
                    + "\(CompletionRequest.maximumLimit); correct the request.")
        }
        var page = CompletionPage(completions: [], looksAtSomeTitles: false, elapsed: .zero)
        // What is longer is no beginning of a name.
        guard request.text.utf8.count <= 400 else { return page }
        let words: [String]
        let typed: String
        do {
            var session = sessions.take()
            words = try session.tokens(in: request.text, language: .undetermined).map(\.surface)
            typed = try NameKey.of(request.text, session: &session)
            sessions.put(back: session)
        } catch {
            throw SearchError(error)
        }
        guard let last = words.last else { return page }
        let isWhole = request.text.unicodeScalars.last?.properties.isWhitespace == true
        page.completions = names.completions(of: typed + (isWhole ? " " : ""), request)
        // A single letter begins too many titles to say anything.
        if request.kinds.contains(.title), last.unicodeScalars.count > 1 || words.count > 1 {
            let titles = try await titles(words, typed: typed, isWhole: isWhole, request)
            page.looksAtSomeTitles = titles.looksAtSome
            page.completions = Self.mixed(page.completions, titles.completions, limit: request.limit)
        }
        page.elapsed = clock.now - start
        return page
    }

    /// Names first; titles have a third of the places, and those that names leave.
    private static func mixed(_ names: [Completion], _ titles: [Completion], limit: Int) -> [Completion] {
        let room = max(limit - names.count, min(titles.count, limit / 3))
        return Array(names.prefix(limit - min(room, titles.count)) + titles.prefix(room))
    }

    private func titles(
        _ words: [String], typed: String, isWhole: Bool, _ request: CompletionRequest
    ) async throws(SearchError) -> (completions: [Completion], looksAtSome: Bool) {
        return try await read { reader in
            var nodes = words.dropLast(isWhole ? 0 : 1).map { QueryNode.term(IndexSchema.titleWord($0)) }
            var least = Int.max
            if !nodes.isEmpty {
                let whole = words.dropLast(isWhole ? 0 : 1).map { IndexSchema.titleWord($0) }
                least = try reader.frequencies(of: whole).map(\.documents).min() ?? 0
            }
            if !isWhole, let last = words.last {
                let prefix = IndexSchema.titleWord(last)
                let isFirst = nodes.isEmpty
                nodes.append(
                    .prefix(
                        prefix, maxExpansion: isFirst ? Self.titleExpansion : Self.titleExpansionBehindWords))
                let begun = try reader.lexicon(prefix: prefix, limit: 1_000)
                least = min(least, begun.isCut ? Int.max : begun.documentFrequencies.reduce(0, +))
            }
            guard least > 0 else { return ([], false) }
            let all = nodes.count == 1 ? nodes[0] : QueryNode.and(nodes)
            let visible = Question.filtered(all.unweighted, by: FilterPlanner.visibility(request.visibility))
            var query = IndexQuery(visible, limit: request.limit * 3)
            query.weighting = .boolean
            query.valueSlots = [IndexSchema.Slot.language, IndexSchema.Slot.dateOrdinal, IndexSchema.Slot.titleKey]
            let looksAtSome = least > Self.sortedTitles
            // By the day alone, which is in memory; what is of one day is put in order when it is known to be shown.
            if !looksAtSome { query.sort = [SortKey(slot: IndexSchema.Slot.dateOrdinal, descending: true)] }
            let result = try reader.search(query)
            let hits = looksAtSome ? result.hits : Self.byDayAndTitle(result.hits)
            var session = sessions.take()
            var seen: Set<String> = []
            var first: [Completion] = []
            var others: [Completion] = []
            for hit in hits {
                let record = try stored.decode(hit.data)
                guard seen.insert(record.title).inserted else { continue }
                let name = String(decoding: hit.values[IndexSchema.Slot.language] ?? [], as: UTF8.self)
                let completion = Completion(
                    kind: .title, text: record.title, language: Language(rawValue: name) ?? .undetermined,
                    id: record.id.rawValue)
                if try NameKey.of(record.title, session: &session).hasPrefix(typed) {
                    first.append(completion)
                } else {
                    others.append(completion)
                }
            }
            sessions.put(back: session)
            return (
                Array((first + others).prefix(request.limit)),
                result.cutPrefixes > 0 || (looksAtSome && hits.count == query.limit)
            )
        }
    }

    /// Newest first, those of one day by their titles.
    private static func byDayAndTitle(_ hits: [Hit]) -> [Hit] {
        hits.enumerated().map { place, hit in
            (
                day: hit.values[IndexSchema.Slot.dateOrdinal] ?? [], title: hit.values[IndexSchema.Slot.titleKey] ?? [],
                place: place, hit: hit
            )
        }.sorted { one, other in
            if one.day != other.day { return other.day.lexicographicallyPrecedes(one.day) }
            if one.title != other.title { return one.title.lexicographicallyPrecedes(other.title) }
            return one.place < other.place
        }.map(\.hit)
    }
}
