import ArgumentParser
import Foundation
import SabilClassification
import SabilEvaluation
import SabilRecords
import SabilReview
import SabilSearch
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

              sabil suggest --explain new.jsonl          with the nearest records that people gave each concept

              sabil suggest --text '…' --rules 'exclude=*,include_branch=social-assistance' --about pensions,gender

            A ✓ marks what the model would assign by itself. The zone behind a concept says what is to become of it at the \
            precision asked for: accept (right often enough to be assigned unseen), ask a person, leave out. The confidence is \
            a probability; the words and labels that spoke for a concept stand below it with what each contributed. --about tells why, or why not, of any concept, wherever it stands.
            """)

    @Argument(
        help:
            "Files of records, or Annif's corpora (.tsv, .csv, JSON Lines of document_id, folders); - for standard input."
    )
    var files: [String] = []

    @Option(help: "A text to classify in place of records.")
    var text: String?

    @Option(help: "Its title (with --text).")
    var title = ""

    @Option(help: "Its language (en, fr, es, ar; with --text); found from the text when not given.")
    var language: String?

    @Option(help: "How many concepts at most.")
    var limit = 10

    @Option(
        help:
            "Which concepts may be suggested: exclude=, include=, …_branch=, …_scheme=, …_type=, …_collection=, from left to right; * is all."
    )
    var rules: String?

    @Option(help: "Concepts to be told about wherever they stand, with commas between.")
    var about: String?

    @Option(help: "Share of what the machine assigns that shall be right (see `sabil optimize`).")
    var precision = ZoneSetting().wantedPrecision

    @Option(help: "Confidence from which on a suggestion is worth a person's time.")
    var leastConfidence = ZoneSetting().leastConfidence

    @Flag(
        help:
            "Tell of each concept the records of the index most like the text that people gave it, and what they share."
    )
    var explain = false

    @Option(help: "So many of them (with --explain); \(ConfirmedRequest.usualLimit) unless said otherwise.")
    var nearest: Int?

    @Option(help: "text or json (one line a record).")
    var format = OutputFormat.text

    @OptionGroup var locations: LocationOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be 1 or more, it is \(limit).") }
        guard explain || nearest == nil else { throw ValidationError("--nearest goes with --explain.") }
        if let nearest, !(1...ConfirmedRequest.maximumLimit).contains(nearest) {
            throw ValidationError("--nearest must be between 1 and \(ConfirmedRequest.maximumLimit), it is \(nearest).")
        }
        if let defect = zones.defect { throw ValidationError(defect) }
        guard files.isEmpty != (text == nil) else { throw ValidationError("Give either files of records or --text.") }
        guard text != nil || (title.isEmpty && language == nil) else {
            throw ValidationError("--title and --language go with --text; records bring their own.")
        }
        if let text, (title + text).allSatisfy(\.isWhitespace) { throw ValidationError("--text holds no text.") }
        if let language, Language(bcp47: language) == nil {
            throw ValidationError("'\(language)' is no language of the engine; use en, fr, es or ar.")
        }
    }

    private var zones: ZoneSetting {
        ZoneSetting(wantedPrecision: precision, leastConfidence: leastConfidence)
    }

    func run() async throws {
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let (classifier, change) = try ModelStore(directory: locations.model).load(scheme: workspace.scheme)
        for sentence in change.sentences { Console.diagnose("the taxonomy changed since training: \(sentence)") }
        let allowed = try rules.map { rules in
            try SuggestionRules(rules).allowed(among: classifier.suggestible, scheme: workspace.scheme)
        }
        let asked = (about ?? "").split(separator: ",").map(String.init).map { name in
            (workspace.scheme.concept(uri: name) ?? workspace.scheme.concept(notation: name))?.id.rawValue ?? name
        }
        let service =
            explain
            ? try SearchService(
                indexPath: locations.index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes, lanes: 1)
            : nil
        func answer(
            _ id: RecordID?, work: WorkID? = nil, _ title: String, _ text: String, _ language: Language
        ) async throws {
            var request = SuggestionRequest(title: title, text: text, language: language, limit: limit)
            request.allowed = allowed
            request.about = asked
            request.zones = zones
            let list = try classifier.suggest(request)
            var nearest: NearestRecords?
            if let service {
                nearest = NearestRecords(work: work)
                nearest?.found = try await service.confirmed(
                    NearestRecords.request(
                        for: list, title: title, text: text, language: list.language, record: id,
                        limit: self.nearest ?? ConfirmedRequest.usualLimit,
                        reader: .english, visibility: Set(Visibility.allCases)))
            }
            try show(id: id, language: list.language, list, nearest, classifier, workspace)
        }
        if let text {
            try await answer(nil, title, text, language.flatMap { Language(bcp47: $0) } ?? .undetermined)
            return
        }
        let (corpora, records) = LabelledDocuments.parted(files)
        for file in corpora {
            // One by one: a corpus may be larger than the memory.
            let corpus = try AnnifCorpus.Reader(
                file, numberPrefix: LabelledDocuments.numberPrefix(of: file, among: files))
            while let entry = try corpus.next() {
                try await answer(RecordID(entry.id), entry.title, entry.text, entry.language)
            }
        }
        let input = RecordInput(files: records, vocabulary: workspace.vocabulary)
        try input.requireReadable()
        while let batch = try input.next() {
            for record in batch {
                try await answer(
                    record.id, work: record.work, record.title, record.textToClassify, record.language)
            }
        }
        input.finish()
        try RecordInput.requireNoneRefused(input.tally.refusedLines, told: "the others have their suggestions")
    }

    private func show(
        id: RecordID?, language: Language, _ list: SuggestionList, _ nearest: NearestRecords?,
        _ classifier: ConceptClassifier, _ workspace: Workspace
    ) throws {
        switch format {
        case .json:
            let bytes = CommandAnswers.suggestions(
                list, nearest: nearest, record: id, language: language, model: classifier, zones: zones, limit: limit,
                taxonomy: workspace.scheme)
            try Console.write(bytes: bytes + [UInt8(ascii: "\n")])
        case .text:
            if let id { Console.output("\(id)") }
            list.suggestions.forEach { show($0, nearest, workspace.scheme) }
            if !list.about.isEmpty { Console.output("asked about:") }
            list.about.forEach { show($0, nearest, workspace.scheme) }
            for name in list.unknown { Console.diagnose("\(name) is none of the model's concepts") }
            for note in list.notes { Console.diagnose(note.sentence) }
            Console.output("")
        }
    }

    private func show(_ suggestion: Suggestion, _ nearest: NearestRecords?, _ scheme: ConceptScheme) {
        let label = scheme.label(ConceptID(suggestion.label), in: .english)
        let zone =
            switch suggestion.zone {
            case .accept: "accept"
            case .ask: "ask"
            case .leaveOut: "leave out"
            }
        Console.output(
            "\(suggestion.isSelected ? "✓" : " ") \(String(format: "%.3f", suggestion.confidence))  "
                + "\(suggestion.label)  \(label)  (\(zone))")
        let reasons = suggestion.evidence.filter { $0.kind != .rest && $0.kind != .prior }.map {
            "\($0.term) \(String(format: "%+.2f", $0.contribution))"
        }
        if !reasons.isEmpty { Console.output("          " + reasons.joined(separator: ", ")) }
        for record in nearest?.found[ConceptID(suggestion.label)] ?? [] {
            let version = record.work == nearest?.work ? ", a version of this work" : ""
            Console.output(
                "          like \(record.id) (\(record.language.rawValue)\(version), likeness "
                    + "\(String(format: "%.2f", record.likeness))): \(IsolatedText.of(record.title))")
            Console.output(
                "               shares " + record.shared.prefix(8).map { IsolatedText.of($0) }.joined(separator: ", "))
        }
    }
}
