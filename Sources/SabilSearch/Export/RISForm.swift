import SabilRecords

/// Records as entries of RIS: a tag of two letters, two spaces, a hyphen and a space before each value, lines ending in CR LF.
///
/// Source: "RIS Format Specifications" of Research Information Systems, version of 2011. Names stay as they are written in the
/// record: which part of a name is the family's is not known.
enum RISForm {
    static func entry(_ record: ResourceRecord, _ names: ExportNames) -> String {
        var lines: [(String, String)] = [("TY", type(record)), ("ID", record.id.rawValue), ("TI", record.title)]
        lines += record.authors.map { ("AU", $0) }
        if record.authors.isEmpty { lines += record.organisations.map { ("AU", $0) } }
        if let date = record.date {
            lines.append(("PY", String(date.description.prefix(4))))
            lines.append(("DA", self.date(date)))
        }
        if let series = record.series { lines.append(("T2", series)) }
        let publishers = record.texts("publishers")
        lines += (publishers.isEmpty ? record.organisations : publishers).map { ("PB", $0) }
        if let documentType = record.documentType { lines.append(("M3", names.documentType(documentType))) }
        if !record.abstract.isEmpty { lines.append(("AB", record.abstract)) }
        lines += names.keywords(record).map { ("KW", $0) }
        lines += record.texts("doi").map { ("DO", $0) }
        if record.language != .undetermined { lines.append(("LA", record.language.rawValue)) }
        if let url = record.url { lines.append(("UR", url)) }
        let written = lines.map { ($0.0, $0.1.inOneLine) }.filter { !$0.1.isEmpty }
        return written.map { "\($0.0)  - \($0.1)\r\n" }.joined() + "ER  - \r\n\r\n"
    }

    /// YYYY/MM/DD/: what is not known is empty.
    private static func date(_ date: PartialDate) -> String {
        let parts = date.description.split(separator: "-").map(String.init)
        return (0..<3).map { $0 < parts.count ? parts[$0] : "" }.joined(separator: "/") + "/"
    }

    private static func type(_ record: ResourceRecord) -> String {
        switch record.type {
        case "publication":
            switch record.documentType {
            case "research_paper": "JOUR"
            case "book": "BOOK"
            case "conference_paper": "CPAPER"
            case "legal_text": "STAT"
            case nil: "GEN"
            default: "RPRT"
            }
        case "legal_policy_framework": "STAT"
        case "news": "NEWS"
        case "blog_post": "BLOG"
        case "event", "e_conference": "CONF"
        case "webinar", "livestream", "multimedia": "VIDEO"
        case "podcast_episode": "SOUND"
        case "database": "DBASE"
        case "glossary_term": "DICT"
        default: record.url == nil ? "GEN" : "ELEC"
        }
    }
}
