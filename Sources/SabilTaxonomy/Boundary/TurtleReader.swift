import CSerd

/// Reads Turtle (and N-Triples, which is part of it) through libserd.
///
/// serd gets the text byte by byte, so that every statement and error knows its place: serd itself tells lines only in
/// errors.
enum TurtleReader {
    /// The statements of a file in order.
    ///
    /// - Throws: `syntax` with line and column at the first defect: nothing after it is looked at.
    /// - Complexity: O(bytes).
    static func statements(in bytes: [UInt8], file: String) throws(TaxonomyError) -> [TurtleStatement] {
        let session = try TurtleSession(bytes: bytes, file: file)
        try session.run()
        return session.statements
    }
}

/// The state of one run: what serd's callbacks read from and write to. Used by one thread, for one call.
@safe private final class TurtleSession {
    private let bytes: [UInt8]
    private let file: String
    private let environment: OpaquePointer
    private var next = 0
    /// Line of the byte handed out last: serd looks one byte ahead, which may already be the line's end.
    private var line = 1
    private var newlinePending = false
    private var hasEnded = false
    private var expanded: [String: String] = [:]
    private var error: TaxonomyError?
    private(set) var statements: [TurtleStatement] = []

    init(bytes: [UInt8], file: String) throws(TaxonomyError) {
        self.bytes = bytes
        self.file = file
        guard let environment = unsafe serd_env_new(nil) else { throw Self.outOfMemory(file) }
        unsafe self.environment = unsafe environment
    }

    private static func outOfMemory(_ file: String) -> TaxonomyError {
        TaxonomyError(
            code: .unreadable, operation: "reading Turtle", file: file,
            message: "memory for the Turtle reader ran out; close other programs.")
    }

    deinit { unsafe serd_env_free(environment) }

    func run() throws(TaxonomyError) {
        let handle = unsafe Unmanaged.passUnretained(self).toOpaque()
        let created = unsafe serd_reader_new(
            SERD_TURTLE, handle, nil,
            { handle, uri in unsafe TurtleSession.from(handle).setBase(uri) },
            { handle, name, uri in unsafe TurtleSession.from(handle).setPrefix(name, uri) },
            { handle, _, _, subject, predicate, object, _, language in
                unsafe TurtleSession.from(handle).add(subject, predicate, object, language)
            }, nil)
        guard let reader = unsafe created else { throw Self.outOfMemory(file) }
        defer { unsafe serd_reader_free(reader) }
        unsafe serd_reader_set_strict(reader, true)
        unsafe serd_reader_set_error_sink(
            reader, { handle, error in unsafe TurtleSession.from(handle).note(error) }, handle)
        let status = unsafe serd_reader_read_source(
            reader,
            { buffer, _, count, stream in unsafe TurtleSession.from(stream).fill(buffer, count) },
            { _ in 0 }, handle, nil, 1)
        if let error { throw error }
        // SERD_FAILURE is not a defect: serd says so when a file holds no statement at all.
        guard status == SERD_SUCCESS || status == SERD_FAILURE else {
            throw defect(
                line: line, "\(unsafe String(cString: serd_strerror(status))); mend the line.")
        }
    }

    private static func from(_ handle: UnsafeMutableRawPointer?) -> TurtleSession {
        guard let handle = unsafe handle else { preconditionFailure("serd lost the handle it was given") }
        return unsafe Unmanaged<TurtleSession>.fromOpaque(handle).takeUnretainedValue()
    }

    private func defect(line: Int, column: Int? = nil, _ message: String) -> TaxonomyError {
        TaxonomyError(
            code: .syntax, operation: "reading Turtle", file: file, line: line, column: column, message: message)
    }

    // MARK: What serd calls

    private func fill(_ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
        guard count > 0, next < bytes.count else {
            hasEnded = true
            return 0
        }
        if newlinePending { line += 1 }
        let byte = bytes[next]
        newlinePending = byte == UInt8(ascii: "\n")
        unsafe buffer.storeBytes(of: byte, as: UInt8.self)
        next += 1
        return 1
    }

    private func setBase(_ uri: UnsafePointer<SerdNode>) -> SerdStatus {
        expanded.removeAll()
        return unsafe serd_env_set_base_uri(environment, uri)
    }

