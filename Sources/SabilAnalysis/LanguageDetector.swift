import SabilRecords

struct LanguageDetector: Sendable {
    init(_ chains: [LanguageChain]) {}
    func guess(_ text: String, declared: Language?) -> LanguageGuess {
        LanguageGuess(language: declared ?? .undetermined, confidence: 0, plausible: Language.known)
    }
}
