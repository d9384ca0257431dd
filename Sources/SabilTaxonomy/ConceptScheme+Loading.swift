public import SabilRecords

extension ConceptScheme {
    /// Reads a taxonomy directory: every `.ttl` file in it, `registry.tsv`, and `ambiguous.tsv` and `words.tsv`
    /// if there.
    ///
    /// - Throws: `unreadable`, `syntax` (with line and column), `registry` (a concept without a number),
    ///   `identity` (two concepts with one local name).
    public static func load(directory: String) throws(TaxonomyError) -> ConceptScheme {
        let files = try TaxonomyFiles(directory: directory)
        var builder = SchemeBuilder(graph: try files.graph(), registry: try files.registry())
        return try builder.scheme(
            ambiguous: try files.ambiguousRows(), equivalents: try files.equivalents(), version: files.version)
    }

    /// Reads any SKOS Turtle file, without a registry: numbers follow the order of the URIs, from 1.
    public static func load(turtle path: String) throws(TaxonomyError) -> ConceptScheme {
        let file = try TaxonomyFiles.read(path)
        var graph = SKOSGraph()
        try graph.read(turtle: file.bytes, file: path)
        return try scheme(of: graph, bytes: file.bytes)
    }

    /// Reads a vocabulary file of a known format: SKOS Turtle (`.ttl`, `.nt`), Annif's TSV (`<uri>⇥label⇥notation`),
    /// Annif's CSV (header `uri,label_en,label_fr,…,notation`), or a table of labels (header `id⇥en⇥fr…`).
    ///
    /// - Parameter language: language of the labels where the format does not say (Annif's TSV).
    /// - Throws: `unreadable`, `unknownFormat`, `syntax` with the line.
    public static func load(
        file path: String, language: Language = .undetermined
    ) throws(TaxonomyError) -> ConceptScheme {
        if path.hasSuffix(".ttl") || path.hasSuffix(".nt") { return try load(turtle: path) }
        let file = try TaxonomyFiles.read(path)
        let text = try TaxonomyFiles.text(of: file)
        var graph = SKOSGraph()
        if text.hasPrefix("uri,") {
            try VocabularyTable.read(commas: text, file: path, into: &graph)
            return try scheme(of: graph, bytes: file.bytes)
        }
        let rows = TabularText.rows(of: text)
        if let first = rows.first, first.count > 1, first[0] == "id" {
            try VocabularyTable.read(labels: rows, file: path, into: &graph)
        } else if rows.first?.first?.hasPrefix("<") == true {
            try VocabularyTable.read(annif: rows, language: language, file: path, into: &graph)
        } else {
            throw TaxonomyError(
                code: .unknownFormat, operation: "reading a vocabulary", file: path,
                message: "it is neither Turtle (.ttl, .nt) nor a table whose first line begins with <uri>, with id "
                    + "and languages, or with uri,label_en…; convert it to one of these.")
        }
        return try scheme(of: graph, bytes: file.bytes)
    }

    private static func scheme(of graph: SKOSGraph, bytes: [UInt8]) throws(TaxonomyError) -> ConceptScheme {
        var builder = SchemeBuilder(graph: graph, registry: nil)
        return try builder.scheme(ambiguous: [], version: ContentDigest.hex(of: [bytes]))
    }
}

/// Vocabularies that are plain tables: concepts with labels, without links.
enum VocabularyTable {
    /// Annif's form: `<uri>⇥label`, with a notation as third cell or without.
    static func read(
        annif rows: [[String]], language: Language, file: String, into graph: inout SKOSGraph
    ) throws(TaxonomyError) {
        let tag = language == .undetermined ? "" : language.rawValue
        for (index, cells) in rows.enumerated() where cells != [""] {
            guard (2...3).contains(cells.count), cells[0].hasPrefix("<"), cells[0].hasSuffix(">"), cells[0].count > 2
            else {
                throw failure(file, index, "a row is <uri>, a label and, if wanted, a notation, with tabs between.")
            }
            let notation = cells.count == 3 && !cells[2].isEmpty ? cells[2] : nil
            graph.add(
                concept: String(cells[0].dropFirst().dropLast()), labels: cells[1].isEmpty ? [] : [(tag, cells[1])],
                notation: notation, at: SourcePlace(file: file, line: index + 1))
        }
    }

    /// Annif's form with commas: a header of `uri`, `label_xx` for each language and `notation`; other columns are not read.
    static func read(commas text: String, file: String, into graph: inout SKOSGraph) throws(TaxonomyError) {
        let rows = try commaRows(of: text, file: file)
        guard let header = rows.first?.cells else { return }
        let notationColumn = header.firstIndex(of: "notation")
        for row in rows.dropFirst() {
            let cells = row.cells
            guard cells.count == header.count, !cells[0].isEmpty else {
                throw failure(
                    file, row.line - 1,
                    "the row has \(cells.count) cells where the header has \(header.count), or no URI.")
            }
            let uri =
                cells[0].hasPrefix("<") && cells[0].hasSuffix(">") ? String(cells[0].dropFirst().dropLast()) : cells[0]
            let labels = zip(header, cells).filter { $0.0.hasPrefix("label_") && !$0.1.isEmpty }
            let notation = notationColumn.map { cells[$0] }.flatMap { $0.isEmpty ? nil : $0 }
            graph.add(
                concept: uri, labels: labels.map { (String($0.0.dropFirst(6)), $0.1) }, notation: notation,
                at: SourcePlace(file: file, line: row.line))
        }
    }

    private static func commaRows(of text: String, file: String) throws(TaxonomyError) -> [CommaRows.Row] {
        var reader = CommaRows()
        var rows: [CommaRows.Row] = []
        for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
            if let row = reader.row(adding: String(line), number: index + 1) { rows.append(row) }
        }
        guard let open = reader.openLine else { return rows }
        throw failure(file, open - 1, "the quote that opens in this row is never closed.")
    }

    /// A table with a header: `id`, then one language per column.
    static func read(labels rows: [[String]], file: String, into graph: inout SKOSGraph) throws(TaxonomyError) {
        guard let header = rows.first else { return }
        let languages = Array(header.dropFirst())
        for (index, cells) in rows.enumerated().dropFirst() where cells != [""] {
            guard cells.count == header.count, !cells[0].isEmpty else {
                throw failure(
                    file, index, "the row has \(cells.count) cells where the header has \(header.count), or no id.")
            }
            let labels = zip(languages, cells.dropFirst()).filter { !$0.1.isEmpty }
            graph.add(
                concept: cells[0], labels: labels.map { ($0.0 == "und" ? "" : $0.0, $0.1) }, notation: nil,
                at: SourcePlace(file: file, line: index + 1))
        }
    }

    private static func failure(_ file: String, _ index: Int, _ message: String) -> TaxonomyError {
        TaxonomyError(
            code: .syntax, operation: "reading a vocabulary", file: file, line: index + 1,
            message: message + " Mend the row.")
    }
}
