import Foundation
import SabilRecords
import SabilSearch

/// What the address of a search says, both ways: read from parameters, and written back for links.
struct SearchQuery: Sendable, Hashable {
    var text = ""
    var language: Language?
    var filters: [Filter] = []
    var facets: [FacetField]?
    var sort: SabilSearch.SortOrder = .relevance
    var page = 1
    /// Where a page before ended, in the place of a page number.
    var cursor: PageCursor?
    var perPage = 10
    var highlight = true
    var collapse = false
    var expansion: Expansion = .concepts
    var spelling: SpellingMode = .correct
    /// Parts of the answer beside hits and facets; `nil`: the usual ones.
    var discovery: [Discovery]?
    var explain = false
    var placements = true
    var boosts = SearchQuery.usualBoosts
    /// Language of labels and of the page; `nil`: as the browser prefers.
    var reader: Language?

    /// Hits beyond this place are not given, whatever the page.
    static let maximumOffset = SearchRequest.maximumOffset

    static let usualBoosts: [Boost] = [.language]

    static let names = [
        "q", "lang", "facets", "sort", "page", "cursor", "per_page", "highlight", "collapse", "expand", "spelling",
        "discover", "explain", "placements", "boost", "ui",
    ]
    static let prefixes = ["filter[", "all["]

    init() {}

    /// Reads the parameters of `/v1/search` and of the search page.
    /// - Throws: `unknownParameter`, `invalidParameter`.
    init(_ parameters: QueryParameters) throws(Problem) {
        try parameters.refuseUnknown(known: Self.names, prefixes: Self.prefixes)
        text = parameters["q"] ?? ""
        language = try parameters.choice("lang", of: Language.known)
        sort = try parameters.choice("sort", of: SabilSearch.SortOrder.allCases) ?? .relevance
        perPage = try parameters.whole("per_page", from: 1, to: SearchRequest.maximumLimit) ?? 10
        page = try parameters.whole("page", from: 1, to: Self.maximumOffset) ?? 1
        highlight = try parameters.flag("highlight") ?? true
        collapse = try parameters.flag("collapse") ?? false
        expansion = try parameters.choice("expand", of: Expansion.allCases) ?? .concepts
        spelling = try parameters.choice("spelling", of: SpellingMode.allCases) ?? .correct
        let parts = parameters.values("discover").flatMap { FilterValues.split($0) }
        if parts == ["none"] {
            discovery = []
        } else if !parts.isEmpty {
            var discovery: [Discovery] = []
            for part in parts { discovery.append(try DiscoveryRoutes.value(part, "discover", of: Discovery.allCases)) }
            self.discovery = discovery
        }
        explain = try parameters.flag("explain") ?? false
        placements = try parameters.flag("placements") ?? true
        let lifts = parameters.values("boost").flatMap { FilterValues.split($0) }
        if !lifts.isEmpty { boosts = [] }
        for name in lifts where lifts != ["none"] {
            guard let boost = Boost(rawValue: name) else {
                throw QueryParameters.refusal(
                    "boost", name, "there are: \(Boost.allCases.map(\.rawValue).joined(separator: ", ")), or none.")
            }
            if !boosts.contains(boost) { boosts.append(boost) }
        }
        reader = try parameters.choice("ui", of: Language.known)
        guard (page - 1) * perPage <= Self.maximumOffset else {
            throw QueryParameters.refusal(
                "page", String(page), "hits beyond number \(Self.maximumOffset) are not given; narrow the search.")
        }
        if let text = parameters["cursor"] {
            guard let cursor = PageCursor(text) else {
                throw QueryParameters.refusal("cursor", text, "send the next_cursor of an answer as it was.")
            }
            guard page == 1 else {
                throw QueryParameters.refusal("cursor", text, "name a page or a cursor, not both.")
            }
            self.cursor = cursor
        }
        filters = try Self.filters(in: parameters)
        let wanted = parameters.values("facets").flatMap { FilterValues.split($0) }
        if !wanted.isEmpty {
            var facets: [FacetField] = []
            for name in wanted {
                let field = try Self.field(named: name, in: "facets")
                if !facets.contains(field) { facets.append(field) }
            }
            self.facets = facets
        }
    }

    private static func field(named name: String, in parameter: String) throws(Problem) -> FacetField {
        guard let field = FacetField(rawValue: name) else {
            let names = FacetField.allCases.map(\.rawValue)
            let remedy = NearestName(names).nearest(to: name).map { "did you mean \"\($0)\"?" }
            throw QueryParameters.refusal(
                parameter, name, remedy ?? "there are: \(names.joined(separator: ", ")).")
        }
        return field
    }

