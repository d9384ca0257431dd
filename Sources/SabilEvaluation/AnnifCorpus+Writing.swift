import FoundationEssentials
import SabilRecords

/// Labelled documents written in the forms that Annif reads.
///
/// What a form has no place for is left out: a table of lines (`.tsv`) has no ids and languages and no line ends within a text,
/// a folder no languages. Title and text become one text with a line between, as Annif knows no titles.
extension AnnifCorpus {
    public enum Form: String, Sendable, CaseIterable {
        /// `text\t<uri> <uri>`, without a header.
        case tsv
        /// `document_id,text,subject_uris,language` with a header; the language is metadata to Annif.
        case csv
        /// `{"document_id", "text", "metadata", "subjects": [{"uri", "label"}]}`.
        case jsonl
        /// `id.txt` with `id.tsv` (`<uri>\tlabel`).
        case folder
        /// `id.txt` with `id.key` (a label a line).
        case keys
    }

    /// One document, written.
    ///
    /// - Parameters:
    ///   - entry: labels are URIs, or what else names subjects.
    ///   - label: what a subject is called; the subject itself where nobody knows.
    /// - Returns: the line with its end; of the forms that are folders nothing (``files(_:form:label:)``).
    public static func line(_ entry: BEIREntry, form: Form, label: (String) -> String) throws -> String {
        switch form {
        case .tsv:
            return oneLine(whole(entry)) + "\t" + entry.labels.map { "<\($0)>" }.joined(separator: " ") + "\n"
        case .csv:
            let language = entry.language == .undetermined ? "" : entry.language.rawValue
            let subjects = entry.labels.map { "<\($0)>" }.joined(separator: " ")
            return [entry.id, whole(entry), subjects, language].map(CommaRows.written).joined(separator: ",") + "\n"
        case .jsonl:
            let document = WrittenDocument(
                documentID: entry.id, text: whole(entry),
                metadata: entry.language == .undetermined ? [:] : ["language": entry.language.rawValue],
                subjects: entry.labels.map { .init(uri: $0, label: label($0)) })
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
        case .folder, .keys: return ""
        }
    }

    /// What stands before the first line.
    public static func header(_ form: Form) -> String {
        form == .csv ? "document_id,text,subject_uris,language\n" : ""
    }

    /// The files of one document in the forms that are folders: name → content.
    ///
    /// A sign in an id that no file name can have, and `%`, are written as `%XX`.
    public static func files(
        _ entry: BEIREntry, form: Form, label: (String) -> String
    ) -> [(name: String, content: String)] {
        let name = fileName(entry.id)
        let text = (name: name + ".txt", content: whole(entry))
        switch form {
        case .folder:
            let rows = entry.labels.map { "<\($0)>\t\(oneLine(label($0)))\n" }
            return [text, (name + ".tsv", rows.joined())]
        case .keys: return [text, (name + ".key", entry.labels.map { oneLine(label($0)) + "\n" }.joined())]
        case .tsv, .csv, .jsonl: return []
        }
    }

    private static func whole(_ entry: BEIREntry) -> String {
        [entry.title, entry.text].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func oneLine(_ text: String) -> String {
        text.contains { $0.isNewline || $0 == "\t" }
            ? String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }) : text
    }

    private static func fileName(_ id: String) -> String {
        var name = ""
        for scalar in id.unicodeScalars {
            let isPlain = scalar.value > 0x20 && scalar.value != 0x7F && !"/\\%:".unicodeScalars.contains(scalar)
            if isPlain {
                name.unicodeScalars.append(scalar)
            } else {
                name += "%" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16, uppercase: true)
            }
        }
        return name
    }

    private struct WrittenDocument: Encodable {
        struct Subject: Encodable {
            var uri: String
            var label: String
        }
        var documentID: String
        var text: String
        var metadata: [String: String]
        var subjects: [Subject]

        enum CodingKeys: String, CodingKey {
            case documentID = "document_id"
            case text, metadata, subjects
        }
    }
}
