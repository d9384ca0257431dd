import SabilAnalysis
import SabilRecords
import SabilTaxonomy

/// Names of the taxonomy and frequent queries by how they, or one of their words, begin.
///
/// Folded as the words of records are, so that accents, case and the forms of Arabic letters make no difference; an Arabic word
/// is found with and without its article. Made once when the index is opened.
struct CompletionNames: Sendable {
    private struct Entry: Sendable {
        var completion: Completion
        /// The whole name, folded; equal names of one thing are one.
        var folded: String
        var isPreferred: Bool
        var count: Int
    }

    private struct Key: Sendable {
        /// From the beginning of a word to the end of the name.
        var bytes: [UInt8]
        var entry: Int32
        /// Words before it.
        var wordsBefore: UInt8
    }

    private var entries: [Entry] = []
    private var keys: [Key] = []
    private let taxonomy: ConceptScheme

    /// - Parameters:
    ///   - queries: of which those asked fewer than `minimum` times, spellings taken together, are left out.
    init(_ taxonomy: ConceptScheme, queries: [FrequentQuery], minimum: Int, analyzer: Analyzer) {
        self.taxonomy = taxonomy
        var session = analyzer.makeSession()
        var seen: Set<String> = []
        for label in taxonomy.labels where label.kind != .hidden {
            guard let kind = Self.kind(taxonomy.facet(of: label.concept)),
                let folded = try? NameKey.of(label.text, session: &session), !folded.isEmpty,
                seen.insert("\(label.concept.rawValue) \(label.language.rawValue) \(folded)").inserted
            else { continue }
            add(
                Entry(
                    completion: Completion(
                        kind: kind, text: label.text, language: label.language, id: label.concept.rawValue),
                    folded: folded, isPreferred: label.kind == .preferred, count: 0))
        }
        for entry in Self.merged(queries, session: &session) where entry.count >= minimum { add(entry) }
        keys.sort { first, second in
            if first.bytes != second.bytes { return first.bytes.lexicographicallyPrecedes(second.bytes) }
            return first.entry < second.entry
        }
    }

    private static func kind(_ facet: String?) -> Completion.Kind? {
        switch facet {
        case nil: nil
        case Facet.country: .country
        case Facet.namedProgramme: .programme
        case Facet.organisation: .organisation
        default: .concept
        }
    }

    /// Spellings of one query together, under the one asked most.
    private static func merged(_ queries: [FrequentQuery], session: inout AnalysisSession) -> [Entry] {
        var entries: [Entry] = []
        var places: [String: Int] = [:]
        let ordered = queries.sorted { ($1.count, $0.text, $0.language) < ($0.count, $1.text, $1.language) }
        for query in ordered {
            // What cannot be folded cannot be typed either.
            guard let folded = try? NameKey.of(query.text, session: &session), !folded.isEmpty else { continue }
            if let place = places[folded] {
                let (count, isBeyond) = entries[place].count.addingReportingOverflow(query.count)
                entries[place].count = isBeyond ? .max : count
            } else {
                places[folded] = entries.count
                let completion = Completion(kind: .query, text: query.text.trimmed, language: query.language, id: nil)
                entries.append(Entry(completion: completion, folded: folded, isPreferred: true, count: query.count))
            }
        }
        return entries
    }

    private static let article = Array("ال".utf8)

    private mutating func add(_ entry: Entry) {
        let number = Int32(entries.count)
        entries.append(entry)
        let bytes = Array(entry.folded.utf8)
        var start = 0
        var wordsBefore: UInt8 = 0
        while start < bytes.count {
            keys.append(Key(bytes: Array(bytes[start...]), entry: number, wordsBefore: wordsBefore))
            if bytes[start...].starts(with: Self.article) {
                let rest = Array(bytes[(start + Self.article.count)...])
                // Two letters of Arabic are four bytes.
                if rest.prefix(while: { $0 != 0x20 }).count >= 4 {
                    keys.append(Key(bytes: rest, entry: number, wordsBefore: wordsBefore))
                }
            }
            guard let space = bytes[start...].firstIndex(of: 0x20) else { break }
            start = space + 1
            wordsBefore = min(wordsBefore + 1, .max - 1)
        }
    }

    /// The names that hold the text from the beginning of a word, best first: those that begin with it, in the language, preferred
    /// names, frequent queries, short ones.
    ///
    /// - Parameter typed: folded; with a space at the end, the last word is whole.
    /// - Complexity: O(log names + names that match).
    func completions(of typed: String, _ request: CompletionRequest) -> [Completion] {
        let wanted = Array(typed.utf8)
        guard !wanted.isEmpty else { return [] }
        // A name that ends here sorts before those that go on.
        let whole = wanted.last == 0x20 ? Array(wanted.dropLast()) : wanted
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].bytes.lexicographicallyPrecedes(whole) { low = middle + 1 } else { high = middle }
        }
        var best: [Int32: Rank] = [:]
        while low < keys.count, keys[low].bytes.starts(with: whole) {
            let key = keys[low]
            low += 1
            guard Self.begins(key.bytes, with: wanted) else { continue }
            let entry = entries[Int(key.entry)]
            if request.kinds.contains(entry.completion.kind) {
                let rank = rank(entry, key, request.language)
                if best[key.entry].map({ rank < $0 }) ?? true { best[key.entry] = rank }
            }
        }
        let ranked = best.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        var told: Set<String> = []
        var completions: [Completion] = []
        for (number, _) in ranked {
            var completion = entries[Int(number)].completion
            // One name of one thing, the best; a query that is a name is that name.
            guard told.insert(completion.id ?? entries[Int(number)].folded).inserted else { continue }
            if let id = completion.id {
                let label = taxonomy.label(ConceptID(id), in: request.language)
                if label != completion.text { completion.label = label }
            }
            completions.append(completion)
            if completions.count == request.limit { break }
        }
        return completions
    }

    /// `wanted` may end with a space, which the end of a name stands for too.
    private static func begins(_ key: [UInt8], with wanted: [UInt8]) -> Bool {
        key.starts(with: wanted) || (wanted.last == 0x20 && key.elementsEqual(wanted.dropLast()))
    }

    private struct Rank: Comparable {
        var wordsBefore: Int
        var isForeign: Bool
        var isAlternative: Bool
        var rarity: Int
        var length: Int

        static func < (first: Rank, second: Rank) -> Bool {
            if first.isForeign != second.isForeign { return second.isForeign }
            if first.wordsBefore != second.wordsBefore { return first.wordsBefore < second.wordsBefore }
            if first.rarity != second.rarity { return first.rarity < second.rarity }
            if first.isAlternative != second.isAlternative { return second.isAlternative }
            return first.length < second.length
        }
    }

    private func rank(_ entry: Entry, _ key: Key, _ language: Language) -> Rank {
        let own = entry.completion.language
        return Rank(
            wordsBefore: key.wordsBefore == 0 ? 0 : 1, isForeign: own != language && own != .undetermined,
            isAlternative: !entry.isPreferred, rarity: -entry.count, length: entry.folded.utf8.count)
    }
}
