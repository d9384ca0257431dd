import Foundation
import HTTPTypes
import HummingbirdTesting
import SabilRecords
import SabilSearch
import Testing

@testable import SabilServer

@Suite struct PagesTests {
    /// Addresses of links whose tag holds a text, unescaped.
    private static func links(_ html: String, to prefix: String) -> [String] {
        html.components(separatedBy: "href=\"").dropFirst().compactMap { part in
            guard let end = part.firstIndex(of: "\"") else { return nil }
            let address = part[..<end].replacing("&amp;", with: "&")
            return address.hasPrefix(prefix) ? String(address) : nil
        }
    }

    /// A page without the one script that it may have.
    private static func withoutOwnScript(_ html: String) -> String {
        html.replacing("<script src=\"/static/complete.js\" defer></script>", with: "")
    }

    @Test(arguments: [("en", "ltr"), ("fr", "ltr"), ("es", "ltr"), ("ar", "rtl")])
    func `every page says its language, direction and character set`(_ language: String, _ direction: String)
        async throws
    {
        try await ServerFixture.run(models: ScriptedModels(ScriptedModel([("gender", 0.6)]))) { client, _ in
            for address in [
                "/", "/?q=cash", "/records/en%2F1", "/review", "/review/en%2F1", "/records/none", "/nowhere",
            ] {
                let join = address.contains("?") ? "&" : "?"
                let response = try await client.get(address + join + "ui=" + language)
                let html = response.text
                #expect(response.header("Content-Type") == "text/html; charset=utf-8", "\(address)")
                #expect(response.header("Content-Language") == language)
                #expect(html.contains("<html lang=\"\(language)\" dir=\"\(direction)\">"), "\(address)")
                #expect(html.contains("<meta charset=\"utf-8\">"))
                #expect(html.contains("class=\"skip\" href=\"#content\""))
                #expect(html.components(separatedBy: "<h1").count == 2, "one heading of the first level: \(address)")
                #expect(!html.contains("{{") && !Self.withoutOwnScript(html).contains("<script"), "\(address)")
                #expect(!html.contains("Optional("), "\(address)")
                #expect(html.contains("</html>"))
            }
        }
    }

    @Test func `the language comes from the address, else from the browser, else it is English`() async throws {
        try await ServerFixture.run { client, _ in
            func language(_ address: String, _ accepted: String?) async throws -> String? {
                var headers = HTTPFields()
                headers[.acceptLanguage] = accepted
                return try await client.get(address, headers).header("Content-Language")
            }
            for (address, accepted, expected) in [
                ("/?ui=es", "fr", "es"),
                ("/", "pt-BR, fr;q=0.5, ar;q=0.9", "ar"),
                ("/", "fr-CA", "fr"),
                ("/", "de", "en"),
                ("/", nil, "en"),
                ("/", "und", "en"),
            ] {
                let given = try await language(address, accepted)
                #expect(given == expected, "\(address) \(accepted ?? "-")")
            }
        }
    }

    @Test func `hostile text is escaped wherever it stands`() async throws {
        let models = ScriptedModels(ScriptedModel([("<b>", 0.6)]))
        try await ServerFixture.run(models: models) { client, _ in
            let attack = QueryParameters.encoded("\"\u{301}><script>alert(1)</script>")
            for address in [
                "/", "/?q=alert", "/?q=hostile", "/?q=\(attack)", "/?filter%5Borganisation%5D=\(attack)",
                "/?facets=organisation", "/records/hostile", "/review/hostile", "/review", "/?x=\(attack)",
                "/records/\(attack)",
            ] {
                let html = try await client.get(address).text
                #expect(!Self.withoutOwnScript(html).contains("<script"), "\(address)")
                #expect(!html.contains("<img src=x"), "\(address)")
                #expect(!html.contains("<b>"), "\(address)")
                // By scalars, since a quotation mark with an accent is one character of Swift and two of HTML.
                #expect(!html.unicodeScalars.split(separator: "\"").contains { $0.first == "\u{301}" }, "\(address)")
            }
            let record = try await client.get("/records/hostile").text
            #expect(record.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;cash&#39;"))
            #expect(record.contains("href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\""))
        }
    }

    @Test func `a cursor is refused: the page's links are numbered`() async throws {
        try await ServerFixture.run { client, _ in
            let answer = try await client.get("/v1/search?q=cash&per_page=1").json()
            let cursor = try #require(answer["next_cursor"] as? String)
            #expect(try await client.get("/v1/search?q=cash&per_page=1&cursor=\(cursor)").status == .ok)
            let page = try await client.get("/?q=cash&per_page=1&ui=en&cursor=\(cursor)")
            #expect(page.status.code == 400)
            #expect(page.text.contains("name a page; cursors are for /v1/search"))
        }
    }

