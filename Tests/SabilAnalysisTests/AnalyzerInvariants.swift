import SabilAnalysis
import SabilRecords
import Testing

/// What holds of the tokens of every text in every language.
///
/// - Parameter isStable: also check that analysing a surface alone gives that surface: true of all scripts that ICU
///   segments without a dictionary, since a dictionary may part a word otherwise when its neighbours are gone.
func expectInvariants(
    of text: String, _ language: Language, _ session: inout AnalysisSession, isStable: Bool = true,
    _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let tokens = try session.tokens(in: text, language: language)
    let bytes = Array(text.utf8)
    func isBoundary(_ offset: Int) -> Bool { offset == bytes.count || bytes[offset] & 0xC0 != 0x80 }
    var problems: [String] = []
    var start = 0
    for (ordinal, token) in tokens.enumerated() {
        if token.position != ordinal { problems.append("position \(token.position) of token \(ordinal)") }
        let range = token.utf8Range
        if range.isEmpty || range.upperBound > bytes.count || range.lowerBound < start {
            problems.append("range \(range) after \(start) of \(bytes.count)")
        } else if !isBoundary(range.lowerBound) || !isBoundary(range.upperBound) {
            problems.append("range \(range) cuts a character")
        }
        start = range.lowerBound
        for term in [token.surface, token.stem] {
            if term.isEmpty || term.utf8.count > 245 { problems.append("term of \(term.utf8.count) bytes") }
            if term.unicodeScalars.contains(where: {
                $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint
            }) {
                problems.append("blank in \(term.debugDescription)")
            }
        }
        if !isNFKC(token.surface) { problems.append("\(token.surface.debugDescription) is not NFKC") }
        if isStable {
            let again = try session.tokens(in: token.surface, language: language)
            if again.count != 1 || again.first?.surface != token.surface {
                problems.append("\(token.surface.debugDescription) gives \(again.map(\.surface)) the second time")
            } else if again.first?.isStopword != token.isStopword {
                problems.append("\(token.surface.debugDescription) is a function word once only")
            }
        }
    }
    if try session.tokens(in: text, language: language) != tokens { problems.append("another answer the second time") }
    #expect(problems.isEmpty, "\(comment()) \(language) \(text.debugDescription)", sourceLocation: sourceLocation)
}
