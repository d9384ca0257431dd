import SabilAnalysis
import SabilTaxonomy
import Synchronization
import XapianIndex

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

/// The translations of an index, read once for as long as they stay the same.
final class TranslationTableCache: Sendable {
    private let held = Mutex<(stamp: [UInt8], table: TranslationTable)>(([], TranslationTable()))

    /// What was read last; queries are planned with it before a reader is at hand.
    var current: TranslationTable { held.withLock { $0.table } }

    /// Reads the table of the reader's commit if it is another than the one held.
    /// - Complexity: one small value; some milliseconds where translations were learnt anew.
    @discardableResult
    func table(of reader: borrowing IndexReader) throws(IndexError) -> TranslationTable {
        let stamp = try reader.metadata(IndexSchema.Key.translationStamp) ?? []
        let known = held.withLock { $0.stamp == stamp ? $0.table : nil }
        if let known { return known }
        let table = try TranslationTable(reader)
        held.withLock { $0 = (stamp, table) }
        return table
    }
}
