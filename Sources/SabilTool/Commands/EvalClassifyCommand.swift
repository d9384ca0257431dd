import ArgumentParser
import Foundation
import SabilClassification
import SabilEvaluation
import SabilRecords
import SabilTaxonomy

/// `sabil eval classify`: train on one file, suggest for another, score.
struct EvalClassifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Train on labelled lines, suggest for others, and score the suggestions.",
        discussion: """
            Lines are JSON: `_id`, `title`, `text`, optional `lang`, `labels`. Labels are any strings; with --taxonomy they \
            may be URIs, notations or local names of its concepts, and then the label matcher takes part.

            Writes a line for each test line, best suggestion first:
              {"_id": …, "suggestions": [{"label": …, "score": …, "selected": …}]}
            `selected` says whether the engine would assign the label; the threshold is tuned on out-of-fold scores of the \
            training lines, never on the test lines.
            """)

    @Option(help: "Training lines.")
    var train: String

    @Option(help: "Test lines.")
    var test: String

    @Option(help: "Where the suggestions go.")
    var suggestions: String

    @Option(
        help:
            "A taxonomy folder, a Turtle file, or a table of labels (`<uri>\\tlabel`, or `id\\ten\\tfr…` with a header)."
    )
    var taxonomy: String?

    @Option(help: "How many suggestions a line at most.")
    var limit = 10

    @Option(help: "Seed of folds.")
    var seed: UInt64 = 1

    @Option(help: "Where to keep the trained model (optional).")
    var model: String?

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be 1 or more, it is \(limit).") }
    }

    func run() async throws {
        let scheme = try taxonomy.map(SchemeSource.load)
        let lines = try read(train)
        let naming = LabelNaming(scheme: scheme, seen: lines.flatMap(\.labels))
        let examples = lines.map { line in
            TrainingExample(
                id: line.id, work: TrainingExample.work(of: line.id, language: line.language), title: line.title,
                text: line.text, language: line.language, labels: line.labels.map(naming.conceptName))
        }

        let started = ContinuousClock.now
        let classifier = try await ProgressBar.during("training") {
            try await ConceptClassifier.trainInBackground(examples, scheme: scheme, seed: seed)
        }
        let trained = ContinuousClock.now
        if let model { try classifier.save(to: model) }

        let results = try await suggestAll(with: classifier, naming: naming)
        let finished = ContinuousClock.now
        var output: [UInt8] = []
        for result in results { output += result.line + [UInt8(ascii: "\n")] }
        try write(output, to: suggestions)

        let predictions = results.map(\.prediction)
        let selected = Dictionary(
            results.map { ($0.prediction.id, $0.selected) }, uniquingKeysWith: { first, _ in first })
        let evaluation = try ClassificationEvaluation(predictions, selection: .given(selected))
        evaluation.lines.forEach(Console.output)
        let seconds = { (duration: Duration) in String(format: "%.1f", duration / .seconds(1)) }
        Console.diagnose(
            "\(examples.count) training lines, \(classifier.labels.count) labels, trained in "
                + "\(seconds(trained - started)) s; \(results.count) test lines in \(seconds(finished - trained)) s")
    }

    private func read(_ path: String) throws -> [BEIREntry] {
        var reader = try BEIRReader(path: path)
        var entries: [BEIREntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        guard !entries.isEmpty else { throw CommandError(.data, "\(path) holds no line") }
        return entries
    }

    private struct Result: Sendable {
        let prediction: LabelPrediction
        let selected: [String]
        let line: [UInt8]
    }

    private func suggestAll(with classifier: ConceptClassifier, naming: LabelNaming) async throws -> [Result] {
        let entries = try read(test)
        let documents = entries.map {
            TrainingExample(id: $0.id, title: $0.title, text: $0.text, language: $0.language, labels: [])
        }
        let limit = limit
        let suggestions = try await BlockingWork.run { try classifier.suggestions(for: documents, limit: limit) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try zip(entries, suggestions).map { entry, suggested in
            let named = suggested.map {
                SuggestionLine.Item(
                    label: naming.collectionName($0.label), score: $0.confidence, selected: $0.isSelected)
            }
            return Result(
                prediction: LabelPrediction(
                    id: entry.id, gold: entry.labels,
                    // Rank, not confidence, orders the suggestions: two may share a calibrated value.
                    scores: named.enumerated().map {
                        LabelPrediction.Scored($0.element.label, score: Double(named.count - $0.offset))
                    }),
                selected: named.filter(\.selected).map(\.label),
                line: [UInt8](try encoder.encode(SuggestionLine(id: entry.id, suggestions: named))))
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch {
            throw CommandError(.inputOutput, "writing suggestions to \(path) failed: \(ExitStatus.reason(of: error))")
        }
    }
}

/// A line of the suggestions file.
private struct SuggestionLine: Encodable {
    struct Item: Encodable {
        let label: String
        let score: Double
        let selected: Bool
    }
    let id: String
    let suggestions: [Item]

    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case suggestions
    }
}
