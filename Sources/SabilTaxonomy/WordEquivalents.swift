public import SabilRecords

/// One meaning of the field's everyday vocabulary, as each language says it: a row of `words.tsv`.
public struct WordEquivalents: Sendable, Hashable {
    /// The words for it, the usual one first; at least two languages, or proper names (`undetermined`) that are the same in all.
    public let forms: [Language: [String]]
    /// The row it was read from.
    public let place: SourcePlace?

    public init(forms: [Language: [String]], place: SourcePlace? = nil) {
        self.forms = forms
        self.place = place
    }
}

extension ConceptScheme {
    /// What languages say with words of their own: the rows of the word list, and each concept by its names in all languages.
    ///
    /// In file order, concepts by number; deprecated ones are called as what replaced them. None without a word list: the names of
    /// concepts alone are what the label matcher looks for.
    public var meanings: [WordEquivalents] {
        guard !equivalents.isEmpty else { return [] }
        var names: [ConceptID: [Language: [String]]] = [:]
        var order: [ConceptID] = []
        for entry in labels {
            if names[entry.concept] == nil { order.append(entry.concept) }
            let known = names[entry.concept]?[entry.language] ?? []
            if !known.contains(entry.text) { names[entry.concept, default: [:]][entry.language] = known + [entry.text] }
        }
        return equivalents + order.compactMap { names[$0].map { WordEquivalents(forms: $0) } }
    }
}

extension WordEquivalents {
    private static let separator: Character = ";"

    /// Reads a word list: see ``rows(of:file:)``.
    ///
    /// - Throws: `unreadable`, `syntax` with the line.
    public static func load(file path: String) throws(TaxonomyError) -> [WordEquivalents] {
        try rows(of: TaxonomyFiles.text(of: TaxonomyFiles.read(path)), file: path)
    }

    /// Reads a table: the first line names its languages, each row holds the words for one meaning, a cell a language,
    /// several words with `; ` between them. A cell may be empty; lines that begin with `#` and empty ones are left out.
    static func rows(of text: String, file: String) throws(TaxonomyError) -> [WordEquivalents] {
        func failure(_ index: Int, _ message: String) -> TaxonomyError {
            TaxonomyError(
                code: .syntax, operation: "reading the word list", file: file, line: index + 1, message: message)
        }
        var languages: [Language] = []
        var rows: [WordEquivalents] = []
        for (index, cells) in TabularText.rows(of: text).enumerated() {
            if cells == [""] || cells[0].hasPrefix("#") { continue }
            if languages.isEmpty {
                languages = cells.compactMap { Language(rawValue: $0) }
                guard languages.count == cells.count, Set(languages).count == cells.count, languages.count > 1,
                    !languages.contains(.undetermined)
                else {
                    throw failure(
                        index,
                        "the first line must name two or more languages (en, fr, es, ar), with tabs between; mend it.")
                }
                continue
            }
            guard cells.count == languages.count else {
                throw failure(
                    index,
                    "the row has \(cells.count) cells where the first line names \(languages.count) languages; mend it."
                )
            }
            var forms: [Language: [String]] = [:]
            for (language, cell) in zip(languages, cells) {
                let words = cell.split(separator: separator).map { $0.trimmed }.filter { !$0.isEmpty }
                if !words.isEmpty { forms[language] = words }
            }
            guard forms.count > 1 else {
                throw failure(
                    index,
                    "a word says nothing of another language unless two cells are filled; fill one or drop the row.")
            }
            rows.append(WordEquivalents(forms: forms, place: SourcePlace(file: file, line: index + 1)))
        }
        return rows
    }

    /// Words that stand twice in a row, and rows that stand twice.
    static func findings(in rows: [WordEquivalents]) -> [SchemeFinding] {
        var found: [SchemeFinding] = []
        var seen: [[Language: [String]]: SourcePlace?] = [:]
        func warn(_ row: WordEquivalents, _ message: String, _ remedy: String) {
            found.append(
                SchemeFinding(
                    severity: .warning, rule: .wordList, concept: nil, place: row.place, message: message,
                    remedy: remedy))
        }
        for row in rows {
            if let first = seen.updateValue(row.place, forKey: row.forms) {
                warn(row, "the row stands in line \(first?.line ?? 0) already", "drop one of them")
            }
            for language in Language.known {
                let words = row.forms[language] ?? []
                for word in words.indices where words[..<word].contains(words[word]) {
                    warn(row, "\(language.rawValue) \"\(words[word])\" stands twice in the row", "drop one")
                }
            }
        }
        return found
    }
}

extension Substring {
    /// Without spaces at its ends.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
