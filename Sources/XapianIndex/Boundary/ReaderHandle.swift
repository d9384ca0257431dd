import CXapianShim

/// Sole owner of an engine's reader; one caller at a time.
@safe struct ReaderHandle: ~Copyable {
    private let raw: OpaquePointer
    private let path: String

    init(path: String) throws(IndexError) {
        var opened: OpaquePointer?
        try unsafe callShim("open the index at \(path)") { error in
            unsafe withShimBytes(path) { unsafe xs_reader_open($0, $1, &opened, error) }
        }
        guard let raw = unsafe opened else {
            throw IndexError(code: .engine, operation: "open the index at \(path)", message: "no reader was given")
        }
        unsafe self.raw = raw
        self.path = path
    }

    deinit { unsafe xs_reader_close(raw) }

    func refresh() throws(IndexError) -> IndexRevision {
        var revision: UInt64 = 0
        try unsafe callShim("refresh the index at \(path)") { unsafe xs_reader_refresh(raw, &revision, $0) }
        return IndexRevision(rawValue: revision)
    }

    func statistics() throws(IndexError) -> CollectionStatistics {
        var found = xs_statistics()
        try unsafe callShim("measure the index at \(path)") { unsafe xs_reader_statistics(raw, &found, $0) }
        return CollectionStatistics(
            documentCount: Int(found.documents), averageLength: found.average_length,
            revision: IndexRevision(rawValue: found.revision), identity: found.identity)
    }

    func frequencies(of terms: [String]) throws(IndexError) -> [TermFrequency] {
        var packed: [UInt8] = []
        for term in terms { packed.appendText(term) }
        var documents = [UInt64](repeating: 0, count: terms.count)
        var occurrences = documents
        try unsafe callShim("count terms in the index at \(path)") { error in
            unsafe withShimBytes(packed) { bytes, count in
                unsafe documents.withUnsafeMutableBufferPointer { documents in
                    unsafe occurrences.withUnsafeMutableBufferPointer { occurrences in
                        unsafe xs_reader_frequencies(
                            raw, bytes, count, UInt32(terms.count), documents.baseAddress, occurrences.baseAddress,
                            error)
                    }
                }
            }
        }
        return terms.indices.map { TermFrequency(documents: Int(documents[$0]), occurrences: Int(occurrences[$0])) }
    }

    func coFrequency(_ first: [String], _ second: [String], steps: Int) throws(IndexError) -> CoFrequency {
        var left: [UInt8] = []
        var right: [UInt8] = []
        for term in first { left.appendText(term) }
        for term in second { right.appendText(term) }
        var documents = 0.0
        var isExact: Int32 = 0
        try unsafe callShim("count shared documents in the index at \(path)") { error in
            unsafe withShimBytes(left) { left, leftCount in
                unsafe withShimBytes(right) {
                    unsafe xs_reader_cofrequency(
                        raw, left, leftCount, UInt32(clamping: first.count), $0, $1, UInt32(clamping: second.count),
                        UInt32(clamping: steps), &documents, &isExact, error)
                }
            }
        }
        return CoFrequency(documents: documents, isExact: isExact != 0)
    }

    func data(ofDocuments documents: [UInt64]) throws(IndexError) -> [[UInt8]] {
        let page = try unsafe PageHandle("read records of the index at \(path)") { page, error in
            unsafe documents.withUnsafeBufferPointer { documents in
                unsafe xs_reader_data(raw, documents.baseAddress, documents.count, page, error)
            }
        }
        return documents.indices.map { page.data($0) }
    }

    func values(ofDocuments documents: [UInt64], slot: UInt32) throws(IndexError) -> [[UInt8]] {
        let page = try unsafe PageHandle("read values of the index at \(path)") { page, error in
            unsafe documents.withUnsafeBufferPointer { documents in
                unsafe xs_reader_values(raw, slot, documents.baseAddress, documents.count, page, error)
            }
        }
        return documents.indices.map { page.data($0) }
    }

    func search(_ query: IndexQuery, program: QueryProgram) throws(IndexError) -> ResultPage {
        let request = try SearchRequestBuffers(query, program: program)
        let page = try unsafe PageHandle("search the index at \(path)") { page, error in
            unsafe request.withSearch { unsafe xs_reader_search(raw, $0, page, error) }
        }
        return page.resultPage(for: query)
    }

    func documentIDs(_ query: IndexQuery, program: QueryProgram) throws(IndexError) -> [UInt64] {
        let request = try SearchRequestBuffers(query, program: program)
        let page = try unsafe PageHandle("search the index at \(path)") { page, error in
            unsafe request.withSearch { unsafe xs_reader_search(raw, $0, page, error) }
        }
        guard !page.timedOut else {
            throw IndexError(
                code: .timedOut, operation: "list what a search finds in the index at \(path)",
                message: "not all matches were seen within \(query.timeLimitSeconds) s")
        }
        return page.documentIDs()
    }

    func lexicon(prefix: String, after: String, limit: Int) throws(IndexError) -> Lexicon {
        let count = UInt32(clamping: limit)
        let page = try unsafe PageHandle("list terms of the index at \(path)") { page, error in
            unsafe withShimBytes(prefix) { prefix, prefixCount in
                unsafe withShimBytes(after) {
                    unsafe xs_reader_lexicon(raw, prefix, prefixCount, $0, $1, count, page, error)
                }
            }
        }
        return page.lexicon()
    }

    func metadata(_ key: String) throws(IndexError) -> [UInt8]? {
        let page = try unsafe PageHandle("read metadata of the index at \(path)") { page, error in
            unsafe withShimBytes(key) { unsafe xs_reader_metadata(raw, $0, $1, page, error) }
        }
        let value = page.data()
        return value.isEmpty ? nil : value
    }
}
