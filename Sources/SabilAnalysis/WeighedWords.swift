/// What the words of a session say of their language, by their letters: most words have come before.
///
/// Open addressing in a table of powers of two, which starts afresh when half of 16,384 places are used. What it answers
/// never depends on what it holds.
struct WeighedWords {
    private static let maximumPlaces = 1 << 14

    /// Index into `words` plus one; 0 = free.
    private var places = [Int32](repeating: 0, count: 64)
    private var hashes: [UInt64] = []
    private var keyEnds: [Int] = []
    private var keys: [UInt8] = []
    private var words: [WordEvidence] = []

    /// Start and step of FNV-1a, 64 bits.
    static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325
    @inline(__always)
    static func extended(_ hash: UInt64, by byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// Hands out the evidence of a word, weighed now or before.
    /// - Parameters:
    ///   - letters: in UTF-8.
    ///   - hash: FNV-1a of the letters.
    @inline(__always)
    mutating func with(
        _ letters: [UInt8], hash: UInt64, weigh: ([UInt32]) -> WordEvidence, use: (borrowing WordEvidence) -> Void
    ) {
        let hash = hash ^ hash >> 29
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
            let index = Int(places[place]) - 1
            if index < 0 { break }
            if hashes[index] == hash, holds(letters, at: index) { return use(words[index]) }
            place = (place + 1) & mask
        }
        let word = weigh(UTF8Bytes.codePoints(letters))
        insert(word, letters, hash)
        use(word)
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
    private func holds(_ letters: [UInt8], at index: Int) -> Bool {
        let start = index == 0 ? 0 : keyEnds[index - 1]
        guard keyEnds[index] - start == letters.count else { return false }
        for offset in letters.indices where keys[start + offset] != letters[offset] { return false }
        return true
    }
}
