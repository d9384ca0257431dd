/// A language of the engine: one of the four with an analysis chain of its own, or undetermined.
///
/// Raw values are BCP 47 primary subtags; `und` is the registered tag for "undetermined".
public enum Language: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case english = "en"
    case french = "fr"
    case spanish = "es"
    case arabic = "ar"
    case undetermined = "und"

    /// The four languages that have a chain of their own, in a fixed order.
    public static let known: [Language] = [.english, .french, .spanish, .arabic]

    /// Reads a BCP 47 tag and keeps its primary subtag: `fr-CA` and `FR` are French.
    ///
    /// - Returns: `nil` when the tag names a language without a chain here; `und` is `undetermined`.
    public init?(bcp47 tag: String) {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        self.init(rawValue: primary)
    }

    /// Whether text in this language runs from right to left.
    public var isRightToLeft: Bool { self == .arabic }

    public static func < (lhs: Language, rhs: Language) -> Bool { lhs.rawValue < rhs.rawValue }
}
