import FoundationEssentials

/// Checks the grammar of a JSON text (RFC 8259) and finds repeated keys, without building values.
///
/// Foundation's decoder reads the values; it says neither where a text breaks nor that a key stands twice, and it takes
/// a comma before a closing bracket, a leading zero and a bare `NaN`. This pass is stricter, and names bytes.
/// - Complexity: O(bytes).
struct JSONSyntax {
    struct Fault: Error, Hashable {
        /// Byte of the text where the grammar breaks, counted from 0.
        let offset: Int
        let words: String
    }
    enum Root { case object, array, scalar }

    /// Deeper nesting is refused, so that no text can exhaust the stack.
    static let maximumDepth = 64

    private let bytes: [UInt8]
    private var index = 0
    private var steps: [JSONPath.Step] = []
    /// Paths of keys that stand a second time in their object, in the order of the text; of more than a record's issues
    /// the first.
    private(set) var repeatedKeys: [String] = []
    private(set) var repeatedKeyCount = 0
    private(set) var root = Root.scalar

    /// - Parameter bytes: valid UTF-8.
    init(checking bytes: [UInt8]) throws(Fault) {
        self.bytes = bytes
        skipSpace()
        switch peek {
        case 0x7B: root = .object
        case 0x5B: root = .array
        default: root = .scalar
        }
        try value(depth: 0)
        skipSpace()
        if index < bytes.count { throw fault("text after the end of the value") }
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func fault(_ words: String, at offset: Int? = nil) -> Fault {
        index >= bytes.count && offset == nil
            ? Fault(offset: bytes.count, words: "the text ends too early")
            : Fault(offset: offset ?? index, words: words)
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func value(depth: Int) throws(Fault) {
        guard depth < Self.maximumDepth else {
            throw fault("values are nested deeper than \(Self.maximumDepth) levels")
        }
        switch peek {
        case 0x7B: try object(depth: depth)
        case 0x5B: try array(depth: depth)
        case 0x22: try string()
        case 0x2D, .some(0x30...0x39): try number()
        case 0x74: try word("true")
        case 0x66: try word("false")
        case 0x6E: try word("null")
        default: throw fault("a value is expected here")
        }
    }

    private mutating func object(depth: Int) throws(Fault) {
        index += 1
        skipSpace()
        if peek == 0x7D {
            index += 1
            return
        }
        var keys: Set<ArraySlice<UInt8>> = []
        while true {
            skipSpace()
            guard peek == 0x22 else { throw fault("a key in double quotes is expected here") }
            let start = index
            let hasEscape = try string()
            let key = plainKey(bytes[(start + 1)..<(index - 1)], hasEscape: hasEscape)
            steps.append(.key(key))
            if !keys.insert(key).inserted {
                repeatedKeyCount += 1
                if repeatedKeyCount <= RecordReading.maximumIssues { repeatedKeys.append(JSONPath.text(steps)) }
            }
            skipSpace()
            guard peek == 0x3A else { throw fault("a colon is expected here") }
            index += 1
            skipSpace()
            try value(depth: depth + 1)
            steps.removeLast()
            skipSpace()
            switch peek {
            case 0x2C: index += 1
            case 0x7D:
                index += 1
                return
            default: throw fault("a comma or a closing brace is expected here")
            }
        }
    }

    private mutating func array(depth: Int) throws(Fault) {
        index += 1
        skipSpace()
        if peek == 0x5D {
            index += 1
            return
        }
        var position = 0
        while true {
            skipSpace()
            steps.append(.index(position))
            try value(depth: depth + 1)
            steps.removeLast()
            position += 1
            skipSpace()
            switch peek {
            case 0x2C: index += 1
            case 0x5D:
                index += 1
                return
            default: throw fault("a comma or a closing bracket is expected here")
            }
        }
    }

    /// - Returns: whether the string holds an escape.
    @discardableResult
    private mutating func string() throws(Fault) -> Bool {
        let start = index
        var hasEscape = false
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x22 {
                index += 1
                return hasEscape
            }
            if byte < 0x20 { throw fault("a control character stands unescaped in a string") }
            index += 1
            guard byte == 0x5C else { continue }
            hasEscape = true
            try escape()
        }
        throw Fault(offset: start, words: "a string begins here and never ends")
    }

    private mutating func escape() throws(Fault) {
        let start = index - 1
        switch peek {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: index += 1
        case 0x75:
            let unit = try codeUnit()
            guard unit & 0xF800 == 0xD800 else { return }
            guard unit & 0xFC00 == 0xD800, peek == 0x5C, index + 1 < bytes.count, bytes[index + 1] == 0x75 else {
                throw fault("half of a surrogate pair stands alone", at: start)
            }
            index += 1
            guard try codeUnit() & 0xFC00 == 0xDC00 else {
                throw fault("half of a surrogate pair stands alone", at: start)
            }
        default: throw fault("no such escape", at: start)
        }
    }

    /// Reads `uXXXX` after the backslash.
    private mutating func codeUnit() throws(Fault) -> UInt16 {
        index += 1
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch peek {
            case .some(let byte) where (0x30...0x39).contains(byte): digit = byte - 0x30
            case .some(let byte) where (0x41...0x46).contains(byte): digit = byte - 0x41 + 10
            case .some(let byte) where (0x61...0x66).contains(byte): digit = byte - 0x61 + 10
            default: throw fault("four hexadecimal digits are expected here")
            }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }

    private mutating func number() throws(Fault) {
        if peek == 0x2D { index += 1 }
        if peek == 0x30 { index += 1 } else { try digits() }
        if peek == 0x2E {
            index += 1
            try digits()
        }
        if peek == 0x65 || peek == 0x45 {
            index += 1
            if peek == 0x2B || peek == 0x2D { index += 1 }
            try digits()
        }
    }

    private mutating func digits() throws(Fault) {
        let start = index
        while let byte = peek, (0x30...0x39).contains(byte) { index += 1 }
        if index == start { throw fault("a digit is expected here") }
    }

    private mutating func word(_ word: StaticString) throws(Fault) {
        let letters = Array(word.description.utf8)
        guard bytes[index...].starts(with: letters) else { throw fault("a value is expected here") }
        index += letters.count
    }

    /// The key without escapes: `"\u0061"` is the key `a`.
    private func plainKey(_ raw: ArraySlice<UInt8>, hasEscape: Bool) -> ArraySlice<UInt8> {
        guard hasEscape else { return raw }
        // A key that passed `string()` is a sound JSON string, so decoding it does not fail; if it did, the raw bytes
        // would do for telling keys apart.
        guard let key = try? JSONDecoder().decode(String.self, from: Data([0x22] + raw + [0x22])) else { return raw }
        return ArraySlice(key.utf8)
    }
}

/// The way to a value inside a JSON text.
enum JSONPath {
    enum Step {
        case key(ArraySlice<UInt8>)
        case index(Int)
    }

    static func text(_ steps: [Step]) -> String {
        steps.reduce(into: "$") { path, step in
            switch step {
            case .key(let bytes): path = key(String(decoding: bytes, as: UTF8.self), of: path)
            case .index(let position): path += "[\(position)]"
            }
        }
    }

    /// `$.name`, or `$['odd name']`, shortened, when the name is no plain word.
    static func key(_ name: String, of path: String) -> String {
        let isPlain =
            (1...60).contains(name.utf8.count) && name.utf8.first.map { !(0x30...0x39).contains($0) } == true
            && name.utf8.allSatisfy { byte in
                byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x61...0x7A).contains(byte)
            }
        return isPlain ? "\(path).\(name)" : "\(path)['\(Quotation.shortened(name, to: 60))']"
    }
}
