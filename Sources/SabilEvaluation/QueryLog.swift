import FoundationEssentials
public import SabilRecords

/// Queries of a set or a log, each once, with how often it was asked.
public struct QueryLog: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        /// As in the file; its line's number where the file has no ids.
        public let id: String
        public let text: String
        /// `undetermined` where the file does not say.
        public let language: Language
        /// How often it was asked; lines with the same text and language count together, at most to `Int.max`.
        public internal(set) var count: Int
    }

    /// In the order in which they first come.
    public private(set) var entries: [Entry] = []

    /// How often all of them were asked, at most `Int.max`.
    public var askings: Int { entries.reduce(0) { Self.sum($0, $1.count) } }

    /// How many queries were asked fewer than so many times.
    public func rarer(than minimum: Int) -> Int { entries.count { $0.count < minimum } }

    private struct Key: Hashable {
        let text: String
        let language: Language
    }
    private var places: [Key: Int] = [:]

    private static let operation = "read queries"
    /// Longest line, in bytes.
    private static let lineLimit = 1 << 20

    /// Reads a file by the end of its name; blank lines are skipped. Blocks the thread while it reads.
    ///
    /// - `.jsonl`: objects with `_id`, `text` and optional `lang`, as in BEIR, and optional `count`.
    /// - `.tsv`: with a first line that names columns (`text` or `query`, and any of `id`, `lang` or `language`, `count`),
    ///   or without one `id⇥text`; others are not read.
    /// - anything else: a query a line.
    /// - Throws: `notFound`, `unreadable`; `invalidFormat` and `duplicate` with the line; `empty`.
    public init(path: String) throws(EvaluationError) {
        if path.hasSuffix(".jsonl") {
            var reader = try BEIRReader(path: path)
            while let query = try reader.next() {
                add(id: query.id, text: query.text, language: query.language, count: query.count ?? 1)
            }
        } else {
            do {
                var lines = try LineReader(path: path, limit: Self.lineLimit)
                if path.hasSuffix(".tsv") { try readTable(&lines, path) } else { try readLines(&lines, path) }
            } catch let error as EvaluationError {
                throw error
            } catch let error as RecordError {
                throw EvaluationError(error, operation: Self.operation)
            } catch {
                throw EvaluationError(code: .unreadable, operation: Self.operation, message: "\(error)")
            }
        }
        if entries.isEmpty {
            throw EvaluationError(
                code: .empty, operation: Self.operation,
                message: "Reading \"\(path)\" failed: it holds no query. Write one a line.")
        }
    }

    private mutating func add(id: String, text: String, language: Language, count: Int = 1) {
        let text = Self.trimmed(text)
        guard !text.isEmpty else { return }
        let key = Key(text: text, language: language)
        if let place = places[key] {
            entries[place].count = Self.sum(entries[place].count, count)
        } else {
            places[key] = entries.count
            entries.append(Entry(id: id, text: text, language: language, count: count))
        }
    }

    private static func sum(_ one: Int, _ other: Int) -> Int {
        let (sum, isBeyond) = one.addingReportingOverflow(other)
        return isBeyond ? .max : sum
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        var bytes = text.utf8[...]
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return String(bytes) ?? text
    }

    private static func text(of line: LineReader.Line, _ path: String) throws(EvaluationError) -> String {
        guard case .bytes(let bytes) = line.content else {
            throw fault(path, line.number, "is longer than \(lineLimit) bytes")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw fault(path, line.number, "is not UTF-8")
        }
        return text
    }

    private static func fault(_ path: String, _ line: Int, _ what: String) -> EvaluationError {
        EvaluationError(
            code: .invalidFormat, operation: operation,
            message: "Reading \"\(path)\" failed: line \(line) \(what). Mend that line.")
    }

    private mutating func readLines(_ lines: inout LineReader, _ path: String) throws {
        while let line = try lines.next() {
            add(id: "\(line.number)", text: try Self.text(of: line, path), language: .undetermined)
        }
    }

    private mutating func readTable(_ lines: inout LineReader, _ path: String) throws {
        var columns: Columns?
        while let line = try lines.next() {
            let text = try Self.text(of: line, path)
            if Self.trimmed(text).isEmpty { continue }
            let cells = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard let known = columns else {
                columns = Columns(header: cells) ?? Columns(width: cells.count)
                if Columns(header: cells) == nil { try addRow(cells, columns ?? Columns(width: 1), line.number, path) }
                continue
            }
            try addRow(cells, known, line.number, path)
        }
    }

    private mutating func addRow(_ cells: [String], _ columns: Columns, _ line: Int, _ path: String) throws {
        guard columns.text < cells.count else {
            throw Self.fault(
                path, line,
                "has \(cells.count) \(cells.count == 1 ? "column" : "columns"); the query is expected in column \(columns.text + 1)"
            )
        }
        func cell(_ column: Int?) -> String? {
            guard let column, column < cells.count, !cells[column].isEmpty else { return nil }
            return cells[column]
        }
        var count = 1
        if let text = cell(columns.count) {
            guard let number = Int(text), number > 0 else {
                throw Self.fault(path, line, "has the count \"\(text)\", no whole number above 0")
            }
            count = number
        }
        add(
            id: cell(columns.id) ?? "\(line)", text: cells[columns.text],
            language: cell(columns.language).flatMap { Language(bcp47: $0) } ?? .undetermined, count: count)
    }

    /// Where a table has what.
    private struct Columns {
        var text: Int
        var id: Int?
        var language: Int?
        var count: Int?

        /// - Returns: nil when no column is named `text` or `query`: the line is no header.
        init?(header: [String]) {
            let names = header.map { $0.lowercased() }
            guard let text = names.firstIndex(where: { $0 == "text" || $0 == "query" }) else { return nil }
            self.text = text
            id = names.firstIndex { $0 == "id" || $0 == "_id" || $0 == "qid" }
            language = names.firstIndex { $0 == "lang" || $0 == "language" }
            count = names.firstIndex(of: "count")
        }

        init(width: Int) {
            text = width > 1 ? 1 : 0
            id = width > 1 ? 0 : nil
        }
    }
}
