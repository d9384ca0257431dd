import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import XapianIndex

/// Hits: their records, translations, marks, and what their scores are made of.
extension Answering {
    func hits(
        _ ranked: [RankedSearch.RankedHit], reader: borrowing IndexReader
    ) throws -> [SearchHit] {
        var highlighter = Highlighter(plan.marks, session: sessions.take())
        var hits: [SearchHit] = []
        for entry in ranked {
            let record = try stored.decode(entry.hit.data)
            var hit = SearchHit(record: record, language: Self.language(of: entry.hit), score: entry.score)
            hit.isPinned = entry.isPinned
            if request.collapsesTranslations { try gatherTranslations(&hit, reader: reader) }
            if request.highlight {
                hit.highlights = try highlighter.highlights(of: hit.record, language: hit.language)
            }
            hits.append(hit)
        }
        sessions.put(back: highlighter.finish())
        return hits
    }

    private static func language(of hit: Hit) -> Language {
        let bytes = hit.values[IndexSchema.Slot.language] ?? []
        return Language(rawValue: String(decoding: bytes, as: UTF8.self)) ?? .undetermined
    }

    /// Finds the other versions of the work, and shows the one in the reader's language if there is one.
    func gatherTranslations(_ hit: inout SearchHit, reader: borrowing IndexReader) throws {
        let work = QueryNode.term(IndexSchema.work(hit.record.work))
        var query = baseQuery(Question.filtered(work, by: question.filter()), offset: 0, limit: 100)
        query.collapseSlot = nil
        query.weighting = .boolean
        query.sort = [SortKey(slot: IndexSchema.Slot.language)]
        var versions: [(record: ResourceRecord, language: Language)] = []
        for version in try reader.search(query).hits {
            versions.append((try stored.decode(version.data), Self.language(of: version)))
        }
        if hit.language != request.readerLanguage,
            let preferred = versions.first(where: { $0.language == request.readerLanguage })
        {
            hit.record = preferred.record
            hit.language = preferred.language
        }
        hit.translations = versions.filter { $0.record.id != hit.record.id }.map {
            Translation(id: $0.record.id, language: $0.language, title: $0.record.title)
        }
    }

    /// Scores each part of the query by itself on the hits of the page; what the parts leave is the tag's weight.
    func explain(
        _ hits: inout [SearchHit], _ ranked: [RankedSearch.RankedHit], _ weights: WordWeights,
        reader: borrowing IndexReader
    ) throws(IndexError) {
        guard request.sort == .relevance, plan.hasWords, !ranked.isEmpty else { return }
        // The record that was scored, which is not the one shown where a translation is preferred.
        var terms: [QueryNode] = []
        var places: [UInt64: Int] = [:]
        for (place, entry) in ranked.enumerated() {
            places[entry.hit.documentID] = place
            if !entry.isPinned, let record = try? stored.decode(entry.hit.data) {
                terms.append(.term(IndexSchema.record(record.id)))
            }
        }
        for unit in plan.units {
            var query = IndexQuery(.filter(weights.resolve(unit.node), .or(terms)), limit: ranked.count)
            query.streamSlot = IndexSchema.Slot.wordStream
            query.weighting = ranking.weighting
            query.wantData = false
            for hit in try reader.search(query).hits where hit.score > 0 {
                guard let place = places[hit.documentID] else { continue }
                hits[place].explanation.append(
                    ScorePart(name: unit.name, kind: unit.kind, contribution: hit.score))
            }
        }
        for (place, entry) in ranked.enumerated() where !entry.isPinned {
            let units = hits[place].explanation.reduce(0) { $0 + $1.contribution }
            let rest = (entry.parts?.first ?? entry.hit.score) - units
            if !question.filteredConcepts.isEmpty, rest > 1e-9 {
                hits[place].explanation.append(ScorePart(name: "tag", kind: .tag, contribution: rest))
            }
            if let parts = entry.parts {
                let named: [(ScorePart.Kind, Double)] = [
                    (.exactForm, parts.exact), (.grams, parts.grams), (.orderedPairs, parts.orderedPairs),
                    (.nearPairs, parts.nearPairs), (.title, parts.title), (.lead, parts.lead),
                ]
                for (kind, contribution) in named where contribution > 0 {
                    hits[place].explanation.append(
                        ScorePart(name: kind.rawValue, kind: kind, contribution: contribution))
                }
            }
            hits[place].explanation += (entry.parts?.shared ?? []).map { shared in
                let concept = taxonomy.concept(number: ConceptNumber(shared.number))
                return ScorePart(
                    name: concept.map { taxonomy.label($0.id, in: request.readerLanguage) }
                        ?? "concept \(shared.number)",
                    kind: .sharedConcept, contribution: shared.contribution)
            }
            hits[place].explanation += entry.boosts
            // Hits beyond the pool are scored by the first step alone, and never above the pool.
            let lifted = entry.boosts.reduce(0) { $0 + $1.contribution }
            let cut = entry.score - (entry.parts?.score ?? entry.hit.score) - lifted
            if cut < -1e-9 { hits[place].explanation.append(ScorePart(name: "cut", kind: .cut, contribution: cut)) }
            hits[place].explanation.sort { $0.contribution > $1.contribution }
        }
    }
}
