import SabilRecords
import SabilSearch
import SabilTaxonomy

/// The parts of the pages beside hits and facets: definitions, related subjects, ways out of an empty page, similar records.
struct DiscoveryParts: Sendable {
    let services: ServerServices
    let pages: PageRenderer

    /// Words that say why a record is similar.
    private static let shownReasons = 4

    func values(_ page: FacetedPage, query: SearchQuery, reader: Language) -> [String: PageValue] {
        [
            "definitions": .list(page.definitions.map { definition($0, reader: reader) }),
            "has_related": .flag(!page.relatedConcepts.isEmpty),
            "related": .list(page.relatedConcepts.map { related($0, query: query, reader: reader) }),
            "has_relaxations": .flag(!page.relaxations.isEmpty),
            "relaxations": .list(page.relaxations.map { relaxation($0, query: query, reader: reader) }),
        ]
    }

    private func definition(_ definition: Definition, reader: Language) -> PageValue {
        var values: [String: PageValue] = [
            "term": .text(definition.term), "text": .text(SearchPage.opening(definition.text, length: 500)),
            "lang": .text(definition.language.rawValue), "dir": .text(SearchPage.direction(definition.language)),
        ]
        if case .record(let id) = definition.source { values["address"] = .text(services.recordAddress(id, reader)) }
        return .group(values)
    }

    private func related(_ concept: RelatedConcept, query: SearchQuery, reader: Language) -> PageValue {
        var asked = SearchQuery()
        asked.reader = query.reader
        let field: FacetField = services.taxonomy.facet(of: concept.id) == "population" ? .population : .concept
        return [
            "label": .text(concept.label), "count": .text(String(concept.records)),
            "relation": .text(pages.string("relation_\(concept.relation.rawValue)", reader)),
            "address": .text(asked.adding(field, concept.id.rawValue).address()),
        ]
    }

    private func relaxation(_ relaxation: Relaxation, query: SearchQuery, reader: Language) -> PageValue {
        var asked = query.with(\.text, relaxation.text).with(\.page, 1)
        if relaxation.dropsFilters { asked.filters = [] }
        let count = String(relaxation.total.lowerBound)
        return [
            "steps": .list(relaxation.steps.map { .text(pages.string("relax_\($0.rawValue)", reader)) }),
            "query": .text(relaxation.text.isEmpty ? pages.string("all_resources", reader) : relaxation.text),
            "address": .text(asked.address()),
            "count": .text(
                relaxation.total.isExact ? count : pages.string("at_least", reader) + " " + count),
        ]
    }

    func similar(_ page: SimilarPage?, reader: Language) -> [String: PageValue] {
        let hits = page?.hits ?? []
        return [
            "has_similar": .flag(!hits.isEmpty),
            "similar": .list(
                hits.map { hit in
                    [
                        "title": .text(hit.title), "lang": .text(hit.language.rawValue),
                        "dir": .text(SearchPage.direction(hit.language)),
                        "address": .text(services.recordAddress(hit.id, reader)),
                        "why": .list(hit.explanation.prefix(Self.shownReasons).map { .text($0.name) }),
                    ]
                }),
        ]
    }
}
