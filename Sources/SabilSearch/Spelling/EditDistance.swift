/// How many letters must be put in, left out, exchanged or swapped with their neighbour to make one word of another.
///
/// Optimal string alignment: no letter is touched twice. Sources: Damerau 1964, CACM 7(3), for the four kinds of error; Hyyrö 2003,
/// Nordic Journal of Computing 10(1), for whole columns of the table as bits of a number.
struct EditDistance: Sendable {
    /// Letters of the word that others are compared with, at most.
    static let longest = 64

    private let length: Int
    /// The different letters of the word, by their low bits, then the next free place; and at which places of the word each is.
    private var letters = [UInt16](repeating: 0, count: 128)
    private var places = [UInt64](repeating: 0, count: 128)

    /// - Parameter word: of which letters beyond ``longest`` do not count.
    init(to word: ArraySlice<UInt16>) {
        length = min(word.count, Self.longest)
        for (place, letter) in word.prefix(Self.longest).enumerated() {
            let at = at(letter)
            letters[at] = letter
            places[at] |= 1 << UInt64(place)
        }
    }

    /// Where a letter is, or would be: at most half of the places are taken.
    @inline(__always)
    private func at(_ letter: UInt16) -> Int {
        var at = Int(letter & 127)
        while places[at] != 0, letters[at] != letter { at = (at + 1) & 127 }
        return at
    }

    /// The distance of another word, or nil where it is more than `limit`.
    ///
    /// - Complexity: some 2 ns a letter, of as many as show that it is too far.
    func distance(of word: ArraySlice<UInt16>, upTo limit: Int) -> Int? {
        guard length > 0 else { return word.count <= limit ? word.count : nil }
        let last: UInt64 = 1 << UInt64(length - 1)
        // One column of the table: where it rises and falls from one line to the next, and where its diagonal is level.
        var rises = UInt64.max
        var falls: UInt64 = 0
        var level: UInt64 = 0
        var before: UInt64 = 0
        var distance = length
        var rest = word.count
        for letter in word {
            let same = places[at(letter)]
            let swapped = ((~level & same) << 1) & before
            level = (((same & rises) &+ rises) ^ rises) | same | falls | swapped
            var right = falls | ~(level | rises)
            var left = level & rises
            if right & last != 0 { distance += 1 }
            if left & last != 0 { distance -= 1 }
            right = right << 1 | 1
            left <<= 1
            rises = left | ~(level | right)
            falls = level & right
            before = same
            rest -= 1
            // Each letter that follows makes it less by one at most.
            if distance - rest > limit { return nil }
        }
        return distance <= limit ? distance : nil
    }
}
