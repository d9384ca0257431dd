import FoundationEssentials
import SabilRecords

/// Labelled documents in the forms that Annif reads, and in ours: one reader for all.
///
/// - a table of `text\t<uri> <uri>` lines without a header (`.tsv`);
/// - a table with a header of `document_id` (optional), `text`, `subject_uris` (`.csv`), quoted as RFC 4180 says;
/// - JSON Lines of `{"document_id", "text", "metadata", "subjects": [{"uri", "label"}]}`, or with our own keys (`.jsonl`);
/// - a folder of `name.txt` with `name.tsv` (`<uri>\tlabel`) or `name.key` (a label a line).
///
/// A corpus is read document by document (``Reader``), so that one of any size needs the memory of its longest document and of its
/// ids, or of what the caller keeps. Lines end with LF or CR LF. Source: Annif wiki, "Document corpus formats". Blocks the thread
/// while it reads.
public enum AnnifCorpus {
    private static let operation = "read a corpus"
    /// Bytes of the longest line that is read.
    public static let lineLimit = 64 * 1024 * 1024

    /// All documents of a corpus.
    ///
    /// - Parameter numberPrefix: what stands before the number of a line where that is a document's id.
    /// - Throws: `notFound`, `unreadable`, `empty`; `invalidFormat` and `duplicate` with the line.
    public static func read(_ path: String, numberPrefix: String = "") throws(EvaluationError) -> [BEIREntry] {
        let reader = try Reader(path, numberPrefix: numberPrefix)
        var entries: [BEIREntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    /// The documents of a corpus one by one, in the order of the file, or of the names in a folder.
    public final class Reader {
        private let path: String
        private let source: Source
        private var isEmpty = true

        /// - Parameters:
        ///   - numberPrefix: what stands before the number of a line where that is a document's id, so that documents of
        ///     several files can be told apart.
        ///   - lineLimit: longest line in bytes, without its end; a longer one is refused and never held in memory.
        /// - Throws: `notFound`, `unreadable`; `invalidFormat` for a header that names no columns.
        public init(
            _ path: String, numberPrefix: String = "", lineLimit: Int = AnnifCorpus.lineLimit
        ) throws(EvaluationError) {
            guard FileManager.default.fileExists(atPath: path) else {
                throw fault(path, "there is no such file or folder; check the path", .notFound)
            }
            self.path = path
            // What cannot be listed is a file.
            if let names = try? FileManager.default.contentsOfDirectory(atPath: path) {
                source = folder(path, names: names.sorted())
            } else if path.hasSuffix(".tsv") {
                source = try table(path, numberPrefix, lineLimit)
            } else if path.hasSuffix(".csv") {
                source = try commaTable(path, numberPrefix, lineLimit)
            } else {
                source = try jsonLines(path, numberPrefix, lineLimit)
            }
        }

        /// The next document; `nil` at the end.
        ///
        /// - Throws: `unreadable`, `invalidFormat` and `duplicate` with the line; `empty` where there is no document at all.
        public func next() throws(EvaluationError) -> BEIREntry? {
            if let entry = try source() {
                isEmpty = false
                return entry
            }
            guard isEmpty else { return nil }
            throw fault(path, "it holds no document; check that it is the right one", .empty)
        }
    }

    /// Gives one document after another, `nil` at the end.
    private typealias Source = () throws(EvaluationError) -> BEIREntry?

    private static func fault(
        _ path: String, _ what: String, _ code: EvaluationError.Code = .invalidFormat
    ) -> EvaluationError {
        EvaluationError(code: code, operation: operation, message: "Reading \"\(path)\" failed: \(what).")
    }

    private static func text(of path: String) throws(EvaluationError) -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw fault(path, "it cannot be read; check its rights", .unreadable)
        }
        if bytes.starts(with: [0x1F, 0x8B]) {
            throw fault(path, "it is compressed; unpack it first, as with gunzip")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw fault(path, "it is not UTF-8; save it as UTF-8")
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    private static func lines(of path: String) throws(EvaluationError) -> [Substring] {
        try text(of: path).split(whereSeparator: isLineEnd)
    }

    /// Other separators of Unicode may stand within a text.
    private static func isLineEnd(_ character: Character) -> Bool {
        character == "\n" || character == "\r\n" || character == "\r"
    }

    private static func entry(_ id: String, _ text: String, _ labels: [String], language: String? = nil) -> BEIREntry {
        BEIREntry(
            id: id, title: "", text: text, language: language.flatMap { Language(bcp47: $0) } ?? .undetermined,
            url: nil, labels: labels, count: nil)
    }

    /// `<a> <b>` or `a b`: URIs with blanks between, without their brackets.
    private static func uris(_ text: some StringProtocol) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map {
            $0.hasPrefix("<") && $0.hasSuffix(">") ? String($0.dropFirst().dropLast()) : String($0)
        }
    }

    // MARK: Line by line

    /// The lines of a file as texts, with their numbers from 1.
    private final class Lines {
        private let limit: Int
        private let path: String
        private var reader: LineReader

        init(_ path: String, _ limit: Int) throws(EvaluationError) {
            self.path = path
            self.limit = limit
            do {
                reader = try LineReader(path: path, limit: limit)
            } catch {
                throw EvaluationError(error, operation: operation)
            }
        }

        func next() throws(EvaluationError) -> (number: Int, text: String)? {
            let line: LineReader.Line?
            do {
                line = try reader.next()
            } catch {
                throw EvaluationError(error, operation: operation)
            }
            guard let line else { return nil }
            guard case .bytes(let bytes) = line.content else {
                throw fault(path, "line \(line.number) is longer than \(limit) bytes; part that line")
            }
            if line.number == 1, bytes.starts(with: [0x1F, 0x8B]) {
                throw fault(path, "it is compressed; unpack it first, as with gunzip")
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw fault(path, "line \(line.number) is not UTF-8; save it as UTF-8")
            }
            return (line.number, text)
        }
    }

    private static func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }

