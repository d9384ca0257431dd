public import SabilRecords

/// The permanent numbers of concepts: one row per URI that ever was, in order of numbers.
///
/// Append-only: rows are never removed, moved or renumbered. A concept that goes is marked `retired` (a tombstone),
/// so that its number, which indexes and decisions hold, can never come to mean something else.
public struct ConceptRegistry: Sendable, Hashable {
    public enum Status: String, Sendable, Hashable {
        case active
        /// The concept is gone or deprecated; its number stays taken.
        case retired
    }

    public struct Entry: Sendable, Hashable {
        public let number: ConceptNumber
        public let uri: String
        public let status: Status

        public init(number: ConceptNumber, uri: String, status: Status) {
            self.number = number
            self.uri = uri
            self.status = status
        }
    }

    /// In order of numbers, which are 1, 2, 3, … without gaps.
    public let entries: [Entry]
    private let positions: [String: Int]

    private static let header = "number\turi\tstatus"

    /// An empty registry.
    public init() {
        entries = []
        positions = [:]
    }

    private init(trusted entries: [Entry]) {
        self.entries = entries
        positions = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.uri, $0) })
    }

    /// Reads the text of `registry.tsv`: a header, then number, URI and status per line.
    ///
    /// - Throws: `registry` with the line: a number out of turn or twice, a URI twice, an unknown status.
    public init(tsv text: String, file: String = "registry.tsv") throws(TaxonomyError) {
        var entries: [Entry] = []
        var seen: [String: Int] = [:]
        func failure(_ line: Int, _ message: String) -> TaxonomyError {
            TaxonomyError(
                code: .registry, operation: "reading the registry", file: file, line: line, message: message)
        }
        for (index, row) in TabularText.rows(of: text).enumerated() {
            let line = index + 1
            if index == 0 {
                guard row.joined(separator: "\t") == Self.header else {
                    throw failure(line, "the first line must be number, uri, status, with tabs between; put it back.")
                }
                continue
            }
            if row == [""] { continue }
            guard row.count == 3, let number = UInt32(row[0]), !row[1].isEmpty else {
                throw failure(line, "a row is a number, a URI and a status with tabs between; mend it.")
            }
            guard let status = Status(rawValue: row[2]) else {
                throw failure(line, "the status \(row[2]) is unknown; write active or retired.")
            }
            guard number == entries.count + 1 else {
                throw failure(
                    line,
                    number <= entries.count
                        ? "the number \(number) is taken already; append new concepts at the end, with the next number."
                        : "the number \(entries.count + 1) is missing; rows are never removed: put it back, retired.")
            }
            if let first = seen.updateValue(line, forKey: row[1]) {
                throw failure(line, "\(row[1]) has a number already (line \(first)); remove this row.")
            }
            entries.append(Entry(number: ConceptNumber(number), uri: row[1], status: status))
        }
        self.init(trusted: entries)
    }

    /// The text of `registry.tsv`; reading it again gives an equal registry.
    public var tsv: String {
        Self.header + "\n"
            + entries.map { "\($0.number)\t\($0.uri)\t\($0.status.rawValue)\n" }.joined()
    }

    public func entry(uri: String) -> Entry? { positions[uri].map { entries[$0] } }

    public func entry(number: ConceptNumber) -> Entry? {
        let position = Int(number.rawValue) - 1
        return entries.indices.contains(position) ? entries[position] : nil
    }

    /// The registry after the concepts changed: the next numbers for new URIs in the order given, a tombstone for
    /// every URI that is not among them, and life again, under its old number, for one that returned.
    public func updated(for uris: [String]) -> ConceptRegistry {
        let present = Set(uris)
        var next = entries.map { entry in
            Entry(
                number: entry.number, uri: entry.uri,
                status: present.contains(entry.uri) ? .active : .retired)
        }
        var added: Set<String> = []
        for uri in uris where positions[uri] == nil && added.insert(uri).inserted {
            next.append(Entry(number: ConceptNumber(UInt32(next.count + 1)), uri: uri, status: .active))
        }
        return ConceptRegistry(trusted: next)
    }

    /// Whether this registry keeps every row of an older one: same number and URI; the status may differ.
    public func extends(_ older: ConceptRegistry) -> Bool {
        entries.count >= older.entries.count
            && zip(entries, older.entries).allSatisfy { $0.number == $1.number && $0.uri == $1.uri }
    }

    /// What the registry of a taxonomy directory should be: the one there, brought up to date with the Turtle files.
    ///
    /// New concepts get their numbers in order of file name and place; deprecated and missing ones are retired.
    /// A missing `registry.tsv` counts as empty.
    public static func updated(directory: String) throws(TaxonomyError) -> ConceptRegistry {
        let files = try TaxonomyFiles(directory: directory, requiringRegistry: false)
        let graph = try files.graph()
        let uris = graph.concepts.filter { !$0.isDeprecated }.map(\.uri)
        let deprecated = graph.concepts.filter(\.isDeprecated).map(\.uri)
        // Deprecated concepts need a number too, as records may name them: enter all, then retire.
        return try files.registry().updated(for: uris + deprecated).updated(for: uris)
    }
}
