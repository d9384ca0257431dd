import Foundation

/// A failure as the caller of an interface gets to know it: RFC 9457.
package struct Problem: Error, Sendable, Hashable {
    /// One stable kind of failure, with its status.
    package struct Kind: Sendable, Hashable {
        /// Last part of the type URI.
        let name: String
        let status: Int
        let title: String

        /// `urn:sabil:problem:…`: a name that stays, not an address to fetch.
        var uri: String { "urn:sabil:problem:\(name)" }
    }

    /// One defect of the request.
    package struct Defect: Sendable, Hashable, Codable {
        /// Name of the parameter, for defects of the address.
        package var parameter: String?
        /// JSON pointer or path into the body, for defects of the body.
        package var pointer: String?
        package var detail: String

        package init(parameter: String? = nil, pointer: String? = nil, detail: String) {
            self.parameter = parameter
            self.pointer = pointer
            self.detail = detail
        }
    }

    package var kind: Kind
    package var detail: String
    package var defects: [Defect]
    /// When to ask again; only for failures that pass.
    package var retryAfterSeconds: Int?
    /// Methods that the address does take; only for ``Kind/methodNotAllowed``.
    package var allowedMethods: [String] = []

    package init(_ kind: Kind, _ detail: String, defects: [Defect] = [], retryAfterSeconds: Int? = nil) {
        self.kind = kind
        self.detail = detail
        self.defects = defects
        self.retryAfterSeconds = retryAfterSeconds ?? (kind == .overloaded ? 1 : nil)
    }
}

extension Problem: CustomStringConvertible {
    /// As the log shows it.
    package var description: String { "\(kind.name): \(detail)" }
}

extension Problem.Kind {
    package static let unknownParameter = Self(name: "unknown-parameter", status: 400, title: "Unknown parameter")
    package static let invalidParameter = Self(name: "invalid-parameter", status: 400, title: "Invalid parameter")
    package static let malformedRequest = Self(name: "malformed-request", status: 400, title: "Malformed request")
    package static let crossOrigin = Self(name: "cross-origin", status: 403, title: "Request from another site")
    package static let formExpired = Self(name: "form-expired", status: 403, title: "Form expired")
    package static let curationClosed = Self(name: "curation-closed", status: 403, title: "Review is closed")
    package static let notFound = Self(name: "not-found", status: 404, title: "Not found")
    package static let recordNotFound = Self(name: "record-not-found", status: 404, title: "Record not found")
    package static let methodNotAllowed = Self(name: "method-not-allowed", status: 405, title: "Method not allowed")
    package static let conflict = Self(name: "conflict", status: 409, title: "Conflict")
    package static let staleCursor = Self(name: "stale-cursor", status: 410, title: "The list has changed")
    package static let tooLarge = Self(name: "too-large", status: 413, title: "Request too large")
    package static let unsupportedMediaType = Self(
        name: "unsupported-media-type", status: 415, title: "Unsupported media type")
    package static let invalidRecord = Self(name: "invalid-record", status: 422, title: "Invalid record")
    package static let invalidDecision = Self(name: "invalid-decision", status: 422, title: "Invalid decision")
    package static let internalError = Self(name: "internal-error", status: 500, title: "Internal error")
    package static let overloaded = Self(name: "overloaded", status: 503, title: "Overloaded")
    package static let indexUnavailable = Self(name: "index-unavailable", status: 503, title: "Index unavailable")
    package static let modelUnavailable = Self(name: "model-unavailable", status: 503, title: "Model unavailable")
    package static let reviewUnavailable = Self(name: "review-unavailable", status: 503, title: "Review unavailable")
    package static let notReady = Self(name: "not-ready", status: 503, title: "Not ready")
    package static let timedOut = Self(name: "timed-out", status: 503, title: "Timed out")
    package static let noSpace = Self(name: "no-space", status: 507, title: "No space left")

    /// Every kind, in the order of their statuses.
    package static let all: [Self] = [
        .unknownParameter, .invalidParameter, .malformedRequest, .crossOrigin, .formExpired, .curationClosed, .notFound,
        .recordNotFound, .methodNotAllowed, .conflict, .staleCursor, .tooLarge, .unsupportedMediaType, .invalidRecord,
        .invalidDecision, .internalError, .overloaded, .indexUnavailable, .modelUnavailable, .reviewUnavailable,
        .notReady, .timedOut, .noSpace,
    ]
}

/// A problem as it goes over the wire.
struct ProblemBody: Codable {
    var type: String
    var title: String
    var status: Int
    var detail: String
    var instance: String
    var errors: [Problem.Defect]?

    init(_ problem: Problem, requestID: String) {
        type = problem.kind.uri
        title = problem.kind.title
        status = problem.kind.status
        detail = problem.detail
        instance = "urn:sabil:request:\(requestID)"
        errors = problem.defects.isEmpty ? nil : problem.defects
    }
}
