/// What the chain makes of a word, without its place.
struct AnalysedWord {
    var surface: String
    var stem: String
    var isStopword = false
    var isQuestionWord = false
    var isNumber = false
}

/// The words a session has analysed, by their original bytes: most words of a text have come before.
///
/// Open addressing in a table of powers of two. Grows to 32,768 places, half of them used; then starts afresh, so that
/// a session over any amount of text stays below some 5 MB a language. What it answers never depends on what it holds.
struct WordCache {
    private static let maximumPlaces = 1 << 15

    /// Index into `words` plus one; 0 = free.
    private var places = [Int32](repeating: 0, count: 64)
    private var hashes: [UInt64] = []
    private var keyEnds: [Int] = []
    private var keys: [UInt8] = []
    private(set) var words: [AnalysedWord] = []

    /// FNV-1a, 64 bits, with the high bits mixed down.
    @inline(__always)
    static func hash(_ key: borrowing Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in key.indices { hash = (hash ^ UInt64(key[index])) &* 0x100_0000_01B3 }
        return hash ^ hash >> 29
    }

    /// Index into `words` of a key, if it is held.
    @inline(__always)
    func index(of key: borrowing Span<UInt8>, hash: UInt64) -> Int? {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
            let index = Int(places[place]) - 1
            if index < 0 { return nil }
            if hashes[index] == hash, holds(key, at: index) { return index }
            place = (place + 1) & mask
        }
    }

    /// Adds a word whose key is not held; returns its index.
    mutating func insert(_ word: AnalysedWord, key: borrowing Span<UInt8>, hash: UInt64) -> Int {
        if (words.count + 1) * 2 > places.count {
            if places.count >= Self.maximumPlaces {
                self = WordCache()
            } else {
                grow()
            }
        }
        let index = words.count
        words.append(word)
        hashes.append(hash)
        for offset in key.indices { keys.append(key[offset]) }
        keyEnds.append(keys.count)
        occupy(index, hash)
        return index
    }

    private mutating func grow() {
        places = [Int32](repeating: 0, count: places.count * 4)
        for (index, hash) in hashes.enumerated() { occupy(index, hash) }
    }

    private mutating func occupy(_ index: Int, _ hash: UInt64) {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while places[place] != 0 { place = (place + 1) & mask }
        places[place] = Int32(index + 1)
    }

    @inline(__always)
    private func holds(_ key: borrowing Span<UInt8>, at index: Int) -> Bool {
        let start = index == 0 ? 0 : keyEnds[index - 1]
        guard keyEnds[index] - start == key.count else { return false }
        for offset in 0..<key.count where keys[start + offset] != key[offset] { return false }
        return true
    }
}
