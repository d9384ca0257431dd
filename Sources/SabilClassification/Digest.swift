import SabilRecords

/// A 64-bit digest that names content: FNV-1a with the final mix of MurmurHash3. Not for secrets.
struct Digest: Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    mutating func add(bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte: byte) }
    }

    /// Adds a number byte by byte, lowest first.
    mutating func add(_ number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { add(byte: UInt8(truncatingIfNeeded: number >> shift)) }
    }

    /// Adds a text and its length, so that neighbouring texts cannot run together.
    mutating func add(_ text: String) {
        add(UInt64(text.utf8.count))
        add(bytes: text.utf8)
    }

    var value: UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ (mixed >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return mixed ^ (mixed >> 33)
    }

    /// Sixteen hexadecimal digits.
    var hexadecimal: String { Self.hexadecimal(value) }

    static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension TrainingExample {
    /// Names the example's content.
    var digest: UInt64 {
        var digest = Digest()
        for text in [id, work, title, self.text, language.rawValue] { digest.add(text) }
        for list in [Set(labels).sorted(), Set(negative).sorted()] {
            digest.add(UInt64(list.count))
            for label in list { digest.add(label) }
        }
        digest.add(byte: isComplete ? 1 : 0)
        return digest.value
    }
}
