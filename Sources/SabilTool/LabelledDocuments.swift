import Foundation
import SabilClassification
import SabilEvaluation
import SabilExperiments
import SabilRecords
import SabilReview
import SabilTaxonomy

/// Labelled documents of a command line: records, or corpora in Annif's forms.
struct LabelledDocuments {
    /// Sorted as they came.
    private(set) var examples: [TrainingExample] = []
    /// What came from Annif's forms, as it stands there.
    private(set) var entries: [BEIREntry] = []
    private(set) var records = 0
    private(set) var silentRecords = 0
    private(set) var refusedLines = 0

    /// Whether a file is in one of Annif's forms: by its name, or by its first line.
    static func isAnnif(_ path: String) -> Bool {
        if path == "-" { return false }
        if path.hasSuffix(".tsv") || path.hasSuffix(".csv") { return true }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return false }
        if isDirectory.boolValue { return true }
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let beginning = String(decoding: (try? file.read(upToCount: 65_536)) ?? Data(), as: UTF8.self)
        let first = beginning.split(whereSeparator: \.isNewline).first { $0.contains { !$0.isWhitespace } } ?? ""
        return ["\"document_id\"", "\"_id\"", "\"subjects\""].contains { first.contains($0) }
    }

    /// Reads all files. Labels of corpora may be URIs, notations or local names.
    init(_ files: [String], workspace: Workspace, decided: DecidedConcepts) throws {
        for file in files where Self.isAnnif(file) { entries += try AnnifCorpus.read(file) }
        let naming = LabelNaming(scheme: workspace.scheme, seen: entries.flatMap(\.labels))
        examples = entries.map { entry in
            TrainingExample(
                id: entry.id, work: TrainingExample.work(of: entry.id, language: entry.language), title: entry.title,
                text: entry.text, language: entry.language, labels: entry.labels.map(naming.conceptName))
        }
        let others = files.filter { !Self.isAnnif($0) }
        guard !others.isEmpty else { return }
        let input = RecordInput(files: others, vocabulary: workspace.vocabulary)
        try input.requireReadable()
        let read = try input.all()
        let set = TrainingSet(records: read, decisions: decided, scheme: workspace.scheme)
        examples += set.examples
        records = read.count
        silentRecords = set.silentRecords
        refusedLines = input.tally.refusedLines
    }

    /// Wanted precisions of a table that names none.
    static let usualPrecisions = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99].map { ZoneSetting(wantedPrecision: $0) }

    /// What zones come to on documents, a row a setting and language, after a header.
    static func zoneTable(
        _ settings: [ZoneSetting], of model: ConceptClassifier, on documents: [TrainingExample]
    ) throws(ModelError) -> [String] {
        var lines = [ZoneReach.columns.joined(separator: "\t")]
        for setting in settings {
            lines += try model.reach(of: setting, on: documents).map { $0.reach.line(group: $0.group) }
        }
        return lines
    }
}
