import Foundation
import HTTPTypes
import HummingbirdTesting
import SabilRecords
import SabilReview
import SabilSearch
import Testing
import XapianIndex

@testable import SabilServer

@Suite struct DecisionRoutesTests {
    private static func body(
        _ verdict: String, _ concept: String, on record: String = "en/1", more: String = ""
    ) -> String {
        #"{"record":"\#(record)","concept":"\#(concept)","verdict":"\#(verdict)","by":"Amal"\#(more)}"#
    }

    /// Who put a concept on a record, as the index says.
    private static func source(
        _ concept: String, of record: String, _ client: any TestClientProtocol
    ) async throws -> String? {
        let json = try await client.get("/v1/records/\(QueryParameters.encoded(record))").json()
        let tags = json["concepts"] as? [[String: String]] ?? []
        return tags.first { $0["id"] == concept }?["source"]
    }

    @Test func `decisions change the record in the index at once`() async throws {
        try await ServerFixture.run { client, _ in
            #expect(try await Self.source("cash-transfers", of: "en/1", client) == "machine")
            let accepted = try await client.post(
                "/v1/decisions", Self.body("accept", "cash-transfers", more: #","score":0.7,"model":"m","note":"yes""#))
            #expect(accepted.status == .created)
            let json = try accepted.json()
            #expect((json["index"] as? [String: String]) == ["state": "updated"])
            #expect((json["decision"] as? [String: Any])?["note"] as? String == "yes")
            #expect(try await Self.source("cash-transfers", of: "en/1", client) == "confirmed")

            _ = try await client.post("/v1/decisions", Self.body("add", "gender"))
            #expect(try await Self.source("gender", of: "en/1", client) == "confirmed")
            _ = try await client.post("/v1/decisions", Self.body("remove", "poverty"))
            #expect(try await Self.source("poverty", of: "en/1", client) == nil)
            _ = try await client.post("/v1/decisions", Self.body("reject", "cash-transfers"))
            #expect(try await Self.source("cash-transfers", of: "en/1", client) == nil)

            let found = try await client.get("/v1/search?filter%5Bconcept%5D=gender&facets=concept").json()
            #expect((found["hits"] as? [[String: Any]])?.map { $0["id"] as? String } == ["en/1"])
            let gone = try await client.get("/v1/search?filter%5Bconcept%5D=poverty").json()
            #expect((gone["hits"] as? [Any])?.isEmpty == true)

            let log = try await client.get("/v1/decisions?record=en/1").json()
            let decisions = try #require(log["decisions"] as? [[String: Any]])
            #expect(decisions.map { $0["verdict"] as? String } == ["accept", "add", "remove", "reject"])
            #expect((log["in_force"] as? [String])?.count == 3)
            let before = try await client.get("/v1/decisions?record=en/1&until=2001-01-01T00:00:00Z").json()
            #expect((before["decisions"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func `a confirmed tag goes before a machine one under the same filter`() async throws {
        let records = ["a", "b", "c"].map {
            ResourceRecord(
                id: RecordID($0), type: "news", language: .english, title: "Paper \($0)",
                concepts: [ConceptTag(ConceptID("poverty"), source: .machine)])
        }
        try await ServerFixture.run(records: records) { client, _ in
            _ = try await client.post("/v1/decisions", Self.body("accept", "poverty", on: "c"))
            let json = try await client.get("/v1/search?filter%5Bconcept%5D=poverty&facets=concept").json()
            #expect((json["hits"] as? [[String: Any]])?.first?["id"] as? String == "c")
            let values = (json["facets"] as? [[String: Any]])?.first?["values"] as? [[String: Any]]
            let poverty = try #require(values?.first { $0["id"] as? String == "poverty" })
            #expect(poverty["count"] as? Int == 3)
            #expect(poverty["count_by_person"] as? Int == 1)
        }
    }

    @Test func `the same decision sent twice is stored once`() async throws {
        try await ServerFixture.run { client, fixture in
            let id = UUID().uuidString.lowercased()
            let body = Self.body("accept", "cash-transfers", more: #","note":"yes","score":0.7,"id":"\#(id)""#)
            let first = try await client.post("/v1/decisions", body)
            #expect(first.status == .created)
            let stored = try #require(try first.json()["decision"] as? [String: Any])
            // Later by the clock of the server, as after an answer that was lost.
            while Instant.now <= Instant(try #require(stored["at"] as? String)) ?? .now { await Task.yield() }
            let again = try await client.post("/v1/decisions", body)
            #expect(again.status == .ok, "\(again.text)")
            #expect((try again.json()["decision"] as? [String: Any])?["at"] as? String == stored["at"] as? String)
            #expect(try again.json()["sequence"] as? Int == 1)
            let other = try await client.post(
                "/v1/decisions", Self.body("reject", "cash-transfers", more: #","id":"\#(id)""#))
            #expect(try other.problem() == "conflict")
            #expect(other.status.code == 409)
            #expect(try await fixture.store?.count() == 1)
        }
    }

    @Test func `the newest decision holds also when the clock was set back`() async throws {
        try await ServerFixture.run { client, fixture in
            let store = try #require(fixture.store)
            let ahead = Instant(milliseconds: Instant.now.milliseconds + 3_600_000)
            try await store.append(
                Decision(
                    record: RecordID("en/1"), concept: ConceptID("cash-transfers"), verdict: .accept, by: "A", at: ahead
                ))
            let rejected = try await client.post("/v1/decisions", Self.body("reject", "cash-transfers")).json()
            #expect((rejected["index"] as? [String: String])?["state"] == "updated")
            #expect(try await Self.source("cash-transfers", of: "en/1", client) == nil)
            let at = try #require((rejected["decision"] as? [String: Any])?["at"] as? String)
            #expect(Instant(at) == Instant(milliseconds: ahead.milliseconds + 1), "told as it was stored")
            let log = try await client.get("/v1/decisions?record=en/1").json()
            #expect(
                log["in_force"] as? [String] == [
                    try #require((rejected["decision"] as? [String: Any])?["id"] as? String)
                ])
            // Others are not held up by it.
            let other = try await client.post("/v1/decisions", Self.body("reject", "poverty")).json()
            #expect(
                Instant(try #require((other["decision"] as? [String: Any])?["at"] as? String)).map { $0 < ahead }
                    == true)
        }
    }

    @Test(arguments: [
        (#"{"record":"#, "malformed-request", nil, "no JSON"),
        (#"{"record":"en/1"}"#, "invalid-decision", nil, "keys are missing"),
        (body("approve", "poverty"), "invalid-decision", "/verdict", "no such verdict"),
        (body("accept", "povrty"), "invalid-decision", "/concept", "no such concept"),
        (body("accept", "EGY"), "invalid-decision", "/concept", "a country is no subject"),
        (body("accept", "poverty", more: #","score":2"#), "invalid-decision", "/score", "a score beyond 1"),
        (body("accept", "poverty", more: #","id":"7""#), "invalid-decision", "/id", "no UUID"),
        (
            body("accept", "poverty", more: #","at":"2001-01-01T00:00:00Z""#), "invalid-decision", "/at",
            "no time of theirs"
        ),
        (body("accept", "poverty", on: "none"), "record-not-found", nil, "no such record"),
        (#"{"record":"en/1","concept":"poverty","verdict":"accept","by":"  "}"#, "invalid-decision", "/by", "nobody"),
    ])
    func `what is no sound decision is refused and not stored`(
        _ body: String, _ kind: String, _ pointer: String?, _ reason: String
    ) async throws {
        try await ServerFixture.run { client, fixture in
            let response = try await client.post("/v1/decisions", body)
            #expect(try response.problem() == kind, "\(reason)")
            #expect((try response.json()["errors"] as? [[String: String]])?.first?["pointer"] == pointer, "\(reason)")
            #expect(try await fixture.store?.count() == 0)
        }
    }

    @Test func `forms, other sites and wrong addresses are refused`() async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let body = Self.body("accept", "poverty")
            let form = try await client.post("/v1/decisions", body, type: "application/x-www-form-urlencoded")
            #expect(form.status.code == 415)
            let foreign = try await client.post("/v1/decisions", body, [.origin: "http://evil.example"])
            #expect(try foreign.problem() == "cross-origin")
            #expect(try await client.get("/v1/decisions").problem() == "invalid-parameter")
            #expect(try await client.get("/v1/decisions?record=a&until=now").problem() == "invalid-parameter")
            #expect(try await client.get("/v1/decisions?rekord=a").problem() == "unknown-parameter")
        }
    }

    @Test func `review is closed on a server that others can reach, unless told otherwise`() async throws {
        let body = Self.body("accept", "poverty")
        try await ServerFixture.run(records: nil, configure: { $0.host = "0.0.0.0" }) { client, _ in
            let stored = try await client.post("/v1/decisions", body)
            #expect(try stored.problem() == "curation-closed")
            let read = try await client.get("/v1/decisions?record=a")
            #expect(try read.problem() == "curation-closed")
            let page = try await client.get("/review")
            #expect(page.status.code == 403)
        }
        func open(_ configuration: inout ServerConfiguration) {
            configuration.host = "0.0.0.0"
            configuration.curation = .everyone
        }
        try await ServerFixture.run(configure: open) { client, _ in
            let stored = try await client.post("/v1/decisions", body)
            #expect(stored.status == .created)
        }
        try await ServerFixture.run(records: nil, hasDecisions: false) { client, _ in
            let read = try await client.get("/v1/decisions?record=a")
            #expect(try read.problem() == "review-unavailable")
        }
    }

    @Test func `while another process writes the index, decisions are kept and follow later`() async throws {
        try await ServerFixture.run { client, fixture in
            let other = try IndexWriter(path: fixture.indexPath)
            let response = try await client.post("/v1/decisions", Self.body("accept", "cash-transfers"))
            #expect(response.status == .created)
            let index = try #require(try response.json()["index"] as? [String: String])
            #expect(index["state"] == "pending")
            #expect(index["reason"]?.contains("Another process") == true)
            #expect(try await Self.source("cash-transfers", of: "en/1", client) == "machine")
            #expect(try await fixture.store?.unindexed().count == 1)
            _ = try await other.finish()

            await Upkeep(services: fixture.services).round()
            #expect(try await Self.source("cash-transfers", of: "en/1", client) == "confirmed")
            #expect(try await fixture.store?.unindexed().isEmpty == true)
        }
    }

    @Test func `without an index decisions are kept for later`() async throws {
        try await ServerFixture.run(records: nil) { client, fixture in
            let response = try await client.post("/v1/decisions", Self.body("accept", "poverty"))
            #expect(response.status == .created)
            #expect((try response.json()["index"] as? [String: String])?["state"] == "pending")
            #expect(try await fixture.store?.unindexed().map(\.record.rawValue) == ["en/1"])
        }
    }

    @Test func `many decisions at once all reach the index`() async throws {
        let concepts = [
            "gender", "poverty", "means-testing", "social-registries", "conditionality", "decentralisation",
        ]
        try await ServerFixture.run { client, fixture in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for concept in concepts {
                    for record in ["en/1", "fr-1"] {
                        group.addTask {
                            try await client.post("/v1/decisions", Self.body("add", concept, on: record)).status.code
                        }
                    }
                }
                for try await status in group { #expect(status == 201) }
            }
            for record in ["en/1", "fr-1"] {
                for concept in concepts {
                    #expect(try await Self.source(concept, of: record, client) != nil, "\(concept) on \(record)")
                }
            }
            #expect(try await fixture.store?.unindexed().isEmpty == true)
        }
    }
}
