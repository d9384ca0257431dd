import SabilAnalysis
import SabilRecords
import XapianIndex

/// Titles that what was typed may become, from one commit of an index.
struct TitleCompletion: Sendable {
    let request: CompletionRequest
    /// What was typed: folded, and its words.
    let typed: String
    let words: [String]
    /// Whether the last word is whole.
    let isWhole: Bool
    let stored: StoredRecord
    let sessions: SessionPool

    /// Titles, best first, and whether some were not looked at.
    struct Found: Sendable {
        var completions: [Completion] = []
        var looksAtSome = false
        /// More words begin as the last one than are looked at in the index.
        var isCrowded = false
    }

    /// Titles that may be sorted by date: more are taken as they come.
    private static let sortedTitles = 4_000
    /// Titles with the whole words that are read, where very many words begin as the last one.
    private static let readTitles = 200
    /// Titles that are read at once.
    private static let batch = 32
    /// Words that the last one may become, the most frequent ones.
    private static let expansion = 64
    /// The same where whole words stand before it, which few titles have: a rare word may be the one.
    private static let expansionBehindWords = 256
    /// Words that are looked at in the index.
    private static let lookedAt = 1_000

    private var whole: [String] { words.dropLast(isWhole ? 0 : 1).map { IndexSchema.titleWord($0) } }

    /// - Parameter list: the words of titles, of this commit or one shortly before; where it is missing, or knows few words that
    ///   begin so, the index is asked.
    /// - Complexity: one search in the lists of at most 256 words and the whole ones, and the records shown; 200 records
    ///   besides where whole words stand before a beginning of more than 256 words.
    func titles(_ list: TitleWords?, reader: borrowing IndexReader) throws -> Found {
        var nodes = whole.map { QueryNode.term($0) }
        var found = Found()
        var least = try nodes.isEmpty ? Int.max : reader.frequencies(of: whole).map(\.documents).min() ?? 0
        if !isWhole, let last = words.last, least > 0 {
            let limit = nodes.isEmpty ? Self.expansion : Self.expansionBehindWords
            let begun = try begun(last, limit: limit, list: list, reader: reader)
            found.isCrowded = begun == nil
            if begun?.isCut ?? true, !nodes.isEmpty {
                let walked = try walk(nodes, beginning: last, isSorted: least <= Self.sortedTitles, reader: reader)
                if walked.completions.count >= request.limit || !walked.looksAtSome {
                    found.completions = walked.completions
                    found.looksAtSome = walked.looksAtSome
                    return found
                }
            }
            if let begun {
                least = min(least, begun.documents)
                found.looksAtSome = begun.isCut
                nodes.append(.or(begun.words.map { .term(IndexSchema.titleWord($0)) }))
            } else {
                nodes.append(.prefix(IndexSchema.titleWord(last), maxExpansion: UInt32(limit)))
            }
        }
        guard least > 0 else { return found }
        var query = query(nodes, limit: request.limit * 3)
        let isSorted = least <= Self.sortedTitles
        if isSorted { query.sort = [Self.newest] }
        let result = try reader.search(query)
        let isAll = result.hits.count < query.limit
        let hits = isSorted || isAll ? Self.byDayAndTitle(result.hits) : result.hits
        found.looksAtSome =
            found.looksAtSome || result.cutPrefixes > 0 || !(isSorted || isAll)
        found.completions = try completions(
            of: hits.map { hit in try (stored.decode(hit.data), Self.language(of: hit)) })
        return found
    }

    /// The words that the last one may become; nil where the list does not know them and there are more than are looked at.
    private func begun(
        _ last: String, limit: Int, list: TitleWords?, reader: borrowing IndexReader
    ) throws(IndexError) -> TitleWords.Begun? {
        if let list, list.count(beginning: last) > limit { return list.begun(last, limit: limit) }
        let prefix = IndexSchema.titleWord(last)
        let all = try reader.lexicon(prefix: prefix, limit: Self.lookedAt)
        if all.isCut { return nil }
        return TitleWords.Begun(all, prefixBytes: prefix.utf8.count - last.utf8.count, limit: limit)
    }

    /// Those of the titles with the whole words in which a word begins as the last one: where many words do, it is found sooner by
    /// reading titles, newest first, than in the lists of all these words.
    private func walk(
        _ whole: [QueryNode], beginning last: String, isSorted: Bool, reader: borrowing IndexReader
    ) throws -> Found {
        var query = query(whole, limit: Self.readTitles)
        if isSorted { query.sort = [Self.newest] }
        query.wantData = false
        let result = try reader.search(query).hits
        let isAll = result.count < query.limit
        let hits = isSorted || isAll ? Self.byDayAndTitle(result) : result
        let wanted = request.limit * 3
        var records: [(record: ResourceRecord, language: Language)] = []
        var session = sessions.take()
        for start in stride(from: 0, to: hits.count, by: Self.batch) where records.count < wanted {
            let batch = hits[start..<min(hits.count, start + Self.batch)]
            for (hit, data) in zip(batch, try reader.data(ofDocuments: batch.map(\.documentID))) {
                let record = try stored.decode(data)
                let language = Self.language(of: hit)
                let words = try session.tokens(in: record.title, language: language)
                if words.contains(where: { $0.surface.utf8.starts(with: last.utf8) }) {
                    records.append((record, language))
                }
            }
        }
        sessions.put(back: session)
        return Found(
            completions: try completions(of: Array(records.prefix(wanted))),
            looksAtSome: !isAll && !(isSorted && records.count >= wanted))
    }

    private static let newest = SortKey(slot: IndexSchema.Slot.dateOrdinal, descending: true)

    /// By the day alone, which is in memory; what is of one day is put in order when it is known to be shown.
    private func query(_ nodes: [QueryNode], limit: Int) -> IndexQuery {
        let all = nodes.count == 1 ? nodes[0] : QueryNode.and(nodes)
        let visible = Question.filtered(all.unweighted, by: FilterPlanner.visibility(request.visibility))
        var query = IndexQuery(visible, limit: limit)
        query.weighting = .boolean
        query.valueSlots = [IndexSchema.Slot.language, IndexSchema.Slot.dateOrdinal, IndexSchema.Slot.titleKey]
        return query
    }

    private static func language(of hit: Hit) -> Language {
        let name = String(decoding: hit.values[IndexSchema.Slot.language] ?? [], as: UTF8.self)
        return Language(rawValue: name) ?? .undetermined
    }

    /// Each title once, those that begin with what was typed before those that hold it.
    private func completions(of records: [(record: ResourceRecord, language: Language)]) throws -> [Completion] {
        var session = sessions.take()
        var seen: Set<String> = []
        var first: [Completion] = []
        var others: [Completion] = []
        for (record, language) in records where seen.insert(record.title).inserted {
            let completion = Completion(kind: .title, text: record.title, language: language, id: record.id.rawValue)
            if try NameKey.of(record.title, session: &session).hasPrefix(typed) {
                first.append(completion)
            } else {
                others.append(completion)
            }
        }
        sessions.put(back: session)
        return Array((first + others).prefix(request.limit))
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
