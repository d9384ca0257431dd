import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import SabilServer

@Suite struct DescriptionTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/SabilServer").standardizedFileURL

    @Test func `the description names every route and no other`() async throws {
        try await ServerFixture.run(records: nil) { client, fixture in
            let json = try await client.get("/openapi.json").json()
            #expect(json["openapi"] as? String == "3.1.0")
            let paths = try #require(json["paths"] as? [String: [String: Any]])
            var described: Set<RouteTable.Route> = []
            for (path, methods) in paths {
                for method in methods.keys {
                    described.insert(RouteTable.Route(method: method.uppercased(), path: path))
                }
            }
            let (_, table) = try await buildRouter(services: fixture.services)
            #expect(described == Set(table.routes))
        }
    }

    @Test func `the search's parameters are described as they are read`() async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let json = try await client.get("/openapi.json").json()
            let paths = try #require(json["paths"] as? [String: [String: [String: Any]]])
            for (path, read) in [("/v1/search", SearchQuery.names), ("/", SearchPage.names)] {
                let parameters = try #require(paths[path]?["get"]?["parameters"] as? [[String: Any]])
                let names = Set(parameters.compactMap { $0["name"] as? String })
                #expect(names == Set(read + ["filter", "all"]), "\(path)")
            }
        }
    }

    @Test func `references lead somewhere, and problems are described with their type`() async throws {
        let text = try String(contentsOf: Self.sources.appendingPathComponent("Static/openapi.json"), encoding: .utf8)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let schemas = try #require((json["components"] as? [String: [String: Any]])?["schemas"])
        let references = text.matches(of: /"\$ref": "#\/components\/schemas\/(\w+)"/).map { String($0.output.1) }
        #expect(Set(references) == Set(schemas.keys))
    }

    @Test func `answers have the keys that are described as required`() async throws {
        let models = ScriptedModels(ScriptedModel([("gender", 0.6)]))
        try await ServerFixture.run(models: models) { client, _ in
            let json = try await client.get("/openapi.json").json()
            let schemas = try #require(
                (json["components"] as? [String: [String: [String: Any]]])?["schemas"])
            func check(_ answer: [String: Any], _ name: String) throws {
                let schema = try #require(schemas[name])
                let known = Set(try #require(schema["properties"] as? [String: Any]).keys)
                let required = Set(try #require(schema["required"] as? [String]))
                #expect(required.isSubset(of: answer.keys), "\(name): \(required.subtracting(answer.keys))")
                #expect(Set(answer.keys).isSubset(of: known), "\(name): \(Set(answer.keys).subtracting(known))")
            }
            let search = try await client.get("/v1/search?q=cash&facets=type&explain=true&collapse=true").json()
            try check(search, "SearchAnswer")
            for hit in try #require(search["hits"] as? [[String: Any]]) { try check(hit, "Hit") }
            for facet in try #require(search["facets"] as? [[String: Any]]) { try check(facet, "Facet") }
            try check(try await client.get("/v1/autocomplete?q=cash").json(), "CompletionAnswer")
            let similar = try await client.get("/v1/records/ar-1/similar").json()
            try check(similar, "SimilarAnswer")
            for hit in try #require(similar["hits"] as? [[String: Any]]) { try check(hit, "Hit") }
            try check(try await client.get("/v1/records/en%2F1").json(), "Record")
            let suggestions = try await client.post("/v1/suggest", #"{"text":"x"}"#).json()
            try check(suggestions, "SuggestionAnswer")
            try check(try await client.get("/v1/analyze?text=cash").json(), "AnalysisAnswer")
            for entry in try #require(suggestions["suggestions"] as? [[String: Any]]) { try check(entry, "Suggestion") }
            let receipt = try await client.post(
                "/v1/decisions", #"{"record":"fr-1","concept":"gender","verdict":"add","by":"A"}"#
            ).json()
            try check(receipt, "Receipt")
            try check(try #require(receipt["decision"] as? [String: Any]), "Decision")
            try check(try await client.get("/v1/decisions?record=fr-1").json(), "DecisionsAnswer")
            try check(try await client.get("/v1/nowhere").json(), "Problem")
            try check(try await client.get("/v1/search?x=1").json(), "Problem")
        }
    }

    @Test func `every text of the pages stands in four languages, and every text a template asks for exists`() throws {
        let folder = Self.sources.appendingPathComponent("Templates")
        let strings = try JSONDecoder().decode(
            [String: [String: String]].self, from: Data(contentsOf: folder.appendingPathComponent("strings.json")))
        for (key, texts) in strings {
            #expect(Set(texts.keys) == ["en", "fr", "es", "ar"], "\(key)")
            #expect(texts.values.allSatisfy { !$0.trimmingCharacters(in: .whitespaces).isEmpty }, "\(key)")
        }
        let templates = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".mustache") }
        #expect(templates.count == 8)
        for name in templates {
            let template = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            for match in template.matches(of: /t\.([a-z_]+)\}/) {
                #expect(strings[String(match.output.1)] != nil, "\(name): \(match.output.1)")
            }
            // `{{name}}` would escape twice: see PageValue.
            #expect(template.firstMatch(of: /[^{]\{\{[^{#^\/>!]/) == nil, "\(name)")
        }
    }
}
