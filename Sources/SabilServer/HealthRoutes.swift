import Hummingbird
import SabilRecords
import SabilSearch

/// Whether the process lives, whether it can serve, and what it serves.
struct HealthRoutes: Sendable {
    let services: ServerServices
    let pages: PageRenderer

    private struct Alive: Encodable { var status = "alive" }
    private struct Ready: Encodable {
        var status = "ready"
        var records: Int
        var model: String?
    }

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/livez") { _, _ in JSONAnswer.response(Alive()) },
            Endpoint(.get, "/readyz") { _, _ in try await ready() },
            Endpoint(.get, "/openapi.json") { _, _ in JSONAnswer.response(buffer: pages.openAPI) },
            Endpoint(.get, "/static/sabil.css") { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "max-age=3600"],
                    body: ResponseBody(byteBuffer: pages.stylesheet))
            },
            Endpoint(.get, "/static/complete.js") { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: "text/javascript; charset=utf-8", .cacheControl: "max-age=3600"],
                    body: ResponseBody(byteBuffer: pages.completionScript))
            },
        ]
    }

    private func ready() async throws -> Response {
        var missing: [String] = []
        var records = 0
        var model: String?
        do {
            records = try await services.index.engine().recordCount()
        } catch {
            missing.append("The index is not available: \(Problem(describing: error).detail)")
        }
        if services.models.isConfigured {
            do {
                model = try await services.models.current().id.rawValue
            } catch {
                missing.append("The model is not available: \(Problem(describing: error).detail)")
            }
        }
        guard missing.isEmpty else {
            throw Problem(
                .notReady, missing.joined(separator: " "), defects: missing.map { Problem.Defect(detail: $0) },
                retryAfterSeconds: 5)
        }
        return JSONAnswer.response(Ready(records: records, model: model))
    }
}
