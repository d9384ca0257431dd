import SabilAnalysis
import SabilTaxonomy

/// What the labels and scope notes of a taxonomy teach of translations, worked out once.
struct TaxonomyTranslations: Sendable {
    let text: ParallelText
    /// What is learnt where no work stands in several languages.
    let table: TranslationTable

    init(_ taxonomy: ConceptScheme, analyzer: Analyzer) {
        var session = analyzer.makeSession()
        text = ParallelText(taxonomy, session: &session)
        table = TranslationLearner().learn(text)
    }
}
