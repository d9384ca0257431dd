import XapianIndex

/// The letter sequences of a query, and how often they occur in words.
///
/// Grams are taken within `_word_` of folded words; a gram is four Unicode scalars in sixteen bits each (scalars above
/// U+FFFF share what their low half shares).
struct Grams: Sendable {
    private var slots: [UInt64: Int] = [:]
    /// How often each gram occurs in the query.
    private(set) var weights: [Double] = []
    /// The same, function words left out.
    private(set) var contentWeights: [Double] = []
    /// Bit per gram digest, to turn most words away early.
    private var filter = [Bool](repeating: false, count: 65536)

    var count: Int { weights.count }
    /// The grams themselves, ascending, as the index takes them.
    var codes: [UInt64] { slots.keys.sorted() }

    init(_ runs: [[QueryWord]], length: Int) {
        precondition(length == 4, "a gram is packed into four times sixteen bits")
        for word in runs.joined() {
            Self.each(in: word.surface.utf8) { gram in
                let slot = slots[gram] ?? weights.count
                if slot == weights.count {
                    slots[gram] = slot
                    weights.append(0)
                    contentWeights.append(0)
                    filter[Self.digest(gram)] = true
                }
                weights[slot] += 1
                if !word.isStopword { contentWeights[slot] += 1 }
            }
        }
    }

    /// Slots of the query's grams in a word, one for each occurrence.
    func slots(in word: ArraySlice<UInt8>) -> [Int] {
        var found: [Int] = []
        Self.each(in: word) { gram in
            if filter[Self.digest(gram)], let slot = slots[gram] { found.append(slot) }
        }
        return found
    }

    private static func digest(_ gram: UInt64) -> Int {
        Int((gram &* 0x9E37_79B9_7F4A_7C15) >> 48)
    }

    /// Every gram of `_word_`; none if the word is a single letter.
    @inline(__always)
    static func each(in word: some Sequence<UInt8>, _ body: (UInt64) -> Void) {
        var gram: UInt64 = 0x5F
        var held = 1
        var scalar: UInt32 = 0
        var missing = 0
        func push(_ scalar: UInt32) {
            gram = gram << 16 | UInt64(scalar & 0xFFFF)
            held += 1
            if held >= 4 { body(gram) }
        }
        for byte in word {
            if byte < 0x80 {
                push(UInt32(byte))
            } else if byte < 0xC0 {
                scalar = scalar << 6 | UInt32(byte & 0x3F)
                missing -= 1
                if missing == 0 { push(scalar) }
            } else if byte < 0xE0 {
                (scalar, missing) = (UInt32(byte & 0x1F), 1)
            } else if byte < 0xF0 {
                (scalar, missing) = (UInt32(byte & 0x0F), 2)
            } else {
                (scalar, missing) = (UInt32(byte & 0x07), 3)
            }
        }
        push(0x5F)
    }
}
