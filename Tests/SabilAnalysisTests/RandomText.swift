import SabilRecords

/// Random texts that look for trouble.
struct RandomText {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Ranges of the scripts that need no dictionary, with their punctuation, marks and compatibility forms.
    private static let ranges: [ClosedRange<UInt32>] = [
        0x20...0x7E, 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0xA0...0xFF, 0x100...0x24F, 0x2B0...0x2FF, 0x300...0x36F,
        0x370...0x3FF, 0x400...0x4FF, 0x591...0x5F4, 0x600...0x6FF, 0x620...0x64A, 0x64B...0x65F, 0x750...0x77F,
        0x900...0x97F, 0x1E00...0x1EFF, 0x2000...0x206F, 0x2070...0x20AF, 0x20D0...0x20F0, 0x2100...0x218F,
        0x2460...0x24FF, 0xFB00...0xFB4F, 0xFB50...0xFDFF, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFE70...0xFEFF,
        0xFF00...0xFF60, 0x1F300...0x1F64F, 0x1F1E6...0x1F1FF, 0x1D400...0x1D7FF,
    ]
    /// Characters that join, part or vanish.
    private static let joints: [UInt32] = [
        0x27, 0x2019, 0x2018, 0x2BC, 0xFF07, 0x2E, 0x2C, 0xB7, 0x2027, 0x3A, 0x5F, 0x202F, 0xAD, 0x200B, 0x200C, 0x200D,
        0xFEFF, 0x640, 0x64E, 0x670, 0x66B, 0x66C, 0x60C, 0x301, 0x308, 0x2D, 0x2044, 0x20E3, 0xFE0F, 0x61C, 0x3B,
        0x387,
    ]
    private static let letters: [UInt32] = [
        0x61, 0x6C, 0x64, 0x73, 0x71, 0x75, 0x65, 0xE9, 0xF1, 0x153, 0x41, 0x4C, 0x627, 0x644, 0x648, 0x628, 0x629,
        0x31,
        0x32, 0x661, 0x6F1, 0x5D0, 0x3B1, 0x3C2, 0x439,
    ]

    mutating func index(below bound: Int) -> Int { generator.nextIndex(below: bound) }

    /// Characters from the ranges above, spaces between now and then.
    mutating func text(length: Int) -> String {
        scalars(length) { random in
            if random.index(below: 5) == 0 { return 0x20 }
            let range = Self.ranges[random.index(below: Self.ranges.count)]
            return range.lowerBound + UInt32(random.index(below: range.count))
        }
    }

    /// A few letters of every script with everything that joins and parts words between.
    mutating func joints(length: Int) -> String {
        scalars(length) { random in
            switch random.index(below: 10) {
            case 0: 0x20
            case 1...4: Self.joints[random.index(below: Self.joints.count)]
            default: Self.letters[random.index(below: Self.letters.count)]
            }
        }
    }

    /// Any scalar at all.
    mutating func junk(length: Int) -> String {
        scalars(length) { random in
            random.index(below: 2) == 0
                ? UInt32(random.index(below: 0x110000)) : UInt32(random.index(below: 0x3000))
        }
    }

    /// Any bytes, ill-formed ones repaired as `String` does.
    mutating func bytes(length: Int) -> String {
        var bytes: [UInt8] = []
        for _ in 0..<length { bytes.append(UInt8(truncatingIfNeeded: generator.next())) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func scalars(_ length: Int, _ next: (inout RandomText) -> UInt32) -> String {
        var text = String.UnicodeScalarView()
        while text.count < length {
            if let scalar = Unicode.Scalar(next(&self)) { text.append(scalar) }
        }
        return String(text)
    }
}