    @Test func `the pages' files are looked for beside the program, and missing ones are named`() async throws {
        let empty = FileManager.default.temporaryDirectory.appendingPathComponent("sabil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: empty) }
        let error = await #expect(throws: MissingPages.self) { try await PageRenderer(in: [empty]) }
        #expect(error?.description.contains("put sabil_SabilServer.resources beside the program") == true)
        #expect(error?.description.contains(empty.path) == true)
        let pages = try await PageRenderer(in: [empty] + ProgramFolders.all)
        #expect(pages.hasString("review_title"))
    }

    @Test func `following a facet's link gives as many hits as it said`() async throws {
        try await ServerFixture.run { client, _ in
            let html = try await client.get("/?facets=type,country,language,year,concept,organisation").text
            let links = Self.links(html, to: "/?filter")
            #expect(links.count >= 8)
            for link in links {
                let page = try await client.get(link)
                #expect(page.status == .ok, "\(link)")
                let count = try #require(Self.selectedCount(page.text), "\(link)")
                #expect(count == Self.total(page.text), "\(link)")
                #expect(page.text.contains("aria-labelledby=\"chips-title\""))
                let back = try #require(Self.links(page.text, to: "/?facets").first, "\(link)")
                #expect(Self.total(try await client.get(back).text) == 4, "taking the filter off gives all again")
            }
        }
    }

    @Test func `types stand under their pillar and countries under their region, each with the count of its link`()
        async throws
    {
        try await ServerFixture.run { client, _ in
            let html = try await client.get("/?ui=en").text
            let rows = html.matches(
                of: /<li class="depth-(\d)"><a href="([^"]*)"[^>]*><bdi>[^<]*<\/bdi> <span class="count">(\d+)</
            )
            .map {
                (
                    depth: String($0.output.1), link: String($0.output.2).replacing("&amp;", with: "&"),
                    count: Int($0.output.3)
                )
            }
            let pillar = try #require(rows.firstIndex { $0.link.contains("filter%5Bpillar%5D=discover") })
            #expect(rows[pillar].depth == "0" && rows[pillar + 1].link.contains("filter%5Btype%5D"))
            #expect(rows[pillar + 1].depth == "1")
            let country = try #require(rows.firstIndex { $0.link.contains("filter%5Bcountry%5D=EGY") })
            #expect(rows[country].depth != "0" && rows[..<country].contains { $0.link.contains("filter%5Bregion%5D") })
            for row in rows {
                #expect(Self.total(try await client.get(row.link).text) == row.count, "\(row.link)")
            }
        }
    }

    private static func total(_ html: String) -> Int? {
        html.firstMatch(of: /role="status">[^<]*<span class="count">(\d+)<\/span>/).flatMap { Int($0.output.1) }
    }

    private static func selectedCount(_ html: String) -> Int? {
        html.firstMatch(of: /aria-current="true"><bdi>[^<]*<\/bdi> <span class="count">(\d+)<\/span>/)
            .flatMap { Int($0.output.1) }
    }

    @Test func `pages follow one another and keep the search`() async throws {
        let records = (1...25).map {
            ResourceRecord(id: RecordID("r\($0)"), type: "news", language: .english, title: "Paper \($0)")
        }
        try await ServerFixture.run(records: records) { client, _ in
            var address: String? = "/?q=paper&sort=title"
            var pages = 0
            var seen: Set<String> = []
            while let current = address {
                let html = try await client.get(current).text
                pages += 1
                seen.formUnion(Self.links(html, to: "/records/"))
                address = html.firstMatch(of: /rel="next" href="([^"]*)"/).map {
                    String($0.output.1).replacing("&amp;", with: "&")
                }
                if let address { #expect(address.contains("q=paper&sort=title")) }
            }
            #expect(pages == 3)
            #expect(seen.count == 25)
        }
    }

    @Test func `what was added to the query is told`() async throws {
        try await ServerFixture.run { client, _ in
            let html = try await client.get("/?q=cash+transfers&ui=fr").text
            #expect(html.contains("Également recherché"))
            #expect(html.contains("<mark>"))
        }
    }

    @Test func `the record page shows what it has and links subjects to searches`() async throws {
        try await ServerFixture.run { client, _ in
            let html = try await client.get("/records/en%2F1?ui=es").text
            #expect(html.contains("<p>The Takaful programme pays cash.</p>\n<p>It began in 2015.</p>"))
            #expect(html.contains("Egipto"))
            #expect(html.contains("href=\"https://example.org/1\""))
            let links = Self.links(html, to: "/?filter")
            #expect(links.count == 2)
            for link in links { #expect(try await client.get(link).text.contains("/records/en%2F1")) }
        }
    }
}
