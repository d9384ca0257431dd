/// What becomes of words that no record has.
public enum SpellingMode: String, Sendable, Hashable, Codable, CaseIterable {
    /// They stay as they are, and nothing is proposed.
    case off
    /// They stay; what they may have meant is proposed.
    case suggest
    /// They are searched for as the nearest word that records have; rare words are never exchanged.
    case correct
}

/// What the words of a query may have been meant as.
public struct Spelling: Sendable, Hashable {
    /// A word and what it may have meant.
    public struct Word: Sendable, Hashable {
        /// Bytes of the query as typed (UTF-8).
        public var place: Range<Int>
        public var typed: String
        /// As a record writes it.
        public var meant: String
        /// Whether `meant` was searched for.
        public var isUsed: Bool
    }

    /// In order of place, without overlap.
    public var words: [Word]
    /// The query with every proposal in its place.
    public var text: String

    /// Whether the hits are those of another text than was typed.
    public var isUsed: Bool { words.contains(where: \.isUsed) }

    init(_ words: [Word], in text: String) {
        self.words = words
        self.text = Self.applied(words, to: text)
    }

    /// The query as it was searched for.
    static func searched(_ words: [Word], in text: String) -> String { applied(words.filter(\.isUsed), to: text) }

    private static func applied(_ words: [Word], to text: String) -> String {
        var bytes: [UInt8] = []
        var at = 0
        let typed = Array(text.utf8)
        for word in words {
            bytes += typed[at..<word.place.lowerBound]
            bytes += Array(word.meant.utf8)
            at = word.place.upperBound
        }
        bytes += typed[at...]
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Where a stretch of the text that was searched for stands in the one typed.
    static func place(_ place: Range<Int>, before words: [Word]) -> Range<Int> {
        func typed(_ offset: Int, isEnd: Bool) -> Int {
            var shift = 0
            for word in words where word.isUsed {
                let start = word.place.lowerBound + shift
                let end = start + word.meant.utf8.count
                if offset < end || (offset == end && isEnd) {
                    if offset <= start { return offset - shift }
                    return isEnd ? word.place.upperBound : word.place.lowerBound
                }
                shift += word.meant.utf8.count - word.place.count
            }
            return offset - shift
        }
        let start = typed(place.lowerBound, isEnd: false)
        return start..<max(start, typed(place.upperBound, isEnd: true))
    }
}
