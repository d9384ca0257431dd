public import SabilRecords

extension ConceptScheme {
    /// Reads a taxonomy directory: every `.ttl` file in it, `registry.tsv`, and `ambiguous.tsv` if there.
    ///
    /// - Throws: `unreadable`, `syntax` (with line and column), `registry`, `identity`.
    public static func load(directory: String) throws(TaxonomyError) -> ConceptScheme {
        throw TaxonomyError(code: .unreadable, operation: "reading the taxonomy", message: "not yet written")
    }

    /// Reads any SKOS Turtle file, without a registry: numbers follow the order of the URIs, from 1.
    public static func load(turtle path: String) throws(TaxonomyError) -> ConceptScheme {
        throw TaxonomyError(code: .unreadable, operation: "reading the taxonomy", message: "not yet written")
    }

    /// Reads a vocabulary file of a known format: SKOS Turtle (`.ttl`, `.nt`), Annif's TSV (`<uri>⇥label⇥notation`),
    /// or a table of labels (header `id⇥en⇥fr…`).
    ///
    /// - Parameter language: language of the labels where the format does not say (Annif's TSV).
    public static func load(
        file path: String, language: Language = .undetermined
    ) throws(TaxonomyError) -> ConceptScheme {
        throw TaxonomyError(code: .unreadable, operation: "reading the taxonomy", message: "not yet written")
    }
}
