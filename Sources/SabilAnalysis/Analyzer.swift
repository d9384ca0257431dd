import SabilRecords

/// The analysis chains of all languages, ready to open sessions: documents and queries pass through the same one.
///
/// ```swift
/// let analyzer = Analyzer()
/// var session = analyzer.makeSession()
/// for token in try session.tokens(in: "les transferts d’argent", language: .french) { … }  // les, transferts, argent
/// ```
/// Building one takes about a millisecond (it tabulates Unicode properties): build it once and keep it.
public struct Analyzer: Sendable {
    /// What the chains do, as a digest; another value asks for the index and the models to be rebuilt.
    public let fingerprint: AnalyzerFingerprint

    private let chains: [LanguageChain]
    private let table: LetterTable
    private let detector: LanguageDetector

    /// The chains of the four languages and the neutral one.
    public init() {
        let chains = AnalysisSession.languages.map { LanguageChain(.profile(of: $0)) }
        self.chains = chains
        table = LetterTable()
        detector = LanguageDetector(chains, table)
        fingerprint = AnalyzerFingerprint(of: chains.map(\.profile))
    }

    /// Opens a session for one document, query or batch, to be used by one thread at a time; nothing is shared but
    /// immutable tables.
    public func makeSession() -> AnalysisSession {
        AnalysisSession(chains: chains, table: table, detector: detector)
    }
}
