public import SabilRecords

/// A defect of a taxonomy, with its place and what to do about it.
public struct SchemeFinding: Sendable, Hashable, CustomStringConvertible {
    public enum Severity: String, Sendable, Hashable, Comparable {
        /// Answers of the engine would be wrong: mend before use.
        case error
        /// Usable, but likely not meant so.
        case warning

        public static func < (lhs: Severity, rhs: Severity) -> Bool { lhs == .error && rhs == .warning }
    }

    /// The rule that is broken.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        /// `broader` leads back to its start.
        case cycle
        /// A concept that belongs to no scheme, or to one that is not declared.
        case orphan
        /// A link to something that is not a concept of the files.
        case unknownTarget = "unknown-target"
        /// `broader` leads into another facet.
        case crossFacet = "cross-facet"
        /// `broader` without `narrower` or the other way round, or `related` one way.
        case oneWayLink = "one-way-link"
        /// `related` to itself, to something wider or to something narrower.
        case relatedIsBroader = "related-is-broader"
        /// No preferred label in a language that needs one.
        case missingLabel = "missing-label"
        /// Two preferred labels in one language.
        case doubleLabel = "double-label"
        /// One name on two concepts of a facet in one language, not declared ambiguous.
        case clashingLabel = "clashing-label"
        /// The same name twice on one concept in one language.
        case repeatedLabel = "repeated-label"
        /// A country without a region, or in something that is not a region.
        case undeclaredRegion = "undeclared-region"
        /// Two concepts share a local name or a notation.
        case sharedIdentity = "shared-identity"
        /// The registry lacks a concept, or says of one what the files do not.
        case registry
        /// An ambiguous form with fewer than two concepts, or with an unknown one.
        case ambiguousForm = "ambiguous-form"
        /// A word of the word list, or a row that stands there twice.
        case wordList = "word-list"
        /// A deprecated concept in use by others, or without a successor.
        case deprecated
    }

    public let severity: Severity
    public let rule: Rule
    /// Local name of the concept it is about, if it is about one.
    public let concept: ConceptID?
    public let place: SourcePlace?
    /// What is wrong.
    public let message: String
    /// What to do.
    public let remedy: String

    public init(
        severity: Severity, rule: Rule, concept: ConceptID?, place: SourcePlace?, message: String, remedy: String
    ) {
        self.severity = severity
        self.rule = rule
        self.concept = concept
        self.place = place
        self.message = message
        self.remedy = remedy
    }

    /// `file:line: error [rule]: message; remedy.`
    public var description: String {
        (place.map { "\($0): " } ?? "") + "\(severity.rawValue) [\(rule.rawValue)]: \(message); \(remedy)."
    }
}