    private static func filters(in parameters: QueryParameters) throws(Problem) -> [Filter] {
        var filters: [Filter] = []
        for (name, value) in parameters.pairs {
            guard let prefix = prefixes.first(where: { name.hasPrefix($0) }) else { continue }
            guard name.hasSuffix("]"), name.utf8.count > prefix.utf8.count + 1 else {
                throw QueryParameters.refusal(name, value, "write \(prefix)field]=value.")
            }
            let field = try field(named: String(name.dropFirst(prefix.count).dropLast()), in: name)
            let values = FilterValues.split(value)
            guard !values.isEmpty else { continue }
            let mode: Filter.Mode = prefix == "all[" ? .all : .any
            if let index = filters.firstIndex(where: { $0.field == field && $0.mode == mode }) {
                for value in values where !filters[index].values.contains(value) { filters[index].values.append(value) }
            } else {
                filters.append(Filter(field, values, mode: mode))
            }
        }
        return filters
    }

    /// The parameters that give this search again; what is as usual is left out.
    var parameters: QueryParameters {
        var pairs: [(name: String, value: String)] = []
        if !text.isEmpty { pairs.append(("q", text)) }
        if let language { pairs.append(("lang", language.rawValue)) }
        for filter in filters where !filter.values.isEmpty {
            let prefix = filter.mode == .all ? "all[" : "filter["
            pairs.append((prefix + filter.field.rawValue + "]", FilterValues.joined(filter.values)))
        }
        if let facets { pairs.append(("facets", facets.map(\.rawValue).joined(separator: ","))) }
        if sort != .relevance { pairs.append(("sort", sort.rawValue)) }
        if page != 1 { pairs.append(("page", String(page))) }
        if let cursor { pairs.append(("cursor", cursor.text)) }
        if perPage != 10 { pairs.append(("per_page", String(perPage))) }
        if !highlight { pairs.append(("highlight", "false")) }
        if collapse { pairs.append(("collapse", "true")) }
        if expansion != .concepts { pairs.append(("expand", expansion.rawValue)) }
        if spelling != .correct { pairs.append(("spelling", spelling.rawValue)) }
        if let discovery {
            pairs.append(("discover", discovery.isEmpty ? "none" : discovery.map(\.rawValue).joined(separator: ",")))
        }
        if explain { pairs.append(("explain", "true")) }
        if !placements { pairs.append(("placements", "false")) }
        if boosts != Self.usualBoosts {
            pairs.append(("boost", boosts.isEmpty ? "none" : boosts.map(\.rawValue).joined(separator: ",")))
        }
        if let reader { pairs.append(("ui", reader.rawValue)) }
        return QueryParameters(pairs)
    }

    /// The address of this search on a path.
    func address(_ path: String = "/") -> String {
        let encoded = parameters.encoded
        return encoded.isEmpty ? path : path + "?" + encoded
    }

    // MARK: Neighbours

    /// The same search with a value put on or, if it is on, taken off; from its first page.
    func toggling(_ field: FacetField, _ value: String) -> SearchQuery {
        isSelected(field, value) ? removing(field, value) : adding(field, value)
    }

    func isSelected(_ field: FacetField, _ value: String) -> Bool {
        filters.contains { $0.field == field && $0.values.contains(value) }
    }

    func adding(_ field: FacetField, _ value: String) -> SearchQuery {
        var query = self
        query.page = 1
        query.cursor = nil
        if let index = query.filters.firstIndex(where: { $0.field == field }) {
            query.filters[index].values.append(value)
        } else {
            query.filters.append(Filter(field, [value]))
        }
        return query
    }

    func removing(_ field: FacetField, _ value: String) -> SearchQuery {
        var query = self
        query.page = 1
        query.cursor = nil
        for index in query.filters.indices where query.filters[index].field == field {
            query.filters[index].values.removeAll { $0 == value }
        }
        query.filters.removeAll { $0.values.isEmpty }
        return query
    }

    func with<Value>(_ path: WritableKeyPath<SearchQuery, Value>, _ value: Value) -> SearchQuery {
        var query = self
        query[keyPath: path] = value
        return query
    }

    // MARK: Request

    /// What is asked of the search service.
    func request(reader: Language, facets defaults: [FacetField], visibility: Set<Visibility>) -> SearchRequest {
        var request = SearchRequest(
            text, language: language, filters: filters, facets: facets ?? defaults, sort: sort,
            offset: (page - 1) * perPage, limit: perPage, highlight: highlight, collapsesTranslations: collapse,
            expansion: expansion, spelling: spelling, discovery: Set(discovery ?? [.definitions, .relaxations]),
            readerLanguage: reader, visibility: visibility, explain: explain)
        request.cursor = cursor
        request.usesPlacements = placements
        request.boosts = Set(boosts)
        return request
    }
}
