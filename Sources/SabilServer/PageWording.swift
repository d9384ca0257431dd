import SabilRecords
import SabilSearch
import SabilTaxonomy

/// How records, values and addresses are worded on the pages.
extension ServerServices {
    func recordAddress(_ id: RecordID, _ reader: Language) -> String {
        "/records/\(QueryParameters.encoded(id.rawValue))?ui=\(reader.rawValue)"
    }

    func reviewAddress(_ id: RecordID, _ reader: Language) -> String {
        "/review/\(QueryParameters.encoded(id.rawValue))?ui=\(reader.rawValue)"
    }

    /// The review's address, if this server has one.
    func reviewLink(_ reader: Language) -> String? {
        desk != nil && configuration.isCurationOpen ? "/review?ui=\(reader.rawValue)" : nil
    }

    /// The name of a value that the facets of the page do not name.
    func label(_ field: FacetField, _ value: String, _ reader: Language, _ pages: PageRenderer) -> String {
        switch field {
        case .type: contentTypes.type(value)?.label(in: reader) ?? value
        case .pillar: contentTypes.pillars.first { $0.id == value }?.label(in: reader) ?? value
        case .documentType: contentTypes.documentType(value)?.label(in: reader) ?? value
        case .language: pages.hasString("language_\(value)") ? pages.string("language_\(value)", reader) : value
        case .concept, .region, .population, .programme: taxonomy.label(ConceptID(value), in: reader)
        case .country: countryName(value, reader)
        case .labelSource: pages.hasString("source_\(value)") ? pages.string("source_\(value)", reader) : value
        case .year: value.replacing("..", with: "–")
        case .organisation, .series: value
        }
    }

    func countryName(_ alpha3: String, _ reader: Language) -> String {
        taxonomy.country(code: alpha3).map { taxonomy.label($0.id, in: reader) } ?? alpha3
    }

    /// The short facts under a title: kind, date, language, countries.
    func facts(
        _ record: ResourceRecord, language: Language, reader: Language, pages: PageRenderer
    ) -> [PageValue] {
        var facts = [contentTypes.type(record.type)?.label(in: reader) ?? record.type]
        if let date = record.date { facts.append(date.description) }
        if language != .undetermined { facts.append(pages.string("language_\(language.rawValue)", reader)) }
        let shown = record.countries.prefix(4).map { countryName($0, reader) }
        if !shown.isEmpty {
            facts.append(
                shown.joined(separator: reader == .arabic ? "، " : ", ")
                    + (record.countries.count > shown.count ? " +\(record.countries.count - shown.count)" : ""))
        }
        return facts.map(PageValue.text)
    }

    /// A concept on a record, linked to the search for it.
    func tag(_ tag: ConceptTag, _ reader: Language, _ pages: PageRenderer) -> PageValue {
        var query = SearchQuery()
        query.filters = [Filter(.concept, [tag.concept.rawValue])]
        query.reader = reader
        return [
            "id": .text(tag.concept.rawValue), "label": .text(taxonomy.label(tag.concept, in: reader)),
            "source": .text(tag.source.rawValue),
            "source_label": .text(pages.string("source_\(tag.source.rawValue)", reader)),
            "address": .text(query.address()),
        ]
    }
}
