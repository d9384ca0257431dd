import SabilRecords
import XapianIndex

/// The boosts of one request, applied to the best hits after the second ranking step.
struct Boosting: Sendable {
    let table: BoostTable
    let boosts: Set<Boost>
    let day: PartialDate
    /// Of the query, or of the reader where the query's is not known.
    let language: Language

    /// Values that hits must carry.
    static let slots = [IndexSchema.Slot.dateOrdinal, IndexSchema.Slot.type, IndexSchema.Slot.language]

    /// Adds their points to the hits and puts them in order again; equals stay as they were.
    func lift(_ hits: inout [RankedSearch.RankedHit]) {
        for place in hits.indices {
            let values = hits[place].hit.values
            let ordinal = values[IndexSchema.Slot.dateOrdinal].flatMap { IndexValue.number($0) }.map { Int($0) }
            let type = String(decoding: values[IndexSchema.Slot.type] ?? [], as: UTF8.self)
            let own = Language(rawValue: String(decoding: values[IndexSchema.Slot.language] ?? [], as: UTF8.self))
            let parts = table.parts(
                boosts, type: type, dateOrdinal: ordinal, on: day, isOwnLanguage: own == language)
            hits[place].boosts = parts
            hits[place].score += parts.reduce(0) { $0 + $1.contribution }
        }
        hits = hits.enumerated().sorted { left, right in
            left.element.score != right.element.score
                ? left.element.score > right.element.score : left.offset < right.offset
        }.map(\.element)
    }
}
