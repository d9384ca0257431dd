/// Letter sequences: four Unicode scalars of a word and the spaces beside it, sixteen bits each (scalars above U+FFFF share
/// what their low half shares).
enum Gram {
    /// Every four scalars in a row, with the offset behind the last one. Bytes that are no UTF-8 give some sequences.
    @inline(__always)
    static func each(in bytes: borrowing Span<UInt8>, from start: Int, _ body: (_ gram: UInt64, _ end: Int) -> Void) {
        var gram: UInt64 = 0
        var at = start
        let end = bytes.count
        while at < end {
            let byte = bytes[at]
            at &+= 1
            var scalar = UInt64(byte)
            if byte >= 0x80 {
                if byte < 0xE0, at < end {
                    scalar = (scalar & 0x1F) << 6 | UInt64(bytes[at] & 0x3F)
                    at &+= 1
                } else {
                    var missing = byte < 0xF0 ? 2 : 3
                    scalar &= byte < 0xF0 ? 0x0F : 0x07
                    while missing > 0, at < end {
                        scalar = scalar << 6 | UInt64(bytes[at] & 0x3F)
                        at &+= 1
                        missing &-= 1
                    }
                    scalar &= 0xFFFF
                }
            }
            gram = gram << 16 | scalar
            body(gram, at)
        }
    }

    /// Whether the sequence lies within one word and the spaces beside it.
    @inline(__always)
    static func isOfOneWord(_ gram: UInt64) -> Bool {
        (gram >> 32) & 0xFFFF > 0x20 && (gram >> 16) & 0xFFFF > 0x20 && gram >> 48 != 0
    }

    @inline(__always)
    static func digest(_ gram: UInt64) -> UInt64 { gram &* 0x9E37_79B9_7F4A_7C15 }
}

/// The letter sequences of a query.
struct Grams: Sendable {
    /// The different sequences, in order of first occurrence.
    private(set) var codes: [UInt64] = []
    /// How often each occurs in the query.
    private(set) var weights: [Double] = []
    /// The same, function words left out.
    private(set) var contentWeights: [Double] = []

    var count: Int { codes.count }

    init(_ runs: [[QueryWord]], length: Int) {
        precondition(length == 4, "a gram is packed into four times sixteen bits")
        var rows: [UInt64: Int] = [:]
        for word in runs.joined() {
            for gram in Self.grams(of: word.surface) {
                let row = rows[gram] ?? codes.count
                if row == codes.count {
                    rows[gram] = row
                    codes.append(gram)
                    weights.append(0)
                    contentWeights.append(0)
                }
                weights[row] += 1
                if !word.isStopword { contentWeights[row] += 1 }
            }
        }
    }

    /// The sequences of one word, each as often as it occurs; none if the word is a single letter.
    static func grams(of word: String) -> [UInt64] {
        var found: [UInt64] = []
        let text = [WordStream.space] + Array(word.utf8) + [WordStream.space]
        Gram.each(in: text.span, from: 0) { gram, _ in
            if Gram.isOfOneWord(gram) { found.append(gram) }
        }
        return found
    }
}
