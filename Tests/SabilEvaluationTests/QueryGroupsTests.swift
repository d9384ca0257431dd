import Foundation
import SabilEvaluation
import Testing

@Suite struct QueryGroupsTests {
    private func groups(_ text: String, key: String) throws -> QueryGroups {
        let file = FileManager.default.temporaryDirectory.appending(path: "sabil-groups-\(UUID().uuidString).jsonl")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try QueryGroups(path: file.path, key: key)
    }

    @Test func `queries are grouped by any key that is text`() throws {
        let text = """
            {"_id":"a","text":"x","lang":"fr","weight":3}

            {"_id":"b","text":"y","lang":"ar"}
            {"_id":"c","text":"z","lang":"fr"}
            {"_id":"d","text":"without"}
            """
        #expect(try groups(text, key: "lang").queries == ["fr": ["a", "c"], "ar": ["b"]])
        let none = #expect(throws: EvaluationError.self) { try groups(text, key: "weight") }
        #expect(none?.description.contains("no line has the key \"weight\"") == true)
    }

    @Test(arguments: ["{\"_id\":\"a\"}\n{\"lang\":\"fr\"}", "{\"_id\":\"a\"}\n[]", "{\"_id\":\"a\"}\n{"])
    func `a line that is no query is named`(text: String) throws {
        let error = #expect(throws: EvaluationError.self) { try groups(text, key: "lang") }
        #expect(error?.code == .invalidFormat)
        #expect(error?.description.contains("line 2") == true)
    }

    @Test func `a missing file is not found`() {
        let error = #expect(throws: EvaluationError.self) { try QueryGroups(path: "/nowhere/q.jsonl", key: "lang") }
        #expect(error?.code == .notFound)
    }
}
