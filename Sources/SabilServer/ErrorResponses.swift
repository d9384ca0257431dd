import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SabilClassification
import SabilReview
import SabilSearch

/// What each failure of the engine means to a caller: the only place where errors become statuses.
extension Problem {
    package init(describing error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as SearchError: self = Self.reading(error)
        case let error as ReviewError: self = Self.reading(error)
        case let error as ModelError: self = Problem(.modelUnavailable, error.description)
        case let error as HTTPError: self = Self.reading(error)
        case is NIOTooManyBytesError: self = Problem(.tooLarge, "The body is larger than this server takes.")
        case is CancellationError:
            self = Problem(.overloaded, "The server is stopping or the caller went away; ask again.")
        default: self = Problem(.internalError, "Something failed inside; the log has more under the request's id.")
        }
    }

    private static func reading(_ error: SearchError) -> Problem {
        switch error.code {
        case .overloaded, .cancelled: Problem(.overloaded, error.message, retryAfterSeconds: 1)
        case .timedOut: Problem(.timedOut, error.message, retryAfterSeconds: 1)
        case .notFound, .mismatch: Problem(.indexUnavailable, error.message, retryAfterSeconds: 10)
        case .locked: Problem(.indexUnavailable, error.message, retryAfterSeconds: 5)
        case .diskFull: Problem(.noSpace, error.message)
        case .invalidRequest: Problem(.invalidParameter, error.message)
        case .invalidCursor:
            Problem(
                .invalidParameter, error.message,
                defects: [Problem.Defect(parameter: "cursor", detail: error.message)])
        case .staleCursor: Problem(.staleCursor, error.message)
        default: Problem(.internalError, "The index failed (\(error.code.rawValue)); the log has more.")
        }
    }

    private static func reading(_ error: ReviewError) -> Problem {
        switch error.code {
        case .invalidDecision: Problem(.invalidDecision, error.message)
        case .conflict: Problem(.conflict, error.message)
        case .locked: Problem(.reviewUnavailable, error.message, retryAfterSeconds: 5)
        case .cancelled: Problem(.overloaded, error.message, retryAfterSeconds: 1)
        case .diskFull: Problem(.noSpace, error.message)
        default: Problem(.reviewUnavailable, error.message)
        }
    }

    private static func reading(_ error: HTTPError) -> Problem {
        switch error.status {
        case .notFound: Problem(.notFound, "There is nothing at this address.")
        case .contentTooLarge: Problem(.tooLarge, "The body is larger than this server takes.")
        case .methodNotAllowed: Problem(.methodNotAllowed, "This address does not take that method.")
        case .unsupportedMediaType: Problem(.unsupportedMediaType, "The body is not of a type this address takes.")
        default:
            error.status.kind == .clientError
                ? Problem(.malformedRequest, error.body ?? "The request cannot be read.")
                : Problem(.internalError, "Something failed inside; the log has more under the request's id.")
        }
    }

    /// The answer to a program.
    func response(requestID: String) -> Response {
        var headers = headers
        headers[.contentType] = "application/problem+json; charset=utf-8"
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: JSONAnswer.buffer(ProblemBody(self, requestID: requestID))))
    }

    var status: HTTPResponse.Status { HTTPResponse.Status(code: kind.status) }

    var headers: HTTPFields {
        var headers = HTTPFields()
        headers[.cacheControl] = "no-store"
        if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
        if !allowedMethods.isEmpty { headers[.allow] = allowedMethods.joined(separator: ", ") }
        return headers
    }
}
