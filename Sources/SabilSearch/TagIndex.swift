import SabilAnalysis
import SabilRecords
import SabilTaxonomy

/// Concepts by the names and codes that filters, fields and records use for them.
struct TagIndex: Sendable {
    private let taxonomy: ConceptScheme
    /// Folded label → concepts that bear it, by number.
    private let byLabel: [String: [ConceptID]]

    init(_ taxonomy: ConceptScheme, analyzer: Analyzer) {
        self.taxonomy = taxonomy
        var session = analyzer.makeSession()
        var byLabel: [String: [ConceptID]] = [:]
        for label in taxonomy.labels {
            // A label the engine cannot fold is one nobody can ask for.
            guard let key = try? NameKey.of(label.text, session: &session), !key.isEmpty else { continue }
            if byLabel[key]?.contains(label.concept) != true { byLabel[key, default: []].append(label.concept) }
        }
        self.byLabel = byLabel
    }

    /// The organisation that bears a name in any language.
    func organisation(key: String) -> Concept? {
        for id in byLabel[key] ?? [] {
            if let concept = taxonomy.concept(id), concept.facet == Facet.organisation { return concept }
        }
        return nil
    }

    /// The concept of the given facets that a value names: by id, by code, or by a label of any language.
    func concept(_ value: String, facets: [String], session: inout AnalysisSession) -> Concept? {
        func isOf(_ concept: Concept) -> Bool { concept.facet.map(facets.contains) ?? false }
        if let concept = taxonomy.concept(taxonomy.current(ConceptID(value))), isOf(concept) { return concept }
        if facets == [Facet.country], let concept = taxonomy.country(code: value) { return concept }
        if let concept = taxonomy.concept(notation: value), isOf(concept) { return concept }
        guard let key = try? NameKey.of(value, session: &session) else { return nil }
        for id in byLabel[key] ?? [] {
            if let concept = taxonomy.concept(id), isOf(concept) { return concept }
        }
        return nil
    }
}
