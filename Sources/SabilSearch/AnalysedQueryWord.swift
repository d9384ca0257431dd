import SabilAnalysis
import XapianIndex

/// A word of the query with the stems of all languages it may be in.
struct AnalysedQueryWord: Sendable, Hashable {
    struct Forms: Sendable, Hashable {
        var surface: String
        var stems: [String]
    }

    var typed: String
    var place: Range<Int>
    var forms: Forms
    var isStopword: Bool
    var isQuestionWord: Bool

    init(_ token: Token, in text: String) {
        typed = String(decoding: Array(text.utf8)[token.utf8Range], as: UTF8.self)
        place = token.utf8Range
        forms = Forms(surface: token.surface, stems: [token.stem])
        isStopword = token.isStopword
        isQuestionWord = token.isQuestionWord
    }

    var surface: String { forms.surface }
    var stems: [String] { forms.stems }

    /// Adds the stem of another language, and its surface where elision cut the word differently.
    mutating func add(_ token: Token) {
        if !forms.stems.contains(token.stem) { forms.stems.append(token.stem) }
        if token.surface != forms.surface, !forms.stems.contains(token.surface) { forms.stems.append(token.surface) }
    }

    /// The best of the stem, in whichever language, and the word itself: no form counts twice.
    ///
    /// A stem is the stem term and the word that equals it, as if they were one term.
    var node: QueryNode {
        var options = stems.map { QueryNode.synonym([.term(IndexSchema.stem($0)), .term($0)]) }
        if stems != [surface] { options.append(.term(surface)) }
        return options.count == 1 ? options[0] : .max(options)
    }

    var queryWord: QueryWord { QueryWord(surface: surface, stems: stems, isStopword: isStopword) }
}
