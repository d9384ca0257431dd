import Foundation
import HTTPTypes
import HummingbirdTesting
import SabilClassification
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy
import Testing

@testable import SabilServer

@Suite struct ReviewPagesTests {
    private let models = ScriptedModels(
        ScriptedModel([("gender", 0.55), ("cash-transfers", 0.9), ("poverty", 0.99), ("targeting", 0.01)]))
    private let address = "/review/en%2F1"

    /// A page of the review with what its form needs.
    private struct Sheet {
        var html: String
        var token: String
        var cookies: HTTPFields

        init(_ response: TestResponse) throws {
            html = response.text
            token = String(try #require(html.firstMatch(of: /name="token" value="([0-9a-f]{64})"/)).output.1)
            cookies = [.cookie: "sabil_form=\(token)"]
            let set = response.header("Set-Cookie") ?? ""
            #expect(set.contains("sabil_form=\(token)"))
            #expect(set.contains("HttpOnly") && set.contains("SameSite=Strict"))
        }
    }

    private static let form = "application/x-www-form-urlencoded"

    @Test func `the sheet shows open suggestions with evidence and what is on the record`() async throws {
        try await ServerFixture.run(models: models) { client, _ in
            let sheet = try Sheet(try await client.get(address))
            #expect(sheet.html.contains("value=\"accept:gender\""))
            #expect(sheet.html.contains("value=\"reject:cash-transfers\""))
            #expect(!sheet.html.contains("value=\"accept:poverty\""), "a person put it there already")
            #expect(!sheet.html.contains("accept:targeting"), "too faint")
            #expect(sheet.html.contains("value=\"remove:poverty\""))
            #expect(sheet.html.contains("<mark>Cash</mark> transfers in Egypt"))
            #expect(sheet.html.contains("55 %"))
            #expect(sheet.html.contains("<option value=\"Gender"), "names to choose from")
        }
    }

