public import SabilRecords
import XapianIndex

/// Terms of the text that only one of two indexes has, as far as records that are the same in both hold them: words that
/// changed through analysis, not through records.
public struct WordChanges: Sendable, Hashable {
    public struct Term: Sendable, Hashable {
        public let text: String
        /// A stem, not a word as it stands in the text.
        public let isStem: Bool
        /// Unchanged records that have it.
        public let records: Int
    }

    /// Terms of one language, the most frequent first.
    public struct Group: Sendable, Hashable {
        public let language: Language
        public let onlyFrom: [Term]
        public let onlyTo: [Term]
    }

    /// How many terms of the text only one side has, whatever the reason, and how many of them were looked at.
    public struct Extent: Sendable, Hashable {
        public let oneSided: Int
        public let examined: Int
        public var isCut: Bool { examined < oneSided }
    }

    /// Languages with such a term, in the order of their tags. Empty when analysis changed nothing.
    public let groups: [Group]
    public let from: Extent
    public let to: Extent

    /// - Parameter limit: how many terms of a side are looked at, the most frequent first.
    init(
        _ from: borrowing IndexReader, _ to: borrowing IndexReader, unchanged: UnchangedDocuments, limit: Int
    ) throws(IndexError) {
        var onlyFrom: [Candidate] = []
        var onlyTo: [Candidate] = []
        var wordsOfFrom: Set<String> = []
        var wordsOfTo: Set<String> = []
        func gather(_ term: SharedTerm) {
            if term.to == 0, wordsOfFrom.insert(term.text).inserted {
                onlyFrom.append(Candidate(term: term.text, isStem: false, documents: term.from))
            }
            if term.from == 0, wordsOfTo.insert(term.text).inserted {
                onlyTo.append(Candidate(term: term.text, isStem: false, documents: term.to))
            }
        }
        // Each word has a stem: one that is a word of the same side alone was told with it.
        func gather(stem term: SharedTerm) {
            let stem = String(term.text.dropFirst())
            if term.to == 0, !wordsOfFrom.contains(stem) {
                onlyFrom.append(Candidate(term: term.text, isStem: true, documents: term.from))
            }
            if term.from == 0, !wordsOfTo.contains(stem) {
                onlyTo.append(Candidate(term: term.text, isStem: true, documents: term.to))
            }
        }
        // Words have no prefix; prefixes begin with a capital letter, and the words around those are two walks.
        try TermCursor.walk(from, to, prefix: "") { (term) throws(IndexError) in
            guard !Self.isCapital(term.bytes.first) else { return false }
            gather(term)
            return true
        }
        try TermCursor.walk(from, to, prefix: "", after: "[") { (term) throws(IndexError) in
            gather(term)
            return true
        }
        try TermCursor.walk(from, to, prefix: IndexSchema.stem("")) { (term) throws(IndexError) in
            // Stems of titles have a longer prefix, and stand among the stems of the text.
            if !Self.isCapital(term.bytes.dropFirst().first) { gather(stem: term) }
            return true
        }
        let older = try Self.counted(&onlyFrom, limit: limit, in: from, unchanged: unchanged.from)
        let newer = try Self.counted(&onlyTo, limit: limit, in: to, unchanged: unchanged.to)
        groups = Language.allCases.sorted().compactMap { language in
            guard older[language] != nil || newer[language] != nil else { return nil }
            return Group(language: language, onlyFrom: older[language] ?? [], onlyTo: newer[language] ?? [])
        }
        self.from = Extent(oneSided: onlyFrom.count, examined: min(limit, onlyFrom.count))
        self.to = Extent(oneSided: onlyTo.count, examined: min(limit, onlyTo.count))
    }

    private static func isCapital(_ byte: UInt8?) -> Bool { byte.map { (0x41...0x5A).contains($0) } ?? false }

    private struct Candidate {
        let term: String
        let isStem: Bool
        let documents: Int
    }

    /// The most frequent candidates with the unchanged records that have them, by language.
    private static func counted(
        _ candidates: inout [Candidate], limit: Int, in reader: borrowing IndexReader, unchanged: [UInt64: Language]
    ) throws(IndexError) -> [Language: [Term]] {
        candidates.sort {
            $0.documents == $1.documents
                ? $0.term.utf8.lexicographicallyPrecedes($1.term.utf8) : $0.documents > $1.documents
        }
        var terms: [Language: [Term]] = [:]
        guard !unchanged.isEmpty else { return terms }
        for candidate in candidates.prefix(limit) {
            var query = IndexQuery(.term(candidate.term), limit: candidate.documents)
            query.weighting = .boolean
            query.wantData = false
            query.timeLimitSeconds = 60
            var counts: [Language: Int] = [:]
            for hit in try reader.search(query).hits {
                if let language = unchanged[hit.documentID] { counts[language, default: 0] += 1 }
            }
            let text = candidate.isStem ? String(candidate.term.dropFirst()) : candidate.term
            for (language, count) in counts {
                terms[language, default: []].append(Term(text: text, isStem: candidate.isStem, records: count))
            }
        }
        // A stable order: by records, then as the candidates stood.
        return terms.mapValues { list in
            list.enumerated().sorted { ($0.element.records, $1.offset) > ($1.element.records, $0.offset) }.map(
                \.element)
        }
    }
}
