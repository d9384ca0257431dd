import ArgumentParser
import Foundation
import SabilClassification
import SabilRecords
import SabilReview

/// `sabil train`: a classifier from records and decisions.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train the classifier on records that people tagged, and on curators' decisions.",
        discussion: """
            Learns from concepts with source `human` or `confirmed`, from accepted and added concepts, and from rejections \
            (each a negative for that concept only). Tags of machines teach nothing. The label matcher takes part from \
            the first record on. The same records, decisions and seed give the same model, byte for byte.

              sabil train corpus-fixtures/records/??.jsonl

            The new model becomes the current one; a running daemon takes it up by itself. Lines that are refused are told and \
            left out: the model is trained on the others and becomes the current one all the same, and the command exits with 1.
            """)

    @Argument(help: "Files of records; - for standard input.")
    var files: [String]

    @Option(help: "Seed of the folds.")
    var seed: UInt64 = 1

    @Option(
        help:
            "Concepts the model may suggest: exclude=, include=, …_branch=, …_scheme=, …_type=, …_collection=, from left to right; * is all."
    )
    var rules: String?

    @Flag(help: "Keep the new model without making it the current one (see `sabil model use`).")
    var candidate = false

    @OptionGroup var locations: LocationOptions

    func run() async throws {
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let input = RecordInput(files: files, vocabulary: workspace.vocabulary)
        try input.requireReadable()
        let records = try input.all()
        let tags = try await DecidedTags(decisionsAt: locations.decisions)
        let decided = tags.concepts
        let rules = try rules.map { try SuggestionRules($0) }
        let set = TrainingSet(records: records, decisions: decided, scheme: workspace.scheme)
        guard !set.examples.isEmpty else {
            throw CommandError(
                .data, "training: none of the \(records.count) records has a concept tagged by a person")
        }

        let started = ContinuousClock.now
        let classifier = try await ProgressBar.during("training") {
            try await ConceptClassifier.trainInBackground(
                set.examples, scheme: workspace.scheme, rules: rules, seed: seed, decisionsThrough: tags.through)
        }
        let store = ModelStore(directory: locations.model)
        let model = try store.add(classifier)
        if !candidate { try store.promote(model) }
        let seconds = String(format: "%.1f", (ContinuousClock.now - started) / .seconds(1))

        let manifest = classifier.manifest
        Console.diagnose(
            "trained \(model) on \(manifest.exampleCount) records and \(manifest.trainedLabelCount) concepts "
                + "in \(seconds) s; \(manifest.labelCount) concepts can be suggested"
                + (candidate ? " (kept as a candidate)" : ""))
        for (name, value) in manifest.figures.sorted(by: { $0.key < $1.key }) {
            Console.diagnose("  \(name)\t\(String(format: "%.4f", value))")
        }
        for sentence in manifest.limits { Console.diagnose("  \(sentence)") }
        if set.silentRecords > 0 { Console.diagnose("  \(set.silentRecords) records had no tag of a person") }
        if set.retiredLabels > 0 { Console.diagnose("  \(set.retiredLabels) tags name retired or unknown concepts") }
        try RecordInput.requireNoneRefused(
            input.tally.refusedLines,
            told: "the model was trained on the others and is " + (candidate ? "a candidate" : "the current one"))
    }
}
