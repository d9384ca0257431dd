import Glibc

/// Bytes of a file, of standard input or of memory, block by block.
struct ByteStream: ~Copyable {
    static let blockSize = 64 * 1024

    /// What messages call the source.
    let name: String
    private let descriptor: Int32
    private let ownsDescriptor: Bool
    private var rest: [UInt8]?

    /// Opens a file for reading.
    ///
    /// - Throws: `notFound`, or `unreadable` with the system's reason; a folder is unreadable.
    init(path: String) throws(RecordError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        var status = stat()
        if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            _ = close(descriptor)
            throw Self.failure(path, EISDIR)
        }
        name = path
        self.descriptor = descriptor
        ownsDescriptor = true
    }

    /// Reads standard input.
    init(standardInput: Void) {
        name = "standard input"
        descriptor = STDIN_FILENO
        ownsDescriptor = false
    }

    /// Reads bytes in memory.
    init(bytes: [UInt8], name: String) {
        self.name = name
        descriptor = -1
        ownsDescriptor = false
        rest = bytes
    }

    deinit {
        if ownsDescriptor { _ = close(descriptor) }
    }

    /// Fills `block` with the next bytes, at most `blockSize`; empty at the end.
    mutating func read(into block: inout [UInt8]) throws(RecordError) {
        if let rest {
            block = rest
            self.rest = []
            return
        }
        if block.count != Self.blockSize { block = [UInt8](repeating: 0, count: Self.blockSize) }
        let descriptor = descriptor
        while true {
            let count = unsafe block.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(name, errno) }
            if count < block.count { block.removeLast(block.count - count) }
            return
        }
    }

    /// Where the first line feed stands in a block from a place on; `nil` when there is none.
    static func lineEnd(in block: [UInt8], from start: Int) -> Int? {
        unsafe block.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let found = unsafe memchr(base + start, 0x0A, bytes.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    private static func failure(_ name: String, _ number: Int32) -> RecordError {
        if number == ENOENT {
            return RecordError(
                code: .notFound, operation: "read file",
                message: "Reading \"\(name)\" failed: there is no such file. Check the path.")
        }
        let reason = unsafe String(cString: strerror(number))
        return RecordError(
            code: .unreadable, operation: "read file",
            message: "Reading \"\(name)\" failed: \(reason). Check that it is a file you may read.")
    }
}
