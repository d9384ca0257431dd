import CXapianShim

/// Sole owner of a Snowball stemmer; a stemmer shared by two threads crashes, so each session opens its own.
@safe struct SnowballStemmer: ~Copyable {
    private let raw: OpaquePointer
    private var out = [CChar](repeating: 0, count: 512)
    private var error = xs_error()

    /// - Parameter name: Snowball's name of the algorithm, such as `english`.
    init(_ name: String) throws(AnalysisError) {
        var opened: OpaquePointer?
        var error = xs_error()
        let bytes = Array(name.utf8CString)
        let status = unsafe xs_stem_open(bytes, bytes.count - 1, &opened, &error)
        guard status == XS_OK, let opened = unsafe opened else {
            throw AnalysisError(
                code: .stemmer, operation: "open the stemmer \(name)",
                message: "\(text(of: error)); check that libxapian was built with it.")
        }
        unsafe raw = opened
    }

    deinit { unsafe xs_stem_close(raw) }

    /// Replaces `stem` by the stem of a word in lower case, at most 256 bytes long.
    mutating func stem(_ word: [UInt8], into stem: inout [UInt8]) throws(AnalysisError) {
        var length = 0
        let raw = unsafe raw
        let capacity = out.count
        let status = unsafe word.withUnsafeBytes { bytes in
            unsafe xs_stem_word(
                raw, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, &out, capacity, &length,
                &error)
        }
        guard status == XS_OK else {
            throw AnalysisError(
                code: .stemmer, operation: "stem a word of \(word.count) bytes",
                message: "\(text(of: error)); report it with the word.")
        }
        stem.removeAll(keepingCapacity: true)
        unsafe out.withUnsafeBytes { bytes in unsafe stem.append(contentsOf: bytes.prefix(length)) }
    }

    /// Xapian's version at run time, for the fingerprint: its stemmers change between releases.
    static var version: String { unsafe String(cString: xs_stem_version()) }
}

/// The message of an error from the engine, up to its first NUL.
private func text(of error: xs_error) -> String {
    var copy = error
    return unsafe withUnsafeBytes(of: &copy.message) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
