import Hummingbird
import SabilRecords
import SabilSearch
import SabilTaxonomy

/// The page of one record.
struct RecordPage: Sendable {
    let services: ServerServices
    let pages: PageRenderer

    private static let similarRecords = 6

    var endpoint: Endpoint {
        Endpoint(.get, "/records/{id}") { request, context in
            let parameters = try request.parameters()
            try parameters.refuseUnknown(known: ["ui"])
            let reader = request.reader(try parameters.choice("ui", of: Language.known))
            let record = try await services.visibleRecord(
                RecordID(try context.part("id")), in: services.configuration.visibility)
            let similar = try await services.index.similar(
                to: record.id, limit: Self.similarRecords, readerLanguage: reader,
                visibility: services.configuration.visibility)
            return render(record, similar, reader: reader)
        }
    }

    private func render(_ record: ResourceRecord, _ similar: SimilarPage?, reader: Language) -> Response {
        func fact(_ key: String, _ values: [String]) -> PageValue? {
            values.isEmpty
                ? nil : ["name": .text(pages.string(key, reader)), "values": .list(values.map(PageValue.text))]
        }
        let taxonomy = services.taxonomy
        let facts = [
            fact("facet_type", [services.contentTypes.type(record.type)?.label(in: reader) ?? record.type]),
            fact(
                "facet_document_type",
                record.documentType.map { [services.contentTypes.documentType($0)?.label(in: reader) ?? $0] } ?? []),
            fact("date", record.date.map { [$0.description] } ?? []),
            fact(
                "facet_language",
                record.language == .undetermined ? [] : [pages.string("language_\(record.language.rawValue)", reader)]),
            fact("authors", record.authors), fact("organisations", record.organisations),
            fact("facet_series", record.series.map { [$0] } ?? []),
            fact("countries", record.countries.map { services.countryName($0, reader) }),
            fact("regions", record.regions.map { taxonomy.label($0, in: reader) }),
            fact("population_groups", record.populationGroups.map { taxonomy.label($0, in: reader) }),
        ].compactMap { $0 }
        let abstract = SafeHTML.paragraphs(record.abstract)
        let body = SafeHTML.paragraphs(record.body)
        var values: [String: PageValue] = [
            "title": .text(record.title), "record_lang": .text(record.language.rawValue),
            "record_dir": .text(SearchPage.direction(record.language)), "facts": .list(facts),
            "abstract": .list(abstract.map(PageValue.html)), "has_abstract": .flag(!abstract.isEmpty),
            "body": .list(body.map(PageValue.html)), "has_body": .flag(!body.isEmpty),
            "tags": .list(record.concepts.map { services.tag($0, reader, pages) }),
            "has_tags": .flag(!record.concepts.isEmpty),
        ]
        values.merge(DiscoveryParts(services: services, pages: pages).similar(similar, reader: reader)) { first, _ in
            first
        }
        // Other schemes than these two (the validator refuses them) must never become a link.
        if let url = record.url, url.hasPrefix("https://") || url.hasPrefix("http://") {
            values["original"] = .text(url)
        }
        let reviewLink = services.reviewLink(reader)
        if reviewLink != nil { values["review_address"] = .text(services.reviewAddress(record.id, reader)) }
        return pages.page(
            "record", title: record.title, reader: reader, reviewLink: reviewLink,
            address: { services.recordAddress(record.id, $0) }, values: values)
    }
}
