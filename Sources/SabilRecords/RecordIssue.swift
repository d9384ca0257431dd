/// A defect of one record, with the place, what is wrong and how to mend it.
public struct RecordIssue: Sendable, Hashable, CustomStringConvertible {
    public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
        /// The record is kept; what the issue names is left out or read in the way the message says.
        case warning
        /// The record is refused.
        case error

        public static func < (lhs: Severity, rhs: Severity) -> Bool { lhs == .warning && rhs == .error }
    }

    /// Kind of defect, stable for programs and tables (`unknown-concept`).
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public var code: Code
    public var severity: Severity
    /// JSON path of the defect: `$` is the record, `$.countries[2]` the third country; odd keys stand in brackets.
    public var path: String
    /// What is wrong, one sentence.
    public var message: String
    /// What to do, one sentence.
    public var remedy: String
    /// Line of the file, counted from 1; `nil` when the record did not come from a file.
    public var line: Int?

    public init(code: Code, severity: Severity, path: String, message: String, remedy: String, line: Int? = nil) {
        self.code = code
        self.severity = severity
        self.path = path
        self.message = message
        self.remedy = remedy
        self.line = line
    }

    /// `line 3: error at $.date: … …`
    public var description: String {
        let place = line.map { "line \($0): " } ?? ""
        return "\(place)\(severity.rawValue) at \(path): \(message) \(remedy)"
    }
}

extension RecordIssue.Code {
    // The line as a whole.
    public static let lineTooLong = Self(rawValue: "line-too-long")
    public static let invalidUTF8 = Self(rawValue: "invalid-utf8")
    public static let invalidJSON = Self(rawValue: "invalid-json")
    public static let notAnObject = Self(rawValue: "not-an-object")
    // Keys.
    public static let missingKey = Self(rawValue: "missing-key")
    public static let unknownKey = Self(rawValue: "unknown-key")
    public static let duplicateKey = Self(rawValue: "duplicate-key")
    public static let unknownField = Self(rawValue: "unknown-field")
    // Values.
    public static let wrongKind = Self(rawValue: "wrong-kind")
    public static let emptyValue = Self(rawValue: "empty-value")
    public static let tooLong = Self(rawValue: "too-long")
    public static let controlCharacter = Self(rawValue: "control-character")
    public static let invalidDate = Self(rawValue: "invalid-date")
    public static let invalidURL = Self(rawValue: "invalid-url")
    public static let repeatedEntry = Self(rawValue: "repeated-entry")
    // Values that the vocabulary does not know.
    public static let unknownType = Self(rawValue: "unknown-type")
    public static let unknownLanguage = Self(rawValue: "unknown-language")
    public static let unknownDocumentType = Self(rawValue: "unknown-document-type")
    public static let unknownCountry = Self(rawValue: "unknown-country")
    public static let unknownRegion = Self(rawValue: "unknown-region")
    public static let unknownPopulationGroup = Self(rawValue: "unknown-population-group")
    public static let unknownConcept = Self(rawValue: "unknown-concept")
    public static let retiredConcept = Self(rawValue: "retired-concept")
    public static let unknownSource = Self(rawValue: "unknown-source")
    public static let unknownVisibility = Self(rawValue: "unknown-visibility")
    // More than are listed.
    public static let moreIssues = Self(rawValue: "more-issues")
    // The run.
    public static let duplicateID = Self(rawValue: "duplicate-id")
}
