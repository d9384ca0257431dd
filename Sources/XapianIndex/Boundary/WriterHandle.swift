import CXapianShim

/// Sole owner of an engine's writer; one caller at a time.
@safe struct WriterHandle: ~Copyable {
    private let raw: OpaquePointer
    private let path: String

    init(path: String, mode: Int32, flushThreshold: UInt32) throws(IndexError) {
        var opened: OpaquePointer?
        try unsafe callShim("open the index at \(path) for writing") { error in
            unsafe withShimBytes(path) { unsafe xs_writer_open($0, $1, mode, flushThreshold, &opened, error) }
        }
        guard let raw = unsafe opened else {
            throw IndexError(code: .engine, operation: "open the index at \(path)", message: "no writer was given")
        }
        unsafe self.raw = raw
        self.path = path
    }

    deinit { unsafe xs_writer_close(raw) }

    func replace(_ document: borrowing IndexDocument) throws(IndexError) {
        let unique = document.uniqueTerm
        let packed = document.packed
        try unsafe callShim("write the document \(clipped(unique)) to the index at \(path)") { error in
            unsafe withShimBytes(unique) { term, termCount in
                unsafe withShimBytes(packed) { unsafe xs_writer_replace(raw, term, termCount, $0, $1, error) }
            }
        }
    }

    /// Writes a document whose unique term no other has.
    func add(_ document: borrowing IndexDocument) throws(IndexError) {
        let unique = document.uniqueTerm
        let packed = document.packed
        try unsafe callShim("add the document \(clipped(unique)) to the index at \(path)") { error in
            unsafe withShimBytes(unique) { term, termCount in
                unsafe withShimBytes(packed) { unsafe xs_writer_add(raw, term, termCount, $0, $1, error) }
            }
        }
    }

    func delete(uniqueTerm: String) throws(IndexError) {
        try unsafe callShim("delete the document \(clipped(uniqueTerm)) from the index at \(path)") { error in
            unsafe withShimBytes(uniqueTerm) { unsafe xs_writer_delete(raw, $0, $1, error) }
        }
    }

    func setMetadata(_ key: String, _ value: [UInt8]) throws(IndexError) {
        try unsafe callShim("store metadata in the index at \(path)") { error in
            unsafe withShimBytes(key) { key, keyCount in
                unsafe withShimBytes(value) { unsafe xs_writer_set_metadata(raw, key, keyCount, $0, $1, error) }
            }
        }
    }

    func commit() throws(IndexError) -> IndexRevision {
        var revision: UInt64 = 0
        try unsafe callShim("commit to the index at \(path)") { unsafe xs_writer_commit(raw, &revision, $0) }
        return IndexRevision(rawValue: revision)
    }

    func rollback() throws(IndexError) {
        try unsafe callShim("roll back the index at \(path)") { unsafe xs_writer_rollback(raw, $0) }
    }

    func documentCount() throws(IndexError) -> Int {
        var count: UInt64 = 0
        try unsafe callShim("count the documents of the index at \(path)") {
            unsafe xs_writer_document_count(raw, &count, $0)
        }
        return Int(count)
    }

    /// A unique term as it may appear in a message.
    private func clipped(_ term: String) -> String { term.utf8.count <= 80 ? term : "\(term.prefix(60))…" }
}

/// Functions on whole indexes.
enum IndexFiles {
    /// Merges indexes into a new compacted one at `destination`, which must not exist.
    /// - Parameter isDurable: whether it is forced to disk, so that a crash of the machine leaves it whole.
    static func compact(_ paths: [String], to destination: String, isDurable: Bool = true) throws(IndexError) {
        var packed: [UInt8] = []
        for path in paths { packed.appendText(path) }
        try unsafe callShim("compact \(paths.count) indexes into \(destination)") { error in
            unsafe withShimBytes(packed) { bytes, count in
                unsafe withShimBytes(destination) {
                    unsafe xs_compact(bytes, count, UInt32(paths.count), $0, $1, isDurable ? 1 : 0, error)
                }
            }
        }
    }

    /// Puts `fresh` in the place of `path`; true if there was something, which is then at `fresh`.
    static func exchange(_ fresh: String, with path: String) throws(IndexError) -> Bool {
        var existed: Int32 = 0
        try unsafe callShim("put the new index in the place of \(path)") { error in
            unsafe withShimBytes(fresh) { fresh, freshCount in
                unsafe withShimBytes(path) { unsafe xs_exchange(fresh, freshCount, $0, $1, &existed, error) }
            }
        }
        return existed != 0
    }

    /// Reads every block of an index and throws `corrupt` if one is wrong.
    static func check(_ path: String) throws(IndexError) {
        try unsafe callShim("check the index at \(path)") { error in
            unsafe withShimBytes(path) { unsafe xs_check($0, $1, error) }
        }
    }
}
