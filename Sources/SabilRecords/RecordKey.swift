/// The keys of a record in JSON, in canonical order.
package enum RecordKey: String, CaseIterable, Sendable {
    case id, uuid, type, language, title, abstract, body, authors, organisations, series
    case documentType = "document_type"
    case date, countries, regions
    case populationGroups = "population_groups"
    case concepts, visibility, url, fields

    /// What JSON is expected under a key.
    package enum Shape: Sendable { case text, texts, concepts, fields }

    package var shape: Shape {
        switch self {
        case .authors, .organisations, .countries, .regions, .populationGroups: .texts
        case .concepts: .concepts
        case .fields: .fields
        default: .text
        }
    }

    package var isRequired: Bool { self == .id || self == .type || self == .title }

    /// What other catalogues call the same thing; used to suggest, never to guess.
    static let namesElsewhere: [String: RecordKey] = [
        "_id": .id, "identifier": .id, "nid": .id, "lang": .language, "langcode": .language, "locale": .language,
        "name": .title, "label": .title, "description": .abstract, "summary": .abstract, "teaser": .abstract,
        "text": .body, "content": .body, "fulltext": .body, "author": .authors, "creator": .authors,
        "organization": .organisations, "organizations": .organisations, "publisher": .organisations,
        "published": .date, "created": .date, "year": .date, "country": .countries, "region": .regions,
        "population": .populationGroups, "tags": .concepts, "topics": .concepts, "subjects": .concepts,
        "keywords": .concepts, "themes": .concepts, "link": .url, "href": .url, "status": .visibility,
        "work": .uuid, "content_type": .type, "bundle": .type,
    ]
}
