import Synchronization
import XapianIndex

/// A table that an index holds, read once for as long as it stays the same.
final class CommitCache<Table: Sendable>: Sendable {
    private struct Held {
        /// The commit that was looked at last; another one may have the same table.
        var commit: CollectionStatistics?
        var stamp: [UInt8] = []
        var table: Table
    }

    private let held: Mutex<Held>
    /// The value of the index that changes with the table.
    private let key: String

    private let read: @Sendable (borrowing IndexReader, [UInt8]) throws(IndexError) -> Table

    /// - Parameters:
    ///   - none: the table of an index that holds none, or that was not read yet.
    ///   - stamp: key of the value that changes with the table.
    ///   - read: reads it, given that value.
    init(
        _ none: Table, stamp: String,
        read: @escaping @Sendable (borrowing IndexReader, [UInt8]) throws(IndexError) -> Table
    ) {
        held = Mutex(Held(table: none))
        key = stamp
        self.read = read
    }

    /// What was read last; queries are planned with it before a reader is at hand.
    var current: Table { held.withLock { $0.table } }

    /// The table of the reader's commit, read if it is another than the one held.
    ///
    /// - Complexity: no reading for the commit of the call before; one small value for another one; the whole table, some
    ///   milliseconds, where it was made anew.
    @discardableResult
    func table(of reader: borrowing IndexReader) throws(IndexError) -> Table {
        let commit = try reader.statistics()
        // Several indexes read as one have no revision of their own.
        let isKnown = commit.revision.rawValue != 0
        if isKnown, let table = held.withLock({ $0.commit == commit ? $0.table : nil }) { return table }
        let stamp = try reader.metadata(key) ?? []
        let known = held.withLock { held -> Table? in
            guard held.stamp == stamp else { return nil }
            held.commit = commit
            return held.table
        }
        if let known { return known }
        let table = try read(reader, stamp)
        held.withLock { $0 = Held(commit: commit, stamp: stamp, table: table) }
        return table
    }
}