    // MARK: Tables

    private static func table(
        _ path: String, _ prefix: String, _ lineLimit: Int
    ) throws(EvaluationError) -> Source {
        let lines = try Lines(path, lineLimit)
        return { () throws(EvaluationError) -> BEIREntry? in
            while let (number, line) = try lines.next() {
                if line.isEmpty { continue }
                let columns = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
                guard columns.count == 2 else {
                    throw fault(
                        path, "line \(number) has no tab; write the text, a tab, and URIs with blanks between")
                }
                return entry("\(prefix)\(number)", String(columns[0]), uris(columns[1]))
            }
            return nil
        }
    }

    private static func commaTable(
        _ path: String, _ prefix: String, _ lineLimit: Int
    ) throws(EvaluationError) -> Source {
        let rows = try CommaTable(path, lineLimit)
        guard let header = try rows.next()?.cells, let textColumn = header.firstIndex(of: "text"),
            let subjectColumn = header.firstIndex(of: "subject_uris")
        else { throw fault(path, "its first line does not name the columns text and subject_uris; add a header") }
        let idColumn = header.firstIndex(of: "document_id")
        let languageColumn = header.firstIndex(of: "language")
        var ids: Set<String> = []
        return { () throws(EvaluationError) -> BEIREntry? in
            guard let row = try rows.next() else { return nil }
            let (line, cells) = (row.line, row.cells)
            guard cells.count == header.count else {
                throw fault(path, "line \(line) has \(cells.count) columns, the header \(header.count); mend that line")
            }
            let id = idColumn.map { cells[$0] } ?? "\(prefix)\(line)"
            guard ids.insert(id).inserted else {
                throw fault(path, "line \(line) has the id \"\(id)\", which stands before; mend that line", .duplicate)
            }
            return entry(
                id, cells[textColumn], uris(cells[subjectColumn]), language: languageColumn.map { cells[$0] })
        }
    }

