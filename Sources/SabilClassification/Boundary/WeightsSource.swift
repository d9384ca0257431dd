import Glibc

/// The bytes of a model's weights, in memory or in an open file: numbers are read from it to where they stay.
///
/// A file is read in place and never mapped: one that is cut meanwhile is an error and not a signal.
final class WeightsSource: Sendable {
    let count: Int
    private let bytes: [UInt8]
    /// -1 = in memory.
    private let descriptor: Int32

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        count = bytes.count
        descriptor = -1
    }

    init(path: String) throws(FileFailure) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure("open", path) }
        var status = stat()
        let isKnown = unsafe fstat(descriptor, &status) == 0
        guard isKnown, status.st_mode & S_IFMT == S_IFREG else {
            let failure = FileFailure("read (not a file)", path, number: EISDIR)
            close(descriptor)
            throw failure
        }
        bytes = []
        count = Int(status.st_size)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The bytes of a range, or `nil` when the file does not give them.
    func bytes(_ range: Range<Int>) -> [UInt8]? { numbers(range, as: UInt8.self) }

    /// The numbers in a range, lowest byte first; `nil` when it is no whole number of them or the file does not give them.
    func numbers<Number: FixedWidthInteger & BitwiseCopyable>(_ range: Range<Int>, as type: Number.Type) -> [Number]? {
        #if _endian(little)
            return values(range, of: Number.self)
        #else
            return values(range, of: Number.self)?.map { Number(littleEndian: $0) }
        #endif
    }

    /// ``numbers(_:as:)`` of single precision.
    func floats(_ range: Range<Int>) -> [Float]? {
        #if _endian(little)
            return values(range, of: Float.self)
        #else
            return numbers(range, as: UInt32.self)?.map { Float(bitPattern: $0) }
        #endif
    }

    private func values<Value: BitwiseCopyable>(_ range: Range<Int>, of type: Value.Type) -> [Value]? {
        let size = MemoryLayout<Value>.size
        guard range.lowerBound >= 0, range.upperBound <= count, range.count % size == 0 else { return nil }
        var isRead = true
        let values = unsafe [Value](unsafeUninitializedCapacity: range.count / size) { target, initialized in
            unsafe isRead = copy(range, to: UnsafeMutableRawBufferPointer(target))
            initialized = isRead ? range.count / size : 0
        }
        return isRead ? values : nil
    }

    private func copy(_ range: Range<Int>, to target: UnsafeMutableRawBufferPointer) -> Bool {
        if descriptor < 0 {
            unsafe bytes.withUnsafeBytes { unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range])) }
            return true
        }
        var done = 0
        while done < range.count {
            let count = unsafe pread(
                descriptor, UnsafeMutableRawBufferPointer(rebasing: target[done..<range.count]).baseAddress,
                range.count - done, off_t(range.lowerBound + done))
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            done += count
        }
        return true
    }

    /// The digest of all bytes; of those before the first that the file does not give.
    func digest() -> Digest {
        var digest = Digest()
        var start = 0
        while start < count {
            let end = min(count, start + 1 << 20)
            guard let part = bytes(start..<end) else { break }
            digest.add(bytes: part)
            start = end
        }
        return digest
    }
}
