import Foundation
import Testing

/// From a file of records to a ranked page and a suggested concept, through the command alone.
@Suite struct RecordFlowTests {
    private static let fixtures = ["en", "fr", "es", "ar"].map { "corpus-fixtures/records/\($0).jsonl" }

    /// Lines of the fixtures: each is a record.
    private static func fixtureCount() throws -> Int {
        try fixtures.reduce(0) { count, file in
            count
                + (try String(contentsOf: CommandRunner.root.appending(path: file), encoding: .utf8)).split(
                    separator: "\n"
                ).count
        }
    }

    private func ids(_ outcome: CommandRunner.Outcome) throws -> [String] {
        let page = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let hits = try #require(page?["hits"] as? [[String: Any]])
        return hits.compactMap { $0["id"] as? String }
    }

    private func total(_ outcome: CommandRunner.Outcome) throws -> Int {
        let page = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return try #require((page?["found"] as? [String: Any])?["count"] as? Int)
    }

    @Test func `fixtures are indexed, searched in four languages, filtered, replaced and deleted`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let index = sabil.path("index")
        let at = ["--index", index, "--decisions", sabil.path("decisions.sqlite")]
        let built = try sabil.run(["index", "--rebuild"] + at + Self.fixtures)
        #expect(built.status == 0, "\(built.errors)")
        #expect(built.output.isEmpty)
        let count = try Self.fixtureCount()
        #expect(built.errors.contains("\(count) records"))
        #expect(!built.errors.contains("\u{1B}"), "no progress bar in a pipe")

        let search = ["search", "--index", index, "--format", "json"]
        for query in ["cash transfers", "transferts monétaires", "transferencias monetarias", "التحويلات النقدية"] {
            #expect(try !ids(try sabil.run(search + [query])).isEmpty, "\(query)")
        }
        // A Spanish query finds Arabic records through the taxonomy, and only then.
        let bridged = try ids(
            try sabil.run(search + ["alimentación escolar", "--filter", "language=ar", "--limit", "20"]))
        #expect(!bridged.isEmpty)
        let unbridged = try ids(
            try sabil.run(search + ["alimentación escolar", "--filter", "language=ar", "--expand", "none"]))
        #expect(unbridged.isEmpty)

        // What a cursor goes on with has no number: how many came before is not known.
        let text = ["search", "--index", index, "--limit", "2", "cash transfers"]
        let first = try sabil.run(text).output
        #expect(first.contains("\n1. ") && first.contains("\n2. "))
        let cursor = try #require(first.firstMatch(of: /more: --cursor (\S+)/)?.output.1)
        let second = try sabil.run(text + ["--cursor", String(cursor)])
        #expect(second.status == 0, "\(second.errors)")
        #expect(second.output.contains("\n- ") && second.output.firstMatch(of: #/\n\d+\. /#) == nil)

        // Queries too rare to be shown are counted.
        let queries =
            #"{"_id":"1","text":"zzcash","count":9}"# + "\n" + #"{"_id":"2","text":"zzpension","count":2}"# + "\n"
        let log = try sabil.write(queries, to: "queries.jsonl")
        let completed = try sabil.run(["complete", "zz", "--index", index, "--query-log", log])
        #expect(completed.output == "query  zzcash\n", "\(completed.output)\(completed.errors)")
        #expect(completed.errors.contains("1 of 2 queries in \(log) were asked fewer than 5 times"))

        // One record replaced: found by its new word, not twice.
        let line = #"{"id":"en-0001","type":"news","language":"en","title":"Zyzzyva survey","countries":["BR"]}"#
        let file = try sabil.write(line + "\n", to: "one.jsonl")
        let replaced = try sabil.run(["index"] + at + [file])
        #expect(replaced.status == 0, "\(replaced.errors)")
        #expect(try ids(try sabil.run(search + ["zyzzyva"])) == ["en-0001"])
        #expect(try total(try sabil.run(search + ["--all", "--limit", "0"])) == count)
        let brazilian = try ids(try sabil.run(search + ["zyzzyva", "--filter", "country=BRA"]))
        #expect(brazilian == ["en-0001"])

