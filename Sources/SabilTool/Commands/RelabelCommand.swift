import ArgumentParser
import Foundation
import SabilClassification
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy

/// `sabil relabel`: what a changed taxonomy means for stored labels and decisions.
struct RelabelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relabel",
        abstract: "Bring the index and the decisions over to a changed taxonomy.",
        discussion: """
            Labels and decisions follow a map, a table with tabs between: old concept, new concept or nothing, reason. A \
            concept in several rows was split, several with one new concept were merged, one with nothing beside it was \
            retired. Concepts that the taxonomy itself says are replaced or retired need no row.

            Then records that no person tagged are classified anew by the current model (leave that out with --no-tag), and \
            so are records of a split concept, among its parts. What is certain of a decision holds under the new name: an accepted \
            concept stays accepted, a rejected one rejected. What cannot be carried over, and so needs a person, is written to \
            --left: labels of split and retired concepts, labels nobody knows, rejections of one of several merged concepts.

              sabil relabel --map changes.tsv --dry-run         only the table of what needs a person
              sabil relabel --map changes.tsv

            Searches go on with the old index until the new one takes its place in one step; the old one is kept as \
            INDEX.previous. Decisions can be taken meanwhile and enter the index afterwards; other writers wait. What has been \
            worked out is kept beside --left as it comes: a run that was killed is repeated with the same command, and \
            goes on where it stood. Train the model anew afterwards. Exits with 1 when a record could not be \
            indexed anew.
            """)

    @Option(help: "Table of old concept, new concept or nothing, reason; without one the taxonomy alone tells.")
    var map: String?

    @Option(help: "Where the table of what needs a person goes.")
    var left = "var/relabel-left.tsv"

    @Flag(help: "Change nothing; write the table only.")
    var dryRun = false

    @Flag(name: .customLong("no-tag"), help: "Do not classify records anew; labels of the machine are mapped only.")
    var noTag = false

    @Option(help: "Threads that build the index.")
    var threads = ThreadCount.usual()

    @OptionGroup var locations: LocationOptions

    func validate() throws {
        guard ThreadCount.allowed.contains(threads) else { throw ValidationError(ThreadCount.sentence) }
    }

    func run() async throws {
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let map = try readMap(workspace.scheme).completed(by: workspace.scheme)
        try locations.makeParent(of: left)
        let records = try StoredRecords(path: locations.index).count
        let hasDecisions = FileManager.default.fileExists(atPath: locations.decisions)
        let store = hasDecisions ? try DecisionStore(path: locations.decisions, isReadOnly: dryRun) : nil
        let tagging = try tagging(workspace, map)
        var refused = 0
        if dryRun {
            let census = try RelabelJob.census(ofIndex: locations.index)
            let log = try await store?.log().map(\.decision) ?? []
            let carried = map.carried(DecidedConcepts(log), inUse: census)
            var report = try examine(workspace, map)
            report.left += carried.left
            try write(report.left)
            tell(report, carried: carried.decisions.count, absent: absent(from: census, map, log))
        } else {
            let run = RelabelRun(
                workspace: workspace, map: map, tagging: tagging, store: store, index: locations.index,
                journal: left + ".journal")
            let bar = ProgressBar("relabelling", total: records)
            let built = try await run.build(threads: threads) { bar.update(done: $0) }
            bar.finish()
            for refusal in built.refused { Console.error("record \(refusal.id) was not indexed: \(refusal.reason)") }
            Console.warn(ofLearning: built)
            refused = built.refused.count
            // The old labels are in no index any more; the journal has what is left of them until the end.
            try write(run.report.left)
            try await run.settle(refused: Set(built.refused.map(\.id)))
            tell(
                run.report, carried: run.carried.decisions.count,
                absent: absent(from: run.inUse, map, run.log.map(\.decision)))
        }
        try store?.close()
        if refused > 0 { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private func readMap(_ scheme: ConceptScheme) throws -> ConceptMap {
        guard let map else { return try ConceptMap([]) }
        guard let bytes = FileManager.default.contents(atPath: map) else {
            throw CommandError(.inputOutput, "\(map) cannot be read; check that it exists")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError(.data, "\(map) is not UTF-8; save it as UTF-8")
        }
        return try ConceptMap(tsv: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text, scheme: scheme)
    }

    private func tagging(_ workspace: Workspace, _ map: ConceptMap) throws -> MachineTagging? {
        guard !noTag else { return nil }
        guard try ModelStore(directory: locations.model).current() != nil else {
            Console.diagnose("there is no model in \(locations.model): records are not classified anew")
            return nil
        }
        return try MachineTagging(models: locations.model, scheme: workspace.scheme, map: map)
    }

    /// What the map leaves open, without a model and without writing anything else.
    private func examine(_ workspace: Workspace, _ map: ConceptMap) throws -> RelabelJob.Report {
        var report = RelabelJob.Report()
        var stored = try StoredRecords(path: locations.index)
        while let batch = try stored.next() {
            for record in batch {
                let mapped = map.mapped(record, isKnown: { workspace.scheme.concept($0) != nil })
                report.records += 1
                report.left += mapped.left
                if mapped.record != record { report.changed += 1 }
            }
        }
        return report
    }

    /// Old concepts of the map that nothing carries.
    private func absent(from carried: Set<ConceptID>, _ map: ConceptMap, _ log: [Decision]) -> [ConceptID] {
        let used = carried.union(log.map(\.concept))
        return Set(map.rows.map(\.old)).subtracting(used).sorted()
    }

    private func write(_ left: [UnmappedLabel]) throws {
        let lines = [UnmappedLabel.columns.joined(separator: "\t")] + left.map(\.line)
        do {
            try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: self.left))
        } catch {
            throw CommandError(.inputOutput, "writing \(self.left) failed: \(ExitStatus.reason(of: error))")
        }
    }

    private func tell(_ report: RelabelJob.Report, carried: Int, absent: [ConceptID]) {
        let would = dryRun ? " would change" : " changed"
        Console.diagnose(
            "\(Counted(report.records, "record")), the labels of \(report.changed)\(would); "
                + "\(Counted(carried, "decision")) \(dryRun ? "would be " : "")carried over")
        for cause in UnmappedLabel.Cause.allCases {
            let count = report.left.count { $0.cause == cause }
            if count > 0 { Console.diagnose("  \(count) \(cause.rawValue): for a person to look at") }
        }
        Console.diagnose("  what needs a person is in \(left): \(Counted(report.left.count, "row"))")
        if !absent.isEmpty {
            Console.diagnose(
                "  nothing carries \(absent.prefix(10).map(\.rawValue).joined(separator: ", "))"
                    + (absent.count > 10 ? " and \(absent.count - 10) more" : ""))
        }
        if !dryRun { Console.diagnose("  train the model anew: it knows the new concepts only then") }
    }
}
