/// What the words of a session say of their language, by their letters: most words have come before.
///
/// Open addressing in a table of powers of two, which starts afresh when half of 65,536 places are used, at some five
/// megabytes. What it answers never depends on what it holds.
struct WeighedWords {
    private static let maximumPlaces = 1 << 16

    /// Index into `words` plus one; 0 = free.
    private var places = [Int32](repeating: 0, count: 64)
    private var hashes: [UInt64] = []
    private var keyEnds: [Int] = []
    private var keys: [UInt8] = []
    private var words: [WordEvidence] = []

    /// The letters of a word in UTF-8, with their digest; the first hundred bytes lie in place, not in the heap.
    struct Key {
        private static let inPlace = 104
        private var first = InlineArray<104, UInt8>(repeating: 0)
        private var rest: [UInt8] = []
        private(set) var count = 0
        /// FNV-1a, 64 bits.
        private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325

        var isEmpty: Bool { count == 0 }

        @inline(__always)
        subscript(index: Int) -> UInt8 { index < Self.inPlace ? first[index] : rest[index - Self.inPlace] }

        @inline(__always)
        mutating func append(_ byte: UInt8) {
            if count < Self.inPlace { first[count] = byte } else { rest.append(byte) }
            count += 1
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }

        @inline(__always)
        mutating func removeAll() {
            if count > Self.inPlace { rest.removeAll() }
            count = 0
            hash = 0xCBF2_9CE4_8422_2325
        }

        var bytes: [UInt8] { (0..<count).map { self[$0] } }
    }

    /// Hands out the evidence of a word, weighed now or before.
    @inline(__always)
    mutating func with(
        _ word: borrowing Key, weigh: ([UInt32]) -> WordEvidence, use: (borrowing WordEvidence) -> Void
    ) {
        let hash = word.hash ^ word.hash >> 29
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
            let index = Int(places[place]) - 1
            if index < 0 { break }
            if hashes[index] == hash, holds(word, at: index) { return use(words[index]) }
            place = (place + 1) & mask
        }
        let letters = word.bytes
        let weighed = weigh(UTF8Bytes.codePoints(letters))
        insert(weighed, letters, hash)
        use(weighed)
    }

    private mutating func insert(_ word: WordEvidence, _ letters: [UInt8], _ hash: UInt64) {
        if (words.count + 1) * 2 > places.count {
            if places.count >= Self.maximumPlaces {
                self = WeighedWords()
            } else {
                places = [Int32](repeating: 0, count: places.count * 4)
                for (index, hash) in hashes.enumerated() { occupy(index, hash) }
            }
        }
        words.append(word)
        hashes.append(hash)
        keys += letters
        keyEnds.append(keys.count)
        occupy(words.count - 1, hash)
    }

    private mutating func occupy(_ index: Int, _ hash: UInt64) {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while places[place] != 0 { place = (place + 1) & mask }
        places[place] = Int32(index + 1)
    }

    @inline(__always)
    private func holds(_ word: borrowing Key, at index: Int) -> Bool {
        let start = index == 0 ? 0 : keyEnds[index - 1]
        guard keyEnds[index] - start == word.count else { return false }
        for offset in 0..<word.count where keys[start + offset] != word[offset] { return false }
        return true
    }
}
