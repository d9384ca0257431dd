import Foundation
import SabilRecords
import SabilReview
import Testing

/// Decisions that are taken while an index waits to be put in place.
@Suite struct StagedDecisionsTests {
    private static func line(_ id: String) -> String {
        #"{"id":"\#(id)","type":"news","language":"en","title":"A note on cash \#(id)","abstract":"Cash for all."}"#
            + "\n"
    }

    /// The records that the index lacks decisions of.
    private static func open(_ sabil: CommandRunner) async throws -> [String] {
        let store = try DecisionStore(path: sabil.path("decisions.sqlite"))
        let open = try await store.unindexed().map(\.record.rawValue).sorted()
        try store.close()
        return open
    }

    private static func accept(_ concept: String, on record: String, _ sabil: CommandRunner) async throws {
        let store = try DecisionStore(path: sabil.path("decisions.sqlite"))
        try await store.append(
            Decision(record: RecordID(record), concept: ConceptID(concept), verdict: .accept, by: "A"))
        try store.close()
    }

    private static func found(_ query: String, _ sabil: CommandRunner) throws -> [String] {
        let answer = try sabil.run(["search", "--index", sabil.path("index"), "--format", "json", query])
        let json = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
        return (json?["hits"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }.sorted()
    }

    @Test func `what was decided while an index waited is open again after the switch`() async throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let places = ["--index", sabil.path("index"), "--decisions", sabil.path("decisions.sqlite")]
        let all = try sabil.write(["a", "b", "c"].map(Self.line).joined(), to: "all.jsonl")
        let one = try sabil.write(Self.line("a"), to: "one.jsonl")
        #expect(try sabil.run(["index", all] + places).status == 0)
        try await Self.accept("poverty", on: "c", sabil)
        #expect(try sabil.run(["index", all] + places).status == 0)
        try await Self.accept("poverty", on: "b", sabil)
        let staged = try sabil.run(["index", "--rebuild", "--stage", all] + places)
        #expect(staged.status == 0, "\(staged.errors)")
        #expect(try await Self.open(sabil) == ["b"], "the index in use lacks it still")

        // The server writes it into the index in use.
        try await Self.accept("gender", on: "a", sabil)
        #expect(try sabil.run(["index", one] + places).status == 0)
        #expect(try Self.found("concept:gender", sabil) == ["a"])
        #expect(try await Self.open(sabil) == ["b"])

        let switched = try sabil.run(["index", "--switch", "--keep-previous"] + places)
        #expect(switched.status == 0 && switched.errors.contains("1 record decided on since"), "\(switched.errors)")
        #expect(try Self.found("concept:gender", sabil) == [], "the new index was built before")
        #expect(try Self.found("concept:poverty", sabil) == ["b", "c"], "and has what was decided earlier")
        #expect(try await Self.open(sabil) == ["a", "b"], "so somebody has to bring it in")
        #expect(try sabil.run(["index", one] + places).status == 0)
        #expect(try Self.found("concept:gender", sabil) == ["a"])
        #expect(try await Self.open(sabil) == ["b"])
    }
}
