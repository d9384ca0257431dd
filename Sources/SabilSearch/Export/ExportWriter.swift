public import SabilRecords
public import SabilTaxonomy

/// Writes records one after the other in a format: a pure function of the record, so that a file can be streamed.
public struct ExportWriter: Sendable {
    public let format: ExportFormat
    let names: ExportNames

    /// - Parameter reader: language of the names of types, countries and concepts.
    public init(
        _ format: ExportFormat, taxonomy: ConceptScheme, contentTypes: ContentTypeCatalogue?, reader: Language
    ) {
        self.format = format
        names = ExportNames(taxonomy: taxonomy, contentTypes: contentTypes, reader: reader)
    }

    /// What stands before the first record.
    public var beginning: [UInt8] { format == .csv ? [0xEF, 0xBB, 0xBF] + CSVForm.header : [] }

    /// A record, with the line end behind it.
    /// - Complexity: O(length of the record).
    public func bytes(of record: ResourceRecord) -> [UInt8] {
        switch format {
        case .csv: CSVForm.row(record, names)
        case .jsonLines: record.jsonLine() + [0x0A]
        case .ris: Array(RISForm.entry(record, names).utf8)
        case .bibTeX: Array(BibTeXForm.entry(record, names).utf8)
        }
    }
}

/// What ids are called in the reader's language.
struct ExportNames: Sendable {
    let taxonomy: ConceptScheme
    let contentTypes: ContentTypeCatalogue?
    let reader: Language

    func type(_ id: String) -> String { contentTypes?.type(id)?.label(in: reader) ?? id }
    func documentType(_ id: String) -> String { contentTypes?.documentType(id)?.label(in: reader) ?? id }
    func concept(_ id: ConceptID) -> String { taxonomy.label(taxonomy.current(id), in: reader) }

    func country(_ alpha3: String) -> String {
        taxonomy.country(code: alpha3).map { taxonomy.label($0.id, in: reader) } ?? alpha3
    }

    /// Subjects, population groups, countries and regions by name, each once.
    func keywords(_ record: ResourceRecord) -> [String] {
        let concepts = record.concepts.map(\.concept) + record.populationGroups + record.regions
        return (concepts.map(concept) + record.countries.map(country)).unique
    }
}

extension ResourceRecord {
    /// The texts of an extra field.
    func texts(_ field: String) -> [String] {
        switch fields[field] {
        case .text(let text): [text]
        case .strings(let texts): texts
        default: []
        }
    }
}

extension String {
    /// In one line: every run of white space and control characters is a space, none at the ends.
    var inOneLine: String {
        unicodeScalars.split { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
            .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }
}
