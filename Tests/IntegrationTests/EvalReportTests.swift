import Foundation
import Testing

/// `sabil eval report` through the built binary.
@Suite struct EvalReportTests {
    private func result(_ experiment: String, collection: String) -> String {
        """
        {"format":1,"experiment":"\(experiment)","digest":"00","kind":"rank","collection":"\(collection)","language":"ar",
         "engine":"0.1.0","commit":null,"finished":"2026-11-21T14:00:00Z","counts":{"documents":3,"queries":2},
         "measures":{"RR@10":{"mean":0.75,"per_query":{"q1":1,"q2":0.5}}},
         "baseline":{"name":"older","measures":{"RR@10":{"mean":0.5,"per_query":{"q1":0.5,"q2":0.5}}}}}
        """
    }

    @Test func `results become a page and Markdown, with the texts of queries`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        try FileManager.default.createDirectory(
            at: sabil.folder.appending(path: "collections/one"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
            at: sabil.folder.appending(path: "eval"), withIntermediateDirectories: true)
        _ = try sabil.write(result("first", collection: "one"), to: "eval/first.json")
        _ = try sabil.write(result("second", collection: "two"), to: "eval/second.json")
        _ = try sabil.write("{\"_id\":\"q1\",\"text\":\"ما هي التغذية؟\"}\n", to: "collections/one/queries.jsonl")
        _ = try sabil.write("{\"_id\":\"q1\",\"text\":\"<b>qué</b>\"}\n", to: "two.jsonl")
        let arguments = [
            "eval", "report", "--results", sabil.path("eval"), "--output", sabil.path("page.html"), "--markdown",
            sabil.path("page.md"), "--collections", sabil.path("collections"), "--queries",
            "two=\(sabil.path("two.jsonl"))",
        ]
        let outcome = try sabil.run(arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.isEmpty && outcome.errors.hasPrefix("2 results in "))
        let page = try sabil.read("page.html")
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("<bdi>ما هي التغذية؟</bdi>"))
        #expect(page.contains("&lt;b&gt;qué&lt;/b&gt;") && !page.contains("<b>qué"))
        let markdown = try sabil.read("page.md")
        #expect(markdown.contains("| 0.7500 | 0.5000 | +0.2500 |"))

        // A file that is no result does not stop the others, but is not passed over in silence.
        _ = try sabil.write("{\"format\":2}", to: "eval/third.json")
        let partly = try sabil.run(arguments)
        #expect(partly.status == 1 && partly.errors.contains("third.json") && partly.errors.contains("2 results in "))
        #expect(
            try sabil.read("page.html").contains("third.json"))
    }
}
