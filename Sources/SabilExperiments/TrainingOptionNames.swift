import FoundationEssentials
import SabilClassification
import SabilRecords

/// Options of training by name, through their coded form: there is no second list of them.
enum TrainingOptionNames {
    /// A value of an option as a file may give it.
    enum Value: Sendable, Hashable, Codable {
        case whole(Int)
        case number(Double)
        case boolean(Bool)
        case text(String)
        case list([Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            // Each `try?` asks "is it this kind?".
            if let value = try? container.decode(Bool.self) {
                self = .boolean(value)
            } else if let value = try? container.decode(Int.self) {
                self = .whole(value)
            } else if let value = try? container.decode(Double.self) {
                self = .number(value)
            } else if let value = try? container.decode(String.self) {
                self = .text(value)
            } else {
                self = .list(try container.decode([Value].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .whole(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .boolean(let value): try container.encode(value)
            case .text(let value): try container.encode(value)
            case .list(let values): try container.encode(values)
            }
        }

        var text: String {
            switch self {
            case .whole(let value): "\(value)"
            case .number(let value): value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
            case .boolean(let value): "\(value)"
            case .text(let value): value
            case .list(let values): values.map(\.text).joined(separator: ",")
            }
        }
    }

    /// All names, sorted.
    static var names: [String] { values(of: TrainingOptions()).keys.sorted() }

    /// The standard options, but for those given.
    ///
    /// - Returns: the options, or what is wrong with the values in words.
    static func options(_ given: [String: Value]) -> Result<TrainingOptions, Fault> {
        var values = values(of: TrainingOptions())
        for (name, value) in given { values[name] = value }
        do {
            let options = try JSONDecoder().decode(TrainingOptions.self, from: JSONEncoder().encode(values))
            try options.check()
            return .success(options)
        } catch let error as ModelError {
            return .failure(Fault(sentence: error.message))
        } catch let error as DecodingError {
            return .failure(Fault(sentence: error.sentence))
        } catch {
            return .failure(Fault(sentence: "\(error)"))
        }
    }

    struct Fault: Error {
        let sentence: String
    }

    /// The options that differ from the standard ones, as texts.
    static func changes(in options: TrainingOptions) -> [String: String] {
        let standard = values(of: TrainingOptions())
        return values(of: options).filter { standard[$0.key] != $0.value }.mapValues(\.text)
    }

    private static func values(of options: TrainingOptions) -> [String: Value] {
        // Numbers, texts and flags always encode and decode.
        guard let coded = try? JSONEncoder().encode(options),
            let values = try? JSONDecoder().decode([String: Value].self, from: coded)
        else { return [:] }
        return values
    }
}
