import SabilAnalysis

/// Every word of a record in order, three bytes each: what the second ranking step reads instead of position lists.
///
/// A word is a digest of its stem in 23 bits and a bit for stop words; 0 stands between fields. The first field is the
/// title. Reading a hundred of these is one value each; positions of stems would be an index half as large again.
/// Two stems share a digest once in eight million pairs.
struct WordStream {
    private(set) var bytes: [UInt8] = []

    static let stopwordBit: UInt32 = 1 << 23

    /// The digest of a stem: 1…2²³−1.
    static func code(of stem: String) -> UInt32 {
        let digest = Digest.of(stem)
        let folded = UInt32(truncatingIfNeeded: digest ^ (digest >> 32)) & (stopwordBit - 1)
        return folded == 0 ? 1 : folded
    }

    mutating func append(_ tokens: [Token]) {
        bytes.reserveCapacity(bytes.count + 3 * tokens.count + 3)
        for token in tokens { append(Self.code(of: token.stem) | (token.isStopword ? Self.stopwordBit : 0)) }
        append(0)
    }

    private mutating func append(_ code: UInt32) {
        bytes.append(UInt8(truncatingIfNeeded: code))
        bytes.append(UInt8(truncatingIfNeeded: code >> 8))
        bytes.append(UInt8(truncatingIfNeeded: code >> 16))
    }

    /// The codes that were stored; a tail that is no whole code is left out.
    static func codes(_ bytes: [UInt8]) -> [UInt32] {
        var codes: [UInt32] = []
        codes.reserveCapacity(bytes.count / 3)
        for at in stride(from: 0, to: bytes.count - bytes.count % 3, by: 3) {
            codes.append(UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16)
        }
        return codes
    }
}
