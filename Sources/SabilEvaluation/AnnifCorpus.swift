import FoundationEssentials
import SabilRecords

/// Labelled documents in the forms that Annif reads, and in ours: one reader for all.
///
/// - a table of `text\t<uri> <uri>` lines without a header (`.tsv`);
/// - a table with a header of `document_id` (optional), `text`, `subject_uris` (`.csv`), quoted as RFC 4180 says;
/// - JSON Lines of `{"document_id", "text", "metadata", "subjects": [{"uri", "label"}]}`, or with our own keys (`.jsonl`);
/// - a folder of `name.txt` with `name.tsv` (`<uri>\tlabel`) or `name.key` (a label a line).
///
/// Source: Annif wiki, "Document corpus formats". Blocks the thread while it reads.
public enum AnnifCorpus {
    private static let operation = "read a corpus"

    /// - Throws: `notFound`, `unreadable`, `empty`; `invalidFormat` and `duplicate` with the line.
    public static func read(_ path: String) throws(EvaluationError) -> [BEIREntry] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw fault(path, "there is no such file or folder; check the path", .notFound)
        }
        let entries: [BEIREntry]
        // What cannot be listed is a file.
        if let names = try? FileManager.default.contentsOfDirectory(atPath: path) {
            entries = try folder(path, names: names.sorted())
        } else if path.hasSuffix(".tsv") {
            entries = try lines(of: path).enumerated().map { index, line throws(EvaluationError) in
                try tableLine(line, number: index + 1, path)
            }
        } else if path.hasSuffix(".csv") {
            entries = try commaTable(path)
        } else {
            entries = try jsonLines(path)
        }
        guard !entries.isEmpty else {
            throw fault(path, "it holds no document; check that it is the right one", .empty)
        }
        return entries
    }

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

    // MARK: Tables

    private static func tableLine(_ line: Substring, number: Int, _ path: String) throws(EvaluationError) -> BEIREntry {
        let columns = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
        guard columns.count == 2 else {
            throw fault(path, "line \(number) has no tab; write the text, a tab, and URIs with blanks between")
        }
        return entry("\(number)", String(columns[0]), uris(columns[1]))
    }

    private static func commaTable(_ path: String) throws(EvaluationError) -> [BEIREntry] {
        let rows = try commaRows(path)
        guard let header = rows.first?.cells, let textColumn = header.firstIndex(of: "text"),
            let subjectColumn = header.firstIndex(of: "subject_uris")
        else { throw fault(path, "its first line does not name the columns text and subject_uris; add a header") }
        let idColumn = header.firstIndex(of: "document_id")
        let languageColumn = header.firstIndex(of: "language")
        var ids: Set<String> = []
        var entries: [BEIREntry] = []
        for (line, cells) in rows.dropFirst() {
            guard cells.count == header.count else {
                throw fault(path, "line \(line) has \(cells.count) columns, the header \(header.count); mend that line")
            }
            let id = idColumn.map { cells[$0] } ?? "\(line)"
            guard ids.insert(id).inserted else {
                throw fault(path, "line \(line) has the id \"\(id)\", which stands before; mend that line", .duplicate)
            }
            entries.append(
                entry(id, cells[textColumn], uris(cells[subjectColumn]), language: languageColumn.map { cells[$0] }))
        }
        return entries
    }

    /// Rows with the line each begins on (RFC 4180: quotes around cells with commas, quotes or line ends; `""` is a quote).
    private static func commaRows(_ path: String) throws(EvaluationError) -> [(line: Int, cells: [String])] {
        var rows: [(line: Int, cells: [String])] = []
        var cells: [String] = []
        var cell = ""
        var line = 1
        var start = 1
        var isQuoted = false
        var wasQuoted = false
        func endRow() {
            cells.append(cell)
            if cells != [""] || wasQuoted { rows.append((start, cells)) }
            (cells, cell, wasQuoted) = ([], "", false)
        }
        var characters = try text(of: path).makeIterator()
        var next = characters.next()
        while let character = next {
            next = characters.next()
            if isQuoted {
                if character != "\"" {
                    if isLineEnd(character) { line += 1 }
                    cell.append(character)
                } else if next == "\"" {
                    cell.append("\"")
                    next = characters.next()
                } else {
                    isQuoted = false
                }
            } else if character == "\"", cell.isEmpty {
                (isQuoted, wasQuoted) = (true, true)
            } else if character == "," {
                cells.append(cell)
                cell = ""
            } else if isLineEnd(character) {
                endRow()
                line += 1
                start = line
            } else {
                cell.append(character)
            }
        }
        guard !isQuoted else {
            throw fault(path, "the quote that opens in the row of line \(start) is never closed; mend that line")
        }
        if !cells.isEmpty || !cell.isEmpty { endRow() }
        return rows
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

    private static func jsonLines(_ path: String) throws(EvaluationError) -> [BEIREntry] {
        let lines = try text(of: path).split(omittingEmptySubsequences: false, whereSeparator: isLineEnd)
        if let first = lines.first(where: { $0.contains { !$0.isWhitespace } }), first.contains("\"_id\"") {
            var reader = try BEIRReader(path: path)
            var entries: [BEIREntry] = []
            while let entry = try reader.next() { entries.append(entry) }
            return entries
        }
        var ids: Set<String> = []
        var entries: [BEIREntry] = []
        for (index, line) in lines.enumerated() where line.contains(where: { !$0.isWhitespace }) {
            let document: Document
            do {
                document = try JSONDecoder().decode(Document.self, from: Data(line.utf8))
            } catch {
                let what = (error as? DecodingError)?.sentence ?? "\(error)"
                throw fault(path, "line \(index + 1) cannot be read: \(what); mend that line")
            }
            let id = document.documentID ?? "\(index + 1)"
            guard ids.insert(id).inserted else {
                throw fault(path, "line \(index + 1) has the id \"\(id)\", which stands before; mend it", .duplicate)
            }
            entries.append(
                entry(
                    id, document.text, (document.subjects ?? []).compactMap { $0.uri ?? $0.label },
                    language: document.metadata?["language"]))
        }
        return entries
    }

    // MARK: Folders

    private static func folder(_ path: String, names: [String]) throws(EvaluationError) -> [BEIREntry] {
        let all = Set(names)
        var entries: [BEIREntry] = []
        for name in names where name.hasSuffix(".txt") {
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
            entries.append(entry(base, try text(of: "\(path)/\(name)"), labels))
        }
        return entries
    }

    private static func trimmed(_ text: Substring) -> String {
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(text[...last].drop { $0.isWhitespace })
    }
}
