import FoundationEssentials

/// A JSON value as it came, before anything is known about it.
enum JSONValue: Sendable, Hashable {
    case string(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case null
    case array([JSONValue])
    case object([String: JSONValue])
    /// Sound JSON that no type here holds: a number beyond `Double`.
    case unreadable

    /// The kind in words, as used in messages.
    var kind: String {
        switch self {
        case .string: "text"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .null: "null"
        case .array: "a list"
        case .object: "an object"
        case .unreadable: "a number out of range"
        }
    }
}

extension JSONValue: Decodable {
    init(from decoder: any Decoder) throws {
        // Each `try?` asks "is it this kind?"; the loss of the error is the answer no.
        if let container = try? decoder.singleValueContainer() {
            if let text = try? container.decode(String.self) {
                self = .string(text)
                return
            }
            if container.decodeNil() {
                self = .null
                return
            }
            if let integer = try? container.decode(Int.self) {
                self = .integer(integer)
                return
            }
            if let number = try? container.decode(Double.self), number.isFinite {
                self = .number(number)
                return
            }
            if let boolean = try? container.decode(Bool.self) {
                self = .boolean(boolean)
                return
            }
        }
        if var container = try? decoder.unkeyedContainer() {
            var values: [JSONValue] = []
            while !container.isAtEnd { values.append(try container.decode(JSONValue.self)) }
            self = .array(values)
        } else if let container = try? decoder.container(keyedBy: AnyKey.self) {
            var members: [String: JSONValue] = [:]
            for key in container.allKeys {
                members[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
            }
            self = .object(members)
        } else {
            self = .unreadable
        }
    }
}

/// The members of a record's JSON object.
///
/// Asks for the expected kind first: a failed question costs the decoder an error with its whole context, so records
/// without defects are read several times faster. The values are the same either way.
struct RecordMembers: Decodable {
    var values: [String: JSONValue] = [:]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        for key in container.allKeys {
            values[key.stringValue] = try Self.value(of: key, in: container)
        }
    }

    private static func value(of key: AnyKey, in container: KeyedDecodingContainer<AnyKey>) throws -> JSONValue {
        switch RecordKey(rawValue: key.stringValue)?.shape {
        case .texts:
            if let texts = try? container.decode([String].self, forKey: key) {
                return .array(texts.map { .string($0) })
            }
        case .concepts:
            if let tags = try? container.decode([[String: String]].self, forKey: key) {
                return .array(tags.map { .object($0.mapValues { .string($0) }) })
            }
        case .fields:
            if let fields = try? container.nestedContainer(keyedBy: AnyKey.self, forKey: key) {
                var values: [String: JSONValue] = [:]
                for key in fields.allKeys { values[key.stringValue] = try fields.decode(JSONValue.self, forKey: key) }
                return .object(values)
            }
        case .text, nil:
            break
        }
        return try container.decode(JSONValue.self, forKey: key)
    }
}

/// Any key of a JSON object.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
}
