/// A typed word of which letters are left open: `*` stands for any number of them, `?` for one.
enum OpenWord: Sendable, Hashable {
    /// Words that begin so: the asterisk stands at the end, and nowhere else.
    case beginning(String)
    /// Words of that form, with asterisks and question marks in it.
    case pattern(String)

    /// Letters that a pattern has before its first open place, or else side by side somewhere: fewer stand in too many words.
    static let leastAtStart = 2
    static let leastInRow = 3

    /// Reads a word as typed; marks that end a sentence are none of it.
    ///
    /// - Returns: nil for one without open places, for a question, and for one that is no word otherwise, such as an address.
    init?(_ typed: String) {
        let scalars = typed.unicodeScalars
        guard scalars.contains(where: { $0 == "*" || $0 == "?" }) else { return nil }
        let kept = scalars.reversed().drop { ".,;:!?\u{60C}\u{61B}\u{61F}".unicodeScalars.contains($0) }
        let word = Array(kept.reversed())
        let letters = word.reversed().drop { $0 == "*" }.reversed()
        if !letters.contains("*"), !letters.contains("?") {
            guard letters.count < word.count else { return nil }
            self = .beginning(Self.string(letters))
            return
        }
        guard word.allSatisfy({ Self.isOpen($0) || Self.isOfWord($0) }) else { return nil }
        let runs = word.split(whereSeparator: Self.isOpen).map { $0.count(where: \.properties.isAlphabetic) }
        let start = word.first.map(Self.isOpen) == false ? runs.first ?? 0 : 0
        guard start >= Self.leastAtStart || runs.max() ?? 0 >= Self.leastInRow else { return nil }
        self = .pattern(Self.string(word))
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    static func isOpen(_ scalar: Unicode.Scalar) -> Bool { scalar == "*" || scalar == "?" }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .format: true
        default:
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "'"
                || scalar == "\u{2019}"
        }
    }
}

/// A form of words as the index writes them, some of their letters open.
struct WordPattern: Sendable, Hashable {
    /// UTF-8 of the letters, with `*` and `?` for what is open: no word of an index holds these two.
    private let bytes: [UInt8]

    private static let any = UInt8(ascii: "*")
    private static let one = UInt8(ascii: "?")

    /// - Parameter text: letters folded as words are, with `*` and `?`.
    init(_ text: String) {
        var bytes: [UInt8] = []
        for byte in text.utf8 where byte != Self.any || bytes.last != Self.any { bytes.append(byte) }
        self.bytes = bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What all words of the form begin with.
    var start: String { String(decoding: bytes.prefix { $0 != Self.any && $0 != Self.one }, as: UTF8.self) }

    /// Whether a word has the form; n stands for ñ too, as keyboards lack one.
    ///
    /// - Complexity: O(letters of both), with several asterisks at worst their product.
    func matches(_ word: ArraySlice<UInt8>) -> Bool {
        var place = 0
        var at = word.startIndex
        var retry: (place: Int, at: Int)?
        while at < word.endIndex {
            if place < bytes.count, bytes[place] == Self.any {
                place += 1
                retry = (place, at)
            } else if place < bytes.count, let length = length(of: bytes[place], in: word, at: at) {
                place += 1
                at += length
            } else if let last = retry {
                at = last.at + Self.scalarLength(word[last.at])
                place = last.place
                retry = (place, at)
            } else {
                return false
            }
        }
        while place < bytes.count, bytes[place] == Self.any { place += 1 }
        return place == bytes.count
    }

    /// How many bytes of the word stand for a byte of the form; nil: none do.
    private func length(of byte: UInt8, in word: ArraySlice<UInt8>, at: Int) -> Int? {
        if byte == Self.one { return min(Self.scalarLength(word[at]), word.endIndex - at) }
        if word[at] == byte { return 1 }
        let isTilde = byte == UInt8(ascii: "n") && word[at] == 0xC3 && at + 1 < word.endIndex && word[at + 1] == 0xB1
        return isTilde ? 2 : nil
    }

    private static func scalarLength(_ first: UInt8) -> Int {
        first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    }
}
