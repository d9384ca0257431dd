import SabilRecords
import Synchronization
import XapianIndex

/// When the letter sequences of an index are counted again: deletions and replacements are not taken out of the table, and a
/// table that is a little behind ranks the same.
struct GramRecount: Sendable {
    /// Share of the documents counted that may have changed since.
    var share = 0.05
    /// Changes that are always tolerated.
    var floor = 100

    func isDue(changes: Int, counted: Int) -> Bool { Double(changes) > share * Double(counted) + Double(floor) }
}

extension GramTable {
    private static let pageSize = 10_000

    /// Counts every document of an index from its word stream.
    ///
    /// - Complexity: some ten microseconds a document.
    init(counting reader: borrowing IndexReader) throws(IndexError) {
        var counter = Counter()
        var offset = 0
        while true {
            var query = IndexQuery(.all, offset: offset, limit: Self.pageSize)
            query.weighting = .boolean
            query.wantData = false
            query.valueSlots = [IndexSchema.Slot.wordStream]
            query.timeLimitSeconds = 600
            let page = try reader.search(query)
            for hit in page.hits.indices {
                let stream = page.values.value(ofHit: hit, slot: IndexSchema.Slot.wordStream)
                let text = WordStream.parts(of: stream.span).text
                counter.count(stream.span.extracting(text))
            }
            guard page.hits.count == Self.pageSize else { break }
            offset += Self.pageSize
        }
        self = counter.table
    }
}

/// Builders that wait for the next batch: what one has learnt of words and counted of letters stays with it.
final class BuilderPool: Sendable {
    private let free = Mutex<[DocumentBuilder]>([])
    private let make: @Sendable () -> DocumentBuilder

    init(_ make: @escaping @Sendable () -> DocumentBuilder) { self.make = make }

    func take() -> DocumentBuilder { free.withLock { $0.popLast() } ?? make() }

    func put(back builder: DocumentBuilder) { free.withLock { $0.append(builder) } }

    /// What all builders counted; those that are out are left out.
    var grams: GramTable {
        var sum = GramTable()
        for builder in free.withLock({ $0 }) { sum.add(builder.grams.table) }
        return sum
    }
}
