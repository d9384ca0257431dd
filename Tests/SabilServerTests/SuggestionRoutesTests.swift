import HTTPTypes
import HummingbirdTesting
import SabilClassification
import Synchronization
import Testing

@testable import SabilServer

@Suite struct SuggestionRoutesTests {
    private let models = ScriptedModels(ScriptedModel([("cash-transfers", 0.9), ("poverty", 0.3)]))

    @Test func `a text gets suggestions with labels, evidence and the model`() async throws {
        try await ServerFixture.run(records: nil, models: models) { client, _ in
            let response = try await client.post(
                "/v1/suggest?ui=fr", #"{"title":"Cash","text":"Cash for all","language":"en","limit":1}"#)
            #expect(response.status == .ok)
            let json = try response.json()
            #expect(json["model"] as? String == "scripted")
            let suggestions = try #require(json["suggestions"] as? [[String: Any]])
            #expect(suggestions.count == 1)
            #expect(suggestions.first?["concept"] as? String == "cash-transfers")
            #expect(suggestions.first?["confidence"] as? Double == 0.9)
            #expect(suggestions.first?["selected"] as? Bool == true)
            let labels = try #require(suggestions.first?["labels"] as? [String: String])
            #expect(suggestions.first?["label"] as? String == labels["fr"])
            #expect(Set(labels.keys) == ["en", "fr", "es", "ar"])
            let evidence = try #require(suggestions.first?["evidence"] as? [[String: Any]])
            #expect(evidence.first?["term"] as? String == "cash")
        }
    }

    @Test func `a record is read as a record, with warnings for what was left out`() async throws {
        try await ServerFixture.run(records: nil, models: models) { client, _ in
            let response = try await client.post(
                "/v1/suggest?limit=2",
                #"{"id":"a","type":"news","title":"Cash","abstract":"x","concepts":["no-such-concept"]}"#)
            #expect(response.status == .ok)
            let json = try response.json()
            #expect((json["suggestions"] as? [Any])?.count == 2)
            #expect((json["warnings"] as? [[String: String]])?.first?["pointer"] == "$.concepts[0]")
        }
    }

    @Test func `a record made of defects is answered with the first of them`() async throws {
        try await ServerFixture.run(records: nil, models: models) { client, _ in
            let names = Array(repeating: "\"x\"", count: 20_000).joined(separator: ",")
            let sound = #"{"id":"a","type":"news","title":"Cash","concepts":[\#(names)]"#
            let warned = try await client.post("/v1/suggest", sound + "}")
            #expect(warned.status == .ok)
            let warnings = try #require(try warned.json()["warnings"] as? [[String: String]])
            #expect(warnings.count == 1001)
            #expect(warnings.last?["detail"]?.contains("19000 more issues") == true)
            let refused = try await client.post("/v1/suggest", sound + #","visibility":"x"}"#)
            #expect(try refused.problem() == "invalid-record")
            let errors = try #require(try refused.json()["errors"] as? [[String: String]])
            #expect(errors.count == 1 && errors[0]["detail"]?.contains("$.visibility") == true, "\(errors)")
        }
    }

    @Test func `suggestions carry the nearest records that people gave the concept, where the index is there`()
        async throws
    {
        let text = #"{"text":"Cash transfers reached poor households in Egypt; the Takaful programme pays cash"}"#
        try await ServerFixture.run(models: models) { client, _ in
            func nearest(_ answer: [String: Any], _ concept: String) throws -> [[String: Any]]? {
                let all = try #require(answer["suggestions"] as? [[String: Any]])
                return all.first { $0["concept"] as? String == concept }?["nearest"] as? [[String: Any]]
            }
            let answer = try await client.post("/v1/suggest", text).json()
            let poverty = try #require(try nearest(answer, "poverty")?.first)
            #expect(poverty["id"] as? String == "en/1")
            #expect(poverty["title"] as? String == "Cash transfers in Egypt")
            #expect((poverty["shared"] as? [String])?.isEmpty == false)
            #expect(poverty["translation"] as? Bool == false)
            let likeness = try #require(poverty["likeness"] as? Double)
            #expect((0...1).contains(likeness))
            let without = try await client.post("/v1/suggest?nearest=0", text).json()
            let unasked = try nearest(without, "poverty")
            #expect(unasked == nil)
            #expect(try await client.post("/v1/suggest?nearest=11", text).problem() == "invalid-parameter")
            let other = try await client.post("/v1/suggest", #"{"text":"rivers flow to the sea"}"#).json()
            let none = try nearest(other, "poverty")
            #expect(none?.isEmpty == true, "none is like it")
        }
        try await ServerFixture.run(records: nil, models: models) { client, _ in
            let answer = try await client.post("/v1/suggest", text).json()
            #expect((answer["suggestions"] as? [Any])?.count == 2, "suggestions need no index")
            #expect((answer["notes"] as? [[String: String]])?.first?["code"] == "nearest-unavailable")
        }
    }

    @Test(arguments: [
        ("{", "malformed-request", nil, "no JSON"), ("[1]", "malformed-request", nil, "no object"),
        (#"{"text":"x","titel":"y"}"#, "invalid-record", "/titel", "an unknown key"),
        (#"{"text":5}"#, "invalid-record", nil, "a number for a text"),
        (#"{"text":"x","language":"pt"}"#, "invalid-record", "/language", "no such language"),
        (#"{"text":"x","limit":0}"#, "invalid-record", "/limit", "too small a limit"),
        (#"{"id":"a","title":"t"}"#, "invalid-record", "$.type", "a record without a type"),
    ])
    func `a body that is not sound is refused with the place`(
        _ body: String, _ kind: String, _ pointer: String?, _ reason: String
    ) async throws {
        try await ServerFixture.run(records: nil, models: models) { client, _ in
            let response = try await client.post("/v1/suggest", body)
            #expect(try response.problem() == kind, "\(reason)")
            let errors = try response.json()["errors"] as? [[String: String]]
            #expect(errors?.first?["pointer"] == pointer)
        }
    }

    @Test func `another media type, a large body and another site are refused`() async throws {
        try await ServerFixture.run(records: nil, models: models, configure: { $0.maximumBodyBytes = 64 }) {
            client, _ in
            let text = #"{"text":"x"}"#
            #expect(try await client.post("/v1/suggest", text, type: "text/plain").status.code == 415)
            #expect(try await client.post("/v1/suggest", text, type: nil).problem() == "unsupported-media-type")
            let large = try await client.post("/v1/suggest", #"{"text":""# + String(repeating: "x", count: 64) + #""}"#)
            #expect(large.status.code == 413)
            #expect(try large.problem() == "too-large")
            let foreign = try await client.post("/v1/suggest", text, [.origin: "https://evil.example"])
            #expect(try foreign.problem() == "cross-origin")
            let own = try await client.post("/v1/suggest", text, [.origin: "http://localhost"])
            #expect(own.status == .ok)
        }
    }

    @Test func `without models, or with none promoted, the answer says so`() async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let response = try await client.post("/v1/suggest", #"{"text":"x"}"#)
            #expect(response.status.code == 503)
            #expect(try response.problem() == "model-unavailable")
        }
        try await ServerFixture.run(records: nil, models: ScriptedModels(nil)) { client, _ in
            let response = try await client.post("/v1/suggest", #"{"text":"x"}"#)
            #expect(try response.problem() == "model-unavailable")
        }
    }

    @Test func `a model promoted later is taken, a broken one leaves the old in force`() async throws {
        let models = self.models
        try await ServerFixture.run(records: nil, models: models) { client, _ in
            func model() async throws -> String? {
                try await client.post("/v1/suggest", #"{"text":"x"}"#).json()["model"] as? String
            }
            let first = try await model()
            #expect(first == "scripted")
            #expect(try await model() == "scripted")
            #expect(models.loadCount == 1)
            models.promote(ScriptedModel([("poverty", 0.8)], id: "second"))
            #expect(try await model() == "second")
            models.promote(ScriptedModel([], id: "third"))
            models.fail(ModelError(code: .wrongMagic, operation: "load", message: "broken"))
            #expect(try await model() == "second")
        }
    }

    @Test func `more work than may wait is refused with a time to come back`() async throws {
        let pool = WorkPool(threads: 1, waiting: 0)
        let (started, startedSource) = AsyncStream.makeStream(of: Void.self)
        let gate = Mutex(false)
        async let first: Void = pool.run {
            startedSource.yield()
            while !gate.withLock({ $0 }) {}
        }
        for await _ in started { break }
        let error = await #expect(throws: Problem.self) { try await pool.run {} }
        #expect(error?.kind == .overloaded)
        #expect(error?.retryAfterSeconds == 1)
        gate.withLock { $0 = true }
        try await first
        try await pool.run {}
        try await pool.stop()
    }
}
