import HTTPTypes
import Hummingbird
import SabilAnalysis
import SabilRecords

/// What the chain makes of a text, step by step.
struct AnalysisAnswer: Encodable, Sendable {
    struct Guess: Encodable {
        let language: String
        let confidence: Double
        /// The languages a short query may be in, best first: a query without a declared language is read in each.
        let plausible: [String]
    }

    struct Word: Encodable {
        let surface: String
        let stem: String
        let position: Int
        let kind: String
        let stopword: Bool
        let questionWord: Bool
        /// Bytes of UTF-8: first and the one after the last.
        let utf8: [Int]
        /// The same in UTF-16 units.
        let utf16: [Int]
        let steps: [AnalysisStep]
    }

    /// How texts may write words of a query otherwise; which of it counts is for the index to say.
    struct Compound: Encodable {
        let utf8: [Int]
        let utf16: [Int]
        /// The two words as one.
        let joined: String?
        let stem: String?
        /// The word as two, wherever it can be parted.
        let parted: [String]?
    }

    let text: String
    /// Whose chain was applied.
    let language: String
    let guess: Guess
    /// Digest of the chains: an index with another one holds other terms.
    let analyzer: String
    let words: [Word]
    let compounds: [Compound]

    /// - Parameter declared: `nil` to take what the text seems to be.
    /// - Throws: as `AnalysisSession.tokens`.
    init(_ text: String, declared: Language?, analyzer: Analyzer) throws(AnalysisError) {
        var session = analyzer.makeSession()
        let seen = session.detect(text, declared: nil)
        let language = declared ?? seen.language
        self.text = text
        self.language = language.rawValue
        guess = Guess(
            language: seen.language.rawValue, confidence: seen.confidence, plausible: seen.plausible.map(\.rawValue))
        self.analyzer = analyzer.fingerprint.rawValue
        let explained = try session.explain(text, language: language)
        compounds = try session.explainCompounds(of: explained, in: text, language: language).map { compound in
            Compound(
                utf8: [compound.form.utf8Range.lowerBound, compound.form.utf8Range.upperBound],
                utf16: [compound.utf16Range.lowerBound, compound.utf16Range.upperBound],
                joined: compound.joined?.surface, stem: compound.joined?.stem,
                parted: compound.joined == nil ? compound.texts : nil)
        }
        words = explained.map { explained in
            let token = explained.token
            return Word(
                surface: token.surface, stem: token.stem, position: token.position, kind: "\(token.kind)",
                stopword: token.isStopword, questionWord: token.isQuestionWord,
                utf8: [token.utf8Range.lowerBound, token.utf8Range.upperBound],
                utf16: [explained.utf16Range.lowerBound, explained.utf16Range.upperBound], steps: explained.steps)
        }
    }
}

/// The analysis of a text for people who ask why two words meet or not.
struct AnalysisRoutes: Sendable {
    let services: ServerServices
    let analyzer = Analyzer()

    /// Longest text, in bytes of UTF-8.
    static let maximumBytes = 4_000

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/v1/analyze") { request, _ in
                let parameters = try request.parameters()
                try parameters.refuseUnknown(known: ["text", "lang"])
                let text = parameters["text"] ?? ""
                guard !text.isEmpty, text.utf8.count <= Self.maximumBytes else {
                    throw QueryParameters.refusal(
                        "text", text, "write a text of 1 to \(Self.maximumBytes) bytes, percent-encoded.")
                }
                let language = try parameters.choice("lang", of: Language.allCases)
                let analyzer = analyzer
                let answer = try await services.pool.run {
                    try AnalysisAnswer(text, declared: language, analyzer: analyzer)
                }
                return JSONAnswer.response(answer)
            }
        ]
    }
}
