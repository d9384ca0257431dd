/// Values of slots as bytes, and back.
public enum IndexValue {
    /// The number that ``IndexDocument/setNumber(slot:_:)`` stored; nil if there is no value.
    public static func number(_ bytes: [UInt8]) -> Double? {
        bytes.isEmpty ? nil : decodeNumber(bytes)
    }

    /// The bytes under which a number is stored: they sort as numbers do.
    public static func bytes(of number: Double) -> [UInt8] { encodeNumber(number) }

    /// The set of numbers that ``IndexDocument/setList(slot:_:)`` stored, rising; nil if the bytes are no such list.
    public static func list(_ bytes: some Sequence<UInt8>) -> [UInt32]? {
        var numbers: [UInt32] = []
        var last: UInt64 = 0
        var part: UInt64 = 0
        var shift: UInt64 = 0
        for byte in bytes {
            part |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 != 0 {
                shift += 7
                guard shift <= 28 else { return nil }
                continue
            }
            // Differences but the first are at least 1: a list is a set.
            guard numbers.isEmpty || part > 0 else { return nil }
            last += part
            guard last <= UInt64(UInt32.max) else { return nil }
            numbers.append(UInt32(last))
            part = 0
            shift = 0
        }
        return shift == 0 ? numbers : nil
    }

    /// Sorted differences as LEB128. The lone number 0 is one byte, so an empty list and {0} differ.
    static func encodeList(_ numbers: some Sequence<UInt32>) -> [UInt8] {
        var bytes: [UInt8] = []
        var last: UInt32?
        for number in numbers.sorted() where number != last {
            bytes.appendVarint(UInt64(number - (last ?? 0)))
            last = number
        }
        return bytes
    }
}
