import XapianIndex

/// Puts hits of the same score in the order of their records' ids, so that an answer does not depend on the order in which
/// records came into the index.
///
/// The first ranking step does so itself (``IndexQuery/ties``), for as many hits as there are of one score. Here are those that the
/// second step left with one score: ids are read of the tied hits that are shown.
enum TieOrder {
    /// By id, from a place on.
    static func byID(from place: Int) -> TieBreak { TieBreak(slot: IndexSchema.Slot.id, from: place) }

    /// Sorts neighbours of the same score, before and after boosts, of which some are shown.
    static func sort(
        _ hits: inout [RankedSearch.RankedHit], shown: Range<Int>, reader: borrowing IndexReader
    ) throws(IndexError) {
        var start = 0
        while start < min(shown.upperBound, hits.count) {
            var end = start + 1
            while end < hits.count, areTied(hits[end], hits[start]) { end += 1 }
            if end - start > 1, end > shown.lowerBound {
                let ids = try reader.values(
                    ofDocuments: hits[start..<end].map(\.hit.documentID), slot: IndexSchema.Slot.id)
                let order = (start..<end).sorted { left, right in
                    let (first, second) = (ids[left - start], ids[right - start])
                    return first == second ? left < right : first.lexicographicallyPrecedes(second)
                }
                hits.replaceSubrange(start..<end, with: order.map { hits[$0] })
            }
            start = end
        }
    }

    private static func areTied(_ first: RankedSearch.RankedHit, _ second: RankedSearch.RankedHit) -> Bool {
        first.score == second.score && first.parts?.score == second.parts?.score
    }
}
