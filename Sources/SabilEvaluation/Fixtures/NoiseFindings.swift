import SabilRecords

/// The language of the texts, and the table of deliberate noise.
extension FixtureCheck {
    private typealias Kind = FixtureCollection.Noise.Kind

    private func kinds() -> [RecordID: Set<Kind>] {
        Dictionary(grouping: collection.noise) { $0.value.id }.mapValues { Set($0.map(\.value.kind)) }
    }

    /// What a text seems to be in, what its file says and what the record declares agree, unless the noise says otherwise.
    func languageFindings() -> [FixtureFinding] {
        let kinds = kinds()
        var findings: [FixtureFinding] = []
        for (record, facts) in zip(collection.records, facts) {
            let noise = kinds[record.value.id] ?? []
            let declared = record.value.language
            let seen = facts.language
            let id = record.value.id
            if noise.contains(.wrongLanguage), declared == record.textLanguage {
                findings.append(
                    record.finding(
                        .language,
                        "\(id) is listed as wrong-language and declares the language of its file, \(declared.rawValue).",
                        remedy: "Declare another language, or take it off records/noise.tsv."))
            }
            if declared != record.textLanguage, !noise.contains(.wrongLanguage) {
                findings.append(
                    record.finding(
                        .language, "\(id) declares \(declared.rawValue) in a file of \(record.textLanguage.rawValue).",
                        remedy: "Mend the language, or list the record as wrong-language in records/noise.tsv."))
            }
            guard !noise.contains(.mixedLanguage) else { continue }
            let share = Int((facts.foreignShare * 100).rounded())
            let what =
                seen != record.textLanguage
                ? "The text of \(id) seems to be in \(seen.rawValue), its file is for \(record.textLanguage.rawValue)."
                : facts.foreignShare >= requirements.foreignShare
                    ? "\(share) % of the words of \(id) stand in sentences of another language than "
                        + "\(record.textLanguage.rawValue)." : nil
            if let what {
                findings.append(
                    record.finding(
                        .language, what,
                        remedy: "Translate or move it, or list it as mixed-language in records/noise.tsv."))
            }
        }
        return findings
    }

    /// The table names records that exist, once a kind, and what can be seen in a text is there; what can be seen is listed.
    func noiseFindings() -> [FixtureFinding] {
        struct Entry: Hashable {
            let id: RecordID
            let kind: Kind
        }
        var findings = FixtureCollection.repeated(
            collection.noise, .noise, by: { Entry(id: $0.id, kind: $0.kind) },
            { "\($0.id) is listed as \($0.kind.rawValue) already at \($1)." }, remedy: "Drop one of the two lines.")
        for entry in collection.noise {
            guard let record = records[entry.value.id] else {
                findings.append(
                    entry.finding(
                        .noise, "There is no record \(entry.value.id).", remedy: "Mend the id, or drop the line."))
                continue
            }
            let isThere =
                switch entry.value.kind {
                case .capitals: TextSigns.hasCapitals(record.value.title)
                case .html: TextSigns.hasMarkup(record.value.wholeText)
                default: true
                }
            if !isThere {
                findings.append(
                    entry.finding(
                        .noise, "\(entry.value.id) is listed as \(entry.value.kind.rawValue), and its text shows none.",
                        remedy: "Put it back into the text, or drop the line."))
            }
        }
        let kinds = kinds()
        for record in collection.records {
            let listed = kinds[record.value.id] ?? []
            let signs: [(Kind, Bool)] = [
                (.capitals, TextSigns.isAllCapitals(record.value.title)),
                (.html, TextSigns.hasMarkup(record.value.wholeText)),
            ]
            for (kind, isThere) in signs where isThere && !listed.contains(kind) {
                findings.append(
                    record.finding(
                        .noise, "\(record.value.id) shows \(kind.rawValue) and is not listed.",
                        remedy: "Clean the text, or list it in records/noise.tsv."))
            }
        }
        return findings
    }
}

/// What can be seen in a text without reading it.
enum TextSigns {
    /// Capital letters only, and more of them than an acronym has.
    static func isAllCapitals(_ text: String) -> Bool {
        let cased = text.filter { $0.isUppercase || $0.isLowercase }
        return cased.count >= 12 && !cased.contains(where: \.isLowercase)
    }

    /// Capitals only in what has case, or Arabic stretched with tatweel.
    static func hasCapitals(_ text: String) -> Bool {
        let cased = text.filter { $0.isUppercase || $0.isLowercase }
        return text.unicodeScalars.contains("\u{640}") || !cased.isEmpty && !cased.contains(where: \.isLowercase)
    }

    /// A tag or a character reference of HTML.
    static func hasMarkup(_ text: String) -> Bool {
        text.contains(/<\/?[A-Za-z][A-Za-z0-9]*(\s[^<>]*)?\/?>|&(#[0-9]+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);/)
    }
}
