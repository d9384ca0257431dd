import ArgumentParser
import SabilClassification
import SabilRecords
import SabilReview
import SabilTaxonomy

/// `sabil learn`: what people tagged enters the model at once.
struct LearnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Let the current model learn tagged records at once, without training.",
        discussion: """
            Centroids and Naive Bayes are worked out from whole numbers, so that a record enters them exactly and at once. \
            The linear member, the features and the weights between members stay as they were trained; the answer says how \
            much of the model is newer. What was learnt already, as it is, is not counted twice; a record that changed since \
            is another one: unlearn it as it was before it is learnt as it is, or both are counted.

              sabil learn new-records.jsonl
              sabil unlearn new-records.jsonl      takes exactly that back: the model is then what it was, byte for byte

            The changed model becomes the current one. Decisions since training are not looked at: a running daemon learns \
            them by itself.
            """)

    @OptionGroup var request: LearningRequest

    func run() async throws { try await request.run(unlearns: false) }
}

/// `sabil unlearn`: takes back what was learnt.
struct UnlearnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlearn",
        abstract: "Let the current model unlearn records, exactly as they were learnt.",
        discussion: """
            Takes records out of the counts that training or `sabil learn` put in. A record must be as it was then, tags and \
            all; one that was never learnt so is named and left alone.

              sabil unlearn wrong-records.jsonl
            """)

    @OptionGroup var request: LearningRequest

    func run() async throws { try await request.run(unlearns: true) }
}

/// What both commands are told, and do.
struct LearningRequest: ParsableArguments {
    @Argument(
        help:
            "Files of records, or Annif's corpora (.tsv, .csv, JSON Lines of document_id, folders); - for standard input."
    )
    var files: [String]

    @Flag(help: "Keep the changed model without making it the current one (see `sabil model use`).")
    var candidate = false

    @OptionGroup var locations: LocationOptions

    /// Ids named of those that were left alone; the others are counted.
    private static let toldIDs = 10

    func run(unlearns: Bool) async throws {
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let store = ModelStore(directory: locations.model)
        let before = try store.load(taxonomy: workspace.scheme.version)
        // Decisions since training are the daemon's to learn, from the log: here they would count twice.
        let decided = try await DecidedTags(
            decisionsAt: locations.decisions, through: before.manifest.decisionsThrough ?? 0
        ).concepts
        let set = try LabelledDocuments(files, workspace: workspace, decided: decided)
        guard set.examples.contains(where: { !$0.labels.isEmpty || !$0.negative.isEmpty }) else {
            throw CommandError(
                .data,
                "learning: none of the \(set.records + set.entries.count) documents has a concept tagged by a person")
        }
        let outcome =
            unlearns ? try before.learning([], forgetting: set.examples) : try before.learning(set.examples)
        let model = try store.add(outcome.model)
        if !candidate { try store.promote(model) }
        tell(outcome, unlearns: unlearns)
        if set.silentRecords > 0 { Console.diagnose("  \(set.silentRecords) records had no tag of a person") }
        try RecordInput.requireNoneRefused(
            set.refusedLines, told: "the others were " + (unlearns ? "unlearnt" : "learnt"))
        if !outcome.unknown.isEmpty { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private func tell(_ outcome: LearningOutcome, unlearns: Bool) {
        let model = outcome.model
        let count = unlearns ? outcome.unlearnt : outcome.learnt
        Console.diagnose(
            "\(unlearns ? "unlearnt" : "learnt") \(count) records; the model is now \(model.id)"
                + (candidate ? " (kept as a candidate)" : ""))
        if let newer = model.manifest.learnt {
            let percent = String((model.manifest.newerShare * 1000).rounded() / 10)
            Console.diagnose(
                "  \(newer.added) records in and \(newer.removed) out since training (\(percent) % of the examples): the "
                    + "linear member knows none of them until `sabil train`")
        } else {
            Console.diagnose("  the model is as it was trained")
        }
        if !model.learningCounts {
            Console.diagnose(
                "  the model gives no weight to the members that learn at once; records count at the next training")
        }
        named(outcome.repeated, "had been learnt already and were not counted again")
        named(outcome.unknown, "were never learnt as they are and were left alone")
        named(outcome.unknownLabels, "are concepts the model cannot suggest before it is trained anew")
    }

    private func named(_ names: [String], _ what: String) {
        guard !names.isEmpty else { return }
        let more = names.count > Self.toldIDs ? " and \(names.count - Self.toldIDs) more" : ""
        Console.diagnose("  \(names.prefix(Self.toldIDs).joined(separator: ", "))\(more) \(what)")
    }
}
