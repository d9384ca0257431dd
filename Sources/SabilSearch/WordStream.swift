import SabilAnalysis

/// Every word of a record in order, as the second ranking step and phrases read it: codes of stems, then the text.
///
/// ```
/// varint n │ n × 3 bytes: a code per word, 0 behind each field │ per field: 0x0A, a mark or nothing, 0x20, then each word and 0x20
/// ```
/// A code is a digest of the stem in 23 bits and a bit for function words; two stems share a digest once in eight million
/// pairs. In the text every word stands between two spaces, so that a phrase is a string to look for, and none reaches over
/// the end of a field. The first field is the title. No word holds a byte below 0x21.
enum WordStream {
    static let stopwordBit: UInt32 = 1 << 23
    static let fieldStart: UInt8 = 0x0A
    static let space: UInt8 = 0x20

    /// What a field is marked with, for phrases that must stand in one.
    enum Mark: UInt8 {
        case authors = 0x01
    }

    /// The digest of a stem: 1…2²³−1.
    static func code(of stem: String) -> UInt32 { code(ofDigest: Digest.of(stem)) }

    @inline(__always)
    static func code(ofDigest digest: UInt64) -> UInt32 {
        let folded = UInt32(truncatingIfNeeded: digest ^ (digest >> 32)) & (stopwordBit - 1)
        return folded == 0 ? 1 : folded
    }

    /// Puts codes, three bytes each, and text together.
    static func encoded(codes: [UInt8], text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(codes.count + text.count + 5)
        var rest = codes.count / 3
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
        bytes.append(contentsOf: codes)
        bytes.append(contentsOf: text)
        return bytes
    }

    /// Where the two parts lie in stored bytes: what is cut short or damaged has fewer codes or none, and no text.
    /// - Parameter bytes: any bytes.
    @inline(__always)
    static func parts(of bytes: borrowing Span<UInt8>) -> (codes: Range<Int>, text: Range<Int>) {
        var count = 0
        var at = 0
        while at < bytes.count, at < 5 {
            let byte = bytes[at]
            count |= Int(byte & 0x7F) << (7 * at)
            at += 1
            if byte < 0x80 {
                let end = at + 3 * min(count, (bytes.count - at) / 3)
                return (at..<end, 3 * count > bytes.count - at ? bytes.count..<bytes.count : end..<bytes.count)
            }
        }
        return (0..<0, bytes.count..<bytes.count)
    }
}

/// FNV-1a, 64 bits: the same on every run and machine, unlike `Hasher`.
enum Digest {
    static let basis: UInt64 = 0xcbf2_9ce4_8422_2325

    @inline(__always)
    static func adding(_ byte: UInt8, to hash: UInt64) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }

    static func of(_ text: String) -> UInt64 {
        var hash = basis
        for byte in text.utf8 { hash = adding(byte, to: hash) }
        return hash
    }
}
