import Foundation
import Hummingbird
import Logging
import SabilClassification
import SabilRecords
import SabilReview
import SabilTaxonomy

/// Suggestions for a text or a record that need not be in the index.
struct SuggestionRoutes: Sendable {
    let services: ServerServices

    /// Suggestions given unless asked otherwise, and at most.
    static let usualLimit = 10
    static let maximumLimit = 100

    var endpoints: [Endpoint] {
        [
            Endpoint(.post, "/v1/suggest") { request, _ in
                try request.refuseOtherOrigins()
                let parameters = try request.parameters()
                try parameters.refuseUnknown(known: SuggestionWishes.names + ["ui"])
                let wishes = try SuggestionWishes(parameters)
                let reader = request.reader(try parameters.choice("ui", of: Language.known))
                let body = try await request.json(upTo: services.configuration.maximumBodyBytes)
                let (text, warnings) = try await services.pool.run {
                    try SuggestionText.read(body, validator: services.validator)
                }
                let taxonomy = services.taxonomy
                let answer = try await services.models.suggest(
                    wishes.request(for: text),
                    adjust: { request, model in try wishes.adjust(&request, to: model.suggestible, taxonomy: taxonomy) }
                )
                let nearest = await nearest(wishes.nearest, to: text, for: answer.list, reader: reader)
                return JSONAnswer.response(
                    SuggestionAnswer(
                        model: answer.model.id.rawValue, language: answer.list.language.rawValue, list: answer.list,
                        nearest: nearest, zones: wishes.zones,
                        newerShare: (answer.model as? any Learning)?.newerShare ?? 0,
                        warnings: warnings, limit: Self.maximumLimit, reader: reader, taxonomy: taxonomy))
            }
        ]
    }

    /// An index that is not there keeps no suggestion from being given: the answer says so.
    private func nearest(
        _ limit: Int, to text: SuggestionText, for list: SuggestionList, reader: Language
    ) async -> NearestRecords? {
        guard limit > 0, !list.suggestions.isEmpty || !list.about.isEmpty else { return nil }
        var nearest = NearestRecords(work: text.work)
        do {
            nearest.found = try await services.index.confirmed(
                NearestRecords.request(
                    for: list, title: text.title, text: text.text, language: list.language, record: text.record,
                    limit: limit, reader: reader, visibility: services.configuration.visibility))
        } catch {
            services.logger.debug("nearest records cannot be found", metadata: ["reason": "\(error)"])
            nearest.unavailable = "Nearest confirmed records could not be looked for: the index is not available."
        }
        return nearest
    }
}

/// What suggestions are asked for.
struct SuggestionText: Sendable {
    var title = ""
    var text = ""
    var language = Language.undetermined
    var limit: Int?
    /// What the text is of, where a whole record was sent.
    var record: RecordID?
    var work: WorkID?

    /// Reads a body: an object with `text`, or a whole record.
    /// - Throws: `malformedRequest`, `invalidRecord` with its defects, of very many the first.
    static func read(
        _ body: Data, validator: RecordValidator
    ) throws(Problem) -> (text: SuggestionText, warnings: [Problem.Defect]) {
        let keys: Set<String>
        do {
            keys = try JSONDecoder().decode(KeysOnly.self, from: body).keys
        } catch {
            throw Problem(
                .malformedRequest, "The body is no JSON object: \((error as? DecodingError)?.sentence ?? "\(error)").")
        }
        return keys.contains("text") ? (try plain(body, keys: keys), []) : try record(body, validator: validator)
    }

    private static func plain(_ body: Data, keys: Set<String>) throws(Problem) -> SuggestionText {
        let known = ["text", "title", "language", "limit"]
        var defects: [Problem.Defect] = []
        for key in keys.sorted() where !known.contains(key) {
            let nearest = NearestName(known).nearest(to: key).map { "did you mean \"\($0)\"?" }
            defects.append(
                Problem.Defect(
                    pointer: "/\(key)",
                    detail: "There is no such key; \(nearest ?? "there are: \(known.joined(separator: ", ")).")"))
        }
        guard defects.isEmpty else {
            throw Problem(.invalidRecord, "The body has keys that are not read here.", defects: defects)
        }
        let fields: PlainFields
        do {
            fields = try JSONDecoder().decode(PlainFields.self, from: body)
        } catch {
            let sentence = (error as? DecodingError)?.sentence ?? "\(error)"
            throw Problem(.invalidRecord, "The body cannot be read: \(sentence).")
        }
        if let tag = fields.language {
            if Language(bcp47: tag) == nil {
                defects.append(
                    Problem.Defect(pointer: "/language", detail: "Write en, fr, es, ar, or und if you do not know."))
            }
        }
        if let limit = fields.limit, !(1...SuggestionRoutes.maximumLimit).contains(limit) {
            defects.append(
                Problem.Defect(
                    pointer: "/limit", detail: "Write a whole number from 1 to \(SuggestionRoutes.maximumLimit)."))
        }
        guard defects.isEmpty else {
            throw Problem(.invalidRecord, "The body has values that cannot be used.", defects: defects)
        }
        return SuggestionText(
            title: fields.title ?? "", text: fields.text,
            language: fields.language.flatMap { Language(bcp47: $0) } ?? .undetermined, limit: fields.limit)
    }

    private static func record(
        _ body: Data, validator: RecordValidator
    ) throws(Problem) -> (text: SuggestionText, warnings: [Problem.Defect]) {
        let outcome = validator.validate(json: body)
        let issues = outcome.issues.map {
            (severity: $0.severity, defect: Problem.Defect(pointer: $0.path, detail: "\($0.message) \($0.remedy)"))
        }
        guard let record = outcome.record else {
            throw Problem(
                .invalidRecord, "The record cannot be read; errors has its defects with their places.",
                defects: issues.filter { $0.severity == .error }.map(\.defect))
        }
        return (
            SuggestionText(
                title: record.title, text: record.textToClassify, language: record.language, record: record.id,
                work: record.work),
            issues.map(\.defect)
        )
    }

    private struct PlainFields: Decodable {
        var text: String
        var title: String?
        var language: String?
        var limit: Int?
    }

    /// The keys of an object, whatever their values.
    private struct KeysOnly: Decodable {
        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        var keys: Set<String>

        init(from decoder: any Decoder) throws {
            keys = Set(try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue))
        }
    }
}
