import CICUShim

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the chain makes of a word, without its place.
struct AnalysedWord {
    var surface: String
    var stem: String
    var traits: WordTraits = []
}

/// The words a session has met in texts of one language: most words of a text have come before.
///
/// Two levels. By the bytes of a segment of UAX #29, as they stand in the text, a table of open addressing gives what it
/// holds: one word, or several with their places (`l’emploi`, `U.N.`). Words are numbered from 0 so that equal surface
/// and stem have one number. What it answers never depends on what it holds.
struct Vocabulary {
    /// Words and segments above which a session starts afresh with its next text, so that it stays at some 12 MB
    /// a language over any amount of text.
    private static let maximumWords = 1 << 16
    private static let maximumKeyBytes = 1 << 20

    /// A word of a segment of several: its value, and bytes from the start of the segment.
    struct Piece {
        var value: UInt32
        var start: UInt32
        var end: UInt32
    }

    private struct Slot {
        var hash: UInt32 = 0
        var keyStart: UInt32 = 0
        /// 0 = free.
        var keyLength: UInt32 = 0
        var value: UInt32 = 0
    }

    /// Set in the value of a segment that is not just one word: the rest numbers a list of pieces.
    private static let isList: UInt32 = 1 << 31
    /// Where the traits stand in a value; the word's number is below.
    private static let traitShift: UInt32 = 28
    private static let numberMask: UInt32 = 1 << 28 - 1

    private var slots = [Slot](repeating: Slot(), count: 256)
    private var occupied = 0
    private var keys: [UInt8] = []
    private var lists: [Range<Int>] = []
    private var pieces: [Piece] = []
    private(set) var words: [AnalysedWord] = []
    /// Of the surface, by number.
    private var wordHashes: [UInt32] = []
    /// Number plus one of a word by the hash of its surface; 0 = free.
    private var numbers = [UInt32](repeating: 0, count: 256)

    /// Whether it is time to start afresh.
    var isFull: Bool { words.count > Self.maximumWords || keys.count > Self.maximumKeyBytes }

    /// The value of a word: its number and traits.
    ///
    /// - Parameter hash: of the bytes of its surface.
    mutating func value(of word: AnalysedWord, hash: UInt32) -> UInt32 {
        let traits = UInt32(word.traits.rawValue) << Self.traitShift
        var index = Int(hash) & (numbers.count - 1)
        while numbers[index] > 0 {
            let number = Int(numbers[index]) - 1
            if wordHashes[number] == hash, words[number].surface == word.surface, words[number].stem == word.stem {
                return UInt32(number) | traits
            }
            index = (index + 1) & (numbers.count - 1)
        }
        words.append(word)
        wordHashes.append(hash)
        numbers[index] = UInt32(words.count)
        if words.count * 2 > numbers.count {
            numbers = [UInt32](repeating: 0, count: numbers.count * 4)
            for (number, hash) in wordHashes.enumerated() {
                var index = Int(hash) & (numbers.count - 1)
                while numbers[index] > 0 { index = (index + 1) & (numbers.count - 1) }
                numbers[index] = UInt32(number + 1)
            }
        }
        return UInt32(words.count - 1) & Self.numberMask | traits
    }

    /// The place of a word of a text.
    @inline(__always)
    static func place(_ value: UInt32, _ start: UInt32, _ end: UInt32, isIdeographic: Bool) -> PlacedWord {
        var traits = WordTraits(rawValue: UInt8(truncatingIfNeeded: value >> traitShift & 7))
        if isIdeographic { traits.insert(.ideographic) }
        return PlacedWord(word: value & numberMask, start: start, end: end, traits: traits)
    }

    /// Remembers what a segment holds: at most 2²⁸ words in all.
    mutating func insert(_ segment: borrowing Span<UInt8>, hash: UInt32, pieces found: [Piece]) {
        if (occupied + 1) * 2 > slots.count { grow() }
        var value = Self.isList | UInt32(lists.count)
        if found.count == 1, found[0].start == 0, Int(found[0].end) == segment.count {
            value = found[0].value
        } else {
            pieces += found
            lists.append(pieces.count - found.count..<pieces.count)
        }
        let slot = Slot(
            hash: hash, keyStart: UInt32(keys.count), keyLength: UInt32(segment.count), value: value)
        unsafe segment.withUnsafeBufferPointer { unsafe keys.append(contentsOf: $0) }
        occupy(slot)
        occupied += 1
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 4)
        for slot in old where slot.keyLength > 0 { occupy(slot) }
    }

    private mutating func occupy(_ slot: Slot) {
        let mask = slots.count - 1
        var index = Int(slot.hash) & mask
        while slots[index].keyLength > 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    /// Appends the places of segments while they are known; returns how many were.
    ///
    /// The segments are those of `text`, in it by their ranges.
    borrowing func place(
        _ segments: UnsafeBufferPointer<icus_word>, of text: UnsafeBufferPointer<UInt8>,
        into places: inout [PlacedWord]
    ) -> Int {
        let mask = slots.count - 1
        return unsafe slots.withUnsafeBufferPointer { slots in
            unsafe keys.withUnsafeBufferPointer { keys in
                guard let start = text.baseAddress, let firstKey = keys.baseAddress else { return 0 }
                for index in segments.indices {
                    let segment = unsafe segments[index]
                    let length = segment.end - segment.start
                    var at = Int(segment.hash) & mask
                    while true {
                        let slot = unsafe slots[at]
                        if slot.hash == segment.hash, slot.keyLength == length,
                            unsafe memcmp(start + Int(segment.start), firstKey + Int(slot.keyStart), Int(length)) == 0
                        {
                            place(slot.value, segment, into: &places)
                            break
                        }
                        if slot.keyLength == 0 { return index }
                        at = (at + 1) & mask
                    }
                }
                return segments.count
            }
        }
    }

    @inline(__always)
    private borrowing func place(_ value: UInt32, _ segment: icus_word, into places: inout [PlacedWord]) {
        let isIdeographic = segment.kind == ICUS_IDEOGRAPHS
        if value & Self.isList == 0 {
            places.append(Self.place(value, segment.start, segment.end, isIdeographic: isIdeographic))
            return
        }
        for index in lists[Int(value ^ Self.isList)] {
            let piece = pieces[index]
            places.append(
                Self.place(
                    piece.value, segment.start + piece.start, segment.start + piece.end, isIdeographic: isIdeographic))
        }
    }
}
