/// Numbers in seven bits a byte, lowest first.
enum Varint {
    static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// The number that begins at a place, which is moved behind it; `nil` where the bytes end, or hold more than 32 bits.
    static func number(in bytes: [UInt8], at: inout Int) -> UInt32? {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while at < bytes.count, shift < 35 {
            let byte = bytes[at]
            at += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return UInt32(exactly: number) }
            shift += 7
        }
        return nil
    }
}
