import Foundation
import Hummingbird
import SabilRecords
import SabilSearch
import SabilTaxonomy

/// The search page: what a reader without JavaScript needs, in links and one form.
struct SearchPage: Sendable {
    let services: ServerServices
    let pages: PageRenderer

    /// Values a facet shows before the rest is folded away.
    private static let shownValues = 8
    /// Notes that the page shows in another way, or not at all.
    private static let saidElsewhere: Set<QueryNote.Code> = [.emptyQuery, .corrected, .didYouMean]

    /// Concepts shown with a hit.
    private static let shownTags = 6

    /// The parameters, apart from `filter[…]` and `all[…]`.
    static let names = SearchQuery.names.filter { $0 != "cursor" }

    var endpoint: Endpoint {
        Endpoint(.get, "/") { request, _ in
            let parameters = try request.parameters()
            // The links of a page are numbers; beside a cursor they would lead nowhere.
            if let cursor = parameters["cursor"] {
                throw QueryParameters.refusal(
                    "cursor", cursor, "pages are numbered, name a page; cursors are for /v1/search.")
            }
            let query = try SearchQuery(parameters)
            let reader = request.reader(query.reader)
            let facets = query.facets ?? ServerServices.usualFacets
            var asked = query.request(
                reader: reader, facets: facets, visibility: services.configuration.visibility)
            asked.discovery = Set(query.discovery ?? Discovery.allCases)
            let page = try await services.index.search(asked)
            return render(page, query: query.with(\.reader, reader), facets: facets, reader: reader)
        }
    }

    private func render(
        _ page: FacetedPage, query: SearchQuery, facets: [FacetField], reader: Language
    ) -> Response {
        let isBlank = query.text.isEmpty && query.filters.isEmpty
        let total = page.total.lowerBound
        let lastPage = max(
            1, min(total, SearchQuery.maximumOffset) / query.perPage + (total % query.perPage > 0 ? 1 : 0))
        let hasNext = query.page < lastPage || (!page.total.isExact && page.hits.count == query.perPage)
        let title =
            query.text.isEmpty
            ? pages.string("all_resources", reader)
            : pages.string("results_for", reader) + " "
                + pages.string("quoted", reader).replacing("%", with: query.text)
        let chips = self.chips(page, query: query, reader: reader)
        let notes = self.notes(page, reader: reader)
        var values: [String: PageValue] = [
            "is_blank": .flag(isBlank), "text": .text(query.text), "collapse": .flag(query.collapse),
            "result_title": .text(title), "total": .text(String(total)), "at_least": .flag(!page.total.isExact),
            "first": .text(String((query.page - 1) * query.perPage + 1)), "chips": .list(chips),
            "has_chips": .flag(!chips.isEmpty), "notes": .list(notes), "has_notes": .flag(!notes.isEmpty),
            "clear_address": .text(query.with(\.filters, []).with(\.page, 1).address()),
            "page": .text(String(query.page)), "paged": .flag(query.page > 1 || hasNext),
            "hits": .list(page.hits.map { hit($0, query: query, reader: reader) }),
            "facets": .list(facets.compactMap { facet($0, page: page, query: query, reader: reader) }),
            "sorts": .list(
                SabilSearch.SortOrder.allCases.map { order in
                    [
                        "id": .text(order.rawValue), "label": .text(pages.string("sort_\(order.rawValue)", reader)),
                        "selected": .flag(order == query.sort),
                    ]
                }),
            "query_languages": .list(
                Language.known.map { language in
                    [
                        "id": .text(language.rawValue), "label": .text(PageRenderer.name(of: language)),
                        "selected": .flag(language == query.language),
                    ]
                }),
            "kept": .list(kept(query)), "script": "/static/complete.js",
        ]
        values["exports"] = .list(
            page.hits.isEmpty
                ? [] : ExportFormat.allCases.map { ["name": .text($0.title), "address": .text(query.export($0))] })
        values["has_exports"] = .flag(!page.hits.isEmpty)
        values.merge(spelling(page, query: query)) { first, _ in first }
        values.merge(DiscoveryParts(services: services, pages: pages).values(page, query: query, reader: reader)) {
            first, _ in first
        }
        if query.page > 1 { values["previous"] = .text(query.with(\.page, query.page - 1).address()) }
        if hasNext { values["next"] = .text(query.with(\.page, query.page + 1).address()) }
        if page.total.isExact { values["last_page"] = .text(String(lastPage)) }
        return pages.page(
            "search", title: query.text.isEmpty ? pages.string("search", reader) : query.text, reader: reader,
            reviewLink: services.reviewLink(reader), address: { query.with(\.reader, $0).address() }, values: values)
    }

    /// What the form carries along beside its own fields.
    private func kept(_ query: SearchQuery) -> [PageValue] {
        let own = ["q", "lang", "sort", "collapse", "page"]
        return query.parameters.pairs.filter { !own.contains($0.name) }.map {
            ["name": .text($0.name), "value": .text($0.value)]
        }
    }

    private func chips(_ page: FacetedPage, query: SearchQuery, reader: Language) -> [PageValue] {
        query.filters.flatMap { filter in
            filter.values.map { value in
                let known = page.facets[filter.field]?.first { $0.id == value }?.label
                return [
                    "field": .text(pages.string("facet_\(filter.field.rawValue)", reader)),
                    "label": .text(known ?? services.label(filter.field, value, reader, pages)),
                    "address": .text(query.removing(filter.field, value).address()),
                ]
            }
        }
    }

