import FoundationEssentials
import SabilRecords

/// What a classifier suggested: JSON Lines as `sabil eval classify --suggestions` writes them.
///
/// `{"_id": …, "suggestions": [{"label": …, "score": …, "selected": …}]}`, the best suggestion first.
public struct SuggestionFile: Sendable, Hashable {
    public struct Suggestion: Sendable, Hashable, Decodable {
        public let label: String
        public let score: Double
        /// Whether the classifier assigns the label.
        public let selected: Bool
    }

    /// By document; the best first.
    public let suggestions: [String: [Suggestion]]

    /// Blocks the thread while it reads.
    ///
    /// - Throws: `notFound`, `unreadable`, `empty`; `invalidFormat` and `duplicate` with the line.
    public init(path: String) throws(EvaluationError) {
        let operation = "read suggestions"
        func fault(_ what: String, code: EvaluationError.Code = .invalidFormat) -> EvaluationError {
            EvaluationError(code: code, operation: operation, message: "Reading \"\(path)\" failed: \(what).")
        }
        var suggestions: [String: [Suggestion]] = [:]
        do {
            var lines = try LineReader(path: path, limit: 1 << 24)
            while let line = try lines.next() {
                guard case .bytes(let bytes) = line.content else {
                    throw fault("line \(line.number) is longer than 16 MiB; give fewer suggestions a document")
                }
                if bytes.allSatisfy({ $0 <= 0x20 }) { continue }
                let entry: Entry
                do {
                    entry = try JSONDecoder().decode(Entry.self, from: Data(bytes))
                } catch let error as DecodingError {
                    throw fault("line \(line.number) is no line of suggestions: \(error.sentence); mend that line")
                }
                if let twice = entry.firstLabelGivenTwice {
                    throw fault(
                        "line \(line.number) suggests \"\(twice)\" twice; remove one of them", code: .duplicate)
                }
                guard suggestions.updateValue(entry.suggestions, forKey: entry.id) == nil else {
                    throw fault(
                        "line \(line.number) has the id \"\(entry.id)\", which stands before; remove one of them",
                        code: .duplicate)
                }
            }
        } catch let error as EvaluationError {
            throw error
        } catch let error as RecordError {
            throw EvaluationError(error, operation: operation)
        } catch {
            throw fault("\(error)")
        }
        guard !suggestions.isEmpty else {
            throw fault("it holds no line; check that it is the right file", code: .empty)
        }
        self.suggestions = suggestions
    }

    private struct Entry: Decodable {
        let id: String
        let suggestions: [Suggestion]

        enum CodingKeys: String, CodingKey {
            case id = "_id"
            case suggestions
        }

        var firstLabelGivenTwice: String? {
            var seen: Set<String> = []
            return suggestions.first { !seen.insert($0.label).inserted }?.label
        }
    }
}
