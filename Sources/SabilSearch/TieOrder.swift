import SabilRecords
import XapianIndex

/// Puts hits of the same score in the order of their records' ids, so that an answer does not depend on the order in which
/// records came into the index.
///
/// Ids are read of tied hits only. More than ``maximumTies`` hits of one score stay in the order in which they came, and where
/// so many have the score of the last one wanted, those among them that came first are taken.
struct TieOrder: Sendable {
    /// Hits beyond those wanted that are fetched to see all that tie with the last of them.
    static let maximumTies = 1_000

    /// Ties before this place are not shown, and stay as they are.
    let start: Int
    /// Ids by document number, as far as they were needed.
    private var ids: [UInt64: String] = [:]

    init(from start: Int = 0) { self.start = start }

    /// The best hits by the first ranking step, ties in order of id: as many as the query's limit.
    ///
    /// - Returns: the page, and the ids that are known by now.
    func search(
        _ query: IndexQuery, reader: borrowing IndexReader
    ) throws(IndexError) -> (result: ResultPage, ties: TieOrder) {
        var ties = self
        var wider = query
        wider.limit += 1
        var result = try reader.search(wider)
        if result.hits.count > query.limit, result.hits[query.limit].score == result.hits[query.limit - 1].score {
            wider.limit = query.limit + Self.maximumTies
            wider.facets = query.facets
            result = try reader.search(wider)
        }
        let order = try ties.order(of: result.hits, scores: result.hits.map(\.score), reader: reader)
        result.keep(Array(order.prefix(query.limit)))
        return (result, ties)
    }

    /// Sorts what the second step scored: best first, ties by id.
    func sort(
        _ scored: inout [Rescorer.Scored], of hits: [Hit], reader: borrowing IndexReader
    ) throws(IndexError) {
        var ties = self
        let order = try ties.order(
            of: scored.map { hits[$0.candidate] }, scores: scored.map(\.score), reader: reader)
        scored = order.map { scored[$0] }
    }

    /// The places of hits, whose scores fall, with those of one score in order of id.
    private mutating func order(
        of hits: [Hit], scores: [Double], reader: borrowing IndexReader
    ) throws(IndexError) -> [Int] {
        var order = Array(hits.indices)
        var start = 0
        while start < hits.count {
            var end = start + 1
            while end < hits.count, scores[end] == scores[start] { end += 1 }
            if end - start > 1, end > self.start, end - start <= Self.maximumTies {
                try learn(hits[start..<end].map(\.documentID), reader: reader)
                order[start..<end].sort { (ids[hits[$0].documentID] ?? "", $0) < (ids[hits[$1].documentID] ?? "", $1) }
            }
            start = end
        }
        return order
    }

    private mutating func learn(_ documents: [UInt64], reader: borrowing IndexReader) throws(IndexError) {
        let unknown = documents.filter { ids[$0] == nil }
        let stored = StoredRecord()
        for (document, data) in zip(unknown, try reader.data(ofDocuments: unknown)) {
            // A record that cannot be read is told of when it is shown.
            ids[document] = (try? stored.decode(data))?.id.rawValue ?? ""
        }
    }
}
