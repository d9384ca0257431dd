import HTTPTypes
import HummingbirdTesting
import Testing

@testable import SabilServer

@Suite struct AnalysisRoutesTests {
    @Test func `a text is answered word by word with steps and offsets`() async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let json = try await client.get("/v1/analyze?lang=fr&text=l%E2%80%99emploi").json()
            #expect(json["language"] as? String == "fr")
            let words = try #require(json["words"] as? [[String: Any]])
            #expect(words.map { $0["surface"] as? String } == ["emploi"])
            #expect(words.first?["utf8"] as? [Int] == [4, 10])
            #expect(words.first?["utf16"] as? [Int] == [2, 8])
            let steps = try #require(words.first?["steps"] as? [[String: String]])
            #expect(steps.first == ["rule": "word", "text": "l’emploi"])
            #expect(steps.last == ["rule": "stem", "text": "emploi"])
        }
    }

    @Test func `other spellings of compounds are told with their places`() async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let json = try await client.get("/v1/analyze?lang=fr&text=%C3%A9t%C3%A9%20sous-emploi").json()
            let compounds = try #require(json["compounds"] as? [[String: Any]])
            let joined = try #require(compounds.first { $0["joined"] as? String == "sousemploi" })
            #expect(joined["stem"] as? String == "sousemploi")
            #expect(joined["utf8"] as? [Int] == [6, 17] && joined["utf16"] as? [Int] == [4, 15])
            let parted = compounds.filter { $0["joined"] == nil }
            #expect(parted.allSatisfy { ($0["parted"] as? [String])?.isEmpty == false })
        }
    }

    @Test func `without a language the guess is applied and told`() async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let json = try await client.get("/v1/analyze?text=%D8%A7%D9%84%D8%AD%D9%85%D8%A7%D9%8A%D8%A9").json()
            #expect(json["language"] as? String == "ar")
            #expect((json["guess"] as? [String: Any])?["plausible"] as? [String] == ["ar"])
        }
    }

    @Test(arguments: ["/v1/analyze", "/v1/analyze?text=", "/v1/analyze?text=a&lang=pt", "/v1/analyze?text=a&q=b"])
    func `a request without a text or with something unknown is refused`(_ address: String) async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let response = try await client.get(address)
            #expect(response.status == .badRequest)
        }
    }
}
