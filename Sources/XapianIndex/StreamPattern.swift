/// Some words, and how they shall stand in a document's word stream.
///
/// The stream is the value of ``IndexQuery/streamSlot``: a varint n, n × 3 bytes of the caller's own, then for each
/// field of the document a newline, the byte 1 if the field is marked, a space, and each word followed by a space. So no
/// occurrence reaches over a field. Words are compared byte by byte; a word holds no byte below 0x21.
public struct StreamPattern: Sendable, Hashable {
    /// Where the words are looked for.
    public enum Scope: Sendable, Hashable {
        case anywhere
        /// In the first field, such as the title.
        case firstField
        case secondField
        case thirdField
        /// In marked fields, such as the names of authors.
        case markedFields
    }

    public let words: [String]
    /// Whether they stand in this order.
    public let isOrdered: Bool
    /// Consecutive words of one field among which all of them are; at least their number.
    public let window: Int
    public let scope: Scope

    private init(words: [String], isOrdered: Bool, window: Int, scope: Scope) {
        self.words = words
        self.isOrdered = isOrdered
        self.window = max(window, words.count)
        self.scope = scope
    }

    /// The words in this order within `window` consecutive words; nil: one directly after the other.
    public static func phrase(_ words: [String], window: Int? = nil, in scope: Scope = .anywhere) -> StreamPattern {
        StreamPattern(words: words, isOrdered: true, window: window ?? words.count, scope: scope)
    }

    /// The words in any order within `window` consecutive words, a repeated one at as many places.
    public static func near(_ words: [String], window: Int, in scope: Scope = .anywhere) -> StreamPattern {
        StreamPattern(words: words, isOrdered: false, window: window, scope: scope)
    }
}
