import FoundationEssentials
import SabilRecords

/// Queries that share the value of one key of `queries.jsonl`, such as the language: for figures per group.
public struct QueryGroups: Sendable, Hashable {
    /// The key, such as `lang`.
    public let key: String
    /// Ids of the queries by value. Queries without the key are in none.
    public let queries: [String: Set<String>]
    /// What each query asks (its `text`), by id, where the file says it.
    public let texts: [String: String]

    /// Reads JSON Lines with `_id` and the key, whose values are strings. Blocks the thread while it reads.
    ///
    /// - Throws: `notFound`, `unreadable`; `invalidFormat` with the line, or when no line has the key.
    public init(path: String, key: String) throws(EvaluationError) {
        let operation = "read query groups"
        func fault(_ what: String) -> EvaluationError {
            EvaluationError(
                code: .invalidFormat, operation: operation, message: "Reading \"\(path)\" failed: \(what).")
        }
        var groups: [String: Set<String>] = [:]
        var texts: [String: String] = [:]
        do {
            var lines = try LineReader(path: path, limit: 1 << 24)
            while let line = try lines.next() {
                guard case .bytes(let bytes) = line.content else {
                    throw fault("line \(line.number) is too long for a query")
                }
                if bytes.allSatisfy({ $0 <= 0x20 }) { continue }
                guard let object = try? JSONDecoder().decode([String: Member].self, from: Data(bytes)),
                    let id = object["_id"]?.text
                else { throw fault("line \(line.number) is no JSON object with an _id; mend that line") }
                texts[id] = object["text"]?.text
                if let value = object[key]?.text { groups[value, default: []].insert(id) }
            }
        } catch let error as EvaluationError {
            throw error
        } catch let error as RecordError {
            throw EvaluationError(error, operation: operation)
        } catch {
            throw fault("\(error)")
        }
        guard !groups.isEmpty else { throw fault("no line has the key \"\(key)\"; name one that the queries have") }
        self.key = key
        queries = groups
        self.texts = texts
    }

    /// A member of which only strings matter.
    private struct Member: Decodable {
        let text: String?
        init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
    }
}
