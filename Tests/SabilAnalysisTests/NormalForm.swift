@testable import SabilAnalysis

/// Whether a text is in NFKC, by ICU.
func isNFKC(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return (try? UnicodeForms.composed(bytes.span)) == bytes
}
