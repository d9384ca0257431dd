import SabilAnalysis
import SabilRecords

/// Completing what a reader types.
extension SearchService {
    /// What a text may become: names in memory, titles from the index as of the last commit.
    ///
    /// - Throws: `invalidRequest` for a limit out of range, `overloaded`, `timedOut`, `cancelled`, `analysis`, `index`.
    public func complete(_ request: CompletionRequest) async throws(SearchError) -> CompletionPage {
        let clock = ContinuousClock()
        let start = clock.now
        guard (1...CompletionRequest.maximumLimit).contains(request.limit) else {
            throw SearchError(
                code: .invalidRequest, operation: "complete",
                message: "Could not complete: the limit \(request.limit) must be between 1 and "
                    + "\(CompletionRequest.maximumLimit); correct the request.")
        }
        var page = CompletionPage(completions: [], looksAtSomeTitles: false, elapsed: .zero)
        // What is longer is no beginning of a name.
        guard request.text.utf8.count <= 400 else { return page }
        let words: [String]
        let typed: String
        do {
            var session = sessions.take()
            words = try session.tokens(in: request.text, language: .undetermined).map(\.surface)
            typed = try NameKey.of(request.text, session: &session)
            sessions.put(back: session)
        } catch {
            throw SearchError(error)
        }
        guard let last = words.last else { return page }
        let isWhole = request.text.unicodeScalars.last?.properties.isWhitespace == true
        page.completions = names.completions(of: typed + (isWhole ? " " : ""), request)
        // A single letter begins too many titles to say anything.
        if request.kinds.contains(.title), last.unicodeScalars.count > 1 || words.count > 1 {
            let completion = TitleCompletion(
                request: request, typed: typed, words: words, isWhole: isWhole, stored: stored, sessions: sessions)
            let (titles, stamp) = try await read { reader in
                let stamp = try LexiconStamp(reader)
                return (try completion.titles(titleWords.ready(for: stamp), reader: reader), stamp)
            }
            titleWords.follow(stamp)
            if titles.isCrowded { titleWords.want(stamp) }
            page.looksAtSomeTitles = titles.looksAtSome
            page.completions = Self.mixed(page.completions, titles.completions, limit: request.limit)
        }
        page.elapsed = clock.now - start
        return page
    }

    /// Names first; titles have a third of the places, and those that names leave.
    private static func mixed(_ names: [Completion], _ titles: [Completion], limit: Int) -> [Completion] {
        let room = max(limit - names.count, min(titles.count, limit / 3))
        return Array(names.prefix(limit - min(room, titles.count)) + titles.prefix(room))
    }
}
