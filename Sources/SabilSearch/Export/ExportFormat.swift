/// How a whole result is written to a file.
public enum ExportFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// Comma-separated values (RFC 4180), in UTF-8 with a byte order mark, safe to open in a spreadsheet.
    case csv
    /// One record a line, as records come in: the one format that leaves nothing out.
    case jsonLines = "jsonl"
    /// For reference managers: RIS, tags of the specification of 2011.
    case ris
    /// For LaTeX: BibTeX in UTF-8.
    case bibTeX = "bibtex"

    /// What the bytes are, for HTTP.
    public var mediaType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8; header=present"
        case .jsonLines: "application/jsonl; charset=utf-8"
        case .ris: "application/x-research-info-systems; charset=utf-8"
        case .bibTeX: "application/x-bibtex; charset=utf-8"
        }
    }

    public var fileExtension: String {
        switch self {
        case .csv: "csv"
        case .jsonLines: "jsonl"
        case .ris: "ris"
        case .bibTeX: "bib"
        }
    }
}
