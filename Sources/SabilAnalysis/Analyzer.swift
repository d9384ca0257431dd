public import SabilRecords

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
    private let orthography: Orthography
    private let table: LetterTable
    private let detector: LanguageDetector

    /// The chains of the four languages and the neutral one.
    ///
    /// - Parameter filters: steps to leave out, to see what they are worth; another set has another fingerprint.
    public init(without filters: Set<AnalysisFilter> = []) {
        let orthography = Orthography(without: filters)
        let chains = AnalysisSession.languages.map {
            LanguageChain(.profile(of: $0).without(filters), orthography)
        }
        self.chains = chains
        self.orthography = orthography
        table = LetterTable(orthography)
        detector = LanguageDetector(chains, table)
        let left = filters.map(\.rawValue).sorted()
        fingerprint = AnalyzerFingerprint(of: chains.map(\.profile), without: left)
    }

    /// Whether the chain of a language differs from that of another analyzer in its profile or its orthography.
    public func changes(_ language: Language, from other: Analyzer) -> Bool {
        let profiles = [self, other].map { analyzer in
            analyzer.chains.first { $0.profile.language == language }?.profile.content
        }
        return profiles[0] != profiles[1] || orthography != other.orthography
    }

    /// Opens a session for one document, query or batch, to be used by one thread at a time; nothing is shared but
    /// immutable tables.
    public func makeSession() -> AnalysisSession {
        AnalysisSession(chains: chains, orthography: orthography, table: table, detector: detector)
    }
}
