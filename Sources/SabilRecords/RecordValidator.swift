/// Turns JSON into records and says what is wrong with it: every defect, not the first one.
public struct RecordValidator: Sendable {
    /// What one piece of JSON gave: a record unless an issue is an error.
    public struct Outcome: Sendable, Hashable {
        public var record: ResourceRecord?
        public var issues: [RecordIssue]
    }

    /// - Parameter vocabulary: the names to check against; without one only shapes are checked.
    public init(vocabulary: RecordVocabulary?) {}

    public func validate(json: some Collection<UInt8>) -> Outcome { Outcome(record: nil, issues: []) }
}
