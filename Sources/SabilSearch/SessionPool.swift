import SabilAnalysis
import Synchronization

/// Analysis sessions between requests: the words that one has met stay known, and cost the next request a look-up each.
///
/// A session keeps some tens of thousands of words of a language, then begins anew; so few are kept.
final class SessionPool: Sendable {
    private final class Held: @unchecked Sendable {  // Safety: one caller at a time has it.
        var session: AnalysisSession?
        init(_ session: consuming AnalysisSession) { self.session = consume session }
    }

    /// Sessions that wait at most: as many as readers work side by side.
    private static let kept = 4

    private let free = Mutex<[Held]>([])
    private let analyzer: Analyzer

    init(_ analyzer: Analyzer) { self.analyzer = analyzer }

    func take() -> AnalysisSession {
        let held = free.withLock { $0.popLast() }
        return held?.session.take() ?? analyzer.makeSession()
    }

    func put(back session: consuming AnalysisSession) {
        let held = Held(session)
        free.withLock { free in
            if free.count < Self.kept { free.append(held) }
        }
    }
}
