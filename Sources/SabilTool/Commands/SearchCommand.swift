import ArgumentParser
import Foundation
import SabilRecords
import SabilSearch
import SabilServer
import SabilTaxonomy

/// `sabil search`: ask the index from the shell.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Search the index.",
        discussion: """
            Words find any of them, best first. "Quoted words" stand together in their exact form; word* matches beginnings, w*rd and wo?d words of \
            that form (* any letters, ? one); \
            -word leaves out; +word is required; a NEAR/5 b stand at most five words apart; AND, OR, NOT and parentheses combine; \
            field:value asks one field (title, abstract, body, author, country, region, type, document_type, pillar, concept, \
            programme, population, organisation, series, language, year, date, label_source, access, id, work); \
            year:2018..2022 and date:2018-05..2019 are ranges.

              sabil search 'transferencias monetarias' --filter country=BRA,MEX --facets type,year
              sabil search '"cash transfer" -pension year:2015..' --sort newest
              sabil search pensions --filter country=BRA --format csv > pensions.csv
              sabil search -- '-pension'                   a query that begins with a dash goes after two
            """)

    @Argument(help: "The query; nothing matches every record.")
    var query = ""

    @Option(
        name: .long,
        help:
            "field=value,value: keep records with any of the values (\\, is a comma within one); may be given several times."
    )
    var filter: [String] = []

    @Option(
        help: "Facets to count, with commas between: \(FacetField.allCases.map(\.rawValue).joined(separator: ", ")).")
    var facets = ""

    @Option(
        help:
            "relevance, newest, oldest, title (as --reader orders titles) or start (of programmes and events, latest first)."
    )
    var sort = SabilSearch.SortOrder.relevance

    @Option(help: "How many hits; 10 unless said otherwise.")
    var limit: Int?

    @Option(help: "How many hits to skip.")
    var offset = 0

    @Option(help: "Go on where an earlier answer ended: its next_cursor, with the same query, filters and order.")
    var cursor: String?

    @Option(help: "Language of the query (en, fr, es, ar); without it the query's own looks decide.")
    var language: String?

    @Option(help: "Language of labels, and of the translation shown when translations are collapsed.")
    var reader = "en"

    @Option(help: "Concepts and names found in the query: none, labels (all languages), concepts (labels and tags).")
    var expand = Expansion.concepts

    @Option(
        help: "Words that no record has: off, suggest (only propose another), correct (search for the nearest word).")
    var spelling = SpellingMode.correct

    @Flag(help: "Also say what a term means, and which concepts are beside the query.")
    var discover = false

    @Flag(help: "Show one record of each work.")
    var collapse = false

    @Flag(help: "Also community and unpublished records.")
    var all = false

    @Flag(
        name: .customLong("no-placements"), help: "Neither put first nor leave out what curators placed for the query.")
    var ignoresPlacements = false

    @Option(
        help: """
            Lift records by \(Boost.allCases.map(\.rawValue).joined(separator: ", ")), with commas between, or none.
            """)
    var boost = Boost.language.rawValue

    @Flag(help: "Say what each hit's score is made of.")
    var explain = false

    @Option(help: "text or json: a page; csv, jsonl, ris or bibtex: everything that is found.")
    var format = Format.text

    @OptionGroup var locations: LocationOptions

    func validate() throws {
        guard limit ?? 0 >= 0, offset >= 0 else { throw ValidationError("--limit and --offset must be 0 or more.") }
        guard offset <= SearchRequest.maximumOffset else {
            throw ValidationError("--offset must be \(SearchRequest.maximumOffset) or less; narrow the search.")
        }
        if let cursor, PageCursor(cursor) == nil {
            throw ValidationError("--cursor '\(cursor)' is no cursor; give the next_cursor of an answer as it was.")
        }
        guard cursor == nil || offset == 0 else { throw ValidationError("--cursor and --offset exclude one another.") }
        if format.export != nil, limit != nil || offset > 0 || cursor != nil || !facets.isEmpty || explain || discover {
            throw ValidationError(
                "--format \(format.rawValue) writes everything that is found: --limit, --offset, --cursor, --facets, --explain "
                    + "and --discover are for pages.")
        }
        _ = try chosenFacets()
        _ = try chosenFilters()
        _ = try chosenBoosts()
        _ = try chosenLanguage(language)
        _ = try chosenLanguage(reader)
    }

    func run() async throws {
        let workspace = try Workspace(taxonomy: locations.taxonomy)
        let service = try SearchService(
            indexPath: locations.index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes, lanes: 1,
            placements: try PlacementList.inFolder(locations.taxonomy),
            boosts: try BoostTable.inFolder(locations.taxonomy, contentTypes: workspace.contentTypes))
        var request = SearchRequest(
            query, language: try chosenLanguage(language), filters: try chosenFilters(), facets: try chosenFacets(),
            sort: sort, offset: offset, limit: limit ?? 10, highlight: format == .json, collapsesTranslations: collapse,
            expansion: expand, spelling: spelling, discovery: discover ? Set(Discovery.allCases) : [.relaxations],
            readerLanguage: try chosenLanguage(reader) ?? .english,
            visibility: all ? Set(Visibility.allCases) : [.public], explain: explain)
        request.usesPlacements = !ignoresPlacements
        request.boosts = Set(try chosenBoosts())
        request.cursor = cursor.flatMap { PageCursor($0) }
        if let export = format.export {
            let writer = ExportWriter(
                export, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes,
                reader: request.readerLanguage)
            try await write(service.records(matching: request), writer)
            return
        }
        let page = try await service.search(request)
        switch format {
        case .json:
            let bytes = CommandAnswers.page(page, of: request, taxonomy: workspace.scheme)
            try Console.write(bytes: bytes + [UInt8(ascii: "\n")])
        default: show(page)
        }
    }

    private func write(_ stream: RecordStream, _ writer: ExportWriter) async throws {
        var stream = stream
        var isFirst = true
        for note in stream.notes { Console.diagnose("note: \(note.message)") }
        while let records = try await stream.next() {
            var bytes = isFirst ? writer.beginning : []
            isFirst = false
            for record in records { bytes += writer.bytes(of: record) }
            try Console.write(bytes: bytes)
        }
        if isFirst { try Console.write(bytes: writer.beginning) }
    }

    /// What is printed: a page for people or programs, or everything found as a file.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case csv
        case jsonl
        case ris
        case bibtex

        var export: ExportFormat? { ExportFormat(rawValue: rawValue) }
    }

    private func chosenLanguage(_ tag: String?) throws -> Language? {
        guard let tag else { return nil }
        guard let language = Language(bcp47: tag) else {
            throw ValidationError("'\(tag)' is no language of the engine; use en, fr, es or ar.")
        }
        return language
    }

    private func chosenBoosts() throws -> [Boost] {
        if boost == "none" { return [] }
        return try boost.split(separator: ",").map { name in
            guard let boost = Boost(rawValue: String(name)) else {
                let known = Boost.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("'\(name)' is no boost; known are \(known), and none.")
            }
            return boost
        }
    }

    private func chosenFacets() throws -> [FacetField] {
        try facets.split(separator: ",").map { try facetField(String($0)) }
    }

    private func chosenFilters() throws -> [Filter] {
        try filter.map { text in
            guard let equals = text.firstIndex(of: "=") else {
                throw ValidationError("--filter '\(text)' must read field=value.")
            }
            let values = FilterValues.split(String(text[text.index(after: equals)...]))
            guard !values.isEmpty else { throw ValidationError("--filter '\(text)' names no value.") }
            return Filter(try facetField(String(text[..<equals])), values)
        }
    }

    private func facetField(_ name: String) throws -> FacetField {
        guard let field = FacetField(rawValue: name) else {
            let known = FacetField.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(name)' is no field; known are \(known).")
        }
        return field
    }

    private func showDiscovered(_ page: FacetedPage) {
        for definition in page.definitions { Console.output("\(definition.term): \(definition.text)") }
        for concept in page.relatedConcepts {
            Console.output(
                "\(concept.relation.rawValue): \(concept.label) (\(concept.id.rawValue)), \(concept.hits) of "
                    + "\(page.relatedConceptHits) hits, \(concept.records) records")
        }
        for relaxation in page.relaxations {
            let steps = relaxation.steps.map(\.rawValue).joined(separator: ", ")
            let bound = relaxation.total.isExact ? "" : "at least "
            let filters = relaxation.dropsFilters && !filter.isEmpty ? " and no --filter" : ""
            Console.output(
                "without \(steps): '\(relaxation.text)'\(filters) finds \(bound)\(relaxation.total.lowerBound)")
        }
    }

    private func show(_ page: FacetedPage) {
        let total: String
        switch page.total {
        case .exact(let count): total = "\(count)"
        case .between(let lower, let upper): total = "between \(lower) and \(upper)"
        }
        Console.output("\(total) records" + (page.timedOut ? " (the time limit cut the search short)" : ""))
        var told: Set<String> = []
        for note in page.notes where told.insert(note.message).inserted { Console.output("note: \(note.message)") }
        showDiscovered(page)
        for (rank, hit) in page.hits.enumerated() {
            let record = hit.record
            let facts = [
                record.type, hit.language.rawValue, record.date?.description ?? "",
                record.countries.joined(separator: ","),
            ].filter { !$0.isEmpty }
            Console.output("")
            // A cursor does not say how many hits were before it.
            let place = cursor == nil ? "\(offset + rank + 1)." : "-"
            Console.output("\(place) \(record.title)\(hit.isPinned ? "  (pinned)" : "")")
            Console.output("   \(record.id)  \(facts.joined(separator: "  "))  \(String(format: "%.3f", hit.score))")
            if !record.concepts.isEmpty {
                Console.output("   " + record.concepts.map(\.concept.rawValue).joined(separator: ", "))
            }
            for translation in hit.translations {
                Console.output("   also in \(translation.language.rawValue): \(translation.id)  \(translation.title)")
            }
            for part in hit.explanation {
                Console.output(
                    "   \(String(format: "%+8.3f", part.contribution))  \(part.kind.rawValue)  \(part.name)")
            }
        }
        if let next = page.next {
            Console.output("")
            Console.output("more: --cursor \(next.text)")
        }
        for (field, counts) in page.facets.sorted(by: { $0.key < $1.key }) {
            Console.output("")
            Console.output(field.rawValue)
            for count in counts {
                let indent = String(repeating: "  ", count: count.depth + 1)
                Console.output("\(indent)\(count.isSelected ? "✓ " : "")\(count.label)  \(count.count)")
            }
        }
    }
}
