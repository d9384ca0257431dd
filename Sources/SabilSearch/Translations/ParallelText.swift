import SabilAnalysis
import SabilRecords
import SabilTaxonomy

/// Passages that say the same in several languages, as sets of stems: what a ``TranslationLearner`` learns from.
///
/// Three sources: the labels and scope notes of the taxonomy, its list of everyday words, and the titles and abstracts of
/// works that stand in several languages.
struct ParallelText: Sendable {
    /// A stem of one language.
    struct Word: Sendable, Hashable {
        var stem: String
        /// How it was written where it was met first, in small letters.
        var form: String
        /// Whether it may be given as a translation: no function word, no number, no single letter.
        var isContent: Bool
    }

    /// The stems of two versions of a passage, as indices into the words of their languages, each once.
    struct Pair: Sendable, Hashable {
        var first: [Int32]
        var second: [Int32]
        var weight: Double
    }

    /// Languages in the order of ``Language/known``.
    struct Direction: Sendable, Hashable {
        var first: Language
        var second: Language

        static let all: [Direction] = Language.known.indices.flatMap { first in
            Language.known[(first + 1)...].map { Direction(first: Language.known[first], second: $0) }
        }
    }

    /// Different stems of a passage that are looked at: an abstract has fewer.
    static let longestPassage = 200
    /// Pairs of words in pairs of passages, per pair of languages: bounds time and memory to seconds and 50 MB.
    static let maximumWordPairs = 4_000_000
    /// A label or scope note was chosen to name the concept: it counts as much as two passages.
    static let taxonomyWeight = 2.0

    /// A row of the word list says nothing but what its words are called: it counts as much as four passages, so that
    /// a word that stands in it alone is believed.
    static let wordListWeight = 4.0

    private(set) var words: [Language: [Word]] = [:]
    private(set) var pairs: [Direction: [Pair]] = [:]
    private var indices: [Language: [String: Int32]] = [:]
    private var wordPairs: [Direction: Int] = [:]

    /// No passage.
    init() {}

    /// What a taxonomy says in several languages.
    init(_ taxonomy: ConceptScheme, session: inout AnalysisSession) {
        for concept in taxonomy.concepts where !concept.isDeprecated {
            add(concept.prefLabels.mapValues { [$0] }, weight: Self.taxonomyWeight, session: &session)
            add(concept.altLabels, weight: 1, session: &session)
            add(concept.scopeNotes.mapValues { [$0] }, weight: Self.taxonomyWeight, session: &session)
        }
        for row in taxonomy.equivalents { add(row.forms, weight: Self.wordListWeight, session: &session) }
    }

    /// Adds the title and the abstract of the versions of one work.
    mutating func add(work versions: [Language: ResourceRecord], session: inout AnalysisSession) {
        add(versions.mapValues { [$0.title] }, weight: 1, session: &session)
        add(versions.mapValues { [$0.abstract] }, weight: 1, session: &session)
    }

    /// Adds what is said in several languages; of several texts of a language each stands for an equal share.
    mutating func add(_ texts: [Language: [String]], weight: Double, session: inout AnalysisSession) {
        guard texts.count > 1 else { return }
        var versions: [Language: [[Int32]]] = [:]
        for language in Language.known {
            versions[language] = texts[language]?.map { read($0, language, session: &session) }.filter { !$0.isEmpty }
        }
        for direction in Direction.all {
            guard let first = versions[direction.first], let second = versions[direction.second],
                !first.isEmpty, !second.isEmpty
            else { continue }
            let share = weight / Double(max(first.count, second.count))
            for own in first {
                for other in second {
                    let size = wordPairs[direction, default: 0] + own.count * other.count
                    guard size <= Self.maximumWordPairs else { return }
                    wordPairs[direction] = size
                    pairs[direction, default: []].append(Pair(first: own, second: other, weight: share))
                }
            }
        }
    }

    /// The different stems of a text; none where it cannot be analysed.
    private mutating func read(_ text: String, _ language: Language, session: inout AnalysisSession) -> [Int32] {
        guard let tokens = try? session.tokens(in: text, language: language) else { return [] }
        var found: [Int32] = []
        var seen: Set<Int32> = []
        for token in tokens where found.count < Self.longestPassage {
            let index = self.index(of: token, in: text, language)
            if seen.insert(index).inserted { found.append(index) }
        }
        return found
    }

    private mutating func index(of token: Token, in text: String, _ language: Language) -> Int32 {
        if let known = indices[language]?[token.stem] { return known }
        let index = Int32(words[language]?.count ?? 0)
        let isContent =
            !token.isStopword && !token.isQuestionWord && token.stem.unicodeScalars.count > 1
            && !token.stem.unicodeScalars.contains { $0.properties.numericType != nil }
        let form = String(decoding: Array(text.utf8)[token.utf8Range], as: UTF8.self).lowercased()
        words[language, default: []].append(Word(stem: token.stem, form: form, isContent: isContent))
        indices[language, default: [:]][token.stem] = index
        return index
    }
}
