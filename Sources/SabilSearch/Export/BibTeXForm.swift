import SabilRecords

/// Records as entries of BibTeX, in UTF-8.
///
/// Values stand in braces. BibTeX counts braces also behind a backslash, so those of a text are written as commands, as is every
/// character that TeX reads as one. Titles and names of organisations stand in braces of their own: styles would
/// change capitals and take names apart.
enum BibTeXForm {
    static func entry(_ record: ResourceRecord, _ names: ExportNames) -> String {
        let kind = kind(record)
        var fields: [(String, String)] = [("title", "{\(escaped(record.title))}")]
        let authors =
            record.authors.isEmpty
            ? record.organisations.map { "{\(escaped($0))}" } : record.authors.map { name($0) }
        let present = authors.filter { $0 != "{}" && !$0.isEmpty }
        if !present.isEmpty { fields.append(("author", present.joined(separator: " and "))) }
        if let date = record.date {
            fields.append(("year", String(date.description.prefix(4))))
            if let month = date.month { fields.append(("month", String(month))) }
        }
        let publishers = record.texts("publishers")
        let houses = (publishers.isEmpty ? record.organisations : publishers).map(escaped).filter { !$0.isEmpty }
        if !houses.isEmpty {
            fields.append((kind == "techreport" ? "institution" : "publisher", houses.joined(separator: "; ")))
        }
        if let series = record.series {
            fields.append((kind == "article" ? "journal" : "series", escaped(series)))
        }
        if let documentType = record.documentType { fields.append(("type", escaped(names.documentType(documentType)))) }
        fields += record.texts("doi").prefix(1).map { ("doi", address($0)) }
        if let url = record.url { fields.append(("url", address(url))) }
        if record.language != .undetermined { fields.append(("language", language(record.language))) }
        let keywords = names.keywords(record).map { escaped($0).replacing(",", with: "{,}") }
        if !keywords.isEmpty { fields.append(("keywords", keywords.joined(separator: ", "))) }
        if !record.abstract.isEmpty { fields.append(("abstract", escaped(record.abstract))) }
        let lines = fields.filter { !$0.1.isEmpty && $0.1 != "{}" }.map { "  \($0.0) = {\($0.1)}" }
        return "@\(kind){\(key(record.id)),\n\(lines.joined(separator: ",\n"))\n}\n\n"
    }

    private static func kind(_ record: ResourceRecord) -> String {
        guard record.type == "publication" else { return "misc" }
        return switch record.documentType {
        case "research_paper": record.series == nil ? "misc" : "article"
        case "book": "book"
        case nil, "legal_text", "conference_paper": "misc"
        default: record.organisations.isEmpty && record.texts("publishers").isEmpty ? "misc" : "techreport"
        }
    }

    /// A person's name: BibTeX takes names apart at `and` and commas. `Last, First` is left to it; what has `and`, more than one
    /// comma, or more before the comma than a last name has, is a whole and stands in braces.
    private static func name(_ name: String) -> String {
        let text = escaped(name)
        let words = text.lowercased().split(separator: " ")
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let isLastName = parts.count == 2 && parts[0].split(separator: " ").count <= 2
        return words.contains("and") || words.contains("others") || (parts.count > 1 && !isLastName)
            ? "{\(text)}" : text
    }

    /// Letters, digits and `-`, `.`, `/`, `:` of ASCII as they are, every other byte as `_` and two hexadecimal digits: ids that
    /// differ give keys that differ.
    static func key(_ id: RecordID) -> String {
        var key = ""
        for byte in id.rawValue.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D...0x2F, 0x3A:
                key.unicodeScalars.append(Unicode.Scalar(byte))
            default: key += "_" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }
        }
        return key
    }

    /// Text as TeX sets it, in one line.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.inOneLine.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\textbackslash{}"
            case "{": escaped += "\\textbraceleft{}"
            case "}": escaped += "\\textbraceright{}"
            case "~": escaped += "\\textasciitilde{}"
            case "^": escaped += "\\textasciicircum{}"
            case "#", "$", "%", "&", "_": escaped += "\\" + String(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// An address, which styles take as it is: what would end the field or the line is percent-encoded.
    private static func address(_ text: String) -> String {
        var address = ""
        for scalar in text.inOneLine.unicodeScalars {
            switch scalar {
            case "{": address += "%7B"
            case "}": address += "%7D"
            case "\\": address += "%5C"
            case " ": address += "%20"
            default: address.unicodeScalars.append(scalar)
            }
        }
        return address
    }

    /// As the babel package names it.
    private static func language(_ language: Language) -> String {
        switch language {
        case .english: "english"
        case .french: "french"
        case .spanish: "spanish"
        case .arabic: "arabic"
        case .undetermined: ""
        }
    }
}
