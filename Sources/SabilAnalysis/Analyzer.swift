public import SabilRecords

/// The analysis chains of all languages, ready to open sessions: documents and queries pass through the same one.
public struct Analyzer: Sendable {
    /// What the chains do, as a digest.
    public let fingerprint: AnalyzerFingerprint

    public init() { fingerprint = AnalyzerFingerprint(rawValue: "0000000000000000") }

    /// Opens a session for one document, query or batch, to be used by one thread at a time.
    public func makeSession() -> AnalysisSession { AnalysisSession() }
}

/// One thread's use of an analyzer.
public struct AnalysisSession: ~Copyable {
    init() {}

    /// The tokens of a text, in order.
    public mutating func tokens(in text: String, language: Language) throws(AnalysisError) -> [Token] {
        var tokens: [Token] = []
        var offset = 0
        for piece in text.split(separator: " ", omittingEmptySubsequences: false) {
            let length = piece.utf8.count
            if length > 0 {
                let surface = piece.lowercased()
                tokens.append(
                    Token(
                        surface: surface, stem: surface, utf8Range: offset..<(offset + length),
                        position: tokens.count))
            }
            offset += length + 1
        }
        return tokens
    }

    /// The language of a text, starting from what was declared.
    public func detect(_ text: String, declared: Language?) -> LanguageGuess {
        LanguageGuess(language: declared ?? .undetermined, confidence: 0, plausible: Language.known)
    }
}
