import Hummingbird
import SabilRecords
import SabilSearch

/// Completing what is typed, and records like another one.
struct DiscoveryRoutes: Sendable {
    let services: ServerServices

    static let completionNames = ["q", "kinds", "limit", "ui"]
    static let similarNames = ["limit", "ui"]

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/v1/autocomplete") { request, _ in
                let parameters = try request.parameters()
                try parameters.refuseUnknown(known: Self.completionNames)
                let reader = request.reader(try parameters.choice("ui", of: Language.known))
                var asked = CompletionRequest(
                    parameters["q"] ?? "", language: reader, visibility: services.configuration.visibility)
                asked.limit = try parameters.whole("limit", from: 1, to: CompletionRequest.maximumLimit) ?? 10
                let kinds = parameters.values("kinds").flatMap { FilterValues.split($0) }
                if !kinds.isEmpty {
                    asked.kinds = Set(try kinds.map { try Self.value($0, "kinds", of: Completion.Kind.allCases) })
                }
                return JSONAnswer.response(CompletionAnswer(try await services.index.complete(asked), of: asked))
            },
            Endpoint(.get, "/v1/records/{id}/similar") { request, context in
                let parameters = try request.parameters()
                try parameters.refuseUnknown(known: Self.similarNames)
                let reader = request.reader(try parameters.choice("ui", of: Language.known))
                let limit = try parameters.whole("limit", from: 1, to: SearchRequest.maximumLimit) ?? 10
                let id = RecordID(try context.part("id"))
                let page = try await services.index.similar(
                    to: id, limit: limit, readerLanguage: reader, visibility: services.configuration.visibility)
                guard let page else { throw Problem(.recordNotFound, "There is no record of that id.") }
                return JSONAnswer.response(
                    SimilarAnswer(page, of: id, reader: reader, taxonomy: services.taxonomy))
            },
        ]
    }

    /// A value of a list, by its name.
    static func value<Value: RawRepresentable<String>>(
        _ name: String, _ parameter: String, of values: [Value]
    ) throws(Problem) -> Value {
        guard let value = values.first(where: { $0.rawValue == name }) else {
            throw QueryParameters.refusal(
                parameter, name, "there are: \(values.map(\.rawValue).joined(separator: ", ")).")
        }
        return value
    }
}
