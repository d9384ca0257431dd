import XapianIndex

/// A term of one or both of two indexes with the records that have it; 0 where it does not occur.
struct SharedTerm {
    let bytes: ArraySlice<UInt8>
    let from: Int
    let to: Int

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Walks the terms of an index in byte order, some thousands a page.
struct TermCursor {
    private static let pageSize = 10_000

    private let prefix: String
    private var page: Lexicon?
    private var row = 0
    private var last: String

    /// - Parameter after: only terms that come after this one.
    init(prefix: String, after: String = "") {
        self.prefix = prefix
        last = after
    }

    /// The term at the cursor; nil at the end.
    mutating func current(
        in reader: borrowing IndexReader
    ) throws(IndexError) -> (bytes: ArraySlice<UInt8>, documents: Int)? {
        while true {
            if let page, row < page.terms.count { return (page.terms.bytes(row), page.documentFrequencies[row]) }
            if let page {
                guard page.isCut, page.terms.count > 0 else { return nil }
                last = page.terms[page.terms.count - 1]
            }
            page = try reader.lexicon(prefix: prefix, after: last, limit: Self.pageSize)
            row = 0
        }
    }

    mutating func advance() { row += 1 }

    /// Walks two indexes at once: every term of either, once, in byte order.
    /// - Parameter visit: returns false to stop.
    static func walk(
        _ from: borrowing IndexReader, _ to: borrowing IndexReader, prefix: String, after: String = "",
        visit: (SharedTerm) throws(IndexError) -> Bool
    ) throws(IndexError) {
        var older = TermCursor(prefix: prefix, after: after)
        var newer = older
        while true {
            let one = try older.current(in: from)
            let other = try newer.current(in: to)
            let term: SharedTerm
            switch (one, other) {
            case (nil, nil): return
            case (let one?, nil):
                term = SharedTerm(bytes: one.bytes, from: one.documents, to: 0)
                older.advance()
            case (nil, let other?):
                term = SharedTerm(bytes: other.bytes, from: 0, to: other.documents)
                newer.advance()
            case (let one?, let other?):
                if one.bytes.lexicographicallyPrecedes(other.bytes) {
                    term = SharedTerm(bytes: one.bytes, from: one.documents, to: 0)
                    older.advance()
                } else if other.bytes.lexicographicallyPrecedes(one.bytes) {
                    term = SharedTerm(bytes: other.bytes, from: 0, to: other.documents)
                    newer.advance()
                } else {
                    term = SharedTerm(bytes: one.bytes, from: one.documents, to: other.documents)
                    older.advance()
                    newer.advance()
                }
            }
            guard try visit(term) else { return }
        }
    }
}
