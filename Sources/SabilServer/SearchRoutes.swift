import Hummingbird
import NIOCore
import SabilRecords
import SabilSearch

/// Searching and reading for programs.
struct SearchRoutes: Sendable {
    let services: ServerServices

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/v1/search") { request, _ in
                let query = try SearchQuery(try request.parameters())
                let reader = request.reader(query.reader)
                let facets = query.facets ?? []
                let page = try await services.index.search(
                    query.request(reader: reader, facets: facets, visibility: services.configuration.visibility))
                return JSONAnswer.response(
                    SearchAnswer(page, of: query, facets: facets, reader: reader, taxonomy: services.taxonomy))
            },
            Endpoint(.get, "/v1/records/{id}") { request, context in
                try request.parameters().refuseUnknown(known: [])
                let record = try await services.visibleRecord(
                    RecordID(try context.part("id")), in: services.configuration.visibility)
                return JSONAnswer.response(buffer: ByteBuffer(bytes: record.jsonLine()))
            },
        ]
    }
}
