import FoundationEssentials

/// JSON with sorted keys: equal values have equal bytes.
enum ModelJSON {
    static func encode(_ value: some Encodable, pretty: Bool = false) throws(ModelError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = pretty ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys]
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw ModelError(
                code: .unwritable, operation: "write a model as JSON",
                message: "a number of the model is not finite (\(error)); this is a defect, please report it.")
        }
    }

    static func decode<Value: Decodable>(
        _ bytes: [UInt8], code: ModelError.Code, operation: String, what: String
    ) throws(ModelError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes))
        } catch {
            throw ModelError(
                code: code, operation: operation,
                message: "\(what) is not what this library writes (\(error)); copy the model again or train anew.")
        }
    }
}
