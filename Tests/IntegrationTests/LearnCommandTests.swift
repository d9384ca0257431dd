import Foundation
import SabilRecords
import SabilReview
import Testing

/// `sabil learn`, `unlearn`, `optimize` and what a changed taxonomy means, on twelve records of three concepts.
@Suite struct LearnCommandTests {
    private static let formats = CommandRunner.root.appending(path: "corpus-fixtures/formats").path

    private static func records() throws -> [Substring] {
        try String(contentsOfFile: formats + "/records.jsonl", encoding: .utf8).split(separator: "\n")
    }

    private static func places(_ sabil: CommandRunner, taxonomy: String? = nil) -> [String] {
        [
            "--model", sabil.path("models"), "--index", sabil.path("none"), "--decisions", sabil.path("none.sqlite"),
            "--taxonomy", taxonomy ?? formats + "/taxonomy",
        ]
    }

    /// Trains on all records but the last two.
    ///
    /// - Returns: the lines of all records, the file of the two, the folders, and the id of the model.
    private static func trained(
        _ sabil: CommandRunner
    ) throws -> (lines: [Substring], rest: String, places: [String], model: String) {
        let lines = try records()
        let most = try sabil.write(lines.dropLast(2).joined(separator: "\n") + "\n", to: "most.jsonl")
        let rest = try sabil.write(lines.suffix(2).joined(separator: "\n") + "\n", to: "rest.jsonl")
        let places = places(sabil)
        #expect(try sabil.run(["train", most] + places).status == 0)
        let trained = try sabil.read("models/current")
        return (lines, rest, places, trained)
    }

    @Test func `unlearning what was learnt gives the model that was trained, by its id`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let (_, rest, places, trained) = try Self.trained(sabil)

        let learnt = try sabil.run(["learn", rest] + places)
        #expect(learnt.status == 0, "\(learnt.errors)")
        #expect(learnt.errors.contains("learnt 2 records"))
        #expect(learnt.errors.contains("until `sabil train`"), "says what is newer than the linear member")
        #expect(try sabil.read("models/current") != trained)
        let again = try sabil.run(["learn", rest] + places)
        #expect(again.status == 0 && again.errors.contains("learnt 0 records"))
        #expect(again.errors.contains("had been learnt already"))

