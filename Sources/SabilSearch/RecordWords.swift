import SabilAnalysis
import XapianIndex

/// The words of one record, field after field: the word stream, and each different word once with how often it occurs.
///
/// Kept from record to record for its room. Words are told apart by their bytes in the text of the stream, so that none is
/// copied; two words that fold to the same surface and have different stems are two.
struct RecordWords: Sendable {
    struct Word: Sendable {
        /// Bytes in ``text``.
        var start: Int
        var count: Int
        var hash: UInt64
        var stem: String
        var stemHash: UInt64
        var code: UInt32
        var occurrences: UInt32
    }

    /// Stands for the end of a field in ``order``.
    static let fieldEnd = UInt32.max

    private(set) var words: [Word] = []
    /// Index of each word of the record into ``words``, fields apart.
    private(set) var order: [UInt32] = []
    /// The second part of the stream.
    private(set) var text: [UInt8] = []
    private var codes: [UInt8] = []
    /// Index into `words` plus one; 0 = free. A power of two, at most half full.
    private var places = [UInt32](repeating: 0, count: 1024)

    var stream: [UInt8] { WordStream.encoded(codes: codes, text: text) }

    mutating func removeAll() {
        if places.count > 4_096 {
            places = [UInt32](repeating: 0, count: 1024)
        } else {
            for at in places.indices { places[at] = 0 }
        }
        words.removeAll(keepingCapacity: true)
        order.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
    }

    /// Adds a field; also an empty one, since the first is the title whatever it holds.
    mutating func add(_ tokens: [Token], mark: WordStream.Mark? = nil) {
        text.append(WordStream.fieldStart)
        if let mark { text.append(mark.rawValue) }
        text.append(WordStream.space)
        for token in tokens {
            let start = text.count
            text.append(contentsOf: token.surface.utf8)
            let index = self.index(of: token, start: start)
            text.append(WordStream.space)
            order.append(UInt32(index))
            append(words[index].code | (token.isStopword ? WordStream.stopwordBit : 0))
        }
        order.append(Self.fieldEnd)
        append(0)
    }

    /// Finds the word whose surface ends the text, or adds it.
    private mutating func index(of token: Token, start: Int) -> Int {
        var hash = Digest.basis
        for at in start..<text.count { hash = Digest.adding(text[at], to: hash) }
        let place = place(of: hash, stem: token.stem, start: start, count: text.count - start)
        if places[place] != 0 {
            let index = Int(places[place]) - 1
            words[index].occurrences += 1
            return index
        }
        let stemHash = token.stem == token.surface ? hash : Digest.of(token.stem)
        words.append(
            Word(
                start: start, count: text.count - start, hash: hash, stem: token.stem, stemHash: stemHash,
                code: WordStream.code(ofDigest: stemHash), occurrences: 1))
        places[place] = UInt32(words.count)
        if words.count * 2 > places.count { grow() }
        return words.count - 1
    }

    /// The place of a word, or the free one where it belongs.
    @inline(__always)
    private func place(of hash: UInt64, stem: String, start: Int, count: Int) -> Int {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & mask
        while places[place] != 0 {
            let word = words[Int(places[place]) - 1]
            if word.hash == hash, word.count == count, holds(word.start, start, count), word.stem == stem { break }
            place = (place + 1) & mask
        }
        return place
    }

    @inline(__always)
    private func holds(_ first: Int, _ second: Int, _ count: Int) -> Bool {
        for offset in 0..<count where text[first + offset] != text[second + offset] { return false }
        return true
    }

    private mutating func grow() {
        let mask = places.count * 4 - 1
        places = [UInt32](repeating: 0, count: mask + 1)
        for (index, word) in words.enumerated() {
            var place = Int(truncatingIfNeeded: word.hash ^ (word.hash >> 29)) & mask
            while places[place] != 0 { place = (place + 1) & mask }
            places[place] = UInt32(index + 1)
        }
    }

    private mutating func append(_ code: UInt32) {
        codes.append(UInt8(truncatingIfNeeded: code))
        codes.append(UInt8(truncatingIfNeeded: code >> 8))
        codes.append(UInt8(truncatingIfNeeded: code >> 16))
    }

    /// Writes every word and every stem as a term, once each, with its occurrences.
    func write(to document: inout IndexDocument) {
        let mask = places.count - 1
        var stems = [UInt32](repeating: 0, count: places.count)
        var firsts: [Int] = []
        var occurrences: [UInt32] = []
        firsts.reserveCapacity(words.count)
        occurrences.reserveCapacity(words.count)
        for (index, word) in words.enumerated() {
            document.addTerm(
                utf8: text.span.extracting(word.start..<word.start + word.count), wdf: word.occurrences)
            var place = Int(truncatingIfNeeded: word.stemHash ^ (word.stemHash >> 29)) & mask
            while true {
                let known = Int(stems[place]) - 1
                if known < 0 {
                    firsts.append(index)
                    occurrences.append(word.occurrences)
                    stems[place] = UInt32(firsts.count)
                    break
                }
                let first = words[firsts[known]]
                if first.stemHash == word.stemHash, first.stem == word.stem {
                    occurrences[known] += word.occurrences
                    break
                }
                place = (place + 1) & mask
            }
        }
        for (index, count) in zip(firsts, occurrences) {
            document.addTerm(prefix: IndexSchema.Prefix.stem, utf8: words[index].stem.utf8.span, wdf: count)
        }
    }
}
