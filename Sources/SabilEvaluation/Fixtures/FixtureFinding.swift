/// Something wrong with the fixtures: the place, what is wrong, and how to mend it.
public struct FixtureFinding: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Which promise of the fixtures is broken; stable, for tests and for searching a long list.
    public enum Check: String, Sendable, Hashable, CaseIterable {
        /// A line, a column or a file that is missing or cannot be read.
        case format
        /// What the record validator says.
        case record
        /// Ids: unique, of the file's language, in order.
        case identity
        /// Versions of one work.
        case translations
        /// How many there are of what.
        case counts
        /// The language of a text against the declared one.
        case language
        /// The table of deliberate noise against the texts.
        case noise
        /// Texts that are nearly the same, titles that are the same.
        case duplicates
        case queries
        case judgements
        case splits
        case secondReading = "second-reading"
    }

    public var check: Check
    /// Path inside the folder of fixtures: a file, or a folder when no file is at fault.
    public var file: String
    /// Counted from 1; `nil` when the file as a whole is at fault.
    public var line: Int?
    /// What is wrong, one sentence.
    public var message: String
    /// What to do, one sentence.
    public var remedy: String

    public init(_ check: Check, file: String, line: Int? = nil, _ message: String, remedy: String) {
        self.check = check
        self.file = file
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    /// `records/en.jsonl:3: identity: … …`
    public var description: String {
        "\(file)\(line.map { ":\($0)" } ?? ""): \(check.rawValue): \(message) \(remedy)"
    }

    /// By file, then line, then text.
    public static func < (lhs: FixtureFinding, rhs: FixtureFinding) -> Bool {
        (lhs.file, lhs.line ?? 0, lhs.check.rawValue, lhs.message)
            < (rhs.file, rhs.line ?? 0, rhs.check.rawValue, rhs.message)
    }
}