    @Test func `a suggestion is shown with the nearest records that people gave it`() async throws {
        let near = ResourceRecord(
            id: RecordID("near"), type: "news", language: .english, title: "Takaful cash <for> households",
            abstract: "Cash transfers reached households; the Takaful programme.",
            concepts: [ConceptTag(ConceptID("gender"), source: .confirmed)], visibility: .unpublished)
        try await ServerFixture.run(records: Records.all + [near], models: models) { client, _ in
            let html = try Sheet(try await client.get(address)).html
            #expect(
                html.contains(
                    "<a href=\"/records/near?ui=en\" lang=\"en\" dir=\"ltr\">Takaful cash &lt;for&gt; households</a>"))
            #expect(html.contains("Nearest records that people gave this subject"))
            let french = try Sheet(try await client.get("/review/near?ui=fr")).html
            #expect(french.contains("Notices les plus proches auxquelles une personne a donné ce sujet"))
            #expect(
                french.contains("<a href=\"/records/en%2F1?ui=fr\" lang=\"en\" dir=\"ltr\">Cash transfers in Egypt</a>")
            )
        }
    }

    @Test func `a decision from the form is stored, indexed, and told`() async throws {
        try await ServerFixture.run(models: models) { client, fixture in
            let sheet = try Sheet(try await client.get(address))
            let body =
                "token=\(sheet.token)&ui=fr&by=Amal+B%C3%A9&note=sure&model=scripted&score%3Agender=0.55"
                + "&decide=accept%3Agender"
            let response = try await client.post(address, body, type: Self.form, sheet.cookies)
            #expect(response.status == .seeOther)
            let location = try #require(response.header("Location"))
            #expect(location == "/review/en%2F1?ui=fr&done=stored")
            #expect(response.header("Set-Cookie")?.contains("sabil_curator=Amal%20B%C3%A9") == true)
            let decision = try #require(try await fixture.store?.decisions().first)
            #expect(decision.by == "Amal Bé")
            #expect(decision.score == 0.55)
            #expect(decision.model?.rawValue == "scripted")
            #expect(decision.note == "sure")
            let after = try await client.get(location, [.cookie: "sabil_curator=Amal%20B%C3%A9"])
            #expect(after.text.contains("La décision est enregistrée et la recherche en tient compte."))
            #expect(after.text.contains("value=\"Amal Bé\""))
            #expect(!after.text.contains("value=\"accept:gender\""))
            #expect(after.text.contains("value=\"remove:gender\""))
            let found = try await client.get("/v1/search?filter%5Bconcept%5D=gender").json()
            #expect((found["hits"] as? [[String: Any]])?.first?["id"] as? String == "en/1")
        }
    }

    @Test(arguments: [("en", "gender"), ("fr", "Genre"), ("en", " GENDER ")])
    func `a subject is added by name in the page's language or by id`(_ language: String, _ typed: String) async throws
    {
        try await ServerFixture.run(models: models) { client, fixture in
            let sheet = try Sheet(try await client.get(address))
            let body = "token=\(sheet.token)&ui=\(language)&by=A&decide=add&concept=\(QueryParameters.encoded(typed))"
            let response = try await client.post(address, body, type: Self.form, sheet.cookies)
            #expect(response.status == .seeOther, "\(typed)")
            #expect(try await fixture.store?.decisions().map(\.concept.rawValue) == ["gender"])
            #expect(try await fixture.store?.decisions().first?.score == nil)
        }
    }

    @Test(arguments: ["Forwarded", "X-Forwarded-For", "Via"])
    func `review is closed to whom a proxy brought, unless everyone may review`(_ name: String) async throws {
        let header = try #require(HTTPField.Name(name))
        try await ServerFixture.run(models: models) { client, _ in
            #expect(try await client.get(address).status == .ok)
            #expect(try await client.get(address, [header: "198.51.100.7"]).status == .forbidden)
            let decided = try await client.post("/v1/decisions", "{}", [header: "198.51.100.7"])
            #expect(try decided.problem() == "curation-closed")
        }
        try await ServerFixture.run(models: models, configure: { $0.curation = .everyone }) { client, _ in
            let answer = try await client.get(address, [header: "198.51.100.7"])
            #expect(answer.status == .ok)
        }
    }

    @Test func `a name alone is remembered and decides nothing`() async throws {
        try await ServerFixture.run(models: models) { client, fixture in
            let sheet = try Sheet(try await client.get(address))
            let body = "token=\(sheet.token)&by=Amal&decide=name"
            let response = try await client.post(address, body, type: Self.form, sheet.cookies)
            #expect(response.header("Location")?.hasSuffix("done=name") == true)
            #expect(try await fixture.store?.count() == 0)
        }
    }

    @Test(arguments: [
        ("decide=add&concept=nothing+like+it&by=A", "no subject of that name"),
        ("decide=add&concept=&by=A", "no name typed"), ("decide=accept%3Agender", "nobody decides"),
        ("decide=perhaps%3Agender&by=A", "no such verdict"), ("by=A", "nothing decided"),
    ])
    func `a form with a slip comes back with what was typed`(_ fields: String, _ reason: String) async throws {
        try await ServerFixture.run(models: models) { client, fixture in
            let sheet = try Sheet(try await client.get(address))
            let response = try await client.post(
                address, "token=\(sheet.token)&ui=es&" + fields, type: Self.form, sheet.cookies)
            #expect(response.status.code == 422, "\(reason)")
            #expect(response.text.contains("role=\"alert\""))
            #expect(response.text.contains("La decisión no se guardó."))
            if fields.contains("nothing") { #expect(response.text.contains("value=\"nothing like it\"")) }
            #expect(try await fixture.store?.count() == 0)
        }
    }

    @Test func `forms without the token, with another one, or from another site are refused`() async throws {
        try await ServerFixture.run(models: models) { client, fixture in
            let sheet = try Sheet(try await client.get(address))
            let fields = "&by=A&decide=accept%3Agender"
            let other = String(repeating: "0", count: 64)
            let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
            let attempts: [(String, HTTPFields, Int, String)] = [
                ("token=\(sheet.token)", [:], 403, "no cookie"),
                ("x=1", sheet.cookies, 403, "no token"),
                ("token=\(other)", sheet.cookies, 403, "another token"),
                ("token=", [.cookie: "sabil_form="], 403, "both empty"),
                (
                    "token=\(sheet.token)", [.cookie: "sabil_form=\(sheet.token)", site: "cross-site"], 403,
                    "cross-site"
                ),
                ("token=\(sheet.token)", [.cookie: "sabil_form=\(sheet.token)", .origin: "null"], 403, "origin null"),
            ]
            for (token, headers, status, reason) in attempts {
                let response = try await client.post(address, token + fields, type: Self.form, headers)
                #expect(response.status.code == status, "\(reason)")
                #expect(response.header("Content-Type") == "text/html; charset=utf-8")
            }
            let json = try await client.post(address, "{}", type: "application/json", sheet.cookies)
            #expect(json.status.code == 415)
            #expect(try await fixture.store?.count() == 0)
        }
    }

    @Test func `the queue keeps the newest records and lets go of those they push out`() async throws {
        let models = self.models
        try await ServerFixture.run(models: models, configure: { $0.queueRecords = 2 }) { client, fixture in
            let store = try #require(fixture.store)
            let upkeep = Upkeep(services: fixture.services)
            await upkeep.round()
            #expect(try await store.shelved().keys.sorted().map(\.rawValue) == ["ar-1", "en/1"])
            #expect(
                try await client.get("/review").text.contains("2 / \(Records.all.count)"), "says that not all are there"
            )
            let indexer = Indexer(
                path: fixture.indexPath, taxonomy: fixture.services.taxonomy,
                contentTypes: fixture.services.contentTypes)
            _ = try await indexer.update([
                ResourceRecord(
                    id: RecordID("new"), type: "news", language: .english, title: "Cash this year",
                    date: PartialDate("2026"))
            ])
            await upkeep.round()
            #expect(try await store.shelved().keys.sorted().map(\.rawValue) == ["ar-1", "new"])
        }
    }

    @Test func `the queue lists records by doubt and empties as they are decided`() async throws {
        try await ServerFixture.run(models: models) { client, fixture in
            let before = try await client.get("/review").text
            #expect(before.contains("0 / \(Records.all.count)"), "says how much was looked at")
            await Upkeep(services: fixture.services).round()
            let html = try await client.get("/review").text
            #expect(html.contains("/review/en%2F1"))
            #expect(html.contains("/review/secret"), "curators see what is unpublished")
            #expect(!html.contains("class=\"notice\""), "everything was looked at")
            let total = html.firstMatch(of: /<h2>[^<]*<span class="count">(\d+)</)?.output.1
            #expect(total == "5")
            for concept in ["gender", "cash-transfers", "poverty"] {
                let body = #"{"record":"hostile","concept":"\#(concept)","verdict":"reject","by":"A"}"#
                #expect(try await client.post("/v1/decisions", body).status == .created)
            }
            let after = try await client.get("/review").text
            #expect(!after.contains("/review/hostile"))
        }
    }

    @Test func `without a model the sheet still takes subjects`() async throws {
        try await ServerFixture.run { client, _ in
            let sheet = try Sheet(try await client.get(address + "?ui=en"))
            #expect(sheet.html.contains("There is no model in force"))
            let body = "token=\(sheet.token)&by=A&decide=remove%3Apoverty"
            #expect(try await client.post(address, body, type: Self.form, sheet.cookies).status == .seeOther)
            #expect(try await client.get("/review").text.contains("There is no model in force"))
            #expect(try await client.get("/review/none").status.code == 404)
        }
    }

    @Test func `a model that fails is not said to be missing`() async throws {
        let failure = ModelError(code: .analysis, operation: "suggest", message: "the words cannot be read")
        let failing = ScriptedModels(ScriptedModel([("gender", 0.55)], failure: failure))
        try await ServerFixture.run(models: failing) { client, _ in
            let sheet = try await client.get(address + "?ui=en")
            #expect(sheet.status.code == 503)
            #expect(sheet.text.contains("the words cannot be read"), "\(sheet.text)")
            #expect(!sheet.text.contains("There is no model in force"))
        }
        let damaged = ScriptedModels(ScriptedModel([("gender", 0.55)]))
        damaged.fail(ModelError(code: .corruptWeights, operation: "load", message: "the weights are damaged"))
        try await ServerFixture.run(models: damaged) { client, _ in
            for page in [address + "?ui=en", "/review?ui=en"] {
                let answer = try await client.get(page)
                #expect(answer.status.code == 503)
                #expect(answer.text.contains("the weights are damaged"))
                #expect(!answer.text.contains("There is no model in force"))
            }
        }
    }
}
