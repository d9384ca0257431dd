import SabilAnalysis
import SabilRecords
import XapianIndex

/// A word of a query that may be looked up, with its place.
struct TypedWord: Sendable, Hashable {
    /// Bytes of the query.
    var place: Range<Int>
    var typed: String
    var surface: String
    var stems: [String]
}

/// Proposes words that records have for words that they have not.
///
/// Nothing that a reader can find is exchanged, so that no correction takes the place of an exact hit; numbers, quoted
/// words, beginnings, names of the taxonomy and words of fewer than four letters stay. What is proposed stands in records that
/// the reader may see.
struct SpellingCorrector: Sendable {
    let analyzer: Analyzer
    let stored: StoredRecord
    let visibility: QueryNode

    /// Neighbours that are looked at closer, the most frequent ones.
    private static let maximumNeighbours = 8
    /// Records of a word are counted up to so many, and estimated beyond.
    private static let counted = 10_000
    /// Words of one query that are looked at.
    static let maximumWords = 8
    /// Up to this many records it is looked whether the reader may see one of them.
    private static let fewRecords = 32

    /// So many times as many records must have a word for a rare one to be taken for it.
    private static let farMoreFrequent = 20

    /// What is wrong with a word.
    enum Doubt: Sendable, Hashable {
        case absent
        /// In so many records.
        case rare(Int)
    }

    /// The words that may be misspelt.
    ///
    /// - Parameter weights: of the plan that the words are of.
    /// - Complexity: one search for each word of few records, where some are hidden from the reader.
    func doubtful(
        _ words: [TypedWord], _ weights: WordWeights, reader: borrowing IndexReader
    ) throws(IndexError) -> [(word: TypedWord, doubt: Doubt)] {
        var doubtful: [(word: TypedWord, doubt: Doubt)] = []
        let rare = max(1, Int(weights.documentCount) / 10_000)
        for word in words {
            guard let letters = WordList.letters(of: word.surface),
                WordList.maximumDistance(ofLength: letters.count) > 0
            else { continue }
            let terms = [word.surface] + word.stems.map(IndexSchema.stem)
            let documents = terms.map(weights.documents)
            let known = documents.max() ?? 0
            if known == 0 {
                doubtful.append((word, .absent))
            } else if known <= Self.fewRecords {
                let node = QueryNode.or(terms.map { .term($0) })
                if try !isVisible(node, reader: reader) {
                    doubtful.append((word, .absent))
                } else if documents[0] <= rare, known <= rare {
                    doubtful.append((word, .rare(known)))
                }
            }
            if doubtful.count == Self.maximumWords { break }
        }
        return doubtful
    }

    /// What the doubtful words may have meant.
    ///
    /// - Parameter mode: `correct` exchanges absent words, `suggest` only proposes.
    func proposals(
        for doubtful: [(word: TypedWord, doubt: Doubt)], from list: WordList, language: Language, mode: SpellingMode,
        reader: borrowing IndexReader
    ) throws -> [Spelling.Word] {
        var session = analyzer.makeSession()
        var words: [Spelling.Word] = []
        for (word, doubt) in doubtful {
            let limit = WordList.maximumDistance(ofLength: word.surface.unicodeScalars.count)
            let found: String?
            switch doubt {
            case .absent:
                found = try best(of: list.nearest(to: word.surface, upTo: limit), language: language, reader: reader)
            case .rare(let documents):
                // Forms of the same word find one another anyhow.
                var others: [WordList.Neighbour] = []
                for neighbour in list.nearest(to: word.surface, upTo: 1)
                where neighbour.documents >= Self.farMoreFrequent * documents && neighbour.word.unicodeScalars.count > 4
                {
                    if try !shareStem(word, neighbour.word, &session) { others.append(neighbour) }
                }
                let best = try best(of: others, language: language, reader: reader)
                let least = Self.farMoreFrequent * documents
                found = try best.flatMap { word throws(IndexError) in
                    let seen = Question.filtered(.term(word), by: visibility)
                    return try count(seen, upTo: least, reader: reader) >= least ? word : nil
                }
            }
            guard let found else { continue }
            let written = try written(found, language: language, session: &session, reader: reader) ?? found
            words.append(
                Spelling.Word(
                    place: word.place, typed: word.typed, meant: Self.cased(written, as: word.typed),
                    isUsed: doubt == .absent && mode == .correct))
        }
        return Self.placed(words)
    }

