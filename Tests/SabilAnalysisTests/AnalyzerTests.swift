import SabilAnalysis
import SabilRecords
import Testing

@Suite struct `Analysis of a text` {
    @Test func `words keep their place in the text`() throws {
        var session = Analyzer().makeSession()
        let tokens = try session.tokens(in: "Cash transfers", language: .english)
        #expect(tokens.map(\.surface) == ["cash", "transfers"])
        #expect(tokens.map(\.utf8Range) == [0..<4, 5..<14])
    }
}
