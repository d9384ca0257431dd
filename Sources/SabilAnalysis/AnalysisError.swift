/// Why a text could not be analysed: the engine underneath failed; no text as such is refused but for its size.
public struct AnalysisError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is; cases may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// ICU could not be opened or failed on a text.
        public static let segmenter = Code(rawValue: "segmenter")
        /// The Snowball stemmer of a language could not be opened or failed on a word.
        public static let stemmer = Code(rawValue: "stemmer")
        /// The text is longer than 1 GiB.
        public static let textTooLong = Code(rawValue: "textTooLong")
    }

    public let code: Code
    /// What was being done, such as `open the word segmenter`.
    public let operation: String
    /// What happened, and what to do about it.
    public let message: String

    public init(code: Code, operation: String, message: String) {
        self.code = code
        self.operation = operation
        self.message = message
    }

    public var description: String { "Could not \(operation): \(message)" }
}