    /// Rows of a table with commas, with the errors of a corpus.
    private final class CommaTable {
        private let lines: Lines
        private var rows = CommaRows()
        private let path: String

        init(_ path: String, _ lineLimit: Int) throws(EvaluationError) {
            lines = try Lines(path, lineLimit)
            self.path = path
        }

        /// The next row that is not blank.
        func next() throws(EvaluationError) -> CommaRows.Row? {
            while let (number, line) = try lines.next() {
                if let row = rows.row(adding: line, number: number) { return row }
            }
            guard let open = rows.openLine else { return nil }
            throw fault(path, "the quote that opens in the row of line \(open) is never closed; mend that line")
        }
    }

    // MARK: JSON

    private struct Document: Decodable {
        struct Subject: Decodable {
            var uri: String?
            var label: String?
        }
        var documentID: String?
        var text: String
        var metadata: [String: String]?
        var subjects: [Subject]?

        enum CodingKeys: String, CodingKey {
            case documentID = "document_id"
            case text, metadata, subjects
        }
    }

    private static func jsonLines(
        _ path: String, _ prefix: String, _ lineLimit: Int
    ) throws(EvaluationError) -> Source {
        // The first line that is not blank tells whose keys they are.
        let first = try Lines(path, lineLimit)
        while let (_, line) = try first.next() {
            if isBlank(line) { continue }
            if line.contains("\"_id\"") { return try ownLines(path, lineLimit) }
            break
        }
        let lines = try Lines(path, lineLimit)
        var ids: Set<String> = []
        return { () throws(EvaluationError) -> BEIREntry? in
            while let (number, line) = try lines.next() {
                if isBlank(line) { continue }
                let document: Document
                do {
                    document = try JSONDecoder().decode(Document.self, from: Data(line.utf8))
                } catch {
                    let what = (error as? DecodingError)?.sentence ?? "\(error)"
                    throw fault(path, "line \(number) cannot be read: \(what); mend that line")
                }
                let id = document.documentID ?? "\(prefix)\(number)"
                guard ids.insert(id).inserted else {
                    throw fault(path, "line \(number) has the id \"\(id)\", which stands before; mend it", .duplicate)
                }
                return entry(
                    id, document.text, (document.subjects ?? []).compactMap { $0.uri ?? $0.label },
                    language: document.metadata?["language"])
            }
            return nil
        }
    }

    /// A reader that a closure can keep.
    private final class OwnLines {
        var reader: BEIRReader

        init(_ path: String, _ lineLimit: Int) throws(EvaluationError) {
            reader = try BEIRReader(path: path, lineLimit: lineLimit)
        }
    }

    private static func ownLines(_ path: String, _ lineLimit: Int) throws(EvaluationError) -> Source {
        let lines = try OwnLines(path, lineLimit)
        return { () throws(EvaluationError) -> BEIREntry? in try lines.reader.next() }
    }

    // MARK: Folders

    private static func folder(_ path: String, names: [String]) -> Source {
        let all = Set(names)
        var texts = names.filter { $0.hasSuffix(".txt") }.makeIterator()
        return { () throws(EvaluationError) -> BEIREntry? in
            guard let name = texts.next() else { return nil }
            let base = String(name.dropLast(4))
            let labels: [String]
            if all.contains(base + ".tsv") {
                labels = try lines(of: "\(path)/\(base).tsv").flatMap { line in
                    uris(line.split(separator: "\t", omittingEmptySubsequences: false).first ?? "").prefix(1)
                }
            } else if all.contains(base + ".key") {
                labels = try lines(of: "\(path)/\(base).key").map(trimmed).filter { !$0.isEmpty }
            } else {
                throw fault("\(path)/\(name)", "there is no \(base).tsv or \(base).key with its subjects beside it")
            }
            return entry(base, try text(of: "\(path)/\(name)"), labels)
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(text[...last].drop { $0.isWhitespace })
    }
}
