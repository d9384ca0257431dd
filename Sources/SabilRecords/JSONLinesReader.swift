/// Reads records from JSON Lines, a file or standard input, block by block.
public struct JSONLinesReader: ~Copyable {
    /// One line that is not blank: its number and what the validator made of it.
    public struct Line: Sendable {
        public let number: Int
        public let record: ResourceRecord?
        public let issues: [RecordIssue]
    }

    public static let defaultLineLimit = 16 * 1024 * 1024

    public init(path: String, validator: RecordValidator, lineLimit: Int = defaultLineLimit) throws(RecordError) {}
    public init(standardInputTo validator: RecordValidator, lineLimit: Int = defaultLineLimit) {}
    public init(bytes: [UInt8], validator: RecordValidator, lineLimit: Int = defaultLineLimit) {}

    /// The next line; `nil` at the end.
    public mutating func next() throws(RecordError) -> Line? { nil }
}
