import Foundation
import SabilRecords
import SabilReview

/// What a relabelling has worked out so far, record by record, in a file that outlives the program: a run that was killed
/// goes on where it stood.
///
/// A line of JSON that says what the run is of, then one a record, forced to the disk batch by batch. A last line that was cut
/// is taken off; a record that has changed since its line was written is worked out again.
final class RelabelJournal {
    /// What a run is of: with another of these, nothing of a journal can be used.
    struct Header: Codable, Equatable {
        var format = 1
        /// Digest of the map.
        var map: String
        /// Version of the taxonomy.
        var taxonomy: String
        /// The model that classifies; `nil` if none does.
        var model: String?
        /// Place in the log of the last decision that was known.
        var decisions: Int64
    }

    /// A record, worked out.
    struct Entry: Codable {
        var id: String
        /// Of the record as the index had it.
        var digest: String
        /// The stored form of the record as it is to be.
        var record: Data
        var left: [UnmappedLabel]
    }

    let path: String
    private let file: FileHandle
    private var entries: [String: Entry] = [:]
    /// Records that an earlier run had worked out.
    let resumed: Int

    /// Opens the file, or begins it anew if it is of another run.
    init(path: String, header: Header) throws {
        self.path = path
        do {
            if !FileManager.default.fileExists(atPath: path) {
                guard FileManager.default.createFile(atPath: path, contents: nil) else {
                    throw CommandError(.inputOutput, "\(path) cannot be made; check the rights of its folder")
                }
            }
            file = try FileHandle(forUpdating: URL(filePath: path))
            let bytes = try file.readToEnd() ?? Data()
            let whole = bytes.lastIndex(of: 0x0A).map { bytes[...$0] } ?? Data()
            var lines = whole.split(separator: 0x0A).makeIterator()
            let decoder = JSONDecoder()
            if let first = lines.next(), (try? decoder.decode(Header.self, from: first)) == header {
                // A damaged line is worked out again like one that is not there.
                while let line = lines.next() {
                    if let entry = try? decoder.decode(Entry.self, from: line) { entries[entry.id] = entry }
                }
                resumed = entries.count
                try file.truncate(atOffset: UInt64(whole.count))
                try file.seekToEnd()
            } else {
                resumed = 0
                try file.truncate(atOffset: 0)
                try file.write(contentsOf: Self.line(header))
                try file.synchronize()
            }
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError(.inputOutput, "\(path) cannot be used: \(ExitStatus.reason(of: error))")
        }
    }

    private static func line(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value) + [0x0A]
    }

    /// What was worked out of a record, if it is still as it was then.
    func entry(of id: RecordID, digest: String) -> Entry? {
        guard let entry = entries[id.rawValue], entry.digest == digest else { return nil }
        return entry
    }

    /// Keeps a batch; when this returns, it is on the disk.
    func append(_ batch: [Entry]) throws {
        guard !batch.isEmpty else { return }
        do {
            try file.write(contentsOf: batch.reduce(into: Data()) { $0 += try Self.line($1) })
            try file.synchronize()
        } catch {
            throw CommandError(.inputOutput, "writing \(path) failed: \(ExitStatus.reason(of: error))")
        }
        for entry in batch { entries[entry.id] = entry }
    }

    /// Ends the work; a run that comes later begins anew.
    func remove() throws {
        do {
            try file.close()
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw CommandError(.inputOutput, "removing \(path) failed: \(ExitStatus.reason(of: error))")
        }
    }
}
