import Foundation
import Testing

/// `sabil diff` between small real indexes, and the indexes that are kept or wait beside the one in use.
@Suite struct DiffCommandTests {
    private static let formats = CommandRunner.root.appending(path: "corpus-fixtures/formats").path

    /// The folder of a small taxonomy, with an English label of school feeding changed if one is given.
    private func taxonomy(_ sabil: CommandRunner, _ name: String, label: String? = nil) throws -> String {
        try FileManager.default.copyItem(atPath: Self.formats + "/taxonomy", toPath: sabil.path(name))
        if let label {
            let file = name + "/formats.ttl"
            let text = try sabil.read(file).replacing(
                #""Alimentación escolar"@es ,"#,
                with: #""Alimentación escolar"@es ; skos:altLabel "\#(label)"@en ; skos:prefLabel"#)
            _ = try sabil.write(text, to: file)
        }
        return sabil.path(name)
    }

    private var records: [String] {
        get throws {
            try String(contentsOfFile: Self.formats + "/records.jsonl", encoding: .utf8).split(separator: "\n")
                .map(String.init)
        }
    }

    private func index(
        _ lines: [String], _ name: String, taxonomy: String, in sabil: CommandRunner, _ flags: [String] = []
    ) throws -> String {
        let file = try sabil.write(lines.joined(separator: "\n") + "\n", to: name + ".jsonl")
        let outcome = try sabil.run(
            [
                "index", "--rebuild", "--index", sabil.path(name), "--taxonomy", taxonomy, "--decisions",
                sabil.path("none.sqlite"), file,
            ] + flags)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return sabil.path(name)
    }

    private func json(_ outcome: CommandRunner.Outcome) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome.errors)")
    }

    private func ids(_ list: Any?) -> [String] { (list as? [[String: Any]] ?? []).compactMap { $0["id"] as? String } }

    private func changedRecords() throws -> [String] {
        var lines = try records
        lines.removeFirst()
        lines[0] = lines[0].replacing("Farmers sell to school kitchens", with: "Fishers sell to school kitchens")
        lines.append(
            #"{"id":"f-99","type":"news","language":"ar","title":"وجبات التغذية المدرسية في القرى","# + "\"abstract\":"
                + #""تقدم المدارس وجبة ساخنة كل يوم.","concepts":["school-feeding"]}"#)
        return lines
    }

    @Test func `records and answers that changed are told, and the other way round mirrors them`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let taxonomy = try taxonomy(sabil, "taxonomy")
        let from = try index(try records, "from", taxonomy: taxonomy, in: sabil)
        let to = try index(try changedRecords(), "to", taxonomy: taxonomy, in: sabil)
        let queries = try sabil.write(
            "school meals\nfishers\nschool meals\nالتغذية المدرسية\nzeppelin\n", to: "log.txt")
        let common = ["--taxonomy", taxonomy, "--queries", queries, "--format", "json", "--expand", "none"]
        let there = try json(try sabil.run(["diff", "--from", from, "--to", to] + common))
        let records = try #require(there["records"] as? [String: Any])
        #expect(ids(records["added"]) == ["f-99"] && ids(records["removed"]) == ["f-01"])
        #expect(ids(records["changed"]) == ["f-02"])
        #expect((records["changed"] as? [[String: Any]])?.first?["fields"] as? [String] == ["title"])
        #expect(records["unchanged"] as? Int == (try self.records).count - 2)
        let answers = try #require(there["queries"] as? [String: Any])
        #expect(answers["compared"] as? [String: Int] == ["queries": 4, "askings": 5])
        #expect(answers["return_something_now"] as? [String: Int] == ["queries": 1, "askings": 1])
        #expect(answers["return_nothing"] as? [String: Int] == ["queries": 1, "askings": 1])
        let changes = try #require(answers["changes"] as? [[String: Any]])
        #expect(changes.first?["text"] as? String == "fishers", "what found nothing before comes first")
        let meals = try #require(changes.first { $0["text"] as? String == "school meals" })
        #expect(ids(meals["lost"]) == ["f-01"] && meals["count"] as? Int == 2)
        let arabic = try #require(changes.first { $0["text"] as? String == "التغذية المدرسية" })
        #expect(ids(arabic["gained"]) == ["f-99"])

        let back = try json(try sabil.run(["diff", "--from", to, "--to", from] + common))
        let mirrored = try #require((back["queries"] as? [String: Any])?["changes"] as? [[String: Any]])
        #expect(mirrored.count == changes.count)
        for change in changes {
            let other = try #require(mirrored.first { $0["id"] as? String == change["id"] as? String })
            #expect(Set(ids(change["gained"])) == Set(ids(other["lost"])))
            #expect(Set(ids(change["lost"])) == Set(ids(other["gained"])))
            #expect(Set(ids(change["moved"])) == Set(ids(other["moved"])))
            #expect(change["rbo"] as? Double == other["rbo"] as? Double)
        }
    }

    @Test func `an index and itself differ in nothing, whatever is asked`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let taxonomy = try taxonomy(sabil, "taxonomy")
        let from = try index(try records, "from", taxonomy: taxonomy, in: sabil)
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed: seed)
        let words = try records.joined(separator: " ").split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let signs = ["", "", "", "-", "+", "\"", "year:", "title:", "(", "*"]
        let lines = (0..<80).map { _ in
            (0..<Int.random(in: 1...5, using: &random)).map { _ in
                (signs.randomElement(using: &random) ?? "") + (words.randomElement(using: &random) ?? "")
            }.joined(separator: " ")
        }
        let queries = try sabil.write(lines.joined(separator: "\n"), to: "log.txt")
        let common = ["diff", "--from", from, "--to", from, "--taxonomy", taxonomy, "--queries", queries]
        let document = try json(try sabil.run(common + ["--format", "json"]))
        #expect(document["is_empty"] as? Bool == true, "seed \(seed)")
        #expect(((document["queries"] as? [String: Any])?["changes"] as? [Any])?.isEmpty == true, "seed \(seed)")
        let text = try sabil.run(common)
        #expect(text.status == 0 && text.output.hasSuffix("\nNothing differs.\n"), "seed \(seed): \(text.output)")
    }

    @Test func `a label more in the taxonomy is seen, once the taxonomy of each index is named`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let old = try taxonomy(sabil, "old")
        let new = try taxonomy(sabil, "new", label: "zeppelin zebu")
        let from = try index(try records, "from", taxonomy: old, in: sabil)
        let to = try index(try records, "to", taxonomy: new, in: sabil)
        let queries = try sabil.write("id\tquery\tlang\nz\tzeppelin zebu\ten\n", to: "q.tsv")
        let common = ["diff", "--from", from, "--to", to, "--queries", queries, "--taxonomy", old, "--format", "json"]
        let partial = try sabil.run(common)
        #expect(partial.status == 1)
        #expect(partial.output.contains("--to-taxonomy") && partial.output.contains("Queries were not compared"))
        let whole = try sabil.run(common + ["--to-taxonomy", new])
        #expect(whole.status == 0)
        let answers = try #require(try json(whole)["queries"] as? [String: Any])
        #expect(answers["return_something_now"] as? [String: Int] == ["queries": 1, "askings": 1])
        #expect((answers["changes"] as? [[String: Any]])?.first?["id"] as? String == "z")
    }

    @Test func `with an index of another analyzer what is stored is compared, and what cannot be is said`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let queries = try sabil.write("cantines scolaires\n", to: "log.txt")
        let common = [
            "diff", "--from", Self.formats + "/" + StoredFormatsTests.indexInForce, "--to",
            Self.formats + "/index/other-analyzer", "--taxonomy",
            Self.formats + "/taxonomy",
        ]
        let stored = try sabil.run(common)
        #expect(stored.status == 0 && stored.output.contains("0 added, 0 removed, 0 changed, 12 unchanged"))
        let asked = try sabil.run(common + ["--queries", queries])
        #expect(asked.status == 1)
        #expect(asked.output.contains("Queries were not compared") && asked.output.contains("feedfacefeedface"))
    }

    /// The indexes of `corpus-fixtures/formats` that are opened, or of which what is stored can be compared.
    @Test(arguments: StoredFormatsTests.stored.filter { $0.isIndex && $0.path != StoredFormatsTests.indexInForce })
    func `an index of another layout or a broken one is refused on either side, or said to be unreadable`(
        _ stored: StoredFormatsTests.Stored
    ) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let queries = try sabil.write("cantines scolaires\n", to: "log.txt")
        let pair = [Self.formats + "/" + StoredFormatsTests.indexInForce, Self.formats + "/" + stored.path]
        for (from, to) in [(pair[0], pair[1]), (pair[1], pair[0])] {
            let outcome = try sabil.run([
                "diff", "--from", from, "--to", to, "--taxonomy", Self.formats + "/taxonomy", "--queries", queries,
            ])
            if stored.path.hasSuffix("other-analyzer") {
                #expect(outcome.status == 1 && outcome.errors.contains("not everything could be compared"))
            } else {
                #expect(outcome.status == stored.status && outcome.errors.contains(stored.says), "\(outcome.errors)")
                #expect(outcome.output.isEmpty)
            }
        }
    }

    @Test func `a rebuild keeps the old index, a staged one waits, a switch puts it in place`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let taxonomy = try taxonomy(sabil, "taxonomy")
        let place = try index(try records, "index", taxonomy: taxonomy, in: sabil)
        _ = try index(try changedRecords(), "index", taxonomy: taxonomy, in: sabil, ["--keep-previous"])
        let kept = try sabil.run(["diff", "--from", place + ".previous", "--to", place])
        #expect(kept.output.contains("RECORDS  1 added, 1 removed, 1 changed"), "\(kept.output)")

        _ = try index(try records, "index", taxonomy: taxonomy, in: sabil, ["--stage"])
        let waiting = try sabil.run(["diff", "--from-generation", place, "--to-generation", place + ".next"])
        #expect(waiting.output.contains("RECORDS  1 added, 1 removed, 1 changed"), "\(waiting.output)")
        let deletion = ["delete", "--index", place, "--taxonomy", taxonomy, "f-99"]
        #expect(try sabil.run(deletion).status == 0)
        let turn = ["index", "--switch", "--index", place, "--taxonomy", taxonomy]
        let refused = try sabil.run(turn)
        #expect(refused.status == 1 && refused.errors.contains("was written to after"), "\(refused.errors)")
        let done = try sabil.run(turn + ["--keep-previous"])
        #expect(done.status == 0 && done.errors.contains("sabil diff --from"), "\(done.errors)")
        let after = try sabil.run(["diff", "--from", place + ".previous", "--to", place])
        #expect(after.output.contains("RECORDS  1 added, 0 removed, 1 changed"), "\(after.output)")
        #expect(!FileManager.default.fileExists(atPath: place + ".next"))
        #expect(try sabil.run(turn).status == 69, "there is none any more")
    }

    @Test func `text keeps within 80 columns, and what runs from right to left within isolates`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let taxonomy = try taxonomy(sabil, "taxonomy")
        let long = String(repeating: "تغذية مدرسية ", count: 20)
        let hostile = #"{"id":"h-1","type":"news","language":"ar","title":"\u202eneddih \u2069\u2069 التغذية"}"#
        let lines =
            try changedRecords() + [
                #"{"id":"h-0","type":"news","language":"ar","title":"\#(long)"}"#, hostile,
                #"{"id":"h-2","type":"news","language":"en","title":"A | table *of* <b>meals</b> \u001b[31m"}"#,
            ]
        let from = try index(try records, "from", taxonomy: taxonomy, in: sabil)
        let to = try index(lines, "to", taxonomy: taxonomy, in: sabil)
        let queries = try sabil.write("school meals\n\(long)\nتغذية\nfishers\n", to: "log.txt")
        let common = ["diff", "--from", from, "--to", to, "--taxonomy", taxonomy, "--queries", queries]
        let text = try sabil.run(common)
        let isolates: Set<Unicode.Scalar> = ["\u{2068}", "\u{2069}"]
        for line in text.output.split(separator: "\n") where !line.contains(sabil.folder.path) {
            let shown = String(String.UnicodeScalarView(line.unicodeScalars.filter { !isolates.contains($0) }))
            #expect(shown.count <= 80, "\(shown)")
        }
        let page = try sabil.run(common + ["--format", "markdown"])
        for report in [text.output, page.output] {
            var depth = 0
            for scalar in report.unicodeScalars {
                switch scalar.value {
                case 0x2068: depth += 1
                case 0x2069, 0x0A:
                    depth -= scalar.value == 0x2069 ? 1 : 0
                    #expect(scalar.value == 0x2069 ? depth >= 0 : depth == 0)
                case 0x0600...0x06FF: #expect(depth == 1, "an Arabic letter outside an isolate")
                default: #expect(!(0x202A...0x202E).contains(scalar.value) && scalar.value != 0x1B)
                }
            }
            #expect(depth == 0)
        }
        #expect(page.output.contains(#"A \| table \*of\* \<b\>meals\</b\>"#))
    }
}

/// SplitMix64: the same numbers for the same seed everywhere. Source: Steele, Lea & Flood 2014.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
