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

            Prints a line a measure: name, `all`, value, with tabs between; --per-language adds the same for the lines of \
            each language, such as `lang=fr`. Measures are those of the default report (`standard`), all that Annif prints \
            (`annif`), or names such as `F1 score (doc avg)`; means over labels are over those that are right or chosen.

              sabil eval classify --train train.jsonl --test test.jsonl --suggestions out.jsonl --measures standard,annif \
                  --per-concept concepts.tsv --per-language
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

    @Option(help: "Measures, with commas between; standard and annif stand for whole reports.")
    var measures = "standard"

    @Option(help: "Where a table goes with a row a label: counts, precision, recall, F1, average precision, threshold.")
    var perConcept: String?

    @Flag(help: "Also print the measures of the lines of each language.")
    var perLanguage = false

    @Option(help: "Where a table goes that shows how often suggestions of a confidence are right.")
    var reliability: String?

    @Option(help: "How many suggestions a line at most.")
    var limit = 10

    @Option(help: "Seed of folds.")
    var seed: UInt64 = 1

    @Option(help: "Where to keep the trained model (optional).")
    var model: String?

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be 1 or more, it is \(limit).") }
        _ = try chosenMeasures()
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

        try score(results)
        let seconds = { (duration: Duration) in String(format: "%.1f", duration / .seconds(1)) }
        Console.diagnose(
            "\(examples.count) training lines, \(classifier.labels.count) labels, trained in "
                + "\(seconds(trained - started)) s; \(results.count) test lines in \(seconds(finished - trained)) s")
    }

    private func chosenMeasures() throws -> [ClassificationMeasure] {
        do {
            return try ClassificationMeasure.list(measures)
        } catch {
            throw ValidationError("--measures: \(error.message)")
        }
    }

    /// Prints the figures and writes the tables that were asked for.
    private func score(_ results: [Result]) throws {
        let measures = try chosenMeasures()
        let predictions = results.map(\.prediction)
        let selection = LabelSelection.given(
            Dictionary(results.map { ($0.prediction.id, $0.selected) }, uniquingKeysWith: { first, _ in first }))
        let evaluation = try ClassificationEvaluation(predictions, selection: selection)
        evaluation.lines(of: measures).forEach(Console.output)
        if perLanguage {
            let languages = Dictionary(
                results.map { ($0.prediction.id, $0.language.rawValue) }, uniquingKeysWith: { first, _ in first })
            let groups = try ClassificationEvaluation.byGroup(
                predictions, selection: selection, group: { languages[$0.id] })
            for (language, evaluation) in groups {
                evaluation.lines(of: measures, group: "lang=\(language)").forEach(Console.output)
            }
        }
        if let perConcept {
            try write(ConceptTable(predictions, selection: selection).lines, to: perConcept)
        }
        if let reliability { try writeReliability(of: predictions, to: reliability) }
    }

    private func writeReliability(of predictions: [LabelPrediction], to path: String) throws {
        var lines: [String] = []
        for binning in ConfidenceCalibration.Binning.allCases {
            guard let calibration = ConfidenceCalibration(of: predictions, binning: binning) else { continue }
            let table = calibration.lines
            if lines.isEmpty { lines = table.prefix(1).map { "binning\t\($0)" } }
            lines += table.dropFirst().map { "\(binning.rawValue)\t\($0)" }
            Console.diagnose(
                "expected calibration error \(ScoreTable.decimals(calibration.expectedError)), bins of "
                    + "\(binning.rawValue)")
        }
        try write(lines, to: path)
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
        let language: Language
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
                // The classifier's own order: two suggestions may share a calibrated value.
                prediction: LabelPrediction(
                    id: entry.id, gold: entry.labels,
                    ranked: named.map { LabelPrediction.Scored($0.label, score: $0.score) }),
                language: entry.language,
                selected: named.filter(\.selected).map(\.label),
                line: [UInt8](try encoder.encode(SuggestionLine(id: entry.id, suggestions: named))))
        }
    }

    private func write(_ lines: [String], to path: String) throws {
        try write(Array(lines.map { $0 + "\n" }.joined().utf8), to: path)
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch {
            throw CommandError(.inputOutput, "writing \(path) failed: \(ExitStatus.reason(of: error))")
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
