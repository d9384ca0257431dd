import Foundation
import HTTPTypes
import HummingbirdTesting
import SabilRecords
import SabilSearch
import Testing

@testable import SabilServer

@Suite struct HealthRoutesTests {
    @Test func `the process lives without index and model, but is not ready`() async throws {
        try await ServerFixture.run(records: nil, models: ScriptedModels(nil)) { client, _ in
            #expect(try await client.get("/livez").status == .ok)
            let response = try await client.get("/readyz")
            #expect(response.status.code == 503)
            #expect(try response.problem() == "not-ready")
            #expect(response.header("Retry-After") == "5")
            #expect((try response.json()["errors"] as? [Any])?.count == 2)
            let search = try await client.get("/v1/search?q=x")
            #expect(try search.problem() == "index-unavailable")
        }
    }

    @Test func `an index that appears later is taken into use`() async throws {
        try await ServerFixture.run(records: nil) { client, fixture in
            #expect(try await client.get("/readyz").status.code == 503)
            let indexer = Indexer(
                path: fixture.indexPath, taxonomy: fixture.services.taxonomy,
                contentTypes: fixture.services.contentTypes)
            _ = try await indexer.update(Records.all)
            let response = try await client.get("/readyz")
            #expect(response.status == .ok)
            #expect(try response.json()["records"] as? Int == Records.all.count)
            #expect(try await client.get("/v1/search?q=cash").status == .ok)
        }
    }

    @Test func `an index built anew in the place of the old is taken into use`() async throws {
        try await ServerFixture.run { client, fixture in
            #expect(try await client.get("/v1/records/new").status.code == 404)
            let indexer = Indexer(
                path: fixture.indexPath, taxonomy: fixture.services.taxonomy,
                contentTypes: fixture.services.contentTypes)
            var batches = [[ResourceRecord(id: RecordID("new"), type: "news", title: "New paper")]]
            _ = try await indexer.rebuild(threads: 1) { batches.popLast() }
            #expect(try await client.get("/v1/records/new").status == .ok)
            let found = try await client.get("/v1/search?q=cash").json()
            #expect((found["hits"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func `every answer carries a request id and the security headers`() async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let name = try #require(HTTPField.Name("X-Request-Id"))
            for address in ["/livez", "/v1/search?x=1", "/nowhere", "/static/sabil.css"] {
                let response = try await client.get(address, [name: "abc-1.2_X"])
                #expect(response.header("X-Request-Id") == "abc-1.2_X", "\(address)")
                #expect(response.header("X-Content-Type-Options") == "nosniff")
                #expect(response.header("X-Frame-Options") == "DENY")
                let policy = try #require(response.header("Content-Security-Policy"))
                #expect(policy.hasPrefix("default-src 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(response.header("Access-Control-Allow-Origin") == nil)
            }
            let odd = try await client.get("/livez", [name: "a b<script>"])
            #expect(odd.header("X-Request-Id") != "a b<script>")
            #expect(odd.header("X-Request-Id")?.isEmpty == false)
            let failed = try await client.get("/v1/search?x=1", [name: "abc"])
            #expect(try failed.json()["instance"] as? String == "urn:sabil:request:abc")
        }
    }

    @Test func `wrong methods and addresses are told apart`() async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let wrong = try await client.execute(uri: "/v1/search", method: .delete) { $0 }
            #expect(wrong.status.code == 405)
            #expect(wrong.header("Allow") == "GET, HEAD")
            #expect(try wrong.problem() == "method-not-allowed")
            let decisions = try await client.execute(uri: "/v1/decisions", method: .put) { $0 }
            #expect(decisions.header("Allow") == "GET, HEAD, POST")
            let nowhere = try await client.get("/v1/nowhere")
            #expect(try nowhere.problem() == "not-found")
            let head = try await client.execute(uri: "/livez", method: .head) { $0 }
            #expect(head.status == .ok)
        }
    }
}
