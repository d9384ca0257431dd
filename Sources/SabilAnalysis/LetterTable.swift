/// Normal and folded forms of the code points below U+0700, one lookup each.
///
/// Built from the same rules as the slow path (`WordForms.general`), so it cannot disagree with them; code points whose
/// form depends on their neighbours are left to that path.
struct LetterTable: Sendable {
    static let end: UInt32 = 0x700
    /// Marks a code point that the table does not decide.
    static let undecided: UInt32 = 0xFF

    /// Per code point: count of bytes (0…3) in the low byte, the bytes above it; or `undecided`.
    private(set) var normal: [UInt32] = []
    private(set) var folded: [UInt32] = []

    init(_ orthography: Orthography = .standard) {
        normal.reserveCapacity(Int(Self.end))
        folded.reserveCapacity(Int(Self.end))
        for codePoint in 0..<Self.end {
            let entry = Self.entry(codePoint, orthography)
            normal.append(entry.normal)
            folded.append(entry.folded)
        }
    }

    private static func entry(_ codePoint: UInt32, _ orthography: Orthography) -> (normal: UInt32, folded: UInt32) {
        let no = (undecided, undecided)
        let isDropped = orthography.isDropped(codePoint)
        guard Orthography.isWordCharacter(codePoint) || codePoint == 0xAD || codePoint == 0x2E || codePoint == 0x2C,
            UnicodeForms.isInert(codePoint) || isDropped
        else { return no }
        var bytes: [UInt8] = []
        UTF8Bytes.append(codePoint, to: &bytes)
        guard let normal = try? WordForms.normal(bytes.span, orthography),
            let folded = try? WordForms.folded(normal.span, orthography)
        else {
            return no  // the slow path meets the same failure and reports it
        }
        // The form of every code point it yields must stand alone as well.
        for yielded in UTF8Bytes.codePoints(normal) where yielded >= 0x80 && !UnicodeForms.isInert(yielded) {
            return no
        }
        for yielded in UTF8Bytes.codePoints(normal) + UTF8Bytes.codePoints(folded)
        where yielded != 0x2E && yielded != 0x2C && !Orthography.isWordCharacter(yielded) { return no }
        guard let first = packed(normal), let second = packed(folded) else { return no }
        return (first, second)
    }

    private static func packed(_ bytes: [UInt8]) -> UInt32? {
        guard bytes.count <= 3 else { return nil }
        var result = UInt32(bytes.count)
        for (index, byte) in bytes.enumerated() { result |= UInt32(byte) << UInt32(8 * (index + 1)) }
        return result
    }

    /// Replaces `folded` by the folded form of a word in normal form; false if the table does not decide it.
    func fold(_ normal: borrowing Span<UInt8>, into folded: inout [UInt8]) -> Bool {
        folded.removeAll(keepingCapacity: true)
        var index = 0
        while index < normal.count {
            let byte = normal[index]
            if byte < 0x80 {
                folded.append(byte)
                index += 1
                continue
            }
            let (codePoint, length) = UTF8Bytes.decode(normal, at: index)
            guard codePoint < Self.end else { return false }
            let entry = self.folded[Int(codePoint)]
            guard entry != Self.undecided else { return false }
            Self.append(entry, to: &folded)
            index += length
        }
        return true
    }

    /// Appends a decided entry.
    @inline(__always)
    static func append(_ entry: UInt32, to bytes: inout [UInt8]) {
        var count = entry & 0xFF
        var rest = entry >> 8
        while count > 0 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
            count -= 1
        }
    }
}
