public import SabilRecords
import XapianIndex

/// The records of an index as they are stored, in the order of their ids: for building an index anew from
/// an older one.
///
/// Opens an index whatever analyzer and taxonomy built it; only the layout must be the one of this program. Works on the
/// caller's thread and blocks on the disk. It sees the commit that was the last when it was opened; two more commits while it
/// reads end it (`modifiedDuringRead` beneath).
public struct StoredRecords: ~Copyable {
    /// Records in the index.
    public let count: Int
    private let reader: IndexReader
    private let stored = StoredRecord()
    private var cursor = TermCursor(prefix: IndexSchema.record(RecordID("")))

    /// - Throws: `notFound`; `mismatch` for another layout or another program's database; `index`.
    public init(path: String) throws(SearchError) {
        let reader = try IndexComparison.open(path)
        let documents: Int
        do { documents = try reader.documentCount() } catch { throw SearchError(error) }
        count = documents
        self.reader = reader
    }

    /// The next records in the order of their ids, at most so many; `nil` at the end.
    /// - Throws: `unreadableRecord`, `index`.
    /// - Complexity: one look into the index a record.
    public mutating func next(limit: Int = 500) throws(SearchError) -> [ResourceRecord]? {
        var batch: [ResourceRecord] = []
        do {
            while batch.count < limit, let term = try cursor.current(in: reader) {
                let name = String(decoding: term.bytes, as: UTF8.self)
                cursor.advance()
                if let hit = try reader.document(uniqueTerm: name) { batch.append(try stored.decode(hit.data)) }
            }
        } catch let error as IndexError {
            throw SearchError(error)
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(code: .index, operation: "read the records of an index", message: "\(error)")
        }
        return batch.isEmpty ? nil : batch
    }
}
