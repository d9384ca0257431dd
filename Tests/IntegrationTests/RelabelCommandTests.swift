import Foundation
import SabilRecords
import SabilReview
import Testing

/// `sabil relabel`, on records of a small taxonomy that then changes: one concept renamed, one split, one retired.
@Suite struct RelabelCommandTests {
    private static let formats = CommandRunner.root.appending(path: "corpus-fixtures/formats").path

    private static let texts = [
        ("school-feeding", "Meals at school", "A hot lunch each school day draws children to class and feeds them."),
        ("social-pensions", "A pension for the old", "Every month the aged poor are paid a social pension."),
        (
            "health-insurance", "Insurance against illness",
            "The insured pay nothing at the hospital when they fall ill."
        ),
    ]

    /// Records in turn of the three concepts, each fifteenth of two; the last of each ten without any label.
    private static func records(_ count: Int) -> String {
        (0..<count).map { number in
            let (concept, title, text) = texts[number % 3]
            let second = number % 15 == 0 ? #",{"id":"social-pensions","source":"human"}"# : ""
            let label = number % 10 == 9 ? "" : #","concepts":[{"id":"\#(concept)","source":"human"}\#(second)]"#
            let id = String(repeating: "0", count: 5 - String(number).count) + String(number)
            return
                #"{"id":"r-\#(id)","type":"news","language":"en","title":"\#(title) \#(number)","abstract":"\#(text)"\#(label)}"#
                + "\n"
        }.joined()
    }

    private static let map = """
        old\tnew\treason
        school-feeding\tschool-meals\tanother name
        health-insurance\tpublic-insurance\tsplit in two
        health-insurance\tprivate-insurance\tsplit in two
        social-pensions\t\tno longer in use

        """

    /// The taxonomy after the change.
    private static func changedTaxonomy(_ sabil: CommandRunner) throws -> String {
        let folder = sabil.path("taxonomy")
        try FileManager.default.copyItem(atPath: formats + "/taxonomy", toPath: folder)
        let file = URL(filePath: folder + "/formats.ttl")
        let turtle = try String(contentsOf: file, encoding: .utf8)
        let head = turtle.components(separatedBy: ":school-feeding")[0]
        let names = [
            ("school-meals", "School meals"), ("public-insurance", "Public insurance"),
            ("private-insurance", "Private insurance"),
        ]
        let concepts = names.map { id, label in
            ":\(id) a skos:Concept ; skos:inScheme scheme:programme ; skos:topConceptOf scheme:programme ; "
                + "skos:prefLabel \"\(label)\"@en .\n"
        }
        try Data((head + concepts.joined()).utf8).write(to: file)
        let registry = URL(filePath: folder + "/registry.tsv")
        var rows = try String(contentsOf: registry, encoding: .utf8).replacingOccurrences(
            of: "\tactive", with: "\tretired")
        for (number, name) in names.enumerated() {
            rows += "\(number + 4)\thttps://sabil.example/formats/\(name.0)\tactive\n"
        }
        try Data(rows.utf8).write(to: registry)
        return folder
    }

    private static func places(
        _ sabil: CommandRunner, index: String, taxonomy: String? = nil, decisions: String = "none.sqlite"
    ) -> [String] {
        [
            "--index", sabil.path(index), "--taxonomy", taxonomy ?? formats + "/taxonomy", "--model",
            sabil.path("models"), "--decisions", sabil.path(decisions),
        ]
    }

    private static func ids(_ sabil: CommandRunner, _ query: String, _ places: [String]) throws -> [String] {
        let found = try sabil.run(["search", "--format", "json", "--limit", "200", query] + places.prefix(4))
        #expect(found.status == 0, "\(found.errors)")
        let json = try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any]
        return (json?["hits"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }.sorted()
    }

    @Test func `labels follow the map, the machine's are made anew, and what needs a person is listed`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let before = Self.places(sabil, index: "index")
        let records = try sabil.write(Self.records(60), to: "records.jsonl")
        #expect(try sabil.run(["train", records] + before).status == 0)
        #expect(try sabil.run(["index", records] + before).status == 0)
        let map = try sabil.write(Self.map, to: "map.tsv")
        let after = Self.places(sabil, index: "index", taxonomy: try Self.changedTaxonomy(sabil))
        let relabel = ["relabel", "--map", map, "--left", sabil.path("left.tsv")] + after

        let dry = try sabil.run(relabel + ["--dry-run"])
        #expect(dry.status == 0, "\(dry.errors)")
        let listed = try sabil.read("left.tsv")
        let untouched = try Self.ids(sabil, "concept:school-feeding", before)
        #expect(untouched.count == 18, "nothing was changed")

