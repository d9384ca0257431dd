import XapianIndex

/// How many documents of an index have each letter sequence: 2²⁰ counters by digest, so a rare one may be counted with
/// another.
struct GramTable: Sendable {
    static let places = 1 << 20
    /// Counters a stored part holds.
    private static let partSize = 4096
    private static let partCount = places / partSize

    private var counts: [UInt32]
    /// Places whose counter is not 0, in no order: most are 0 but in the largest indexes.
    private var used: [Int32] = []
    /// Documents counted.
    private(set) var documents: Int

    init() {
        counts = [UInt32](repeating: 0, count: Self.places)
        documents = 0
    }

    @inline(__always)
    static func place(of gram: UInt64) -> Int { Int(truncatingIfNeeded: Gram.digest(gram) >> 44) }

    /// How many of the counted documents have the sequence.
    subscript(gram: UInt64) -> Int { Int(counts[Self.place(of: gram)]) }

    /// Adds the documents that another table counted.
    mutating func add(_ other: GramTable) {
        for place in other.used { add(other.counts[Int(place)], at: place) }
        documents += other.documents
    }

    @inline(__always)
    private mutating func add(_ count: UInt32, at place: Int32) {
        if counts[Int(place)] == 0 { used.append(place) }
        counts[Int(place)] &+= count
    }

    /// Counts documents, one after the other.
    struct Counter: Sendable {
        private(set) var table = GramTable()
        /// Bit per place that the document has already.
        private var seen = [UInt64](repeating: 0, count: GramTable.places / 64)
        private var touched: [Int32] = []

        /// Counts one document by the text part of its ``WordStream``.
        mutating func count(_ text: borrowing Span<UInt8>) {
            table.documents += 1
            Gram.each(in: text, from: 0) { gram, _ in
                guard Gram.isOfOneWord(gram) else { return }
                let place = GramTable.place(of: gram)
                let bit: UInt64 = 1 << UInt64(place & 63)
                if seen[place >> 6] & bit == 0 {
                    seen[place >> 6] |= bit
                    touched.append(Int32(truncatingIfNeeded: place))
                }
            }
            for place in touched {
                table.add(1, at: place)
                seen[Int(place) >> 6] = 0
            }
            touched.removeAll(keepingCapacity: true)
        }
    }

    // MARK: Storage

    /// The metadata that hold the table: documents counted with a digest of the rest, and parts of pairs (counters passed over,
    /// counter) as varints. An empty value stands for a part of which nothing may stay.
    func metadata() -> [String: [UInt8]] {
        var parts = [[UInt8]](repeating: [], count: Self.partCount)
        var next = (0..<Self.partCount).map { $0 * Self.partSize }
        for place in used.sorted() {
            let part = Int(place) / Self.partSize
            Varint.append(UInt32(Int(place) - next[part]), to: &parts[part])
            Varint.append(counts[Int(place)], to: &parts[part])
            next[part] = Int(place) + 1
        }
        var metadata: [String: [UInt8]] = [:]
        var digest = Digest.basis
        for (part, bytes) in parts.enumerated() {
            for byte in bytes { digest = Digest.adding(byte, to: digest) }
            metadata[IndexSchema.Key.grams(part)] = bytes
        }
        metadata[IndexSchema.Key.gramStamp] = Array("\(documents) \(String(digest, radix: 16))".utf8)
        return metadata
    }

    /// The table an index holds; an empty one where it holds none, and counters as far as the stored bytes can be read.
    init(_ reader: borrowing IndexReader, stamp: [UInt8]) throws(IndexError) {
        self.init()
        documents = Self.documents(inStamp: stamp)
        for part in 0..<Self.partCount {
            guard let bytes = try reader.metadata(IndexSchema.Key.grams(part)) else { continue }
            var at = 0
            var place = part * Self.partSize
            let end = place + Self.partSize
            while let gap = Varint.number(in: bytes, at: &at), let count = Varint.number(in: bytes, at: &at) {
                place += Int(gap)
                guard place < end else { break }
                add(count, at: Int32(place))
                place += 1
            }
        }
    }

    /// How many documents a stored table counts.
    static func documents(inStamp stamp: [UInt8]) -> Int {
        Int(String(decoding: stamp.prefix { $0 != 0x20 }, as: UTF8.self)) ?? 0
    }
}
