import ArgumentParser
import Foundation
import SabilRecords

/// Reads record files one after another, in batches, and says every defect on standard error as it comes.
final class RecordInput {
    /// What was read so far.
    struct Tally {
        var lines = 0
        var records = 0
        var refusedLines = 0
        var warnings = 0
    }

    /// Ends a command that did its work and met lines that were refused: says how many, exits with 1.
    ///
    /// - Parameter told: what became of the others.
    static func requireNoneRefused(_ lines: Int, told others: String) throws {
        guard lines > 0 else { return }
        try Console.requireAllWritten()
        Console.diagnose(
            (lines == 1 ? "1 line was refused" : "\(lines) lines were refused")
                + "; \(lines == 1 ? "its" : "their") defects are above; \(others)")
        throw ExitCode(ExitStatus.checkFailed.rawValue)
    }

    /// Issues told in full; the rest are counted, and the count is told at the end.
    private static let toldIssues = 200

    private(set) var tally = Tally()
    private var pending: [String]
    private var current: String?
    private var reader: JSONLinesReader?
    private let validator: RecordValidator
    private var told = 0
    private var bar: ProgressBar

    /// - Parameter files: paths; `-` is standard input.
    init(files: [String], vocabulary: RecordVocabulary) {
        pending = files
        validator = RecordValidator(vocabulary: vocabulary)
        bar = ProgressBar("reading records")
    }

    /// Looks at every file before the first is read, so that a misspelt name costs no run.
    func requireReadable() throws(CommandError) {
        for file in pending where file != "-" {
            var isDirectory: ObjCBool = false
            let reason: String? =
                if !FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory) {
                    "there is no such file; check the path"
                } else if isDirectory.boolValue {
                    "it is a directory; name the files in it"
                } else if !FileManager.default.isReadableFile(atPath: file) {
                    "there is no right to read it; check who owns it"
                } else {
                    nil
                }
            if let reason { throw CommandError(.inputOutput, "reading \(file) failed: \(reason)") }
        }
    }

    /// Up to `limit` records; `nil` at the end. Blocks while it reads.
    func next(limit: Int = 500) throws(RecordError) -> [ResourceRecord]? {
        var batch: [ResourceRecord] = []
        while batch.count < limit {
            guard let line = try nextLine() else { break }
            tally.lines += 1
            for issue in line.issues {
                if issue.severity == .warning { tally.warnings += 1 }
                tell(issue)
            }
            if let record = line.record {
                tally.records += 1
                batch.append(record)
            } else {
                tally.refusedLines += 1
            }
        }
        bar.update(done: tally.records)
        return batch.isEmpty ? nil : batch
    }

    /// All that is left.
    func all() throws(RecordError) -> [ResourceRecord] {
        var records: [ResourceRecord] = []
        while let batch = try next() { records += batch }
        finish()
        return records
    }

    /// Takes the progress bar away and says what was not told.
    func finish() {
        bar.finish()
        if told > Self.toldIssues {
            Console.diagnose("… and \(told - Self.toldIssues) more issues, not shown")
        }
    }

    private func nextLine() throws(RecordError) -> JSONLinesReader.Line? {
        while true {
            if reader == nil {
                guard !pending.isEmpty else { return nil }
                let file = pending.removeFirst()
                current = file == "-" ? "standard input" : file
                reader =
                    file == "-"
                    ? JSONLinesReader(standardInputTo: validator)
                    : try JSONLinesReader(path: file, validator: validator)
            }
            if let line = try reader?.next() { return line }
            reader = nil
        }
    }

    private func tell(_ issue: RecordIssue) {
        // The count of what a record holds back is told whatever was told before.
        guard issue.code != .moreIssues else { return Console.diagnose("\(current ?? ""): \(issue)") }
        told += 1
        guard told <= Self.toldIssues else { return }
        Console.diagnose("\(current ?? ""): \(issue)")
    }
}
