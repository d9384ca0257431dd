import ArgumentParser
import Foundation
import SabilClassification
import SabilEvaluation
import SabilExperiments
import SabilRecords
import SabilTaxonomy

/// `sabil annif`: documents and vocabulary in the forms of Annif, for those who use both.
struct AnnifCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annif",
        abstract: "Write documents and the vocabulary in the forms that Annif reads.",
        subcommands: [Corpus.self, Vocabulary.self])

    struct Corpus: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write labelled documents as a corpus for Annif.",
            discussion: """
                  sabil annif corpus records.jsonl --to train.tsv      text, tab, <uri> <uri>: no ids, no languages
                  sabil annif corpus records.jsonl --to train.csv      document_id,text,subject_uris,language
                  sabil annif corpus records.jsonl --to train.jsonl    a document a line
                  sabil annif corpus records.jsonl --to folder         name.txt with name.tsv (--keys: name.key)

                Records with a concept tagged by a person, decisions applied; Annif's corpora are read too, so that one form \
                becomes another. The folder must not be there yet or be empty. Documents without an id are called by their line, of \
                several files by file and line; an id that stands in two files is refused.
                """)

        @Argument(help: "Files of records, or Annif's corpora; - for standard input.")
        var files: [String]

        @Option(help: "Where the corpus goes; the ending names the form, a name without one is a folder.")
        var to: String

        @Flag(help: "Labels (name.key) in place of URIs (name.tsv) in a folder.")
        var keys = false

        @Option(help: "Language of the labels: en, fr, es or ar.")
        var language = "en"

        @OptionGroup var locations: LocationOptions

        func run() async throws {
            guard let language = Language(bcp47: language), language != .undetermined else {
                throw ValidationError("--language must be en, fr, es or ar.")
            }
            let workspace = try Workspace(taxonomy: locations.taxonomy)
            let scheme = workspace.scheme
            let decided = try await DecidedTags(decisionsAt: locations.decisions).concepts
            let documents = try LabelledDocuments(files, workspace: workspace, decided: decided, tellsApart: true)
            let entries = documents.examples.filter { !$0.labels.isEmpty }.map { example in
                BEIREntry(
                    id: example.id, title: example.title, text: example.text, language: example.language, url: nil,
                    labels: example.labels.map { scheme.concept(ConceptID($0))?.uri ?? $0 })
            }
            guard !entries.isEmpty else {
                throw CommandError(.data, "no document has a concept tagged by a person; there is nothing to write")
            }
            func label(_ uri: String) -> String {
                scheme.concept(uri: uri).map { scheme.label($0.id, in: language) } ?? uri
            }
            let ending = URL(filePath: to).pathExtension
            do {
                if let form = AnnifCorpus.Form(rawValue: ending), form != .folder, form != .keys {
                    var text = AnnifCorpus.header(form)
                    for entry in entries { text += try AnnifCorpus.line(entry, form: form, label: label) }
                    try Data(text.utf8).write(to: URL(filePath: to))
                } else if ending.isEmpty {
                    try writeFolder(entries, label)
                } else {
                    throw ValidationError("--to must end in .tsv, .csv or .jsonl, or name a folder.")
                }
            } catch let error where error is CocoaError {
                throw CommandError(.inputOutput, "writing \(to) failed: \(ExitStatus.reason(of: error))")
            }
            Console.diagnose("\(to): \(Counted(entries.count, "document"))")
            try RecordInput.requireNoneRefused(documents.refusedLines, told: "the others were written")
        }

        private func writeFolder(_ entries: [BEIREntry], _ label: (String) -> String) throws {
            try FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
            guard try FileManager.default.contentsOfDirectory(atPath: to).isEmpty else {
                throw CommandError(.data, "the folder \(to) is not empty; name another")
            }
            for entry in entries {
                for file in AnnifCorpus.files(entry, form: keys ? .keys : .folder, label: label) {
                    try Data(file.content.utf8).write(to: URL(filePath: to + "/" + file.name))
                }
            }
        }
    }

    struct Vocabulary: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the taxonomy as a vocabulary for Annif.",
            discussion: """
                  sabil annif vocabulary --to subjects.tsv     <uri>, label, notation, of one language
                  sabil annif vocabulary --to subjects.csv     uri, a label column for each language, notation
                  sabil annif vocabulary --to subjects.ttl     SKOS

                What is written can be read again as --taxonomy of `sabil eval classify`.
                """)

        @Option(help: "Where the vocabulary goes; .tsv, .csv or .ttl.")
        var to: String

        @Option(help: "Language of the labels of a .tsv: en, fr, es or ar.")
        var language = "en"

        @Option(help: "Folder of the taxonomy, a Turtle file or a table of labels.")
        var taxonomy = "taxonomy"

        func run() async throws {
            guard let language = Language(bcp47: language), language != .undetermined else {
                throw ValidationError("--language must be en, fr, es or ar.")
            }
            let scheme = try SchemeSource.load(taxonomy)
            let text: String
            switch URL(filePath: to).pathExtension {
            case "tsv": text = VocabularyText.tsv(scheme, language: language)
            case "csv": text = VocabularyText.csv(scheme)
            case "ttl": text = VocabularyText.turtle(scheme)
            default: throw ValidationError("--to must end in .tsv, .csv or .ttl.")
            }
            do {
                try Data(text.utf8).write(to: URL(filePath: to))
            } catch {
                throw CommandError(.inputOutput, "writing \(to) failed: \(ExitStatus.reason(of: error))")
            }
            Console.diagnose("\(to): \(Counted(scheme.concepts.count, "concept"))")
        }
    }
}
