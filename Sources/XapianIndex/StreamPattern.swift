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
    /// Of a chain: the phrases, and how many words each is from the next at most; of others empty.
    public let phrases: [[String]]
    public let distances: [Int]

    private init(
        words: [String], isOrdered: Bool, window: Int, scope: Scope, phrases: [[String]] = [], distances: [Int] = []
    ) {
        self.phrases = phrases
        self.distances = distances
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

    /// Phrases of which each stands at most so many words from the next, before it or after it, without sharing a word with it.
    ///
    /// Phrases that are not neighbours may be the same occurrence. A phrase that holds no words makes it match nothing.
    /// - Parameter distances: one from each to the next, 1…100 000: 1 is directly beside it. What is missing is 1.
    public static func chain(
        _ phrases: [[String]], distances: [Int], in scope: Scope = .anywhere
    ) -> StreamPattern {
        let words = phrases.contains { $0.isEmpty } ? [] : Array(phrases.joined())
        guard phrases.count > 1 else { return phrase(words, in: scope) }
        let all = (0..<phrases.count - 1).map { distances.indices.contains($0) ? distances[$0] : 1 }
        return StreamPattern(
            words: words, isOrdered: false, window: all.reduce(words.count, +), scope: scope, phrases: phrases,
            distances: all)
    }

    /// A phrase, a distance, a phrase …, a line each.
    var chain: String {
        var lines = [phrases.first?.joined(separator: " ") ?? ""]
        for (phrase, distance) in zip(phrases.dropFirst(), distances) {
            lines += [String(distance), phrase.joined(separator: " ")]
        }
        return lines.joined(separator: "\n")
    }
}
