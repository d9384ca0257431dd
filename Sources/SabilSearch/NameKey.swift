import SabilAnalysis
import SabilRecords

/// Names as keys: spellings that differ in case, accents, ñ, vowel signs or punctuation give the same key.
enum NameKey {
    static func of(_ name: String, session: inout AnalysisSession) throws(AnalysisError) -> String {
        let tokens = try session.tokens(in: name, language: .undetermined)
        return tokens.map(\.stem).joined(separator: " ")
    }
}
