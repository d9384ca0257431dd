import Foundation
import HTTPTypes
import Hummingbird
import SabilClassification
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy

/// The pages on which curators decide.
struct ReviewRoutes: Sendable {
    let services: ServerServices
    let pages: PageRenderer

    private static let perPage = 20

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/review") { request, _ in
                let desk = try services.openDesk(for: request)
                let parameters = try request.parameters()
                try parameters.refuseUnknown(known: ["ui", "page"])
                let reader = request.reader(try parameters.choice("ui", of: Language.known))
                let page = try parameters.whole("page", from: 1, to: 10_000) ?? 1
                return try await queue(desk, page: page, reader: reader)
            },
            Endpoint(.get, "/review/{record}") { request, context in
                let desk = try services.openDesk(for: request)
                let parameters = try request.parameters()
                try parameters.refuseUnknown(known: ["ui", "done"])
                let reader = request.reader(try parameters.choice("ui", of: Language.known))
                let id = RecordID(try context.part("record"))
                let done = ["stored", "pending", "name"].first { $0 == parameters["done"] }
                return try await review(id, desk: desk, request: request, reader: reader, done: done)
            },
            Endpoint(.post, "/review/{record}") { request, context in
                let desk = try services.openDesk(for: request)
                try request.refuseOtherOrigins()
                let form = try await request.form(upTo: services.configuration.maximumBodyBytes)
                try FormToken.check(request, form: form)
                let reader = request.reader(try form.choice("ui", of: Language.known))
                let id = RecordID(try context.part("record"))
                do {
                    let done = try await decide(id, form: form, desk: desk, reader: reader)
                    var response = Response(
                        status: .seeOther, headers: [.location: services.reviewAddress(id, reader) + "&done=\(done)"])
                    if let by = form["by"] { CuratorName.remember(String(by.prefix(200)), on: &response) }
                    return response
                } catch let problem as Problem where problem.kind == .invalidDecision {
                    return try await review(
                        id, desk: desk, request: request, reader: reader, problem: problem, form: form)
                }
            },
        ]
    }

    // MARK: Queue

    private func queue(_ desk: DecisionDesk, page: Int, reader: Language) async throws -> Response {
        // Without a model the list is empty and says why.
        let model = try await unlessMissing { try await services.models.current().id }
        var entries: [PageValue] = []
        var total = 0
        var lookedAt = 0
        if let model {
            let queue = try await desk.store.queue(
                model: model, offset: (page - 1) * Self.perPage, limit: Self.perPage)
            total = queue.total
            lookedAt = queue.lookedAt
            for entry in queue.entries {
                guard let record = try await services.index.record(entry.record) else { continue }
                entries.append([
                    "record_lang": .text(record.language.rawValue),
                    "record_dir": .text(SearchPage.direction(record.language)), "title": .text(record.title),
                    "address": .text(services.reviewAddress(record.id, reader)),
                    "facts": .list(services.facts(record, language: record.language, reader: reader, pages: pages)),
                    "open": .list(
                        entry.open.prefix(8).map { suggestion in
                            [
                                "label": .text(services.taxonomy.label(suggestion.concept, in: reader)),
                                "percent": .text(Self.percent(suggestion.confidence)),
                            ]
                        }),
                ])
            }
        }
        let records = try await services.index.engine().recordCount()
        let lastPage = max(1, (total + Self.perPage - 1) / Self.perPage)
        func address(_ page: Int, _ language: Language) -> String { "/review?ui=\(language.rawValue)&page=\(page)" }
        var values: [String: PageValue] = [
            "entries": .list(entries), "total": .text(String(total)), "no_model": .flag(model == nil),
            "partial": .flag(model != nil && lookedAt < records), "looked_at": .text(String(lookedAt)),
            "record_count": .text(String(records)), "first": .text(String((page - 1) * Self.perPage + 1)),
            "page": .text(String(page)), "last_page": .text(String(lastPage)), "paged": .flag(lastPage > 1),
        ]
        if page > 1 { values["previous"] = .text(address(page - 1, reader)) }
        if page < lastPage { values["next"] = .text(address(page + 1, reader)) }
        return pages.page(
            "queue", title: pages.string("review_title", reader), reader: reader,
            reviewLink: services.reviewLink(reader), address: { address(page, $0) }, values: values)
    }

    /// `nil` where no model is in force, which a page says and does without; any other failure is told as what it is.
    private func unlessMissing<Answer>(_ ask: () async throws -> Answer) async throws -> Answer? {
        do {
            return try await ask()
        } catch let problem as Problem where problem.kind == .modelUnavailable {
            return nil
        }
    }

    /// A confidence in words that never claim certainty.
    static func percent(_ confidence: Double) -> String {
        let percent = Int((max(0, min(1, confidence)) * 100).rounded())
        return percent > 99 ? "> 99 %" : percent < 1 ? "< 1 %" : "\(percent) %"
    }

    // MARK: One record

    private func review(
        _ id: RecordID, desk: DecisionDesk, request: Request, reader: Language, done: String? = nil,
        problem: Problem? = nil, form: QueryParameters? = nil
    ) async throws -> Response {
        let stored = try await services.visibleRecord(id, in: Set(Visibility.allCases))
        let decisions = try await desk.store.decisions(about: id)
        let decided = DecidedConcepts(decisions)
        let record = decided.applied(to: stored)
        let suggested = try await unlessMissing {
            try await services.models.suggest(
                SuggestionRequest(
                    title: record.title, text: record.textToClassify, language: record.language, limit: 20))
        }
        // A record can be reviewed without a model; the page then says that there is none.
        let list = suggested?.list ?? SuggestionList(suggestions: [])
        var nearest = NearestRecords(work: record.work)
        // Without them the page has the words alone.
        nearest.found =
            (try? await services.index.confirmed(
                NearestRecords.request(
                    for: list, title: record.title, text: record.textToClassify, language: record.language,
                    record: id, limit: ConfirmedRequest.usualLimit, reader: reader,
                    visibility: Set(Visibility.allCases)))) ?? [:]
        let sheet = ReviewSheet(
            record: record, decisions: decisions, decided: decided, suggestions: list.suggestions, nearest: nearest,
            taxonomy: services.taxonomy, reader: reader, pages: pages)
        let token = FormToken(of: request)
        var values = sheet.values
        values["no_model"] = .flag(suggested == nil)
        if let suggested { values["model"] = .text(suggested.model.id.rawValue) }
        values["token"] = .text(token.value)
        values["by"] = .text(form?["by"] ?? CuratorName.remembered(by: request))
        values["typed_concept"] = .text(form?["concept"] ?? "")
        values["action"] = .text("/review/\(QueryParameters.encoded(id.rawValue))")
        values["queue_address"] = .text("/review?ui=\(reader.rawValue)")
        values["record_address"] = .text(services.recordAddress(id, reader))
        values["present"] = .list(record.concepts.map { services.tag($0, reader, pages) })
        values["concepts"] = .list(ConceptNames(services, reader: reader).options.map(PageValue.text))
        let messages = ["stored": "stored", "pending": "stored_pending", "name": "name_kept"]
        if let key = done.flatMap({ messages[$0] }) { values["status"] = .text(pages.string(key, reader)) }
        if let problem {
            let details = problem.defects.map(\.detail).joined(separator: " ")
            values["problem"] = .text(
                pages.string("error_422", reader) + " " + (details.isEmpty ? problem.detail : details))
        }
        var response = pages.page(
            "review", title: record.title, reader: reader, reviewLink: services.reviewLink(reader),
            status: problem?.status ?? .ok, address: { services.reviewAddress(id, $0) }, values: values)
        response.headers[.cacheControl] = "no-store"
        token.set(on: &response)
        return response
    }

    // MARK: Deciding

    /// - Returns: what to tell the curator: `stored`, `pending` or `name`.
    private func decide(
        _ id: RecordID, form: QueryParameters, desk: DecisionDesk, reader: Language
    ) async throws -> String {
        let wish = form["decide"] ?? ""
        if wish == "name" { return "name" }
        let parts = wish.split(separator: ":", maxSplits: 1)
        guard let verdict = parts.first.flatMap({ Verdict(rawValue: String($0)) }) else {
            throw Problem(.invalidDecision, "The form does not say what was decided.")
        }
        let concept: ConceptID
        if parts.count > 1 {
            concept = ConceptID(String(parts[1]))
        } else {
            let typed = form["concept"] ?? ""
            guard let found = ConceptNames(services, reader: reader).concept(named: typed) else {
                throw Problem(
                    .invalidDecision, "There is no subject of that name.",
                    defects: [Problem.Defect(pointer: "/concept", detail: "“\(typed.prefix(80))”?")])
            }
            concept = found
        }
        let isSuggestion = verdict == .accept || verdict == .reject
        let receipt = try await desk.take(
            Decision(
                record: id, concept: concept, verdict: verdict,
                by: (form["by"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines),
                score: isSuggestion ? form["score:\(concept)"].flatMap { Double($0) } : nil,
                model: isSuggestion ? form["model"].map { ModelID($0) } : nil, note: form["note"]))
        return receipt.index == .updated ? "stored" : "pending"
    }
}
