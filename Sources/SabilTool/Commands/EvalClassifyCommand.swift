import ArgumentParser
import Foundation
import SabilClassification
import SabilEvaluation
import SabilExperiments
import SabilRecords

/// `sabil eval classify`: train on one file, suggest for another, score.
struct EvalClassifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Train on labelled lines, suggest for others, and score the suggestions.",
        discussion: """
            Lines are JSON: `_id`, `title`, `text`, optional `lang` and `date` (`2024-05-31`, `2024-05` or `2024`), `labels`. Annif's corpora are read too: `.tsv` and `.csv` \
            tables, JSON Lines of `document_id`, `text`, `subjects`, folders of `.txt` with `.tsv` or `.key`. Labels are any strings; with --taxonomy they \
            may be URIs, notations or local names of its concepts, and then the label matcher takes part.

            Writes a line for each test line, best suggestion first:
              {"_id": …, "suggestions": [{"label": …, "score": …, "selected": …}]}
            `selected` says whether the engine would assign the label; the threshold is tuned on out-of-fold scores of the \
            training lines, where they have dates on those of the newest, and never on the test lines.

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

    @Option(
        help:
            "A list of words that mean the same in several languages (taxonomy/words.tsv), or a taxonomy folder that has one: then what is learnt in one language counts in all."
    )
    var words: String?

    @Option(help: "Measures, with commas between; standard and annif stand for whole reports.")
    var measures = "standard"

    @Option(help: "Where a table goes with a row a label: counts, precision, recall, F1, average precision, threshold.")
    var perConcept: String?

    @Flag(help: "Also print the measures of the lines of each language.")
    var perLanguage = false

    @Option(
        help:
            "Where a table goes that shows how often suggestions of a confidence are right, of all and of each language."
    )
    var reliability: String?

    @Option(
        help:
            "Where a table goes with a row a wanted precision and language: what the machine may assign, and how much of it is right."
    )
    var zones: String?

    @Option(help: "Where Annif's table of limits and thresholds goes.")
    var sweep: String?

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
        let trial = ClassificationTrial(
            training: try AnnifCorpus.read(train), test: try AnnifCorpus.read(test),
            scheme: try taxonomy.map(SchemeSource.load), meanings: try words.map(MeaningSource.load) ?? [])
        let started = ContinuousClock.now
        let classifier = try await ProgressBar.during("training") { try await trial.train(seed: seed) }
        let trained = ContinuousClock.now
        if let model { try classifier.save(to: model) }

        let outcomes = try await trial.suggest(with: classifier, limit: limit)
        let finished = ContinuousClock.now
        try write(outcomes.file, to: suggestions)

        try score(outcomes)
        if let zones {
            let documents = trial.labelledDocuments
            let lines = try await BlockingWork.run {
                try LabelledDocuments.zoneTable(LabelledDocuments.usualPrecisions, of: classifier, on: documents)
            }
            try write(lines, to: zones)
        }
        if let sweep {
            let ranked = try await trial.suggest(with: classifier, limit: LimitThresholdSweep.limits.upperBound)
            try write(LimitThresholdSweep(ranked.map(\.prediction)).lines, to: sweep)
        }
        let seconds = { (duration: Duration) in String(format: "%.1f", duration / .seconds(1)) }
        Console.diagnose(
            "\(trial.examples.count) training lines, \(classifier.labels.count) labels, trained in "
                + "\(seconds(trained - started)) s; \(outcomes.count) test lines in \(seconds(finished - trained)) s")
    }

    private func chosenMeasures() throws -> [ClassificationMeasure] {
        do {
            return try ClassificationMeasure.list(measures)
        } catch {
            throw ValidationError("--measures: \(error.message)")
        }
    }

    /// Prints the figures and writes the tables that were asked for.
    private func score(_ results: [ClassificationTrial.Outcome]) throws {
        let measures = try chosenMeasures()
        let predictions = results.map(\.prediction)
        let selection = results.selection
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
        if let reliability { try writeReliability(of: results, to: reliability) }
    }

    /// A row a group, way of binning and bin.
    private func writeReliability(of results: [ClassificationTrial.Outcome], to path: String) throws {
        let byLanguage = Dictionary(grouping: results, by: \.language.rawValue).sorted { $0.key < $1.key }
        var lines = [(["group", "binning"] + ConfidenceCalibration.columns).joined(separator: "\t")]
        for binning in ConfidenceCalibration.Binning.allCases {
            for (group, part) in [("all", results)] + byLanguage.map({ ("lang=\($0.key)", $0.value) }) {
                guard let calibration = ConfidenceCalibration(of: part.map(\.prediction), binning: binning) else {
                    continue
                }
                lines += calibration.lines.dropFirst().map { "\(group)\t\(binning.rawValue)\t\($0)" }
                Console.diagnose(
                    "expected calibration error of \(group) \(ScoreTable.decimals(calibration.expectedError)), bins of "
                        + "\(binning.rawValue)")
            }
        }
        try write(lines, to: path)
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
