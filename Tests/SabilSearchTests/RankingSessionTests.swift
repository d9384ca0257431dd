import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct RankingSessionTests {
    private func documents(_ texts: [String]) -> [RankingSession.Document] {
        texts.enumerated().map {
            RankingSession.Document(id: "d\($0.offset)", title: "", text: $0.element, language: .english)
        }
    }

    private func rank(_ texts: [String], _ query: String) async throws -> [RankingSession.RankedDocument] {
        let documents = documents(texts)
        return try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            try await RankingSession.build(documents, at: path, analyzer: SearchFixture.analyzer)
            let session = try RankingSession(path: path, analyzer: SearchFixture.analyzer)
            return try session.rank(query, language: .english)
        }
    }

    @Test func `words side by side beat words apart, and the form asked for beats another`() async throws {
        let filler = (0..<40).map { "rain and wind on day \($0) over hills" }
        let ranking = try await rank(
            filler + [
                "cash was paid and a transfer came", "a cash transfer was paid and came",
                "a cash transfers was paid and came",
            ],
            "cash transfer")
        #expect(ranking.map(\.id) == ["d41", "d42", "d40"])
    }

    @Test func `scores fall strictly, so that a run file says the order`() async throws {
        let ranking = try await rank(Array(repeating: "the same words", count: 150), "same words")
        #expect(ranking.count == 100)
        #expect(zip(ranking, ranking.dropFirst()).allSatisfy { $0.score > $1.score })
    }

    @Test func `marks of the query language are text`() async throws {
        let ranking = try await rank(["cash", "title water"], "title:water -cash \"")
        #expect(ranking.map(\.id) == ["d1", "d0"])
    }

    @Test func `many words that end on the same document are ranked`() async throws {
        // The engine's own maximum reads freed memory here.
        let texts = (0..<300).map { "plain \($0)" } + ["indicated distinctively any knots"]
        let ranking = try await rank(texts, "how can any knot be distinctively indicated")
        #expect(ranking.map(\.id) == ["d300"])
    }
}
