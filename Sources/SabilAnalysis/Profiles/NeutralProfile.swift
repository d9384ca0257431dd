import SabilRecords

extension LanguageProfile {
    /// Text of undetermined language: folded, never stemmed. Elision and the English possessive are taken off, so that
    /// a query whose language is unknown meets documents whose language is known.
    static let neutral = LanguageProfile(
        language: .undetermined,
        stemmer: nil,
        elisions: frenchElisions,
        joinedHeads: "aujourd prud quelqu presqu entr grand o",
        dropsPossessive: true,
        dropsInclusiveEndings: true,
        stopwords: "",
        questionWords: "")
}
