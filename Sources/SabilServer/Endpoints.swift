import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SabilRecords

/// One address with what answers it.
struct Endpoint: Sendable {
    var method: HTTPRequest.Method
    /// With variable parts in braces.
    var path: String
    var handler: @Sendable (Request, BasicRequestContext) async throws -> Response

    init(
        _ method: HTTPRequest.Method, _ path: String,
        _ handler: @escaping @Sendable (Request, BasicRequestContext) async throws -> Response
    ) {
        self.method = method
        self.path = path
        self.handler = handler
    }
}

extension BasicRequestContext {
    /// A variable part of the path, decoded.
    /// - Throws: `malformedRequest` if it is not UTF-8.
    func part(_ name: String) throws(Problem) -> String {
        guard let text = parameters.get(name)?.removingPercentEncoding else {
            throw Problem(.malformedRequest, "The address has a percent escape that is not UTF-8.")
        }
        return text
    }
}

extension Request {
    /// The body, if it is JSON and not too large.
    /// - Throws: `unsupportedMediaType`, `tooLarge`.
    func json(upTo limit: Int) async throws -> Data {
        try refuseOtherThan(["application/json"])
        return try await bytes(upTo: limit)
    }

    /// The fields of a form.
    /// - Throws: `unsupportedMediaType`, `tooLarge`, `malformedRequest`.
    func form(upTo limit: Int) async throws -> QueryParameters {
        try refuseOtherThan(["application/x-www-form-urlencoded"])
        let bytes = try await bytes(upTo: limit)
        return try QueryParameters(encoded: String(decoding: bytes, as: UTF8.self))
    }

    private func bytes(upTo limit: Int) async throws -> Data {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem(.tooLarge, "The body has \(length) bytes; this server takes \(limit).")
        }
        var request = self
        do {
            let buffer = try await request.collectBody(upTo: limit)
            return Data(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(.tooLarge, "The body has more than \(limit) bytes, which this server takes.")
        }
    }

    private func refuseOtherThan(_ types: [String]) throws(Problem) {
        let type = (headers[.contentType] ?? "").prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        guard types.contains(type) else {
            throw Problem(
                .unsupportedMediaType,
                "The body is \(type.isEmpty ? "of no named type" : type); send \(types.joined(separator: " or ")).")
        }
    }

    /// Whether a proxy says that it handed the request on.
    var isForwarded: Bool {
        ["Forwarded", "X-Forwarded-For", "Via"].contains { name in
            HTTPField.Name(name).map { headers[$0] != nil } == true
        }
    }

    /// Refuses requests that another site made a browser send. Programs that send no such headers pass.
    /// - Throws: `crossOrigin`.
    func refuseOtherOrigins() throws(Problem) {
        let problem = Problem(.crossOrigin, "The request comes from another site; send it from a page of this server.")
        if let header = HTTPField.Name("Sec-Fetch-Site"), let site = headers[header] {
            guard site == "same-origin" || site == "none" else { throw problem }
        }
        if let origin = headers[.origin] {
            let host = origin.split(separator: "/", omittingEmptySubsequences: true).last.map(String.init)
            guard host == head.authority else { throw problem }
        }
    }
}
