import Foundation
import HTTPTypes
import Hummingbird
import Logging
import SabilRecords

/// Around every route: names the request, turns errors into answers, adds security headers, writes one line to the log.
struct ResponseMiddleware: RouterMiddleware {
    typealias Context = BasicRequestContext

    let pages: PageRenderer
    let routes: RouteTable

    private static let requestIDHeader = HTTPField.Name("X-Request-Id")

    @concurrent func handle(
        _ request: Request, context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        // The context's own id is in its logger, which may keep no metadata.
        let id = Self.requestID(of: request) ?? UUID().uuidString.lowercased()
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(error, request: request, context: context, requestID: id)
        }
        if let header = Self.requestIDHeader { response.headers[header] = id }
        Self.secure(&response)
        // Route and status only: what readers search for stays out of the log.
        context.logger.info(
            "request",
            metadata: [
                "request": "\(id)", "method": "\(request.method.rawValue)",
                "route": "\(context.endpointPath ?? "none")",
                "status": "\(response.status.code)", "ms": "\((ContinuousClock.now - start) / .milliseconds(1))",
            ])
        return response
    }

    private func answer(_ error: any Error, request: Request, context: Context, requestID: String) -> Response {
        var problem = Problem(describing: error)
        if problem.kind == .notFound {
            let methods = routes.methods(at: request.uri.path)
            if !methods.isEmpty, !methods.contains(request.method.rawValue) {
                problem = Problem(
                    .methodNotAllowed,
                    "This address does not take \(request.method.rawValue); it takes \(methods.joined(separator: ", "))."
                )
                problem.allowedMethods = methods
            }
        }
        if problem.kind.status >= 500 {
            context.logger.error("request failed", metadata: ["request": "\(requestID)", "reason": "\(error)"])
        }
        guard routes.isPage(request.uri.path) else { return problem.response(requestID: requestID) }
        // A broken address still has a language if that part can be read; else the browser's.
        let wanted = (try? request.parameters())?["ui"].flatMap { Language(rawValue: $0) }
        return pages.errorPage(
            problem, requestID: requestID, reader: request.reader(wanted == .undetermined ? nil : wanted))
    }

    /// The caller's name for the request, if it is short and plain.
    private static func requestID(of request: Request) -> String? {
        guard let requestIDHeader, let id = request.headers[requestIDHeader], (1...64).contains(id.utf8.count),
            id.utf8.allSatisfy({ byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x2D || byte == 0x2E || byte == 0x5F
            })
        else { return nil }
        return id
    }

    private static let securityHeaders: [(HTTPField.Name, String)] = [
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'"
        ),
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }

    private static func secure(_ response: inout Response) {
        for (name, value) in securityHeaders { response.headers[name] = value }
    }
}
