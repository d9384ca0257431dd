import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SabilClassification
import SabilReview
import SabilSearch
import Testing

@testable import SabilServer

@Suite struct ErrorResponsesTests {
    @Test(arguments: [
        (SearchError.Code.overloaded, 503, "overloaded"), (.cancelled, 503, "overloaded"),
        (.timedOut, 503, "timed-out"), (.notFound, 503, "index-unavailable"), (.mismatch, 503, "index-unavailable"),
        (.locked, 503, "index-unavailable"), (.diskFull, 507, "no-space"), (.invalidRequest, 400, "invalid-parameter"),
        (.index, 500, "internal-error"), (.unreadableRecord, 500, "internal-error"), (.analysis, 500, "internal-error"),
        (.source, 500, "internal-error"),
    ])
    func `every failure of the search has its status, for programs and as a page`(
        _ code: SearchError.Code, _ status: Int, _ kind: String
    ) async throws {
        let engine = FailingEngine(error: SearchError(code: code, operation: "search", message: "It failed."))
        try await ServerFixture.run(records: nil, engine: engine) { client, _ in
            for path in ["/v1/search?q=x", "/v1/autocomplete?q=x", "/v1/records/x/similar", "/v1/export?q=x"] {
                let response = try await client.get(path)
                #expect(response.status.code == status, "\(path)")
                #expect(try response.problem() == kind)
                #expect((response.header("Retry-After") != nil) == (status == 503))
            }
            let page = try await client.get("/?q=x")
            #expect(page.status.code == status)
            #expect(page.header("Content-Type") == "text/html; charset=utf-8")
            #expect(page.text.contains("<!DOCTYPE html>"))
            #expect((page.header("Retry-After") != nil) == (status == 503))
        }
    }

    @Test(arguments: [
        (ReviewError.Code.invalidDecision, Problem.Kind.invalidDecision), (.conflict, .conflict),
        (.locked, .reviewUnavailable), (.readOnly, .reviewUnavailable), (.corrupt, .reviewUnavailable),
        (.unreadable, .reviewUnavailable), (.newerSchema, .reviewUnavailable), (.diskFull, .noSpace),
        (.cancelled, .overloaded), (.database, .reviewUnavailable),
    ])
    func `every failure of the decisions has its kind`(_ code: ReviewError.Code, _ kind: Problem.Kind) {
        let problem = Problem(describing: ReviewError(code: code, operation: "x", message: "It failed."))
        #expect(problem.kind == kind)
        #expect(problem.detail == "It failed.")
    }

    @Test func `other failures keep what is inside to themselves`() {
        struct Secret: Error { let password = "hunter2" }
        let problem = Problem(describing: Secret())
        #expect(problem.kind == .internalError)
        #expect(!problem.detail.contains("hunter2"))
        #expect(Problem(describing: CancellationError()).kind == .overloaded)
        #expect(Problem(describing: NIOTooManyBytesError(maxBytes: 1)).kind == .tooLarge)
        #expect(Problem(describing: HTTPError(.notFound)).kind == .notFound)
        #expect(Problem(describing: HTTPError(.contentTooLarge)).kind == .tooLarge)
        #expect(Problem(describing: HTTPError(.badRequest, message: "m")).detail == "m")
        #expect(Problem(describing: HTTPError(.badGateway)).kind == .internalError)
        let model = ModelError(code: .notFound, operation: "load a model", message: "none.")
        #expect(Problem(describing: model).kind == .modelUnavailable)
    }

    @Test func `kinds have names of their own and statuses of failures`() {
        #expect(Set(Problem.Kind.all.map(\.uri)).count == Problem.Kind.all.count)
        #expect(Problem.Kind.all.allSatisfy { (400..<600).contains($0.status) && !$0.title.isEmpty })
    }
}
