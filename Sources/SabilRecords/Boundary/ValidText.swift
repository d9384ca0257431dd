/// Bytes that are UTF-8, checked once: any part of them becomes text without a second look.
struct ValidText: Sendable {
    let bytes: [UInt8]

    /// - Throws: where and why the bytes are no UTF-8.
    init(_ bytes: [UInt8]) throws(Unicode.UTF8.ValidationError) {
        _ = try UTF8Span(validating: bytes.span)
        self.bytes = bytes
    }

    /// The text of a part.
    /// - Parameter range: begins and ends between characters; a part that does not is read with replacement characters.
    /// - Complexity: O(bytes of the part), a copy.
    @inline(__always)
    func text(_ range: Range<Int>, isASCII: Bool) -> String {
        if isInside(range.lowerBound) || isInside(range.upperBound) {
            return String(decoding: bytes[range], as: UTF8.self)
        }
        // What lies between two borders of characters of valid UTF-8 is valid UTF-8.
        return unsafe String(copying: UTF8Span(unchecked: bytes.span.extracting(range), isKnownASCII: isASCII))
    }

    /// Whether a place lies inside a character.
    @inline(__always)
    private func isInside(_ place: Int) -> Bool { place < bytes.count && bytes[place] & 0xC0 == 0x80 }

    /// Where a string goes on to from `start` until a quote, a backslash or a control character, or to the end.
    /// - Complexity: O(bytes), eight at a time.
    @inline(__always)
    func plainEnd(from start: Int) -> (end: Int, isASCII: Bool) {
        unsafe bytes.withUnsafeBytes { bytes in
            var index = start
            var union: UInt64 = 0
            while index + 8 <= bytes.count {
                let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let special = Self.special(word)
                if special != 0 {
                    let count = special.trailingZeroBitCount & ~7
                    union |= word & ~(UInt64.max << UInt64(count))
                    return (index + count >> 3, union & 0x8080_8080_8080_8080 == 0)
                }
                union |= word
                index += 8
            }
            while index < bytes.count {
                let byte = unsafe bytes[index]
                if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
                union |= UInt64(byte)
                index += 1
            }
            return (index, union & 0x8080_8080_8080_8080 == 0)
        }
    }

    /// High bits: the lowest one set marks the first quote, backslash or control character among eight bytes.
    @inline(__always)
    private static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word
        return found & (ones &* 0x80)
    }
}
