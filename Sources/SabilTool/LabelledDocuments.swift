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

    /// The files of a command line that are corpora in one of Annif's forms, and those that are records.
    ///
    /// Each is looked into at most once, and only if it can be read again afterwards.
    static func parted(_ files: [String]) -> (corpora: [String], records: [String]) {
        let areCorpora = files.map(isAnnif)
        return (
            zip(files, areCorpora).filter { $1 }.map { $0.0 }, zip(files, areCorpora).filter { !$1 }.map { $0.0 }
        )
    }

    /// Whether a file is in one of Annif's forms: by its name, or by its first line.
    private static func isAnnif(_ path: String) -> Bool {
        if path == "-" { return false }
        if path.hasSuffix(".tsv") || path.hasSuffix(".csv") { return true }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return false }
        if isDirectory.boolValue { return true }
        // What a pipe gave to one reader it does not give to the next.
        guard isRegular(path), let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let beginning = String(decoding: (try? file.read(upToCount: 65_536)) ?? Data(), as: UTF8.self)
        let first = beginning.split(whereSeparator: \.isNewline).first { $0.contains { !$0.isWhitespace } } ?? ""
        return ["\"document_id\"", "\"_id\"", "\"subjects\""].contains { first.contains($0) }
    }

    private static func isRegular(_ path: String) -> Bool {
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        return type == .typeRegular
    }

    /// What tells line numbers that stand in for ids apart: the file's name, where there are several files.
    static func numberPrefix(of file: String, among files: [String]) -> String {
        func name(_ path: String) -> String { URL(filePath: path).lastPathComponent }
        guard files.count > 1 else { return "" }
        return (files.count { name($0) == name(file) } == 1 ? name(file) : file) + ":"
    }

    /// Reads all files. Labels of corpora may be URIs, notations or local names.
    ///
    /// - Parameter tellsApart: whether each document must have an id of its own: line numbers then have the file's name before
    ///   them where there are several files, and an id that stands in two files is refused. Otherwise a document has the same
    ///   id alone and beside others.
    init(_ files: [String], workspace: Workspace, decided: DecidedConcepts, tellsApart: Bool = false) throws {
        let (corpora, others) = Self.parted(files)
        var fileOfID: [String: String] = [:]
        for file in corpora {
            let prefix = tellsApart ? Self.numberPrefix(of: file, among: files) : ""
            let read = try AnnifCorpus.read(file, numberPrefix: prefix)
            if tellsApart { try Self.enter(read.map(\.id), of: file, into: &fileOfID) }
            entries += read
        }
        let naming = LabelNaming(scheme: workspace.scheme, seen: entries.flatMap(\.labels))
        examples = entries.map { entry in
            TrainingExample(
                id: entry.id, work: TrainingExample.work(of: entry.id, language: entry.language), title: entry.title,
                text: entry.text, language: entry.language, labels: entry.labels.map(naming.conceptName),
                date: entry.date)
        }
        guard !others.isEmpty else { return }
        let input = RecordInput(files: others, vocabulary: workspace.vocabulary)
        try input.requireReadable()
        let read = try input.all()
        let set = TrainingSet(records: read, decisions: decided, scheme: workspace.scheme)
        if tellsApart {
            try Self.enter(set.examples.map(\.id), of: others.joined(separator: " or "), into: &fileOfID)
        }
        examples += set.examples
        records = read.count
        silentRecords = set.silentRecords
        refusedLines = input.tally.refusedLines
    }

    private static func enter(_ ids: [String], of file: String, into files: inout [String: String]) throws {
        for id in ids {
            guard let other = files.updateValue(file, forKey: id) else { continue }
            throw CommandError(
                .data,
                "a document of \(file) has the id \"\(id)\", which one of \(other) has too; rename one, or give the files one by one"
            )
        }
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
