import SabilRecords
import XapianIndex

/// Facets: which of them the hits' own search counted, and one search more for each of the others.
extension Answering {
    func addFacets(
        _ node: QueryNode, main: MainPage, to page: inout FacetedPage, reader: borrowing IndexReader
    ) throws(IndexError) {
        let tally = FacetTally(
            taxonomy: taxonomy, contentTypes: contentTypes, filters: filters, readerLanguage: request.readerLanguage)
        var results: [FacetField: [XapianIndex.FacetResult]] = [:]
        var counted = main.result.facets[...]
        for field in main.counted {
            let width = FacetTally.requests(for: field).count
            results[field] = Array(counted.prefix(width))
            counted = counted.dropFirst(width)
        }
        for field in request.facets.unique where results[field] == nil {
            var query = baseQuery(Question.filtered(node, by: question.filter(without: field)), offset: 0, limit: 0)
            query.collapseSlot = nil
            query.weighting = .boolean
            query.facets = FacetTally.requests(for: field)
            query.checkAtLeast = Int.max
            query.valueSlots = []
            let result = try reader.search(query)
            page.timedOut = page.timedOut || result.timedOut
            results[field] = result.facets
        }
        for field in request.facets.unique {
            page.facets[field] = try tally.counts(
                field, results[field] ?? [], selection: question.selection(of: field)
            ) { (digest) throws(IndexError) in
                try reader.metadata(IndexSchema.Key.organisation(digest)).map { String(decoding: $0, as: UTF8.self) }
            }
        }
    }
}
