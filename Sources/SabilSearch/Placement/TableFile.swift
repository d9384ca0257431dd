import FoundationEssentials
public import SabilRecords

/// Small files of tab-separated values that curators keep: a header, then rows; blank lines and lines that begin with `#` are
/// passed over.
enum TableFile {
    struct Row {
        /// From 1.
        var number: Int
        /// As many as the header has, without spaces at their ends.
        var cells: [String]
    }

    private static let longestLine = 1 << 16

    /// The rows below the header; those of another number of cells are defects, missing cells at the end are empty ones.
    /// - Throws: `source` if the file cannot be read; `code` for another header.
    static func rows(
        path: String, header: [String], what: String, code: SearchError.Code, defects: inout [String]
    ) throws(SearchError) -> [Row] {
        var rows: [Row] = []
        var hasHeader = false
        do throws(RecordError) {
            var lines = try LineReader(path: path, limit: longestLine)
            while let line = try lines.next() {
                guard case .bytes(let bytes) = line.content, let text = String(validating: bytes, as: UTF8.self) else {
                    defects.append("line \(line.number): it is no UTF-8, or over 64 KiB long; correct it")
                    continue
                }
                if text.trimmed.isEmpty || text.hasPrefix("#") { continue }
                let cells = text.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).trimmed }
                if !hasHeader {
                    hasHeader = true
                    if cells == header { continue }
                    defects.append(
                        "line \(line.number): the header must be \(header.joined(separator: ", ")), with tabs between")
                    break
                }
                guard cells.count <= header.count else {
                    defects.append(
                        "line \(line.number): it has \(cells.count) cells of at most \(header.count); remove tabs")
                    continue
                }
                let missing = [String](repeating: "", count: header.count - cells.count)
                rows.append(Row(number: line.number, cells: cells + missing))
            }
        } catch {
            throw SearchError(
                code: .source, operation: "read \(what)", message: "Could not read \(what): \(error)", underlying: error
            )
        }
        return rows
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    static func check(
        _ defects: [String], path: String, what: String, code: SearchError.Code
    ) throws(SearchError) {
        guard !defects.isEmpty else { return }
        throw SearchError(
            code: code, operation: "read \(what)",
            message: "Could not read \(what) from \(path): \(defects.joined(separator: "; ")).")
    }
}

extension PlacementList {
    /// The file `placements.tsv` of a folder; ``empty`` if there is none.
    /// - Throws: as ``init(path:analyzer:)``.
    public static func inFolder(_ folder: String) throws(SearchError) -> PlacementList {
        let path = folder + "/placements.tsv"
        return TableFile.exists(path) ? try PlacementList(path: path) : .empty
    }
}

extension BoostTable {
    /// The file `boosts.tsv` of a folder; ``none`` if there is none.
    /// - Throws: as ``init(path:contentTypes:)``.
    public static func inFolder(
        _ folder: String, contentTypes: ContentTypeCatalogue?
    ) throws(SearchError) -> BoostTable {
        let path = folder + "/boosts.tsv"
        return TableFile.exists(path) ? try BoostTable(path: path, contentTypes: contentTypes) : .none
    }
}
