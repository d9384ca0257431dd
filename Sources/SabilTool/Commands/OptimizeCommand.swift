import ArgumentParser
import Foundation
import SabilClassification
import SabilEvaluation
import SabilTaxonomy

/// `sabil optimize`: what each wanted precision costs in curators' time.
struct OptimizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize",
        abstract:
            "Say what the machine may assign, what people are asked, and the minutes it takes, per wanted precision.",
        discussion: """
            From scores of the training documents by members that had not seen them; the cuts of each row are set on one half \
            of the works and measured on the other. Columns: wanted precision; concepts the machine may assign on its own; \
            per 100 records what it assigns and what share of that is right, what people are asked and what share of that is \
            right; shares of the right concepts assigned, asked about and left out; minutes for 100 records.

              sabil optimize
              sabil optimize --precision 0.9,0.99 --seconds 12
              sabil optimize test.jsonl --sweep sweep.tsv

            With files of labelled documents that the model has not learnt from (records, or Annif's corpora): what each wanted \
            precision comes to there, for all and for each language, with a 95 % interval, and Annif's table of limits and \
            thresholds in --sweep.

            `sabil suggest --precision`, and precision of POST /v1/suggest, then put each suggestion in its zone.
            """)

    @Argument(help: "Labelled documents to measure on; without any, what training held back.")
    var files: [String] = []

    @Option(help: "Where Annif's table of limits and thresholds goes (with files).")
    var sweep: String?

    @Option(help: "Wanted precisions, with commas between.")
    var precision = "0.5,0.6,0.7,0.8,0.9,0.95,0.98,0.99"

    @Option(help: "Confidence from which on a suggestion is worth a person's time.")
    var leastConfidence = ZoneSetting().leastConfidence

    @Option(
        help:
            "Seconds a person needs for one suggestion: an assumption (\(ZoneForecast.usualSecondsPerSuggestion)), put your own; not with files."
    )
    var seconds: Double?

    @Option(
        help:
            "Where a table goes with a row a concept: how often it fitted, was chosen, was right; over-suggested ones marked; not with files."
    )
    var perConcept: String?

    @Option(help: "text (a table with tabs between) or json; with files text.")
    var format = OutputFormat.text

    @OptionGroup var locations: LocationOptions

    private func settings() throws -> [ZoneSetting] {
        try precision.split(separator: ",").map { part in
            guard let number = Double(part) else {
                throw ValidationError("--precision: \"\(part)\" is no number; write such as 0.9,0.95.")
            }
            let setting = ZoneSetting(wantedPrecision: number, leastConfidence: leastConfidence)
            if let defect = setting.defect { throw ValidationError(defect) }
            return setting
        }
    }

    func validate() throws {
        guard try !settings().isEmpty else { throw ValidationError("--precision names no number.") }
        guard sweep == nil || !files.isEmpty else { throw ValidationError("--sweep goes with files of documents.") }
        guard files.isEmpty || (perConcept == nil && format == .text && seconds == nil) else {
            throw ValidationError(
                "--per-concept, --format json and --seconds tell of what training held back; they do not go with files."
            )
        }
        guard secondsPerSuggestion > 0, secondsPerSuggestion.isFinite else {
            throw ValidationError("--seconds must be above 0.")
        }
    }

    private var secondsPerSuggestion: Double { seconds ?? ZoneForecast.usualSecondsPerSuggestion }

    func run() async throws {
        let scheme = try ConceptScheme.load(directory: locations.taxonomy)
        let model = try ModelStore(directory: locations.model).load(scheme: scheme).model
        if !files.isEmpty { return try await measure(model) }
        let forecasts = try settings().compactMap { model.forecast($0, secondsPerSuggestion: secondsPerSuggestion) }
        guard !forecasts.isEmpty else {
            throw CommandError(
                .data, "optimize: training held no record back (it needs two works at least); train on more records")
        }
        switch format {
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            for forecast in forecasts {
                try Console.write(bytes: [UInt8](try encoder.encode(forecast)) + [UInt8(ascii: "\n")])
            }
        case .text:
            Console.output(Self.columns.joined(separator: "\t"))
            for forecast in forecasts { Console.output(Self.row(forecast).joined(separator: "\t")) }
        }
        let figures = model.conceptFigures()
        let often = figures.filter(\.isOverSuggested)
        if !often.isEmpty {
            Console.diagnose(
                "over-suggested (chosen more than twice as often as they fit): "
                    + often.map { "\($0.label) (\($0.chosen) for \($0.fitting))" }.joined(separator: ", "))
        }
        if let perConcept {
            let lines = [ConceptFigures.columns.joined(separator: "\t")] + figures.map(\.line)
            do {
                try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: perConcept))
            } catch {
                throw CommandError(.inputOutput, "writing \(perConcept) failed: \(ExitStatus.reason(of: error))")
            }
        }
        Console.diagnose(
            "from \(forecasts[0].documents) held-out records; a look at one suggestion is taken to last "
                + "\(secondsPerSuggestion) s (--seconds)")
    }

    /// What the settings come to on documents of the command line.
    private func measure(_ model: ConceptClassifier) async throws {
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let decided = try await DecidedTags(decisionsAt: locations.decisions).concepts
        let read = try LabelledDocuments(files, workspace: workspace, decided: decided, tellsApart: true)
        let documents = read.examples.filter(\.isComplete)
        guard !documents.isEmpty else {
            throw CommandError(.data, "optimize: none of the documents has a concept tagged by a person")
        }
        let known = documents.count { model.hasLearnt($0) }
        if known > 0 {
            Console.diagnose(
                "the model has learnt \(known) of the \(documents.count) documents: figures from them are too good")
        }
        let settings = try settings()
        let (table, ranked) = try await BlockingWork.run {
            (
                try LabelledDocuments.zoneTable(settings, of: model, on: documents),
                try model.suggestions(for: documents, limit: LimitThresholdSweep.limits.upperBound)
            )
        }
        table.forEach(Console.output)
        if let sweep { try write(sweep, documents, ranked) }
        try RecordInput.requireNoneRefused(read.refusedLines, told: "the others were measured")
    }

    private func write(_ sweep: String, _ documents: [TrainingExample], _ ranked: [[Suggestion]]) throws {
        let predictions = zip(documents, ranked).map { document, suggestions in
            LabelPrediction(
                id: document.id, gold: document.labels,
                ranked: suggestions.map { LabelPrediction.Scored($0.label, score: $0.confidence) })
        }
        let lines = try LimitThresholdSweep(predictions).lines
        do {
            try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: sweep))
        } catch {
            throw CommandError(.inputOutput, "writing \(sweep) failed: \(ExitStatus.reason(of: error))")
        }
    }

    private static let columns = [
        "precision", "concepts", "assigned/100", "right", "asked/100", "right", "found by machine", "found by people",
        "left out", "minutes/100",
    ]

    private static func row(_ forecast: ZoneForecast) -> [String] {
        func share(_ number: Double?) -> String { number.map { String(format: "%.3f", $0) } ?? "-" }
        func count(_ number: Double) -> String { String(format: "%.1f", number) }
        return [
            String(forecast.setting.wantedPrecision), String(forecast.labelsAccepted), count(forecast.acceptedPer100),
            share(forecast.acceptedPrecision), count(forecast.askedPer100), share(forecast.askedPrecision),
            share(forecast.rightAccepted), share(forecast.rightAsked), share(forecast.rightLeftOut),
            count(forecast.minutesPer100),
        ]
    }
}
