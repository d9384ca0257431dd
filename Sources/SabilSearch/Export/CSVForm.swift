import SabilRecords

/// Records as rows of comma-separated values.
///
/// Source: RFC 4180 (lines end in CR LF, a field with a comma, quotation mark or line end is quoted, quotation marks are doubled). A
/// field that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection").
enum CSVForm {
    /// What stands between the values of a field that has several.
    static let separator = " | "

    private static let columns: [(name: String, value: @Sendable (ResourceRecord, ExportNames) -> String)] = [
        ("id", { record, _ in record.id.rawValue }),
        ("work", { record, _ in record.work.rawValue }),
        ("type", { record, _ in record.type }),
        ("type_name", { $1.type($0.type) }),
        ("language", { record, _ in record.language.rawValue }),
        ("title", { record, _ in record.title }),
        ("abstract", { record, _ in record.abstract }),
        ("date", { record, _ in record.date?.description ?? "" }),
        ("authors", { record, _ in joined(record.authors) }),
        ("organisations", { record, _ in joined(record.organisations) }),
        ("series", { record, _ in record.series ?? "" }),
        ("document_type", { record, _ in record.documentType ?? "" }),
        ("document_type_name", { $0.documentType.map($1.documentType) ?? "" }),
        ("countries", { record, _ in joined(record.countries) }),
        ("country_names", { joined($0.countries.map($1.country)) }),
        ("regions", { record, _ in joined(record.regions.map(\.rawValue)) }),
        ("region_names", { joined($0.regions.map($1.concept)) }),
        ("population_groups", { record, _ in joined(record.populationGroups.map(\.rawValue)) }),
        ("population_group_names", { joined($0.populationGroups.map($1.concept)) }),
        ("concepts", { record, _ in joined(record.concepts.map(\.concept.rawValue)) }),
        ("concept_names", { joined($0.concepts.map { $0.concept }.map($1.concept)) }),
        ("concept_sources", { record, _ in joined(record.concepts.map(\.source.rawValue)) }),
        ("visibility", { record, _ in record.visibility.rawValue }),
        ("url", { record, _ in record.url ?? "" }),
    ]

    static let header = Array((columns.map(\.name).joined(separator: ",") + "\r\n").utf8)

    static func row(_ record: ResourceRecord, _ names: ExportNames) -> [UInt8] {
        var row: [UInt8] = []
        for (place, column) in columns.enumerated() {
            if place > 0 { row.append(UInt8(ascii: ",")) }
            append(column.value(record, names), to: &row)
        }
        return row + [0x0D, 0x0A]
    }

    private static func joined(_ values: [String]) -> String { values.joined(separator: separator) }

    /// A field, quoted if it has to be, and never a formula.
    static func append(_ text: String, to row: inout [UInt8]) {
        var bytes = text.utf8.filter { $0 != 0 }
        if isFormula(text) { bytes.insert(UInt8(ascii: "'"), at: 0) }
        let special: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\""), 0x0D, 0x0A]
        let hasEdgeSpace = bytes.first == 0x20 || bytes.last == 0x20
        guard hasEdgeSpace || bytes.contains(where: special.contains) else {
            row += bytes
            return
        }
        row.append(UInt8(ascii: "\""))
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { row.append(byte) }
            row.append(byte)
        }
        row.append(UInt8(ascii: "\""))
    }

    /// Whether a spreadsheet might compute the field: it begins with an operator (also a wide one), a tab or a line end.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first(where: { $0 != "\0" }) else { return false }
        return ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"].contains(first)
    }
}
