/// Reads records from JSON Lines (a file, standard input or bytes), block by block.
///
/// Lines end with LF or CR LF, the last one needs no end, a byte order mark is skipped, blank lines are skipped. A line
/// over the limit is reported and never held in memory. A record whose id came before in the same run is kept, with the
/// warning that it replaces the earlier one. Memory: one block, one line, the ids.
///
/// ```swift
/// var reader = try JSONLinesReader(path: "records.jsonl", validator: RecordValidator(vocabulary: vocabulary))
/// while let line = try reader.next() {
///     for issue in line.issues { report(issue) }
///     if let record = line.record { index(record) }
/// }
/// ```
/// Reading blocks the thread: use it away from the cooperative pool.
public struct JSONLinesReader: ~Copyable, Sendable {
    /// One line that is not blank: its number and what the validator made of it.
    public struct Line: Sendable, Hashable {
        /// Counted from 1, blank lines too.
        public let number: Int
        /// `nil` when an issue is an error.
        public let record: ResourceRecord?
        /// Each with its line.
        public let issues: [RecordIssue]
    }

    /// 16 MiB.
    public static let defaultLineLimit = 16 * 1024 * 1024

    private var lines: LineReader
    private let lineLimit: Int
    private let validator: RecordValidator
    private var lineOfID: [RecordID: Int] = [:]

    /// Opens a file.
    ///
    /// - Parameter lineLimit: longest line in bytes, without its end.
    /// - Throws: `RecordError` with code `notFound` or `unreadable`, naming the path.
    public init(path: String, validator: RecordValidator, lineLimit: Int = defaultLineLimit) throws(RecordError) {
        lines = try LineReader(path: path, limit: lineLimit)
        self.lineLimit = lineLimit
        self.validator = validator
    }

    /// Reads standard input.
    public init(standardInputTo validator: RecordValidator, lineLimit: Int = defaultLineLimit) {
        lines = LineReader(standardInputLimit: lineLimit)
        self.lineLimit = lineLimit
        self.validator = validator
    }

    /// Reads bytes in memory.
    public init(bytes: [UInt8], validator: RecordValidator, lineLimit: Int = defaultLineLimit) {
        lines = LineReader(bytes: bytes, limit: lineLimit)
        self.lineLimit = lineLimit
        self.validator = validator
    }

    /// The next line that is not blank; `nil` at the end.
    ///
    /// - Throws: `RecordError` with code `unreadable` when reading fails on the way.
    public mutating func next() throws(RecordError) -> Line? {
        while let line = try lines.next() {
            switch line.content {
            case .tooLong(let count):
                let issue = RecordIssue(
                    code: .lineTooLong, severity: .error, path: "$",
                    message: "The line has \(count) bytes, at most \(lineLimit) are allowed; it is skipped.",
                    remedy: "Shorten the record.", line: line.number)
                return Line(number: line.number, record: nil, issues: [issue])
            case .bytes(let bytes):
                if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
                return validated(bytes, number: line.number)
            }
        }
        return nil
    }

    private mutating func validated(_ bytes: [UInt8], number: Int) -> Line {
        let outcome = validator.validate(json: bytes)
        var issues = outcome.issues
        if let id = outcome.record?.id, let earlier = lineOfID.updateValue(number, forKey: id) {
            issues.append(
                RecordIssue(
                    code: .duplicateID, severity: .warning, path: "$.id",
                    message: "The record replaces line \(earlier), which has the same id.",
                    remedy: "Give each record an id of its own, or drop the earlier line."))
        }
        for position in issues.indices { issues[position].line = number }
        return Line(number: number, record: outcome.record, issues: issues)
    }
}
