import ArgumentParser
import SabilClassification
import SabilEvaluation
import SabilRecords
import SabilReview

/// `sabil eval consistency`: do translations of one work get the same concepts?
struct EvalConsistencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consistency",
        abstract: "Measure whether translations of one work get the same concepts.",
        discussion: """
            Rolling's consistency, 2·common / (of one + of the other), as a mean over the works that have a version in both \
            languages, with a 95 % interval; micro F1 is the same over all concepts of all works at once.

              sabil eval consistency records.jsonl            what the current model assigns
              sabil eval consistency --tags records.jsonl     what people tagged
              sabil eval consistency --suggestions out.jsonl --lines test.jsonl
                                                              the labels selected by `sabil eval classify`

            Prints a line a pair: languages, works, labels per version in each, consistency, micro F1; then all together. \
            Exits with 1 when a line was refused; the figures are those of the others.
            """)

    @Argument(help: "Files of records; - for standard input.")
    var files: [String] = []

    @Flag(help: "Look at the concepts people tagged, and not at a model's.")
    var tags = false

    @Option(help: "Suggestions of `sabil eval classify` to look at in place of records.")
    var suggestions: String?

    @Option(help: "The lines they were made for: ids and languages. `fr-431` and `en-431` are versions of 431.")
    var lines: String?

    @Option(help: "Seed of the interval.")
    var seed: UInt64 = 1

    @OptionGroup var locations: LocationOptions

    func validate() throws {
        guard (suggestions == nil) == (lines == nil) else {
            throw ValidationError("--suggestions and --lines belong together; give both.")
        }
        guard files.isEmpty != (suggestions == nil) else {
            throw ValidationError("Give either files of records, or --suggestions with --lines.")
        }
        if tags, suggestions != nil { throw ValidationError("--tags looks at records; leave out --suggestions.") }
    }

    func run() async throws {
        let versions: [TranslationConsistency.Version]
        var refusedLines = 0
        if let suggestions, let lines {
            versions = try Self.versions(suggestions: suggestions, lines: lines)
        } else {
            (versions, refusedLines) = try ofRecords()
        }
        let found = TranslationConsistency(versions, seed: seed)
        guard let overall = found.overall else {
            throw CommandError(
                .data, "consistency: no work has versions in two languages; records of one work share their uuid"
            )
        }
        func decimals(_ number: Double) -> String { ScoreTable.decimals(number) }
        Console.output("languages\tworks\tlabels\tlabels\tconsistency\tmicro F1")
        for pair in found.pairs {
            let (first, second) = pair.labelsPerVersion
            Console.output(
                "\(pair.first.rawValue)-\(pair.second.rawValue)\t\(pair.works)\t\(decimals(first))\t\(decimals(second))\t"
                    + "\(pair.consistency)\t\(pair.microF1)")
        }
        Console.output("all\t\(overall.count)\t\t\t\(overall.consistency)\t\(overall.microF1)")
        if found.lonely > 0 { Console.diagnose("\(found.lonely) works have one version only and say nothing") }
        if found.doubled > 0 {
            Console.diagnose("\(found.doubled) versions were left out: their works have another in the same language")
        }
        try RecordInput.requireNoneRefused(refusedLines, told: "the others were compared")
    }

    private func ofRecords() throws -> (versions: [TranslationConsistency.Version], refusedLines: Int) {
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let input = RecordInput(files: files, vocabulary: workspace.vocabulary)
        try input.requireReadable()
        let records = try input.all()
        if tags {
            let tagged = records.compactMap { record -> TranslationConsistency.Version? in
                let own = record.concepts.filter(\.source.isByPerson).map(\.concept.rawValue)
                return own.isEmpty
                    ? nil : .init(work: record.work.rawValue, language: record.language, labels: Set(own))
            }
            return (tagged, input.tally.refusedLines)
        }
        let (model, change) = try ModelStore(directory: locations.model).load(scheme: workspace.scheme)
        for sentence in change.sentences { Console.diagnose("the taxonomy changed since training: \(sentence)") }
        let asked = records.map {
            TrainingExample(
                id: $0.id.rawValue, title: $0.title, text: $0.textToClassify, language: $0.language, labels: [])
        }
        let assigned = zip(records, try model.suggestions(for: asked, limit: 0)).map { record, suggested in
            TranslationConsistency.Version(
                work: record.work.rawValue, language: record.language,
                labels: Set(suggested.filter(\.isSelected).map(\.label)))
        }
        return (assigned, input.tally.refusedLines)
    }

    private static func versions(
        suggestions: String, lines: String
    ) throws -> [TranslationConsistency.Version] {
        let file = try SuggestionFile(path: suggestions)
        let entries = try AnnifCorpus.read(lines)
        let versions = entries.compactMap { entry -> TranslationConsistency.Version? in
            guard let own = file.suggestions[entry.id] else { return nil }
            return .init(
                work: TrainingExample.work(of: entry.id, language: entry.language), language: entry.language,
                labels: Set(own.filter(\.selected).map(\.label)))
        }
        if versions.count < entries.count {
            Console.diagnose(
                "\(entries.count - versions.count) of \(entries.count) lines have no suggestion in \(suggestions)")
        }
        return versions
    }
}
