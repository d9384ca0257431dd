import Foundation
import SabilRecords
import SabilReview

/// What a relabelling has worked out so far, record by record, in a file that outlives the program: a run that was killed
/// goes on where it stood.
///
/// A line of JSON that says what the run is of, one with the concepts in use before it, then one a record, forced to the disk
/// batch by batch, and a last one with what is left to people, before the new index takes its place: from then on the old
/// labels are nowhere else. A last line that was cut is taken off; a record that has changed since its line was written is worked
/// out again.
final class RelabelJournal {
    /// What a run is of: with another of these, nothing of a journal can be used.
    struct Header: Codable, Equatable {
        var format = 2
        /// Digest of the map.
        var map: String
        /// Version of the taxonomy.
        var taxonomy: String
        /// The model that classifies; `nil` if none does.
        var model: String?
        /// Place in the log of the last decision that was known.
        var decisions: Int64

        /// Whether it is the same change of the taxonomy, of which decisions and the model may have gone on.
        func isSameChange(as other: Header) -> Bool {
            format == other.format && map == other.map && taxonomy == other.taxonomy
        }
    }

    private struct Beginning: Codable {
        var inUse: [ConceptID]
    }
    private struct Ending: Codable {
        var left: [UnmappedLabel]
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
    /// Concepts that records carried before the change, also where an earlier run has put the new index in place already.
    let inUse: Set<ConceptID>
    /// What an earlier run had left to people when it had worked everything out.
    private(set) var left: [UnmappedLabel] = []

    /// Opens the file, or begins it anew if it is of another run.
    /// - Parameter inUse: concepts that records carry now.
    init(path: String, header: Header, inUse: Set<ConceptID>) throws {
        self.path = path
        var concepts = inUse
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
            let first = lines.next().flatMap { try? decoder.decode(Header.self, from: $0) }
            let beginning = lines.next().flatMap { try? decoder.decode(Beginning.self, from: $0) }
            if let first, let beginning, first.isSameChange(as: header) {
                concepts = Set(beginning.inUse)
                // A damaged line is worked out again like one that is not there.
                while let line = lines.next() {
                    if let entry = try? decoder.decode(Entry.self, from: line) {
                        if first == header { entries[entry.id] = entry }
                    } else if let ending = try? decoder.decode(Ending.self, from: line) {
                        left = ending.left
                    }
                }
            }
            resumed = entries.count
            if first == header, beginning != nil {
                try file.truncate(atOffset: UInt64(whole.count))
                try file.seekToEnd()
            } else {
                try file.truncate(atOffset: 0)
                try file.write(contentsOf: Self.line(header) + Self.line(Beginning(inUse: concepts.sorted())))
                if !left.isEmpty { try file.write(contentsOf: Self.line(Ending(left: left))) }
                try file.synchronize()
            }
            self.inUse = concepts
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

    /// Keeps what is left to people, with what an earlier run had left; when this returns, it is on the disk.
    /// - Returns: all of it.
    func conclude(_ rows: [UnmappedLabel]) throws -> [UnmappedLabel] {
        let known = Set(rows)
        left = rows + left.filter { !known.contains($0) }
        do {
            try file.write(contentsOf: try Self.line(Ending(left: left)))
            try file.synchronize()
        } catch {
            throw CommandError(.inputOutput, "writing \(path) failed: \(ExitStatus.reason(of: error))")
        }
        return left
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
