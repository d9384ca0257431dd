import ArgumentParser
import Foundation
import SabilRecords
import SabilReview
import SabilSearch
import XapianIndex

/// `sabil index`: records in, searchable index out.
struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Validate records and index them.",
        discussion: """
            Input is JSON Lines, one record a line (taxonomy/record.schema.json describes it); `-` reads standard input. \
            A record replaces the one with the same id. Every defect is told with line, JSON path and remedy; a bad line never \
            stops the run or loses a good one. All records come in one commit: until it ends, searches see the index as it was, \
            and a run that is killed before leaves nothing behind. After many changes, word translations and letter counts are \
            learnt anew in a second commit; if that fails, the records are in and the run says why.

              sabil index corpus-fixtures/records/??.jsonl
              sabil index --rebuild records.jsonl      build anew beside the old index, then swap: fastest for many records
              sabil index --rebuild --keep-previous records.jsonl    the old one stays as var/index.previous
              sabil index --rebuild --stage records.jsonl            build var/index.next and leave var/index as it is
              sabil diff --from var/index --to var/index.next        what would change (see `sabil help diff`)
              sabil index --switch --keep-previous                   put var/index.next in place, in one step

            There is one previous and one next index at most; a newer one takes its place. A switch is refused when the \
            index was written to after the next one was begun, for that would be lost; with --keep-previous it is only said. \
            Decisions of curators taken meanwhile are brought into the new index by the server, or with the next run over their records.

            The folder of the index is Sabil's alone: one that holds anything else is refused. Exits with 1 when a line \
            was refused (all others are indexed) or a switch was, 69 when another writer holds the index.
            """)

    @Argument(help: "Files of records; - for standard input.")
    var files: [String] = []

    @Flag(help: "Build a new index from these records alone and put it in the place of the old one.")
    var rebuild = false

    @Flag(help: "Keep the index that is replaced as INDEX.previous (with --rebuild or --switch).")
    var keepPrevious = false

    @Flag(help: "Leave the index as it is and the new one beside it, as INDEX.next (with --rebuild).")
    var stage = false

    @Flag(name: .customLong("switch"), help: "Put INDEX.next in the place of the index.")
    var switches = false

    @Option(help: "Threads of a rebuild.")
    var threads = max(1, min(32, ProcessInfo.processInfo.activeProcessorCount))

    @Flag(help: "Tag records that no person tagged with what the current model would assign (see --model).")
    var tag = false

    @OptionGroup var locations: LocationOptions

    func validate() throws {
        guard (1...32).contains(threads) else { throw ValidationError("--threads must be between 1 and 32.") }
        if switches {
            guard files.isEmpty, !rebuild, !stage, !tag else {
                throw ValidationError("--switch takes no files and no other flag but --keep-previous.")
            }
            return
        }
        guard !files.isEmpty else { throw ValidationError("Missing expected argument '<files> ...'") }
        guard !stage || rebuild else { throw ValidationError("--stage goes with --rebuild.") }
        guard !keepPrevious || rebuild else {
            throw ValidationError("--keep-previous goes with --rebuild or --switch.")
        }
        guard !stage || !keepPrevious else {
            throw ValidationError("--stage replaces nothing; give --keep-previous with --switch.")
        }
    }

    func run() async throws {
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let indexer = Indexer(
            path: locations.index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes)
        if switches { return try await switchToStaged(indexer) }
        let input = RecordInput(files: files, vocabulary: workspace.vocabulary)
        try input.requireReadable()
        try locations.makeParent(of: locations.index)

        let tagging = tag ? try MachineTagging(models: locations.model, scheme: workspace.scheme) : nil
        var known: DecidedTags?
        var indexed: Set<RecordID> = []
        func next() async throws(SearchError) -> [ResourceRecord]? {
            do {
                // Read when other writers are kept out: what the server brought into the index before is among it.
                let decided = if let known { known } else { try await DecidedTags(decisionsAt: locations.decisions) }
                known = decided
                guard let records = try input.next() else { return nil }
                indexed.formUnion(records.map(\.id))
                let tagged = try tagging?.tagged(records, decided: decided.concepts) ?? records
                return tagged.map(decided.concepts.applied)
            } catch {
                throw SearchError(
                    code: .source, operation: "read records", message: ExitStatus.sentence(of: error),
                    underlying: error)
            }
        }
        let isNew = !FileManager.default.fileExists(atPath: locations.index)
        let placement: Indexer.Placement = stage ? .staged : keepPrevious ? .keepingPrevious : .replacing
        let report =
            rebuild || isNew
            ? try await indexer.rebuild(threads: threads, placement: placement, from: next)
            : try await indexer.update(from: next)
        input.finish()
        if stage {
            // Decisions in an index that waits are open still: the one in use does not have them.
            try await indexer.noteStaged(decisionsThrough: known?.through ?? 0)
        } else {
            try await known?.markIndexed(indexed.subtracting(report.refused.map(\.id)))
        }
        try tell(report, input.tally)
    }

    private func switchToStaged(_ indexer: Indexer) async throws {
        let switched = try await indexer.switchToStaged(keepsPrevious: keepPrevious)
        let decidedOn = try await DecidedTags.reopen(
            decisionsAt: locations.decisions, after: switched.decisionsThrough)
        let kept = switched.previous.map { "; what was there is kept as \($0)" } ?? ""
        Console.diagnose("\(locations.index) is now the index of \(Counted(switched.records, "record"))\(kept)")
        if switched.lacksLaterChanges, let previous = switched.previous {
            Console.diagnose(
                "it was written to after the new one was begun: what came then is in \(previous) alone; see it with: "
                    + "sabil diff --from \(previous) --to \(locations.index)")
        }
        if decidedOn > 0 {
            Console.diagnose(
                "\(Counted(decidedOn, "record")) decided on since the new one was begun: the server brings the decisions "
                    + "in, or: sabil index RECORDS.jsonl")
        }
    }

    private func tell(_ report: IndexingReport, _ tally: RecordInput.Tally) throws {
        for refusal in report.refused { Console.error("record \(refusal.id) was not indexed: \(refusal.reason)") }
        var parts = [
            "\(Counted(tally.records - report.refused.count, "record")) in \(String(format: "%.1f", report.seconds)) s"
        ]
        if report.replaced > 0 { parts.append("\(report.replaced) of them replaced") }
        let languages = report.languages.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
        parts.append(languages.joined(separator: ", "))
        if tally.warnings > 0 { parts.append("\(Counted(tally.warnings, "warning"))") }
        if report.contradictedLanguages > 0 {
            parts.append("\(report.contradictedLanguages) texts look like another language than declared")
        }
        if report.droppedTerms > 0 { parts.append("\(report.droppedTerms) over-long terms left out") }
        if report.cutWords > 0 { parts.append("\(report.cutWords) over-long words cut") }
        Console.diagnose(
            "indexed \(parts.filter { !$0.isEmpty }.joined(separator: "; ")) into "
                + (stage ? IndexGenerations(path: locations.index).next : locations.index))
        Console.warn(ofLearning: report)
        let refused = tally.refusedLines + report.refused.count
        if refused > 0 {
            Console.diagnose(
                refused == 1
                    ? "1 line was refused; its defects are above"
                    : "\(refused) lines were refused; their defects are above")
            throw ExitCode(ExitStatus.checkFailed.rawValue)
        }
    }
}

