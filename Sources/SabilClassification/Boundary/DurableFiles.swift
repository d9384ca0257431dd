import Glibc

/// Files and folders that are there whole or not at all, also after a power cut.
enum DurableFiles {
    static func read(_ path: String) throws(FileFailure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure("open", path) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileFailure("stat", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure("read (not a file)", path, number: EISDIR) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe Glibc.read(
                    descriptor, UnsafeMutableRawBufferPointer(rebasing: $0[done...]).baseAddress, $0.count - done)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFailure("read", path)
            }
            if count == 0 { break }
            done += count
        }
        bytes.removeLast(bytes.count - done)
        return bytes
    }

    /// Writes a file and forces it to the disk.
    static func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
        let file = try DurableFile(path)
        file.write(bytes)
        try file.finish()
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes a folder and those above it; one that is there already is fine.
    static func makeFolder(_ path: String) throws(FileFailure) {
        if path.isEmpty || isFolder(path) { return }
        try makeFolder(parent(of: path))
        if unsafe mkdir(path, 0o755) != 0, errno != EEXIST { throw FileFailure("make the folder", path) }
    }

    static func parent(of path: String) -> String {
        let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard let slash = trimmed.lastIndex(of: "/") else { return "." }
        return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    }

    static func rename(_ old: String, to new: String) throws(FileFailure) {
        guard unsafe Glibc.rename(old, new) == 0 else { throw FileFailure("rename", old) }
    }

    /// Forces the entries of a folder to the disk.
    static func syncFolder(_ path: String) throws(FileFailure) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure("open the folder", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileFailure("sync the folder", path) }
    }

    static func removeFile(_ path: String) { _ = unsafe unlink(path) }
    static func removeFolder(_ path: String) { _ = unsafe rmdir(path) }

    static func processID() -> Int { Int(getpid()) }

    /// The names in a folder, sorted, without `.` and `..`.
    static func names(in path: String) throws(FileFailure) -> [String] {
        guard let folder = unsafe opendir(path) else { throw FileFailure("list", path) }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

/// What the operating system said.
struct FileFailure: Error, Sendable {
    var action: String
    var path: String
    var number: Int32

    init(_ action: String, _ path: String, number: Int32 = errno) {
        self.action = action
        self.path = path
        self.number = number
    }

    var isMissing: Bool { number == ENOENT || number == ENOTDIR }

    /// One clause: what failed, where, why.
    var reason: String {
        let text = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        return "could not \(action) \(path): \(text)"
    }
}
