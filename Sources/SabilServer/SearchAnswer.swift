import SabilRecords
import SabilSearch
import SabilTaxonomy

/// A page of results as JSON.
struct SearchAnswer: Encodable {
    struct Query: Encodable {
        var text: String
        var language: String
    }
    struct Found: Encodable {
        /// At least so many.
        var count: Int
        var isExact: Bool
        /// At most so many; only if not exact.
        var atMost: Int?
        /// Records, which facets count, where `count` is of works; only if translations are collapsed, and only if exact.
        var records: Int?

        init(_ total: SearchTotal) {
            switch total {
            case .exact(let count):
                self.count = count
                isExact = true
            case .between(let lower, let upper):
                count = lower
                isExact = false
                atMost = upper
            }
        }
    }
    struct Limits: Encodable {
        var perPage = SearchRequest.maximumLimit
        var offset = SearchQuery.maximumOffset
    }
    struct Facet: Encodable {
        var field: String
        var values: [FacetValue]
        /// Whether counts cover everything found.
        var exact: Bool
    }
    struct FacetValue: Encodable {
        var id: String
        var label: String
        var count: Int
        var countByPerson: Int?
        var selected: Bool
        var parent: String?
        var parentField: String?
        var depth: Int
    }
    struct Note: Encodable {
        var code: String
        var message: String
        /// First byte of the query and the byte after the last.
        var place: [Int]?
        var concepts: [String]?
        var names: [String]?
    }
    struct SpellingAnswer: Encodable {
        struct Word: Encodable {
            /// First byte of the query and the byte after the last.
            var place: [Int]
            var typed: String
            var meant: String
            var used: Bool
        }
        /// The query with every proposal in its place.
        var text: String
        /// Whether something else than the query as typed was searched for.
        var used: Bool
        var words: [Word]

        init(_ spelling: Spelling) {
            text = spelling.text
            used = spelling.isUsed
            words = spelling.words.map {
                Word(
                    place: [$0.place.lowerBound, $0.place.upperBound], typed: $0.typed, meant: $0.meant, used: $0.isUsed
                )
            }
        }
    }

    var query: Query
    var found: Found
    var page: Int
    var perPage: Int
    var nextCursor: String?
    var hits: [HitAnswer]
    var facets: [Facet]
    var notes: [Note]
    var spelling: SpellingAnswer?
    var definitions: [DiscoveryAnswers.Definition]?
    var related: DiscoveryAnswers.Related?
    var relaxations: [DiscoveryAnswers.Relaxation]?
    var limits = Limits()
    var revision: UInt64
    var elapsedMs: Double
    var timedOut: Bool

    init(
        _ page: FacetedPage, of query: SearchQuery, facets order: [FacetField], reader: Language,
        taxonomy: ConceptScheme
    ) {
        self.query = Query(text: query.text, language: page.queryLanguage.rawValue)
        found = Found(page.total)
        if query.collapse, case .exact(let count) = page.recordTotal { found.records = count }
        nextCursor = page.next?.text
        self.page = query.page
        perPage = query.perPage
        hits = page.hits.map { HitAnswer($0, reader: reader, taxonomy: taxonomy) }
        facets = order.map { field in
            Facet(
                field: field.rawValue,
                values: (page.facets[field] ?? []).map { value in
                    FacetValue(
                        id: value.id, label: value.label, count: value.count, countByPerson: value.countByPerson,
                        selected: value.isSelected, parent: value.parent,
                        parentField: value.parentField?.rawValue, depth: value.depth)
                }, exact: page.total.isExact && !page.timedOut)
        }
        notes = page.notes.map { note in
            Note(
                code: note.code.rawValue, message: note.message,
                place: note.place.map { [$0.lowerBound, $0.upperBound] },
                concepts: note.concepts.isEmpty ? nil : note.concepts.map(\.rawValue),
                names: note.names.isEmpty ? nil : note.names)
        }
        spelling = page.spelling.map(SpellingAnswer.init)
        if !page.definitions.isEmpty { definitions = page.definitions.map(DiscoveryAnswers.Definition.init) }
        if page.relatedConceptHits > 0 { related = DiscoveryAnswers.Related(page) }
        if !page.relaxations.isEmpty { relaxations = page.relaxations.map(DiscoveryAnswers.Relaxation.init) }
        revision = page.revision
        elapsedMs = Double(page.elapsed / .microseconds(1)) / 1000
        timedOut = page.timedOut
    }
}

/// A hit as JSON: the record without its body, and what was found in it.
struct HitAnswer: Encodable {
    struct Highlight: Encodable {
        struct Stretch: Encodable {
            var utf8: [Int]
            var utf16: [Int]

            init(_ stretch: SabilSearch.Highlight.Stretch) {
                utf8 = [stretch.utf8.lowerBound, stretch.utf8.upperBound]
                utf16 = [stretch.utf16.lowerBound, stretch.utf16.upperBound]
            }
        }
        var field: String
        var html: String
        var shown: Stretch
        var matches: [Stretch]
    }
    struct Translation: Encodable {
        var id: String
        var language: String
        var title: String
    }
    struct Part: Encodable {
        var name: String
        var kind: String
        var contribution: Double
    }

    var id: String
    var work: String
    var type: String
    var title: String
    var language: String
    /// `rtl` or `ltr`.
    var dir: String
    var abstract: String?
    var date: String?
    var countries: [String]
    var regions: [String]
    var populationGroups: [String]
    var organisations: [String]
    var concepts: [TagAnswer]
    var url: String?
    var score: Double
    /// Only where a curator put the record first.
    var pinned: Bool?
    var highlights: [Highlight]?
    var translations: [Translation]?
    var explanation: [Part]?

    init(_ hit: SearchHit, reader: Language, taxonomy: ConceptScheme) {
        let record = hit.record
        id = record.id.rawValue
        work = record.work.rawValue
        type = record.type
        title = record.title
        language = hit.language.rawValue
        dir = hit.language.isRightToLeft ? "rtl" : "ltr"
        abstract = record.abstract.isEmpty ? nil : record.abstract
        date = record.date?.description
        countries = record.countries
        regions = record.regions.map(\.rawValue)
        populationGroups = record.populationGroups.map(\.rawValue)
        organisations = record.organisations
        concepts = record.concepts.map { TagAnswer($0, reader: reader, taxonomy: taxonomy) }
        url = record.url
        score = hit.score.isFinite ? hit.score : 0
        if hit.isPinned { pinned = true }
        if !hit.highlights.isEmpty {
            highlights = hit.highlights.map { highlight in
                Highlight(
                    field: highlight.field.rawValue, html: highlight.html, shown: Highlight.Stretch(highlight.shown),
                    matches: highlight.matches.map(Highlight.Stretch.init))
            }
        }
        if !hit.translations.isEmpty {
            translations = hit.translations.map {
                Translation(id: $0.id.rawValue, language: $0.language.rawValue, title: $0.title)
            }
        }
        if !hit.explanation.isEmpty {
            explanation = hit.explanation.map {
                Part(name: $0.name, kind: $0.kind.rawValue, contribution: $0.contribution)
            }
        }
    }
}

/// A concept on a record as JSON.
struct TagAnswer: Encodable {
    var id: String
    var label: String
    /// `human`, `confirmed` or `machine`.
    var source: String

    init(_ tag: ConceptTag, reader: Language, taxonomy: ConceptScheme) {
        id = tag.concept.rawValue
        label = taxonomy.label(tag.concept, in: reader)
        source = tag.source.rawValue
    }
}
