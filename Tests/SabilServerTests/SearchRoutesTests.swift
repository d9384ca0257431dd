import Foundation
import HTTPTypes
import HummingbirdTesting
import SabilSearch
import Testing

@testable import SabilServer

@Suite struct SearchRoutesTests {
    @Test func `a search answers hits, facets, notes and its limits`() async throws {
        try await ServerFixture.run { client, _ in
            let response = try await client.get("/v1/search?q=cash&facets=type,country&lang=en&ui=fr")
            #expect(response.status == .ok)
            #expect(response.header("Content-Type") == "application/json; charset=utf-8")
            let json = try response.json()
            let hits = try #require(json["hits"] as? [[String: Any]])
            let first = try #require(hits.first { $0["id"] as? String == "en/1" })
            #expect(first["title"] as? String == "Cash transfers in Egypt")
            #expect(first["dir"] as? String == "ltr")
            #expect(first["date"] as? String == "2018-05")
            let highlights = try #require(first["highlights"] as? [[String: Any]])
            #expect((highlights.first?["html"] as? String)?.contains("<mark>Cash</mark>") == true)
            #expect(!hits.contains { $0["id"] as? String == "secret" }, "unpublished")
            let facets = try #require(json["facets"] as? [[String: Any]])
            #expect(facets.map { $0["field"] as? String } == ["type", "country"])
            let countries = try #require(facets[1]["values"] as? [[String: Any]])
            #expect(countries.contains { $0["id"] as? String == "EGY" && $0["label"] as? String == "Égypte" })
            #expect((json["limits"] as? [String: Int]) == ["per_page": 200, "offset": 10_000])
            #expect(json["timed_out"] as? Bool == false)
        }
    }

    @Test func `a filter narrows to what its facet counted`() async throws {
        try await ServerFixture.run { client, _ in
            for (field, value) in [
                ("country", "EGY"), ("type", "news"), ("language", "ar"), ("year", "2018"),
                ("concept", "cash-transfers"),
                ("organisation", #"Ministério\, Família e Combate"#),
            ] {
                var query = SearchQuery()
                query.filters = [Filter(FacetField(rawValue: field)!, FilterValues.split(value))]
                query.facets = [FacetField(rawValue: field)!]
                let json = try await client.get(query.address("/v1/search")).json()
                let count = try #require((json["found"] as? [String: Any])?["count"] as? Int)
                let values = try #require((json["facets"] as? [[String: Any]])?.first?["values"] as? [[String: Any]])
                let selected = values.filter { $0["selected"] as? Bool == true }
                #expect(selected.count == 1, "\(field)")
                #expect(selected.first?["count"] as? Int == count, "\(field)")
                #expect(count > 0, "\(field)")
            }
        }
    }

    @Test func `translations collapse into one hit`() async throws {
        try await ServerFixture.run { client, _ in
            let json = try await client.get("/v1/search?filter%5Bcountry%5D=EGY&collapse=true&ui=fr").json()
            let hits = try #require(json["hits"] as? [[String: Any]])
            #expect(hits.count == 1)
            #expect((hits.first?["translations"] as? [[String: Any]])?.count == 1)
        }
    }

    @Test(arguments: [
        ("?query=x", "unknown-parameter", "query", "a parameter that does not exist"),
        ("?facet=type", "unknown-parameter", "facet", "nearly right"),
        ("?filter=x", "unknown-parameter", "filter", "a filter without a field"),
        ("?filter%5Bcolour%5D=red", "invalid-parameter", "filter[colour]", "no such field"),
        ("?filter%5B%5D=red", "invalid-parameter", "filter[]", "an empty field"),
        ("?facets=type,lang", "invalid-parameter", "facets", "no such facet"),
        ("?lang=pt", "invalid-parameter", "lang", "no such language"),
        ("?sort=date", "invalid-parameter", "sort", "no such order"),
        ("?page=0", "invalid-parameter", "page", "pages begin at 1"),
        ("?page=x", "invalid-parameter", "page", "no number"),
        ("?page=1002", "invalid-parameter", "page", "beyond the last hit given"),
        ("?per_page=201", "invalid-parameter", "per_page", "more than a page holds"),
        ("?boost=novelty", "invalid-parameter", "boost", "no such boost"),
        ("?placements=maybe", "invalid-parameter", "placements", "neither yes nor no"),
        ("?cursor=x", "invalid-parameter", "cursor", "no cursor"),
        ("?highlight=perhaps", "invalid-parameter", "highlight", "neither yes nor no"),
        ("?expand=all", "invalid-parameter", "expand", "no such expansion"),
    ])
    func `a wrong parameter is refused by name`(
        _ query: String, _ kind: String, _ parameter: String, _ reason: String
    ) async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let response = try await client.get("/v1/search" + query)
            #expect(response.status.code == 400, "\(reason)")
            #expect(try response.problem() == kind)
            let errors = try #require(try response.json()["errors"] as? [[String: String]])
            #expect(errors.first?["parameter"] == parameter)
        }
    }

    @Test func `an answer's cursor gives the next page, one of another query or index is told apart`() async throws {
        try await ServerFixture.run { client, fixture in
            let first = try await client.get("/v1/search?sort=title&per_page=2&q=").json()
            let cursor = try #require(first["next_cursor"] as? String)
            let second = try await client.get("/v1/search?sort=title&per_page=2&cursor=" + cursor).json()
            func ids(_ json: [String: Any]) -> [String] {
                (json["hits"] as? [[String: Any]])?.compactMap { $0["id"] as? String } ?? []
            }
            #expect(Set(ids(first) + ids(second)).count == 4)
            #expect(second["next_cursor"] == nil)
            let other = try await client.get("/v1/search?sort=newest&per_page=2&cursor=" + cursor)
            #expect(try other.problem() == "invalid-parameter")
            let both = try await client.get("/v1/search?sort=title&page=2&cursor=" + cursor)
            #expect(try both.problem() == "invalid-parameter")
            let ranked = try #require(
                try await client.get("/v1/search?q=cash&per_page=1").json()["next_cursor"] as? String)
            let decided = try await client.post(
                "/v1/decisions", #"{"record":"fr-1","concept":"gender","verdict":"add","by":"A"}"#)
            #expect(decided.status.code < 300)
            let stale = try await client.get("/v1/search?q=cash&per_page=1&cursor=" + ranked)
            #expect(stale.status.code == 410)
            #expect(try stale.problem() == "stale-cursor")
        }
    }

    @Test func `the nearest name is offered`() async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            let unknown = try await client.get("/v1/search?facet=type").text
            #expect(unknown.contains(#"did you mean \"facets\"?"#))
            let field = try await client.get("/v1/search?facets=contry").text
            #expect(field.contains(#"did you mean \"country\"?"#))
        }
    }

    @Test func `an escape that is no UTF-8 is refused`() async throws {
        try await ServerFixture.run(records: nil) { client, _ in
            for address in ["/v1/search?q=%FF", "/v1/records/%FF"] {
                let response = try await client.get(address)
                #expect(try response.problem() == "malformed-request", "\(address)")
            }
        }
    }

    @Test func `a record is given whole, by its encoded id`() async throws {
        try await ServerFixture.run { client, _ in
            let json = try await client.get("/v1/records/en%2F1").json()
            #expect(json["body"] as? String == "The Takaful programme pays cash.\n\nIt began in 2015.")
            #expect(try await client.get("/v1/records/none").problem() == "record-not-found")
            #expect(try await client.get("/v1/records/secret").problem() == "record-not-found")
            #expect(try await client.get("/v1/records/fr-1?x=1").problem() == "unknown-parameter")
        }
    }
}