/// `sabil delete`: records out of the index.
struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Take records out of the index, by id.",
        discussion: """
              sabil delete en-0001 fr-0007
              cut -f1 gone.tsv | sabil delete -         ids from standard input, one a line

            One commit for all. An id that is not in the index is said and counts as done.
            """)

    @Argument(help: "Ids of records; - reads them from standard input.")
    var ids: [String]

    @OptionGroup var locations: LocationOptions

    func run() async throws {
        var wanted: [RecordID] = []
        for id in ids {
            if id == "-" {
                while let line = readLine() { if !line.isEmpty { wanted.append(RecordID(line)) } }
            } else {
                wanted.append(RecordID(id))
            }
        }
        guard !wanted.isEmpty else { throw ValidationError("No id was given.") }
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let indexer = Indexer(
            path: locations.index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes)
        let report = try await indexer.delete(wanted)
        let absent = Set(wanted).count - report.deleted
        Console.diagnose(
            "deleted \(Counted(report.deleted, "record"))"
                + (absent > 0 ? "; \(absent) \(absent == 1 ? "was" : "were") not in the index" : ""))
        Console.warn(ofLearning: report)
    }
}

extension Console {
    /// Says that records are in but what is told of the whole index could not be learnt anew.
    static func warn(ofLearning report: IndexingReport) {
        guard let failure = report.learningFailure else { return }
        error(
            "the changes are in, but what is learnt from the whole index is as it was: \(failure) It is learnt with the next large "
                + "update, or with: sabil index --rebuild")
    }
}
