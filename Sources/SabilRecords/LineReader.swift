/// Lines of a file, of standard input or of memory; never holds more than a block and one line within the limit.
///
/// Lines end with LF or CR LF; the last one needs no end; a UTF-8 byte order mark before the first is skipped. Reading
/// blocks the thread: use it away from the cooperative pool.
package struct LineReader: ~Copyable, Sendable {
    package enum Content: Sendable, Hashable {
        case bytes([UInt8])
        /// The line is longer than the limit; its bytes were counted and not kept.
        case tooLong(bytes: Int)
    }

    package struct Line: Sendable, Hashable {
        /// Counted from 1, blank lines too.
        package let number: Int
        package let content: Content
    }

    private var stream: ByteStream
    private let limit: Int
    private var block: [UInt8] = []
    private var position = 0
    private var number = 0
    private var isAtEnd = false

    package init(path: String, limit: Int) throws(RecordError) {
        stream = try ByteStream(path: path)
        self.limit = limit
    }

    package init(standardInputLimit limit: Int) {
        stream = ByteStream(standardInput: ())
        self.limit = limit
    }

    package init(bytes: [UInt8], limit: Int) {
        stream = ByteStream(bytes: bytes, name: "bytes in memory")
        self.limit = limit
    }

    /// The next line, blank or not; `nil` at the end.
    package mutating func next() throws(RecordError) -> Line? {
        var line: [UInt8] = []
        var length = 0
        var hasEnd = false
        while !hasEnd {
            if position == block.count {
                if !isAtEnd {
                    try stream.read(into: &block)
                    position = 0
                    isAtEnd = block.isEmpty
                }
                if isAtEnd {
                    if length == 0 { return nil }
                    break
                }
            }
            let end = ByteStream.lineEnd(in: block, from: position)
            let part = block[position..<(end ?? block.count)]
            length += part.count
            // One byte over the limit is kept: it may be the CR of a line end.
            if length <= limit + 1 { line.append(contentsOf: part) } else { line = [] }
            position = part.endIndex + (end == nil ? 0 : 1)
            hasEnd = end != nil
        }
        number += 1
        if length <= limit + 1, line.last == 0x0D {
            line.removeLast()
            length -= 1
        }
        guard length <= limit else { return Line(number: number, content: .tooLong(bytes: length)) }
        if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        return Line(number: number, content: .bytes(line))
    }
}
