import Glibc

/// A new file that is written part by part; what goes wrong with a part is told at the end, and nothing is written after it.
final class DurableFile {
    private let descriptor: Int32
    private let path: String
    private var failure: FileFailure?

    /// - Throws: when the file cannot be made; one that is there is emptied.
    init(_ path: String) throws(FileFailure) {
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        self.path = path
        guard descriptor >= 0 else { throw FileFailure("create", path) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func write(_ bytes: [UInt8]) {
        var done = 0
        while done < bytes.count, failure == nil {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: $0[done...]).baseAddress, $0.count - done)
            }
            if count < 0 {
                if errno == EINTR { continue }
                failure = FileFailure("write", path)
            } else {
                done += count
            }
        }
    }

    /// Forces the file to the disk.
    /// - Throws: what went wrong with the first part that could not be written, or with the sync.
    func finish() throws(FileFailure) {
        if let failure { throw failure }
        guard fsync(descriptor) == 0 else { throw FileFailure("sync", path) }
    }
}
