import SabilRecords
import XapianIndex

/// A query ready to be run: what to match, how to score it again, what to mark.
struct QueryPlan: Sendable, Hashable {
    /// Matches and scores; ``QueryNode/all`` if the query has no words.
    var node: QueryNode = .all
    /// Whether anything in it gives a score.
    var hasWords = false
    /// The scored parts of `node`, for explaining.
    var units: [PlannedUnit] = []
    /// Words side by side, for the second ranking step.
    var runs: [[QueryWord]] = []
    /// Words scored by their stems, each with what its score is multiplied by: their exact forms may score more.
    var words: [PlannedWord] = []
    /// Words that may be misspelt: those searched for by their stems, function words and names of the taxonomy left out.
    var typed: [TypedWord] = []
    /// What stands for words of the query, by surface, in texts of another language; the surest first.
    var translations: [Language: [String: [TranslatedWord]]] = [:]
    /// All of them as they are told, of which those are that the index has; see ``QueryTranslations``.
    var translated: [PlannedTranslation] = []
    /// Other spellings of words, of which those are searched for that the index has; see ``QueryCompounds``.
    var compounds: [PlannedCompound] = []
    /// Words with open letters, for which those that the index has are searched; see ``QueryPatterns``.
    var patterns: [PlannedPattern] = []
    /// Whether hits are lifted by the concepts that they share with the best: see ``TagFeedback``.
    var feedsBack = false
    var marks = MatchMarks()
    var language: Language = .undetermined
    /// Whether the query is words side by side, or one phrase, and nothing else.
    var isPlain = false
    var notes: [QueryNote] = []
}

extension QueryPlan {
    /// The words side by side as texts of a language have them: without function words, which are no words there, and written
    /// as their surest translation is.
    func runs(in language: Language) -> [[QueryWord]] {
        guard let translations = translations[language] else { return runs }
        return runs.map { run in
            run.compactMap { word in
                guard let translated = translations[word.surface] else { return word.isStopword ? nil : word }
                let stems = translated.map(\.stem).filter { !word.stems.contains($0) }
                return QueryWord(
                    surface: translated[0].surface, stems: word.stems + stems, isStopword: word.isStopword)
            }
        }
    }
}

/// What stands for a word of the query in another language.
struct TranslatedWord: Sendable, Hashable {
    var stem: String
    /// Folded, as texts are.
    var surface: String
}

/// A part of a query that is scored by itself.
struct PlannedUnit: Sendable, Hashable {
    var name: String
    var kind: ScorePart.Kind
    var node: QueryNode
}

/// A word that is scored by its stems.
struct PlannedWord: Sendable, Hashable {
    var word: QueryWord
    var factor: Double
}

/// A word of the query as the second ranking step sees it.
struct QueryWord: Sendable, Hashable {
    var surface: String
    /// Its stem in each language that the query may be in, then what texts in other languages have it under.
    var stems: [String]
    var isStopword: Bool

    var codes: [UInt32] { stems.map(WordStream.code(of:)) }

    /// Documents that have the word in any form.
    var node: QueryNode {
        .or([.term(surface)] + terms.map { .term($0) })
    }

    /// The terms of its stems.
    var terms: [String] { stems.map(IndexSchema.stem) }
}

/// What to mark in the text of a hit.
struct MatchMarks: Sendable, Hashable {
    var surfaces: Set<String> = []
    var stems: Set<String> = []
    /// Sequences of surfaces that are marked as a whole.
    var phrases: Set<[String]> = []
    var prefixes: Set<String> = []

    var isEmpty: Bool { surfaces.isEmpty && stems.isEmpty && phrases.isEmpty && prefixes.isEmpty }
}