    /// In order of place, each stretch of the text once: what must match is planned first, and one letter may give two words.
    private static func placed(_ words: [Spelling.Word]) -> [Spelling.Word] {
        var placed: [Spelling.Word] = []
        for word in words.sorted(by: { $0.place.lowerBound < $1.place.lowerBound })
        where word.place.lowerBound >= placed.last?.place.upperBound ?? 0 {
            placed.append(word)
        }
        return placed
    }

    /// The neighbour that most records in the language have, of those that the reader may see.
    ///
    /// - Parameter neighbours: by falling frequency.
    /// - Complexity: one search for one hit for a single neighbour; else mostly one that counts the records of the first, up to as many
    ///   as the second can have.
    private func best(
        of neighbours: [WordList.Neighbour], language: Language, reader: borrowing IndexReader
    ) throws(IndexError) -> String? {
        let neighbours = Array(neighbours.prefix(Self.maximumNeighbours))
        if neighbours.count == 1 {
            return try isVisible(.term(neighbours[0].word), reader: reader) ? neighbours[0].word : nil
        }
        var best: (word: String, own: Int, documents: Int)?
        for (place, neighbour) in neighbours.enumerated() {
            if let best, best.own > neighbour.documents { break }
            let seen = Question.filtered(.term(neighbour.word), by: visibility)
            let ofLanguage = QueryNode.filter(seen, .term(IndexSchema.language(language)))
            let most = place == 0 ? min(Self.counted, neighbours[1].documents + 1) : Self.counted
            let own = try count(language == .undetermined ? seen : ofLanguage, upTo: most, reader: reader)
            if place == 0, own > neighbours[1].documents { return neighbour.word }
            if let best, best.own > own { continue }
            let documents = language == .undetermined ? own : try count(seen, upTo: Self.counted, reader: reader)
            guard documents > 0 else { continue }
            if let best, (best.own, best.documents) >= (own, documents) { continue }
            best = (neighbour.word, own, documents)
        }
        return best?.word
    }

    private func isVisible(_ node: QueryNode, reader: borrowing IndexReader) throws(IndexError) -> Bool {
        if visibility == .all { return true }
        return try count(Question.filtered(node, by: visibility), upTo: 1, reader: reader) > 0
    }

    /// Matches, exact up to a number.
    private func count(
        _ node: QueryNode, upTo number: Int, reader: borrowing IndexReader
    ) throws(IndexError) -> Int {
        var query = IndexQuery(node, limit: 1, checkAtLeast: number)
        query.weighting = .boolean
        query.wantData = false
        let page = try reader.search(query)
        return max(page.hits.count, page.total.estimate)
    }

    private func shareStem(
        _ word: TypedWord, _ other: String, _ session: inout AnalysisSession
    ) throws(AnalysisError) -> Bool {
        for language in Language.known {
            for token in try session.tokens(in: other, language: language) where word.stems.contains(token.stem) {
                return true
            }
        }
        return false
    }

    /// The word with its accents and marks, as the first record that has it writes it, best one in the language.
    private func written(
        _ word: String, language: Language, session: inout AnalysisSession, reader: borrowing IndexReader
    ) throws -> String? {
        let seen = Question.filtered(.term(word), by: visibility)
        let own = language == .undetermined ? nil : QueryNode.filter(seen, .term(IndexSchema.language(language)))
        for node in [own, seen].compactMap({ $0 }) {
            var query = IndexQuery(node, limit: 1)
            query.weighting = .boolean
            query.valueSlots = [IndexSchema.Slot.language]
            guard let hit = try reader.search(query).hits.first else { continue }
            let record = try stored.decode(hit.data)
            let name = String(decoding: hit.values[IndexSchema.Slot.language] ?? [], as: UTF8.self)
            let texts = [record.title, record.abstract, record.body] + record.organisations + record.authors
            for text in texts where !text.isEmpty {
                let tokens = try session.tokens(in: text, language: Language(rawValue: name) ?? .undetermined)
                if let token = tokens.first(where: { $0.surface == word }) {
                    return String(decoding: Array(text.utf8)[token.utf8Range], as: UTF8.self)
                }
            }
            return nil
        }
        return nil
    }

    /// Small letters where the reader typed small ones.
    private static func cased(_ word: String, as typed: String) -> String {
        typed == typed.lowercased() ? word.lowercased() : word
    }
}