        let run = try sabil.run(relabel)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("60 records"))
        #expect(try sabil.read("left.tsv") == listed, "told beforehand what is told afterwards")
        let rows = listed.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        #expect(rows.count == 1 + 18 + 22, "records of the split and the retired concept")
        #expect(rows.contains { $0[3] == "split" && $0[4] == "private-insurance|public-insurance" })
        #expect(rows.contains { $0[3] == "retired" && $0[5] == "no longer in use" })
        let meals = try Self.ids(sabil, "concept:school-meals", after)
        #expect(meals.count >= 18, "people's labels under the new name: \(meals)")
        #expect(meals.count == 20, "and the machine's on the two that nobody had labelled")
        #expect(FileManager.default.fileExists(atPath: sabil.path("index.previous")))
        #expect(!FileManager.default.fileExists(atPath: sabil.path("left.tsv.journal")), "the work is done")
        let again = try sabil.run(relabel)
        #expect(again.status == 0 && again.errors.contains("the labels of 0 changed"), "\(again.errors)")
        #expect(again.errors.contains("nothing carries"), "old concepts are on no record any more")
    }

    @Test func `a run that was killed goes on where it stood and ends as one that was not`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let before = Self.places(sabil, index: "index")
        let records = try sabil.write(Self.records(1_500), to: "records.jsonl")
        let few = try sabil.write(Self.records(90), to: "few.jsonl")
        #expect(try sabil.run(["train", few] + before).status == 0)
        #expect(try sabil.run(["index", records] + before).status == 0)
        try FileManager.default.copyItem(atPath: sabil.path("index"), toPath: sabil.path("other"))
        let map = try sabil.write(Self.map, to: "map.tsv")
        let taxonomy = try Self.changedTaxonomy(sabil)
        let after = Self.places(sabil, index: "index", taxonomy: taxonomy)
        let relabel = ["relabel", "--map", map, "--left", sabil.path("left.tsv")] + after

        let killed = try sabil.start(relabel, errors: "killed")
        let journal = sabil.path("left.tsv.journal")
        var written = 0
        while killed.isRunning, written < 200 {
            written = (FileManager.default.contents(atPath: journal) ?? Data()).count { $0 == 0x0A }
            usleep(2_000)
        }
        kill(killed.processIdentifier, SIGKILL)
        killed.waitUntilExit()
        let said = try sabil.read("killed")
        #expect(killed.terminationReason == .uncaughtSignal, "it was at work: \(said)")
        let old = try Self.ids(sabil, "concept:school-feeding", before)
        #expect(old.count == 200, "readers still have the old index: a full page")
        // As if the last line had been cut by the kill.
        let handle = try FileHandle(forUpdating: URL(filePath: journal))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(#"{"id":"r-0"#.utf8))
        try handle.close()

        let resumed = try sabil.run(relabel)
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.errors.contains("going on: "), "\(resumed.errors)")
        let whole = try sabil.run(
            ["relabel", "--map", map, "--left", sabil.path("left2.tsv")]
                + Self.places(sabil, index: "other", taxonomy: taxonomy))
        #expect(whole.status == 0, "\(whole.errors)")
        #expect(!whole.errors.contains("going on"))
        let lists = try ["left.tsv", "left2.tsv"].map(sabil.read)
        #expect(lists[0] == lists[1])
        let difference = try sabil.run(
            ["diff", "--from", sabil.path("index"), "--to", sabil.path("other"), "--format", "json"])
        #expect(difference.status == 0, "\(difference.errors)")
        let one = try Self.ids(sabil, "concept:school-meals", after)
        let other = try Self.ids(
            sabil, "concept:school-meals", Self.places(sabil, index: "other", taxonomy: taxonomy))
        #expect(one == other && !one.isEmpty)
        let answer = try #require(
            try JSONSerialization.jsonObject(with: Data(difference.output.utf8)) as? [String: Any])
        #expect((answer["records"] as? [String: Any])?["unchanged"] as? Int == 1_500)
    }

    /// The ids of the log, sorted, and what the index still lacks of it.
    private static func log(_ sabil: CommandRunner, _ name: String) async throws -> (ids: [DecisionID], open: [String])
    {
        let store = try DecisionStore(path: sabil.path(name))
        let log = try await store.log().map(\.decision.id).sorted()
        let open = try await store.unindexed().map(\.record.rawValue)
        try store.close()
        return (log, open)
    }

    @Test func `a run that fails takes nothing from what was decided, before the new index and after`() async throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let before = Self.places(sabil, index: "index", decisions: "log.sqlite")
        let records = try sabil.write(Self.records(60), to: "records.jsonl")
        #expect(try sabil.run(["train", records] + before).status == 0)
        let store = try DecisionStore(path: sabil.path("log.sqlite"))
        let unlabelled = RecordID("r-00009")
        for (concept, verdict) in [
            ("school-feeding", Verdict.accept), ("health-insurance", .accept), ("social-pensions", .reject),
        ] {
            try await store.append(
                Decision(record: unlabelled, concept: ConceptID(concept), verdict: verdict, by: "A"))
        }
        try store.close()
        #expect(try sabil.run(["index", records] + before).status == 0)
        let decided = try await Self.log(sabil, "log.sqlite")
        #expect(decided.ids.count == 3 && decided.open.isEmpty)
        let files = ["", "-wal", "-shm"].map { ("log.sqlite" + $0, "other.sqlite" + $0) }
        for (name, copy) in files + [("index", "other")]
        where FileManager.default.fileExists(atPath: sabil.path(name)) {
            try FileManager.default.copyItem(atPath: sabil.path(name), toPath: sabil.path(copy))
        }
        let map = try sabil.write(Self.map, to: "map.tsv")
        let taxonomy = try Self.changedTaxonomy(sabil)
        let after = Self.places(sabil, index: "index", taxonomy: taxonomy, decisions: "log.sqlite")
        let relabel = ["relabel", "--map", map, "--left", sabil.path("left.tsv")] + after

        // A model that cannot be read ends the run before anything is written.
        let id = try sabil.read("models/current").trimmingCharacters(in: .newlines)
        let manifest = "models/\(id)/manifest.json"
        let sound = try sabil.read(manifest)
        _ = try sabil.write("{", to: manifest)
        #expect(try sabil.run(relabel).status == 65)
        #expect(try await Self.log(sabil, "log.sqlite") == decided)
        _ = try sabil.write(sound, to: manifest)

        // A table that cannot be written ends it when the new index is in place.
        try FileManager.default.createDirectory(atPath: sabil.path("left.tsv"), withIntermediateDirectories: false)
        let stopped = try sabil.run(relabel)
        #expect(stopped.status == 74, "\(stopped.errors)")
        #expect(try Self.ids(sabil, "concept:school-meals", after).contains("r-00009"))
        #expect(try await Self.log(sabil, "log.sqlite") == decided, "nothing is carried over before all is kept")
        try FileManager.default.removeItem(atPath: sabil.path("left.tsv"))

        let repeated = try sabil.run(relabel)
        #expect(repeated.status == 0, "\(repeated.errors)")
        let whole = try sabil.run(
            ["relabel", "--map", map, "--left", sabil.path("left2.tsv")]
                + Self.places(sabil, index: "other", taxonomy: taxonomy, decisions: "other.sqlite"))
        #expect(whole.status == 0, "\(whole.errors)")
        let tables = try ["left.tsv", "left2.tsv"].map { try sabil.read($0).split(separator: "\n").sorted() }
        #expect(tables[0] == tables[1], "as a run that nothing stopped")
        #expect(tables[0].contains { $0.hasPrefix("r-00009\thealth-insurance\taccept\tsplit\t") })
        let logs = (try await Self.log(sabil, "log.sqlite"), try await Self.log(sabil, "other.sqlite"))
        #expect(logs.0 == logs.1)
        #expect(logs.0.ids.count == 6, "two taken off under the old name, one accepted under the new")
        #expect(logs.0.open.isEmpty, "the index has what was carried over")
        #expect(!FileManager.default.fileExists(atPath: sabil.path("left.tsv.journal")))
    }

    @Test func `a map that cannot be used is refused before anything is touched`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let before = Self.places(sabil, index: "index")
        let records = try sabil.write(Self.records(6), to: "records.jsonl")
        #expect(try sabil.run(["index", records] + before).status == 0)
        let left = ["--left", sabil.path("left.tsv")]
        let wrong = try sabil.write("social-pensions\tpensions\tx\n", to: "wrong.tsv")
        let refused = try sabil.run(["relabel", "--map", wrong] + left + before)
        #expect(refused.status == 65 && refused.errors.contains("line 1"), "\(refused.errors)")
        #expect(try sabil.run(["relabel", "--map", sabil.path("none.tsv")] + left + before).status == 74)
        let nowhere = try sabil.run(["relabel"] + left + Self.places(sabil, index: "nowhere"))
        #expect(nowhere.status == 69, "\(nowhere.errors)")
        #expect(!FileManager.default.fileExists(atPath: sabil.path("left.tsv")))
    }
}
