import Foundation
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy

/// One relabelling, in steps of which each leaves enough on the disk for a repeated run to end as if it had not been stopped.
///
/// Index, decisions and what they come to are read when no other writer gets in any more. The log gets the carried decisions
/// only when the new index is in place: before, they would take labels off the old one that nothing else remembers. What is
/// left to people is in the journal before that, and stays there until all is done.
final class RelabelRun {
    let workspace: Workspace
    let map: ConceptMap
    let tagging: MachineTagging?
    let store: DecisionStore?
    let index: String
    let journalPath: String

    /// Concepts that records carried before the change.
    private(set) var inUse: Set<ConceptID> = []
    private(set) var log: [LoggedDecision] = []
    private(set) var carried = ConceptMap.CarriedDecisions()
    private(set) var report = RelabelJob.Report()
    private var unindexed: [UnindexedRecord] = []
    private var relabelled: Set<RecordID> = []
    private var work: Work?

    /// What the records come through.
    private struct Work {
        var job: RelabelJob
        var stored: StoredWalk
        var journal: RelabelJournal
    }

    init(
        workspace: Workspace, map: ConceptMap, tagging: MachineTagging?, store: DecisionStore?, index: String,
        journal: String
    ) {
        self.workspace = workspace
        self.map = map
        self.tagging = tagging
        self.store = store
        self.index = index
        journalPath = journal
    }

    /// Builds the new index and puts it in place; the log stays as it is.
    /// - Parameter progress: told how many records are worked out.
    func build(threads: Int, progress: (Int) -> Void) async throws -> IndexingReport {
        let indexer = Indexer(path: index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes)
        return try await indexer.rebuild(threads: threads, placement: .keepingPrevious) {
            () async throws(SearchError) in
            do {
                let batch = try await next()
                progress(report.records)
                return batch
            } catch {
                throw SearchError(
                    code: .source, operation: "relabel records", message: ExitStatus.sentence(of: error),
                    underlying: error)
            }
        }
    }

    private func next() async throws -> [ResourceRecord]? {
        let work = if let work { work } else { try await begun() }
        self.work = work
        guard let batch = try work.stored.next() else {
            report.left = try work.journal.conclude(report.left + carried.left)
            return nil
        }
        relabelled.formUnion(batch.map(\.id))
        return try work.job.relabel(batch, journal: work.journal, report: &report)
    }

    private func begun() async throws -> Work {
        let census = try RelabelJob.census(ofIndex: index)
        // In this order: a decision that comes between is heeded and stays open, not the other way about.
        unindexed = try await store?.unindexed() ?? []
        log = try await store?.log() ?? []
        let header = RelabelJournal.Header(
            map: map.digest, taxonomy: workspace.scheme.version, model: tagging?.model.rawValue,
            decisions: log.last?.sequence ?? 0)
        let journal = try RelabelJournal(path: journalPath, header: header, inUse: census)
        if journal.resumed > 0 {
            Console.diagnose("going on: \(Counted(journal.resumed, "record")) had been worked out already")
        }
        inUse = journal.inUse
        let decisions = log.map(\.decision)
        carried = map.carried(DecidedConcepts(decisions), inUse: inUse)
        let job = RelabelJob(
            workspace: workspace, map: map, decided: DecidedConcepts(decisions + carried.decisions), tagging: tagging)
        return Work(job: job, stored: try StoredWalk(index), journal: journal)
    }

    /// Stores the carried decisions, notes which records the new index has as they are decided on, and ends the journal.
    /// - Parameter refused: records that the new index does not have.
    func settle(refused: Set<RecordID>) async throws {
        if let store {
            let places = try await store.append(carried.decisions)
            let isIn = { [relabelled] (record: RecordID) in relabelled.contains(record) && !refused.contains(record) }
            try await store.markIndexed(unindexed.filter { isIn($0.record) })
            // A record that was open or decided on meanwhile may have been written by the server before the log had what was
            // carried: that one stays open.
            let own = Set(places)
            let others = try await store.log(after: log.last?.sequence ?? 0).filter { !own.contains($0.sequence) }
            let touched = Set(unindexed.map(\.record) + others.map(\.decision.record))
            let settled = zip(carried.decisions, places).filter { isIn($0.0.record) && !touched.contains($0.0.record) }
            try await store.markIndexed(settled.map { UnindexedRecord(record: $0.record, sequence: $1) })
        }
        try work?.journal.remove()
    }
}

/// The records of an index, for a closure that is called again and again.
private final class StoredWalk {
    private var stored: StoredRecords

    init(_ path: String) throws(SearchError) { stored = try StoredRecords(path: path) }

    func next() throws(SearchError) -> [ResourceRecord]? { try stored.next(limit: 200) }
}