    /// What the words may have been meant as, and the way back to the words as typed.
    private func spelling(_ page: FacetedPage, query: SearchQuery) -> [String: PageValue] {
        guard let spelling = page.spelling else { return [:] }
        let proposed = query.with(\.text, spelling.text).with(\.page, 1)
        guard spelling.isUsed else {
            return ["proposed": .text(spelling.text), "proposed_address": .text(proposed.address())]
        }
        return [
            "corrected": .text(spelling.text), "corrected_address": .text(proposed.address()),
            "as_typed_address": .text(query.with(\.spelling, .off).with(\.page, 1).address()),
        ]
    }

    private func notes(_ page: FacetedPage, reader: Language) -> [PageValue] {
        var notes = page.notes.filter { !Self.saidElsewhere.contains($0.code) }.map { note -> PageValue in
            let key = "note_\(note.code.rawValue)"
            let message = pages.hasString(key) ? pages.string(key, reader) : note.message
            var parts = note.concepts.map { services.taxonomy.label($0, in: reader) }
            parts += note.names.filter { !parts.contains($0) }.prefix(8)
            return [
                "message": .text(message), "names": .list(parts.map(PageValue.text)),
                "has_names": .flag(!parts.isEmpty),
            ]
        }
        if page.timedOut { notes.append(["message": .text(pages.string("timed_out", reader))]) }
        return notes
    }

    private func hit(_ hit: SearchHit, query: SearchQuery, reader: Language) -> PageValue {
        let record = hit.record
        let titleHighlight = hit.highlights.first { $0.field == .title }
        let snippets = hit.highlights.filter { $0.field != .title }
        let snippetHTML =
            snippets.isEmpty
            ? [SafeHTML.escaping(Self.opening(record.abstract.isEmpty ? record.body : record.abstract))]
            : snippets.prefix(2).map { SafeHTML(trusted: $0.html) }
        // Tags of people first: they are surer.
        let tags = record.concepts.filter(\.source.isByPerson) + record.concepts.filter { !$0.source.isByPerson }
        return [
            "lang": .text(hit.language.rawValue), "dir": .text(Self.direction(hit.language)),
            "address": .text(services.recordAddress(record.id, reader)),
            "title": titleHighlight.map { .html(SafeHTML(trusted: $0.html)) } ?? .text(record.title),
            "facts": .list(services.facts(record, language: hit.language, reader: reader, pages: pages)),
            "snippets": .list(snippetHTML.filter { !$0.source.isEmpty }.map(PageValue.html)),
            "pinned": .flag(hit.isPinned), "has_tags": .flag(!tags.isEmpty),
            "tags": .list(tags.prefix(Self.shownTags).map { services.tag($0, reader, pages) }),
            "has_translations": .flag(!hit.translations.isEmpty),
            "translations": .list(
                hit.translations.map { translation in
                    [
                        "code": .text(translation.language.rawValue),
                        "name": .text(PageRenderer.name(of: translation.language)),
                        "title": .text(translation.title),
                        "address": .text(services.recordAddress(translation.id, reader)),
                    ]
                }),
        ]
    }

    /// Fields whose values stand under those of another: types in their pillar, countries in their region.
    private static let outer: [FacetField: FacetField] = [.type: .pillar, .country: .region]

    /// A field with its values as a tree; `nil` if it has none, or stands in the tree of another.
    private func facet(
        _ field: FacetField, page: FacetedPage, query: SearchQuery, reader: Language
    ) -> PageValue? {
        let isInner = Self.outer.contains { $0.value == field && page.facets[$0.key]?.isEmpty == false }
        let counts = page.facets[field] ?? []
        guard !counts.isEmpty, !isInner else { return nil }
        let outer = Self.outer[field].flatMap { page.facets[$0] } ?? []
        let outerIDs = Set(outer.map(\.id))
        func place(_ count: FacetCount) -> FacetField {
            outerIDs.contains(count.id) ? Self.outer[field] ?? field : field
        }
        func isSelected(_ count: FacetCount) -> Bool { count.isSelected || query.isSelected(place(count), count.id) }
        // A selected value is never folded away, and what holds a shown one stands above it.
        var shown = counts.enumerated().filter { $0.offset < Self.shownValues || isSelected($0.element) }.map(\.element)
        var rest = counts.enumerated().filter { $0.offset >= Self.shownValues && !isSelected($0.element) }
            .map(\.element)
        let parents = Dictionary(outer.map { ($0.id, $0.parent) }, uniquingKeysWith: { first, _ in first })
        var above: Set<String> = []
        for count in shown {
            var next = count.parent
            while let id = next, above.insert(id).inserted { next = parents[id] ?? nil }
        }
        shown = outer.filter { above.contains($0.id) || isSelected($0) } + shown
        rest = outer.filter { !above.contains($0.id) && !isSelected($0) } + rest
        func values(_ counts: [FacetCount]) -> PageValue {
            .list(
                FacetTree.ordered(counts).map { entry in
                    [
                        "label": .text(entry.count.label), "count": .text(String(entry.count.count)),
                        "depth": .text(String(min(entry.depth, 3))), "selected": .flag(isSelected(entry.count)),
                        "address": .text(query.toggling(place(entry.count), entry.count.id).address()),
                    ]
                })
        }
        let hasSelected = (counts + outer).contains(where: isSelected)
        return [
            "name": .text(pages.string("facet_\(field.rawValue)", reader)),
            "open": .flag(hasSelected || field == .type || field == .concept || field == .country),
            "values": values(shown), "more": values(rest),
            "has_more": .flag(!rest.isEmpty), "more_count": .text(String(rest.count)),
        ]
    }

    /// The beginning of a text, to the end of a word.
    static func opening(_ text: String, length: Int = 220) -> String {
        guard text.count > length else { return text }
        let cut = text.prefix(length)
        let whole = cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut
        return whole + "…"
    }

    static func direction(_ language: Language) -> String {
        language == .undetermined ? "auto" : language.isRightToLeft ? "rtl" : "ltr"
    }
}
