import SabilAnalysis
import SabilRecords
import XapianIndex

/// A word of the query with the stems of all languages it may be in.
struct AnalysedQueryWord: Sendable, Hashable {
    struct Forms: Sendable, Hashable {
        var surface: String
        var stems: [String]

        /// The stems as one term: see ``WordWeights``.
        var node: QueryNode {
            let terms = stems.map { QueryNode.term(IndexSchema.stem($0)) }
            return terms.count == 1 ? terms[0] : .max(terms)
        }
    }

    var typed: String
    var place: Range<Int>
    var forms: Forms
    var isStopword: Bool
    var isQuestionWord: Bool
    /// Its stem in each language that the query may be in.
    var readings: [Reading]

    /// A stem of one language.
    struct Reading: Sendable, Hashable {
        var language: Language
        var stem: String
    }

    init(_ token: Token, in text: String, language: Language) {
        typed = String(decoding: Array(text.utf8)[token.utf8Range], as: UTF8.self)
        place = token.utf8Range
        forms = Forms(surface: token.surface, stems: [token.stem])
        isStopword = token.isStopword
        isQuestionWord = token.isQuestionWord
        readings = [Reading(language: language, stem: token.stem)]
    }

    var surface: String { forms.surface }
    var stems: [String] { forms.stems }

    /// Adds the stem of another language the query may be in, and its surface where elision cut the word differently.
    mutating func add(_ token: Token, language: Language) {
        readings.append(Reading(language: language, stem: token.stem))
        add(stem: token.stem)
        if token.surface != forms.surface { add(stem: token.surface) }
    }

    /// Adds what texts in another language, or names, may have the same word under.
    mutating func add(stem: String) {
        if !forms.stems.contains(stem) { forms.stems.append(stem) }
    }

    var node: QueryNode { forms.node }

    var queryWord: QueryWord { QueryWord(surface: surface, stems: stems, isStopword: isStopword) }
}