        let unlearnt = try sabil.run(["unlearn", rest] + places)
        #expect(unlearnt.status == 0, "\(unlearnt.errors)")
        #expect(unlearnt.errors.contains("the model is as it was trained"))
        #expect(try sabil.read("models/current") == trained)
        let stranger = try sabil.run(["unlearn", rest] + places)
        #expect(stranger.status == 1, "what was never learnt is a finding")
        #expect(stranger.errors.contains("were never learnt"))
        #expect(try sabil.read("models/current") == trained)
    }

    @Test func `decisions since training are left to the daemon, which learns them from the log`() async throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let (lines, rest, places, trained) = try Self.trained(sabil)
        let line = String(try #require(lines.last))
        let record = try #require(line.firstMatch(of: /"id": "([^"]+)"/)?.output.1)
        let concept = try #require(line.firstMatch(of: /"concepts": \[\{"id": "([^"]+)"/)?.output.1)
        let decisions = sabil.path("decisions.sqlite")
        let store = try DecisionStore(path: decisions)
        try await store.append(
            Decision(
                record: RecordID(String(record)), concept: ConceptID(String(concept)), verdict: .reject, by: "A"))
        try store.close()
        let withLog = places.map { $0.hasSuffix("none.sqlite") ? decisions : $0 }
        let learnt = try sabil.run(["learn", rest] + withLog)
        #expect(learnt.status == 0 && learnt.errors.contains("learnt 2 records"), "\(learnt.errors)")
        // Learnt with their own tags: without the log they are known, and taken back to the byte.
        let unlearnt = try sabil.run(["unlearn", rest] + places)
        #expect(unlearnt.status == 0, "\(unlearnt.errors)")
        #expect(try sabil.read("models/current") == trained)
    }

    @Test func `a candidate is kept, listed and put in force by its id`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let records = Self.formats + "/records.jsonl"
        let places = Self.places(sabil)
        #expect(try sabil.run(["train", records] + places).status == 0)
        let first = try sabil.read("models/current").trimmingCharacters(in: .newlines)
        #expect(try sabil.run(["train", "--candidate", "--seed", "2", records] + places).status == 0)
        #expect(try sabil.read("models/current").hasPrefix(first), "a candidate changes nothing")
        func list() throws -> [String: String] {
            let rows = try sabil.run(["model", "list"] + places).output.split(separator: "\n").map {
                $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            }
            #expect(rows.allSatisfy { $0.count == 7 && $0[2] == "12" }, "\(rows)")
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
        }
        let before = try list()
        let second = try #require(before.keys.first { $0 != first })
        #expect(before == [first: "in force", second: "kept"])
        let used = try sabil.run(["model", "use", second] + places)
        #expect(used.status == 0 && used.errors.contains("\(first) is kept"), "\(used.errors)")
        #expect(try list() == [first: "kept", second: "in force"])
        // One that cannot be read is named, the others are listed; it is not put in force.
        try Data("{".utf8).write(to: URL(filePath: sabil.path("models/\(first)/manifest.json")))
        let broken = try sabil.run(["model", "list"] + places)
        #expect(broken.status == 1 && broken.errors.contains(first) && broken.output.contains(second))
        #expect(try sabil.run(["model", "use", first] + places).status == 65)
        #expect(try sabil.read("models/current").hasPrefix(second))
    }

    @Test func `optimize says what each precision costs, from records held back`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = Self.places(sabil)
        #expect(try sabil.run(["train", Self.formats + "/records.jsonl"] + places).status == 0)
        let table = try sabil.run(["optimize", "--precision", "0.6,0.9", "--seconds", "6"] + places)
        #expect(table.status == 0, "\(table.errors)")
        let rows = table.output.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        #expect(rows.map(\.count) == [10, 10, 10])
        for row in rows.dropFirst() {
            let numbers = row.map { Double($0) ?? 0 }
            #expect(abs(numbers[4] / 10 - numbers[9]) < 0.11, "6 seconds each: \(row)")
            #expect(abs(numbers[6] + numbers[7] + numbers[8] - 1) < 0.003, "\(row)")
        }
        for wrong in [["--precision", "1.5"], ["--precision", "much"], ["--seconds", "0"]] {
            #expect(try sabil.run(["optimize"] + wrong + places).status == 64, "\(wrong)")
        }
        let none = try sabil.run(["optimize", "--model", sabil.path("nowhere")] + places.dropFirst(2))
        #expect(none.status == 69)
    }

    @Test func `consistency compares translations, of people and of a model`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = Self.places(sabil)
        #expect(try sabil.run(["train", Self.formats + "/records.jsonl"] + places).status == 0)
        var lines: [String] = []
        for (language, title) in [("en", "Meals at school"), ("fr", "Repas à la cantine scolaire")] {
            lines.append(
                #"{"id":"\#(language)-9","uuid":"4c26501f-be30-5889-a387-f576a592fac7","type":"news","language":"\#(language)","title":"\#(title)","#
                    + #""concepts":[{"id":"school-feeding","source":"human"}]}"#)
        }
        let file = try sabil.write(lines.joined(separator: "\n") + "\n", to: "two.jsonl")
        let people = try sabil.run(["eval", "consistency", "--tags", file] + places)
        #expect(people.status == 0, "\(people.errors)")
        #expect(people.output.contains("en-fr\t1\t1.0000\t1.0000\t1.000 [1.000, 1.000]"), "\(people.output)")
        let model = try sabil.run(["eval", "consistency", file] + places)
        #expect(model.status == 0, "\(model.errors)")
        #expect(model.output.split(separator: "\n").count == 3)
        let broken = try sabil.write((lines + ["{"]).joined(separator: "\n") + "\n", to: "broken.jsonl")
        let refused = try sabil.run(["eval", "consistency", "--tags", broken] + places)
        #expect(refused.status == 1 && refused.output == people.output, "the others are measured all the same")
        let asked = try sabil.write(
            ["en-1", "fr-1", "en-2"].map { #"{"_id":"\#($0)","text":"x","lang":"\#($0.prefix(2))"}"# + "\n" }.joined(),
            to: "asked.jsonl")
        let given = try sabil.write(
            ["en-1", "fr-1"].map {
                #"{"_id":"\#($0)","suggestions":[{"label":"a","score":1,"confidence":0.9,"selected":true}]}"# + "\n"
            }.joined(), to: "given.jsonl")
        let partly = try sabil.run(["eval", "consistency", "--suggestions", given, "--lines", asked])
        #expect(partly.errors.contains("1 of 3 lines have no suggestion in \(given)"), "\(partly.errors)")
        let one = try sabil.write(lines[0] + "\n", to: "one.jsonl")
        #expect(try sabil.run(["eval", "consistency", "--tags", one] + places).status == 65)
        #expect(try sabil.run(["eval", "consistency", "--suggestions", "x"] + places).status == 64)
    }

    @Test func `rules narrow suggestions, and any concept can be asked about`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = Self.places(sabil)
        #expect(try sabil.run(["train", Self.formats + "/records.jsonl"] + places).status == 0)
        let ask = ["suggest", "--text", "Un repas à la cantine de l'école"] + places
        let all = try sabil.run(ask)
        #expect(all.output.contains("school-feeding"))
        let without = try sabil.run(ask + ["--rules", "exclude=school-feeding", "--about", "school-feeding,nowhere"])
        #expect(without.status == 0, "\(without.errors)")
        let parts = without.output.components(separatedBy: "asked about:")
        #expect(parts.count == 2 && !parts[0].contains("school-feeding") && parts[1].contains("school-feeding"))
        #expect(without.errors.contains("nowhere is none of the model's concepts"))
        let wrong = try sabil.run(ask + ["--rules", "exclude=school-feedin"])
        #expect(wrong.status == 64 && wrong.errors.contains("did you mean \"school-feeding\""))
    }

    @Test func `a model outlives a change of its taxonomy and says what is new`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = Self.places(sabil)
        #expect(try sabil.run(["train", Self.formats + "/records.jsonl"] + places).status == 0)
        let folder = sabil.path("taxonomy")
        try FileManager.default.copyItem(atPath: Self.formats + "/taxonomy", toPath: folder)
        let file = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".ttl") })
        let path = folder + "/" + file
        let turtle = try String(contentsOfFile: path, encoding: .utf8)
        try turtle.replacingOccurrences(of: "\"School feeding\"@en", with: "\"Canteen lunches\"@en")
            .write(toFile: path, atomically: true, encoding: .utf8)
        let after = try sabil.run(["suggest", "--text", "Canteen lunches"] + Self.places(sabil, taxonomy: folder))
        #expect(after.status == 0, "\(after.errors)")
        #expect(after.errors.contains("other names"), "\(after.errors)")
        #expect(after.output.contains("school-feeding  Canteen lunches"), "\(after.output)")
        let shipped = try sabil.run(
            ["train", "--candidate", Self.formats + "/records.jsonl"] + Self.places(sabil, taxonomy: folder))
        #expect(shipped.status == 0, "training anew with the changed taxonomy is the remedy")
    }
}

extension String {
    fileprivate func write(toFile path: String, atomically: Bool, encoding: String.Encoding) throws {
        try write(to: URL(filePath: path), atomically: atomically, encoding: encoding)
    }
}
