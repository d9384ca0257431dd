/// Reads JSON values one after the other from the bytes of a line, checking the grammar (RFC 8259) on the way.
///
/// It stops at the first thing that is not as asked, and says no more: ``RecordValidator`` then looks a second time to tell
/// what it is. It accepts nothing that ``JSONSyntax`` refuses.
struct JSONCursor {
    /// Something is not as asked.
    struct Stop: Error {}

    /// The bytes of a string between its quotes, as they stand.
    struct Raw {
        let range: Range<Int>
        let isASCII: Bool
        let hasEscape: Bool
    }

    let line: ValidText
    private(set) var index = 0

    init(_ line: ValidText) { self.line = line }

    /// The byte ahead; 0 at the end, which begins nothing.
    @inline(__always)
    var peek: UInt8 { index < line.bytes.count ? line.bytes[index] : 0 }

    var isAtEnd: Bool { index == line.bytes.count }

    @inline(__always)
    mutating func skipSpace() {
        while true {
            let byte = peek
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index += 1
        }
    }

    /// Takes one byte.
    @inline(__always)
    mutating func take(_ byte: UInt8) throws(Stop) {
        guard peek == byte else { throw Stop() }
        index += 1
    }

    /// Takes what stands between two members or elements.
    /// - Returns: whether another one follows; false behind the closing bracket.
    @inline(__always)
    mutating func takeComma(or closing: UInt8) throws(Stop) -> Bool {
        skipSpace()
        let byte = peek
        index += 1
        if byte == 0x2C {
            skipSpace()
            return true
        }
        if byte == closing { return false }
        throw Stop()
    }

    /// Takes an opening bracket.
    /// - Returns: whether anything is in the brackets; if not, the closing one is taken as well.
    @inline(__always)
    mutating func open(_ opening: UInt8, _ closing: UInt8) throws(Stop) -> Bool {
        try take(opening)
        skipSpace()
        guard peek == closing else { return true }
        index += 1
        return false
    }

    /// Takes a key with its colon, and the space behind.
    @inline(__always)
    mutating func key() throws(Stop) -> Range<Int> {
        let key = try raw()
        if key.hasEscape { throw Stop() }
        skipSpace()
        try take(0x3A)
        skipSpace()
        return key.range
    }

    /// Takes `null` if it is there.
    @inline(__always)
    mutating func takeNull() throws(Stop) -> Bool {
        guard peek == 0x6E else { return false }
        try take(0x6E)
        try take(0x75)
        try take(0x6C)
        try take(0x6C)
        return true
    }

    /// Takes `""` if it is there.
    @inline(__always)
    mutating func takeEmptyString() -> Bool {
        guard peek == 0x22, index + 1 < line.bytes.count, line.bytes[index + 1] == 0x22 else { return false }
        index += 2
        return true
    }

    mutating func boolean() throws(Stop) -> Bool {
        let isTrue = peek == 0x74
        for byte in (isTrue ? "true" : "false").utf8 { try take(byte) }
        return isTrue
    }

    /// Takes a string, escapes unread but checked for a letter behind each backslash.
    @inline(__always)
    mutating func raw() throws(Stop) -> Raw {
        try take(0x22)
        let start = index
        var isASCII = true
        var hasEscape = false
        while true {
            let run = line.plainEnd(from: index)
            isASCII = isASCII && run.isASCII
            index = run.end
            switch peek {
            case 0x22:
                index += 1
                return Raw(range: start..<(index - 1), isASCII: isASCII, hasEscape: hasEscape)
            case 0x5C where index + 1 < line.bytes.count:
                hasEscape = true
                index += 2
            default: throw Stop()
            }
        }
    }

    /// Takes a string as text.
    @inline(__always)
    mutating func string() throws(Stop) -> String {
        let raw = try raw()
        return raw.hasEscape ? try unescaped(raw.range) : line.text(raw.range, isASCII: raw.isASCII)
    }

