import ArgumentParser
import Foundation
import SabilClassification
import SabilRecords
import SabilReview
import SabilServer
import SabilTaxonomy

/// `sabil suggest`: concepts for texts, with the reasons.
struct SuggestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Suggest concepts for records or a text, and say why.",
        discussion: """
              sabil suggest --text 'Une allocation mensuelle pour les enfants des ménages pauvres'
              sabil suggest records.jsonl --format json > suggestions.jsonl

            A ✓ marks what the model would assign by itself. The confidence is a probability; the words and labels that spoke \
            for a concept stand below it with what each contributed.
            """)

    @Argument(help: "Files of records; - for standard input.")
    var files: [String] = []

    @Option(help: "A text to classify in place of records.")
    var text: String?

    @Option(help: "Its title.")
    var title = ""

    @Option(help: "Its language (en, fr, es, ar); found from the text when not given.")
    var language: String?

    @Option(help: "How many concepts at most.")
    var limit = 10

    @Option(help: "text or json (one line a record).")
    var format = OutputFormat.text

    @OptionGroup var locations: LocationOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be 1 or more, it is \(limit).") }
        guard files.isEmpty != (text == nil) else { throw ValidationError("Give either files of records or --text.") }
        if let text, (title + text).allSatisfy(\.isWhitespace) { throw ValidationError("--text holds no text.") }
        if let language, Language(bcp47: language) == nil {
            throw ValidationError("'\(language)' is no language of the engine; use en, fr, es or ar.")
        }
    }

    func run() async throws {
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let classifier = try ModelStore(directory: locations.model).load(taxonomy: workspace.scheme.version)
        if let text {
            let tongue = language.flatMap { Language(bcp47: $0) } ?? .undetermined
            try show(
                id: nil, language: tongue,
                try classifier.suggest(title: title, text: text, language: tongue, limit: limit), classifier, workspace)
            return
        }
        let input = RecordInput(files: files, vocabulary: workspace.vocabulary)
        try input.requireReadable()
        while let batch = try input.next() {
            for record in batch {
                let suggestions = try classifier.suggest(
                    title: record.title, text: record.textToClassify, language: record.language, limit: limit)
                try show(id: record.id, language: record.language, suggestions, classifier, workspace)
            }
        }
        input.finish()
        if input.tally.refusedLines > 0 { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private func show(
        id: RecordID?, language: Language, _ suggestions: [Suggestion], _ classifier: ConceptClassifier,
        _ workspace: Workspace
    ) throws {
        switch format {
        case .json:
            let bytes = CommandAnswers.suggestions(
                suggestions, record: id, language: language, model: classifier.id, limit: limit,
                taxonomy: workspace.scheme)
            try Console.write(bytes: bytes + [UInt8(ascii: "\n")])
        case .text:
            if let id { Console.output("\(id)") }
            for suggestion in suggestions {
                let label = workspace.scheme.label(ConceptID(suggestion.label), in: .english)
                Console.output(
                    "\(suggestion.isSelected ? "✓" : " ") \(String(format: "%.3f", suggestion.confidence))  "
                        + "\(suggestion.label)  \(label)")
                let reasons = suggestion.evidence.filter { $0.kind != .rest && $0.kind != .prior }.map {
                    "\($0.term) \(String(format: "%+.2f", $0.contribution))"
                }
                if !reasons.isEmpty { Console.output("          " + reasons.joined(separator: ", ")) }
            }
            Console.output("")
        }
    }
}