        let deleted = try sabil.run(["delete", "--index", index, "en-0001", "never-there"])
        #expect(deleted.status == 0, "\(deleted.errors)")
        #expect(deleted.errors.contains("1 was not in the index"))
        #expect(try ids(try sabil.run(search + ["zyzzyva"])).isEmpty)
        #expect(try total(try sabil.run(search + ["--all", "--limit", "0"])) == count - 1)
    }

    @Test func `bad lines are told with line, path and remedy, and the good ones are kept`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let good = #"{"id":"a","type":"news","title":"A first notice"}"#
        let bad = #"{"id":"b","type":"newz","title":"","date":"2019-13"}"#
        let file = try sabil.write(
            [good, bad, "{", good.replacing("\"a\"", with: "\"c\"")].joined(separator: "\n"), to: "mixed.jsonl")
        let outcome = try sabil.run(["index", "--index", sabil.path("index"), file])
        #expect(outcome.status == 1)
        for expected in [
            "line 2: error at $.type", "line 2: error at $.title", "line 2: error at $.date", "line 3: error",
        ] {
            #expect(outcome.errors.contains(expected), "\(expected) in \(outcome.errors)")
        }
        #expect(outcome.errors.contains("news"), "the nearest known type is named")
        let found = try sabil.run(["search", "--index", sabil.path("index"), "--format", "json", "--all", "notice"])
        #expect(try Set(ids(found)) == ["a", "c"])
    }

    @Test func `a model is trained, suggests with reasons, and is the same again for the same input`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        // A part of the fixtures: in a build without optimisation all of them take minutes.
        let records = try Self.fixtures.flatMap { file in
            try String(contentsOf: CommandRunner.root.appending(path: file), encoding: .utf8).split(separator: "\n")
                .prefix(50)
        }
        let part = try sabil.write(records.joined(separator: "\n"), to: "part.jsonl")
        let train = { (folder: String) in
            try sabil.run(["train", "--model", sabil.path(folder), "--decisions", sabil.path("none.sqlite"), part])
        }
        let first = try train("one")
        #expect(first.status == 0, "\(first.errors)")
        let second = try train("two")
        #expect(second.status == 0)
        let current = try sabil.read("one/current")
        #expect(try sabil.read("two/current") == current, "the model id is a digest of its files")

        let text = "A monthly cash allowance for children in poor households, paid through mobile money."
        let suggested = try sabil.run(["suggest", "--model", sabil.path("one"), "--text", text])
        #expect(suggested.status == 0, "\(suggested.errors)")
        #expect(suggested.output.contains("✓"))
        let arabic = try sabil.run(
            [
                "suggest", "--model", sabil.path("one"), "--text",
                "معاش اجتماعي لكبار السن الذين لا يتلقون معاشاً تأمينياً",
            ])
        #expect(arabic.output.contains("social-pensions"), "\(arabic.output)")
    }

    @Test func `collections are ranked, scored and compared with the exact names of the evaluation commands`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        try FileManager.default.createDirectory(atPath: sabil.path("beir/qrels"), withIntermediateDirectories: true)
        _ = try sabil.write(
            """
            {"_id": "d1", "title": "School meals", "text": "Meals at school keep children in class.", "lang": "en"}
            {"_id": "d2", "title": "Pensions", "text": "A pension for every older person.", "lang": "en"}
            {"_id": "d3", "title": "Cantines scolaires", "text": "Les repas à l’école.", "lang": "fr"}
            """, to: "beir/corpus.jsonl")
        _ = try sabil.write(
            """
            {"_id": "q1", "text": "pensions for older people", "lang": "en"}
            {"_id": "q2", "text": "l’école"}
            """, to: "beir/queries.jsonl")
        let qrels = try sabil.write("query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\td3\t1\n", to: "beir/qrels/test.tsv")
        let run = sabil.path("run.trec")
        let ranked = try sabil.run(["eval", "rank", "--beir", sabil.path("beir"), "--run", run])
        #expect(ranked.status == 0, "\(ranked.errors)")
        let lines = try sabil.read("run.trec").split(separator: "\n").map { $0.split(separator: " ") }
        #expect(lines.allSatisfy { $0.count == 6 && $0[1] == "Q0" && $0[5] == "sabil" })
        for query in ["q1", "q2"] {
            let scores = lines.filter { $0[0] == query }.compactMap { Double($0[4]) }
            #expect(!scores.isEmpty)
            #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 > $1 }, "scores strictly decrease")
        }
        let scored = try sabil.run(["eval", "score", "--qrels", qrels, "--run", run])
        #expect(scored.output.contains("nDCG@10\tall\t1.0000\n"), "\(scored.output)")
        #expect(
            scored.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
                == ["nDCG@10", "AP@100", "RR@10", "P@5", "R@100", "Judged@10"])
        let compared = try sabil.run(["eval", "score", "--qrels", qrels, "--run", run, "--baseline", run])
        let row = try #require(compared.output.split(separator: "\n").first).split(separator: "\t")
        #expect(row.count == 8)
        #expect(row[4] == "0.0000")
        #expect(row[5] == "1.0000", "a run does not differ from itself")

        let other = try sabil.write("q1 Q0 d1 1 2 t\nq1 Q0 d2 2 1 t\nq2 Q0 d3 1 1 t\n", to: "other.trec")
        let told = try sabil.run(
            ["eval", "compare", other, run, "--qrels", qrels, "--measures", "RR@10", "--format", "tsv"])
        #expect(told.status == 0, "\(told.errors)")
        #expect(told.output.contains("RR@10\tall\t2\t0.7500\t1.0000\t0.2500\t"), "\(told.output)")
        #expect(told.output.contains("RR@10\tq1\t–\t0.5000\t1.0000\t0.5000\t2\t1\t"), "\(told.output)")
        let same = try sabil.run(["eval", "compare", run, run, "--qrels", qrels, "--format", "json"])
        struct Comparisons: Decodable {
            struct Line: Decodable { let verdict: String }
            let comparisons: [Line]
        }
        let read = try JSONDecoder().decode(Comparisons.self, from: Data(same.output.utf8))
        #expect(read.comparisons.count == 6 && read.comparisons.allSatisfy { $0.verdict == "identical" })
    }

    @Test func `a classifier is trained and judged on lines with any labels`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        var train: [String] = []
        for number in 0..<24 {
            train.append(
                #"{"_id":"t\#(number)","title":"","text":"goal striker league match \#(number)","lang":"en","labels":["sport/ball"]}"#
            )
            train.append(
                #"{"_id":"u\#(number)","title":"","text":"election minister parliament vote \#(number)","lang":"en","labels":["politics"]}"#
            )
        }
        let trainFile = try sabil.write(train.joined(separator: "\n"), to: "train.jsonl")
        let testFile = try sabil.write(
            """
            {"_id":"a","title":"","text":"the striker won the match","lang":"en","labels":["sport/ball"]}
            {"_id":"b","title":"","text":"parliament will vote","lang":"en","labels":["politics"]}
            """, to: "test.jsonl")
        let outcome = try sabil.run(
            [
                "eval", "classify", "--train", trainFile, "--test", testFile, "--suggestions", sabil.path("out.jsonl"),
                "--measures", "standard,annif", "--per-language", "--per-concept", sabil.path("concepts.tsv"),
                "--reliability", sabil.path("reliability.tsv"),
            ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        for measure in ["F1@5", "micro F1", "macro F1", "P@1", "P@3", "P@5", "nDCG@5", "nDCG@10"] {
            #expect(outcome.output.contains("\(measure)\tall\t"), "\(measure)")
        }
        #expect(outcome.output.contains("micro F1\tall\t1.0000"))
        #expect(outcome.output.contains("Documents evaluated\tlang=en\t2"))
        let concepts = try sabil.read("concepts.tsv").split(separator: "\n")
        #expect(concepts.count == 3 && concepts[1].hasPrefix("politics\t1\t1\t0\t0\t1.0000"))
        let reliability = try sabil.read("reliability.tsv").split(separator: "\n")
        #expect(reliability.first == "group\tbinning\tlow\thigh\tcount\tconfidence\tright")
        for group in ["all", "lang=en"] {
            for binning in ["equal width", "equal mass"] {
                #expect(reliability.contains { $0.hasPrefix("\(group)\t\(binning)\t") }, "\(group), \(binning)")
            }
        }
        struct Line: Decodable {
            struct Item: Decodable {
                let label: String
                let score: Double
                let selected: Bool
            }
            let _id: String
            let suggestions: [Item]
        }
        let lines = try sabil.read("out.jsonl").split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.map(\._id) == ["a", "b"])
        #expect(lines.map { $0.suggestions.first?.label } == ["sport/ball", "politics"])
        #expect(lines.allSatisfy { $0.suggestions.first?.selected == true })
    }
}
