import Foundation
public import SabilRecords

/// The name of a decision: a UUID in lower case, so that the same decision sent twice is stored once.
public struct DecisionID: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue.lowercased() }
    public init(_ rawValue: String) { self.init(rawValue: rawValue) }
    /// A new random name.
    public init() { self.init(rawValue: UUID().uuidString) }
    public var description: String { rawValue }
    public static func < (left: DecisionID, right: DecisionID) -> Bool { left.rawValue < right.rawValue }
}

/// What a curator decides about a concept on a record.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// A suggestion is right: the concept goes on the record.
    case accept
    /// A suggestion is wrong: the concept stays off the record, and the model learns so.
    case reject
    /// A concept nobody suggested goes on the record.
    case add
    /// A concept that is on the record comes off.
    case remove

    /// Whether the concept is on the record afterwards.
    public var isOnRecord: Bool { self == .accept || self == .add }
}

/// One decision of one curator about one concept on one record; never changed, only followed by another.
public struct Decision: Sendable, Hashable, Codable, Identifiable {
    public var id: DecisionID
    public var record: RecordID
    public var concept: ConceptID
    public var verdict: Verdict
    /// Who decided, as they named themselves; 1…200 characters.
    public var by: String
    public var at: Instant
    /// Confidence of the suggestion decided on, 0…1; `nil` if there was none.
    public var score: Double?
    /// The model that made the suggestion.
    public var model: ModelID?
    /// Why, in the curator's words; at most 4,000 characters.
    public var note: String?

    public init(
        id: DecisionID = DecisionID(), record: RecordID, concept: ConceptID, verdict: Verdict, by: String,
        at: Instant = .now, score: Double? = nil, model: ModelID? = nil, note: String? = nil
    ) {
        self.id = id
        self.record = record
        self.concept = concept
        self.verdict = verdict
        self.by = by
        self.at = at
        self.score = score
        self.model = model
        self.note = note
    }

    /// Longest name of a curator, in characters.
    public static let maximumNameLength = 200
    /// Longest note, in characters.
    public static let maximumNoteLength = 4_000

    /// What keeps the decision from being stored: the name of the value and what is wrong with it.
    public var defects: [(value: String, reason: String)] {
        var defects: [(String, String)] = []
        if UUID(uuidString: id.rawValue) == nil { defects.append(("id", "It must be a UUID.")) }
        if record.rawValue.isEmpty { defects.append(("record", "It must not be empty.")) }
        if concept.rawValue.isEmpty { defects.append(("concept", "It must not be empty.")) }
        if by.allSatisfy(\.isWhitespace) {
            defects.append(("by", "It must name who decides."))
        } else if by.count > Self.maximumNameLength {
            defects.append(("by", "It must have at most \(Self.maximumNameLength) characters."))
        }
        if let score, !(0...1).contains(score) { defects.append(("score", "It must lie between 0 and 1.")) }
        if let note, note.count > Self.maximumNoteLength {
            defects.append(("note", "It must have at most \(Self.maximumNoteLength) characters."))
        }
        return defects
    }
}
