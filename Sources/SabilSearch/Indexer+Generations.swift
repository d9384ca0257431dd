import SabilAnalysis
import SabilTaxonomy
import XapianIndex

extension Indexer {
    /// What a switch put in place.
    public struct Switched: Sendable, Hashable {
        /// Records of the index that is now in place.
        public let records: Int
        /// The index it replaced was written to after the new one was begun: what came then is in the previous one alone.
        public let lacksLaterChanges: Bool
        /// Place in the log of the last decision that the new index has (``noteStaged(decisionsThrough:)``); 0 when it does not say.
        public let decisionsThrough: Int64
        /// Where the index that was replaced is kept; `nil` when it was removed, or when there was none.
        public let previous: String?
    }

    /// Notes in the staged index which decisions it has: later ones have to follow after the switch, though the index in use
    /// may have them already.
    /// - Parameter sequence: place in the log of the last one.
    /// - Throws: `notFound` when none is staged, `locked`, `index`.
    public func noteStaged(decisionsThrough sequence: Int64) async throws(SearchError) {
        do {
            try await note(decisionsThrough: sequence)
        } catch {
            throw SearchError(error)
        }
    }

    private func note(decisionsThrough sequence: Int64) async throws(IndexError) {
        let writer = try IndexWriter(path: IndexGenerations(path: path).next, opening: .existing)
        do throws(IndexError) {
            try await writer.setMetadata(IndexSchema.Key.stagedDecisions, Array(String(sequence).utf8))
            try await writer.finish()
        } catch {
            await writer.abandon()
            throw error
        }
    }

    /// Puts the index that was built beside this one (``Placement/staged``) in its place, in one step.
    ///
    /// Refused when the index was written to after the staged one was begun, for what came then would be lost; with
    /// `keepsPrevious` nothing is lost, and the answer says so.
    /// - Parameter keepsPrevious: whether the index that is replaced is kept as `<path>.previous`.
    /// - Throws: `notFound` when none is staged, `mismatch` when it is none that this program opens, `locked`, `index`.
    public func switchToStaged(keepsPrevious: Bool) async throws(SearchError) -> Switched {
        let generations = IndexGenerations(path: path)
        let records: Int
        let mark: String?
        let decisions: Int64
        do {
            let reader = try IndexReader(path: generations.next)
            try IndexSchema.check(
                reader, path: generations.next, analyzer: analyzer.fingerprint, taxonomy: taxonomy.version)
            mark = try IndexSchema.text(of: IndexSchema.Key.stagedOver, reader: reader)
            decisions =
                try IndexSchema.text(of: IndexSchema.Key.stagedDecisions, reader: reader).flatMap { Int64($0) } ?? 0
            records = try reader.documentCount()
        } catch let error as IndexError where error.code == .notFound {
            throw SearchError(
                code: .notFound, operation: "switch to the staged index",
                message: "Could not switch to the staged index: there is none at \(generations.next); build it with: "
                    + "sabil index --rebuild --stage --index \(path) RECORDS.jsonl")
        } catch let error as IndexError {
            throw SearchError(error)
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(code: .index, operation: "switch to the staged index", message: "\(error)")
        }
        let before = generations.commitMark()
        let isBehind = mark != before
        do {
            // The mark is looked at once more under the lock. One without any was not built by staging.
            try await generations.switchToNext(
                keepsPrevious: keepsPrevious, whileMarked: keepsPrevious ? before : mark ?? "unknown")
        } catch {
            throw SearchError(error)
        }
        return Switched(
            records: records, lacksLaterChanges: isBehind, decisionsThrough: decisions,
            previous: keepsPrevious && before != "none" ? generations.previous : nil)
    }
}
