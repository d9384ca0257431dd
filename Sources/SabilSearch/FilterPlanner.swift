import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import XapianIndex

/// Turns filters into what they let through.
struct FilterPlanner: Sendable {
    let taxonomy: ConceptScheme
    let contentTypes: ContentTypeCatalogue?
    let tags: TagIndex
    let analyzer: Analyzer

    /// The facets of the taxonomy that the values of a field come from.
    func facets(of field: FacetField) -> [String] {
        switch field {
        case .concept:
            taxonomy.facets.map(\.id).filter {
                ![Facet.region, Facet.country, Facet.organisation, Facet.namedProgramme].contains($0)
            }
        case .country: [Facet.country]
        case .region: [Facet.region]
        case .population: [Facet.population]
        case .organisation: [Facet.organisation]
        case .programme: [Facet.namedProgramme]
        default: []
        }
    }

    /// What the filter lets through, without weight; a value that is unknown lets nothing through and is noted.
    func node(_ filter: Filter, notes: inout [QueryNote]) -> QueryNode {
        guard !filter.values.isEmpty else { return .all }
        var session = analyzer.makeSession()
        var nodes: [QueryNode] = []
        for value in filter.values {
            let value = value.trimmed
            if let node = node(filter.field, value, session: &session) {
                nodes.append(node)
            } else {
                nodes.append(.nothing)
                notes.append(
                    QueryNote(
                        .unknownValue, "\"\(value)\" is no \(filter.field.rawValue) known here: nothing matches it."))
            }
        }
        if nodes.count == 1 { return nodes[0] }
        return filter.mode == .all ? .and(nodes) : .or(nodes)
    }

    /// The numbers of the concepts that a filter by concept, population or the like names.
    func numbers(_ filter: Filter) -> [ConceptNumber] {
        let facets = facets(of: filter.field)
        var session = analyzer.makeSession()
        return filter.values.compactMap { tags.concept($0.trimmed, facets: facets, session: &session)?.number }
    }

    private func node(_ field: FacetField, _ value: String, session: inout AnalysisSession) -> QueryNode? {
        switch field {
        case .type:
            guard let contentTypes else { return .term(IndexSchema.type(value)) }
            return contentTypes.type(value).map { .term(IndexSchema.type($0.id)) }
        case .pillar:
            guard let contentTypes else { return .term(IndexSchema.pillar(value)) }
            return contentTypes.pillars.contains { $0.id == value } ? .term(IndexSchema.pillar(value)) : nil
        case .language:
            return Language(bcp47: value).map { .term(IndexSchema.language($0)) }
        case .concept, .country, .region, .population:
            return tags.concept(value, facets: facets(of: field), session: &session)
                .map { .term(IndexSchema.reaches($0.number)) }
        case .programme:
            return tags.concept(value, facets: facets(of: field), session: &session).map {
                .term(IndexSchema.names($0.number))
            }
        case .year:
            guard let range = YearRange(value) else { return nil }
            if let year = range.from, range.to == year { return .term(IndexSchema.year(year)) }
            return .valueRange(slot: IndexSchema.Slot.year, range.from.map(Double.init), range.to.map(Double.init))
        case .organisation:
            if let concept = tags.concept(value, facets: facets(of: field), session: &session) {
                return .term(IndexSchema.organisation(concept.id.rawValue))
            }
            guard let key = try? NameKey.of(value, session: &session), !key.isEmpty else { return nil }
            return .term(IndexSchema.organisation(key))
        case .series:
            guard let key = try? NameKey.of(value, session: &session), !key.isEmpty else { return nil }
            return .term(IndexSchema.series(key))
        case .documentType:
            guard let contentTypes else { return .term(IndexSchema.documentType(value)) }
            return contentTypes.documentType(value).map { .term(IndexSchema.documentType($0.id)) }
        case .labelSource:
            return LabelSource(rawValue: value).map { .term(IndexSchema.labelSource($0)) }
        }
    }

    /// What a reader of these visibilities may see.
    static func visibility(_ scope: Set<Visibility>) -> QueryNode {
        let terms = Visibility.allCases.filter(scope.contains).map { QueryNode.term(IndexSchema.visibility($0)) }
        switch terms.count {
        case 0: return .nothing
        case 1: return terms[0]
        case Visibility.allCases.count: return .all
        default: return .or(terms)
        }
    }
}

extension String {
    /// Without spaces at either end.
    var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