    private func setPrefix(_ name: UnsafePointer<SerdNode>, _ uri: UnsafePointer<SerdNode>) -> SerdStatus {
        expanded.removeAll()
        let status = unsafe serd_env_set_prefix(environment, name, uri)
        if status != SERD_SUCCESS, error == nil {
            let prefix = unsafe Self.text(of: name)
            error = defect(
                line: line,
                "the prefix \(prefix): stands for a relative address, and no @base is set; write the whole address.")
        }
        return status
    }

    private func add(
        _ subject: UnsafePointer<SerdNode>, _ predicate: UnsafePointer<SerdNode>,
        _ object: UnsafePointer<SerdNode>, _ language: UnsafePointer<SerdNode>?
    ) -> SerdStatus {
        guard let subject = unsafe term(subject, language: nil), let predicate = unsafe term(predicate, language: nil),
            let object = unsafe term(object, language: language), case .uri(let name) = predicate
        else { return SERD_ERR_BAD_CURIE }
        statements.append(TurtleStatement(subject: subject, predicate: name, object: object, line: line))
        return SERD_SUCCESS
    }

    private func note(_ description: UnsafePointer<SerdError>) -> SerdStatus {
        guard error == nil else { return SERD_SUCCESS }
        var text = [CChar](repeating: 0, count: 256)
        let capacity = text.count
        unsafe text.withUnsafeMutableBufferPointer { buffer in
            if let start = buffer.baseAddress { unsafe sabil_serd_error_text(description, start, capacity) }
        }
        let message = String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self
        ).split(separator: "\n").joined(separator: " ")
        let (line, column) = position()
        error = defect(
            line: line, column: column,
            "\(message.isEmpty ? "the text is not Turtle" : message); mend the line.")
        return SERD_SUCCESS
    }

    // MARK: Names

    private func term(
        _ node: UnsafePointer<SerdNode>, language: UnsafePointer<SerdNode>?
    ) -> TurtleTerm? {
        let text = unsafe Self.text(of: node)
        switch unsafe node.pointee.type {
        case SERD_LITERAL:
            guard let language = unsafe language, unsafe language.pointee.n_bytes > 0 else {
                return .literal(text, language: nil)
            }
            return .literal(text, language: unsafe Self.text(of: language))
        case SERD_BLANK:
            return .blank(text)
        case SERD_URI, SERD_CURIE:
            return unsafe name(node, text: text).map { .uri($0) }
        default:
            return nil
        }
    }

    private func name(_ node: UnsafePointer<SerdNode>, text: String) -> String? {
        let isShort = unsafe node.pointee.type == SERD_CURIE
        if !isShort, unsafe serd_uri_string_has_scheme(node.pointee.buf) { return text }
        let key = isShort ? text : "<" + text
        if let known = expanded[key] { return known }
        var full = unsafe serd_env_expand_node(environment, node)
        defer { unsafe serd_node_free(&full) }
        guard unsafe full.buf != nil, unsafe full.type == SERD_URI else {
            if !isShort { return text }
            let prefix = text.prefix { $0 != ":" }
            error =
                error
                ?? defect(
                    line: line,
                    "the prefix \(prefix): of \(text) is not declared; add an @prefix line for it.")
            return nil
        }
        let name = unsafe Self.text(of: &full)
        expanded[key] = name
        return name
    }

    private static func text(of node: UnsafePointer<SerdNode>) -> String {
        unsafe String(
            decoding: UnsafeBufferPointer(start: node.pointee.buf, count: node.pointee.n_bytes), as: UTF8.self)
    }

    /// Where serd stands: at the byte it was handed last, which it has looked at and not taken. Columns count Unicode
    /// scalars. serd's own count starts at another number on the first line than on the others.
    private func position() -> (line: Int, column: Int) {
        let cursor = hasEnded ? bytes.count : max(next - 1, 0)
        let start = bytes[..<cursor].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (
            bytes[..<start].count { $0 == UInt8(ascii: "\n") } + 1,
            bytes[start..<cursor].count { $0 & 0b1100_0000 != 0b1000_0000 } + 1
        )
    }
}
