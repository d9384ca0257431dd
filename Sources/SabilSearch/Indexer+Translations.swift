import SabilAnalysis
import SabilRecords
import XapianIndex

extension Indexer {
    /// Learns from what is committed; the table goes into the next commit.
    ///
    /// - Parameter works: those that may stand in several languages; `nil`: every public record is looked at.
    func learnTranslations(in writer: IndexWriter, works: AlignedWorks? = nil) async throws {
        let path = writer.path
        let table = try await offload { () -> Result<TranslationTable, IndexError> in
            do throws(IndexError) {
                return .success(try translations(at: path, works: works))
            } catch {
                return .failure(error)
            }
        }.get()
        for (key, value) in table.metadata().sorted(by: { $0.key < $1.key }) {
            try await writer.setMetadata(key, value)
        }
    }

    private func translations(at path: String, works: AlignedWorks?) throws(IndexError) -> TranslationTable {
        let reader = try IndexReader(path: path)
        let works = if let works { works } else { try AlignedWorks(of: reader, atMost: worksToLearnFrom) }
        let versions = try works.versions(
            in: reader, stored: StoredRecord(taxonomy: taxonomy, contentTypes: contentTypes))
        if versions.isEmpty { return (taught ?? TaxonomyTranslations(taxonomy, analyzer: analyzer)).table }
        var session = analyzer.makeSession()
        // What the taxonomy alone teaches is not asked for.
        var text = taught?.text ?? ParallelText(taxonomy, session: &session)
        for work in versions { text.add(work: work, session: &session) }
        return try learner(text)
    }
}
