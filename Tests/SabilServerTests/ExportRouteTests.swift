import Foundation
import HTTPTypes
import HummingbirdTesting
import SabilSearch
import Testing

@testable import SabilServer

@Suite struct ExportRouteTests {
    @Test(arguments: ExportFormat.allCases) func `a result is a file in each format`(_ format: ExportFormat)
        async throws
    {
        try await ServerFixture.run { client, _ in
            let response = try await client.get("/v1/export?q=cash&format=\(format.rawValue)&ui=fr")
            #expect(response.status == .ok)
            #expect(response.header("Content-Type") == format.mediaType)
            #expect(
                response.header("Content-Disposition") == "attachment; filename=\"sabil.\(format.fileExtension)\"")
            let found = try await client.get("/v1/search?q=cash").json()
            let count = try #require((found["found"] as? [String: Any])?["count"] as? Int)
            #expect(count >= 2 && response.header("X-Total-Count") == String(count))
            let text = response.text
            let entries =
                switch format {
                case .csv: text.components(separatedBy: "\r\n").count - 2
                case .jsonLines: text.split(separator: "\n").count
                case .ris: text.components(separatedBy: "TY  - ").count - 1
                case .bibTeX: text.components(separatedBy: "\n@").count
                }
            #expect(entries == count, "\(text)")
            #expect(text.contains("Cash transfers in Egypt"))
            #expect(!text.contains("Secret"), "unpublished")
        }
    }

    @Test func `no hits are a file without records`() async throws {
        try await ServerFixture.run { client, _ in
            let response = try await client.get("/v1/export?q=zzzz&expand=none")
            #expect(response.header("X-Total-Count") == "0")
            #expect(response.text.hasPrefix("\u{FEFF}id,work,"))
            #expect(try await client.get("/v1/export?q=zzzz&expand=none&format=ris").text.isEmpty)
        }
    }

    @Test(arguments: ["off", "suggest", "correct"])
    func `a file holds what the page shows, however it looks at spelling`(_ spelling: String) async throws {
        try await ServerFixture.run { client, _ in
            let address = "q=transferz&expand=none&spelling=\(spelling)"
            let file = try await client.get("/v1/export?\(address)")
            #expect(file.status == .ok)
            let found = try await client.get("/v1/search?\(address)").json()
            let count = try #require((found["found"] as? [String: Any])?["count"] as? Int)
            #expect(file.header("X-Total-Count") == String(count))
            if spelling == "off" {
                #expect(count == 0)
                let page = try await client.get("/?q=cash&spelling=off").text
                #expect(page.contains("/v1/export?q=cash&amp;spelling=off&amp;"), "the page's link keeps it")
            }
        }
    }

    @Test func `its parameters are described as they are read, others are refused`() async throws {
        try await ServerFixture.run { client, _ in
            let json = try await client.get("/openapi.json").json()
            let paths = try #require(json["paths"] as? [String: [String: [String: Any]]])
            let parameters = try #require(paths["/v1/export"]?["get"]?["parameters"] as? [[String: Any]])
            let names = Set(parameters.compactMap { $0["name"] as? String })
            #expect(names == Set(ExportRoute.names + ["filter", "all"]))
            for wrong in ["page=2", "per_page=5", "facets=type", "format=xls", "explain=true"] {
                #expect(try await client.get("/v1/export?\(wrong)").status.code == 400, "\(wrong)")
            }
        }
    }
}