    private func unescaped(_ range: Range<Int>) throws(Stop) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let end = min(line.plainEnd(from: index).end, range.upperBound)
            text.append(contentsOf: line.bytes[index..<end])
            index = end
            guard index < range.upperBound else { break }
            // A backslash; `raw` saw that something follows it.
            let letter = line.bytes[index + 1]
            index += 2
            switch letter {
            case 0x22, 0x5C, 0x2F: text.append(letter)
            case 0x62: text.append(0x08)
            case 0x66: text.append(0x0C)
            case 0x6E: text.append(0x0A)
            case 0x72: text.append(0x0D)
            case 0x74: text.append(0x09)
            case 0x75: text.append(contentsOf: String(try scalar(&index, before: range.upperBound)).utf8)
            default: throw Stop()
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads `XXXX` behind `\u`, and the second half of a surrogate pair.
    private func scalar(_ index: inout Int, before end: Int) throws(Stop) -> Character {
        var code = try codeUnit(&index, before: end)
        if code & 0xFC00 == 0xD800 {
            guard index + 1 < end, line.bytes[index] == 0x5C, line.bytes[index + 1] == 0x75 else { throw Stop() }
            index += 2
            let low = try codeUnit(&index, before: end)
            guard low & 0xFC00 == 0xDC00 else { throw Stop() }
            code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
        }
        guard let scalar = Unicode.Scalar(code) else { throw Stop() }
        return Character(scalar)
    }

    private func codeUnit(_ index: inout Int, before end: Int) throws(Stop) -> UInt32 {
        guard index + 4 <= end else { throw Stop() }
        var unit: UInt32 = 0
        for byte in line.bytes[index..<(index + 4)] {
            switch byte {
            case 0x30...0x39: unit = unit << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: unit = unit << 4 | UInt32(byte - 0x41 + 10)
            case 0x61...0x66: unit = unit << 4 | UInt32(byte - 0x61 + 10)
            default: throw Stop()
            }
        }
        index += 4
        return unit
    }

    /// A number of either kind.
    enum Number {
        case integer(Int)
        /// With digits behind the point.
        case fraction(Double)
    }

    /// Takes a number: a whole one of up to 18 digits, or one that is not whole; others stop.
    mutating func number() throws(Stop) -> Number {
        let start = index
        let isNegative = peek == 0x2D
        if isNegative { index += 1 }
        let first = index
        if peek == 0x30 { index += 1 } else { try digits() }
        let isWhole = peek != 0x2E && peek | 0x20 != 0x65
        if isWhole {
            guard index - first <= 18 else { throw Stop() }
            let value = line.bytes[first..<index].reduce(0) { $0 * 10 + Int($1 - 0x30) }
            if value == 0, isNegative { throw Stop() }
            return .integer(isNegative ? -value : value)
        }
        if peek == 0x2E {
            index += 1
            try digits()
        }
        if peek | 0x20 == 0x65 {
            index += 1
            if peek == 0x2B || peek == 0x2D { index += 1 }
            try digits()
        }
        // What is whole after all (1e3) or near the edge of Double is for the slow way to name.
        guard let value = Double(line.text(start..<index, isASCII: true)), value.isFinite, abs(value) > 1e-300,
            value != value.rounded(.towardZero)
        else { throw Stop() }
        return .fraction(value)
    }

    private mutating func digits() throws(Stop) {
        let start = index
        while peek &- 0x30 < 10 { index += 1 }
        if index == start { throw Stop() }
    }

    /// Passes over an object unread: to the brace that closes it, if the rest is sound.
    mutating func skipObject() throws(Stop) {
        var depth = 0
        repeat {
            switch peek {
            case 0x22:
                _ = try raw()
                continue
            case 0x7B: depth += 1
            case 0x7D: depth -= 1
            case 0 where isAtEnd: throw Stop()
            default: break
            }
            index += 1
        } while depth > 0
    }

    /// Goes to a place, to read what was passed over.
    mutating func go(to place: Int) { index = place }
}
