public import SabilRecords
import SabilTaxonomy
import XapianIndex

/// A concept beside what a query asks for.
public struct RelatedConcept: Sendable, Hashable {
    public enum Relation: String, Sendable, Hashable, Codable {
        case broader
        case narrower
        /// Declared by the taxonomy.
        case related
        /// On many of the best hits, and on few other records.
        case frequent
    }

    public var id: ConceptID
    /// Name in the reader's language.
    public var label: String
    public var relation: Relation
    /// Of the hits looked at, those that have it.
    public var hits: Int
    /// Records that the reader may see and that have it.
    public var records: Int
}

/// Finds concepts beside a query: in the taxonomy, and on its best hits against all records.
struct RelatedConcepts: Sendable {
    let taxonomy: ConceptScheme
    let visibility: QueryNode
    let readerLanguage: Language

    /// Best hits that are looked at.
    static let sample = 100
    /// Concepts of the hits that are compared with all records, and given.
    private static let compared = 40
    private static let given = 8
    /// Neighbours of each kind that are given.
    private static let neighbours = 6
    /// A concept is on so many hits, or says nothing.
    private static let leastHits = 3

    /// - Parameters:
    ///   - asked: concepts the query names.
    ///   - lists: the values of the concept slot of the best hits.
    /// - Complexity: one count for each of at most 60 concepts.
    func concepts(
        asked: [ConceptID], lists: [ArraySlice<UInt8>], reader: borrowing IndexReader
    ) throws(IndexError) -> [RelatedConcept] {
        var counts: [UInt32: Int] = [:]
        for list in lists {
            for number in IndexValue.list(list) ?? [] { counts[number, default: 0] += 1 }
        }
        func onHits(_ concept: Concept) -> Int { counts[concept.number.rawValue] ?? 0 }
        var found: [RelatedConcept] = []
        var told = Set(asked)
        for (relation, ids) in [
            (RelatedConcept.Relation.broader, asked.flatMap { taxonomy.concept($0)?.broader ?? [] }),
            (.narrower, asked.flatMap { taxonomy.concept($0)?.narrower ?? [] }),
            (.related, asked.flatMap { taxonomy.concept($0)?.related ?? [] }),
        ] {
            var concepts = ids.unique.filter { !told.contains($0) }.compactMap { taxonomy.concept($0) }
                .filter { !$0.isDeprecated }
            concepts.sort { (-onHits($0), $0.number.rawValue) < (-onHits($1), $1.number.rawValue) }
            for concept in concepts.prefix(Self.neighbours) {
                told.insert(concept.id)
                let records = try self.records(concept.number, reader: reader)
                if records > 0 { found.append(related(concept, relation, hits: onHits(concept), records: records)) }
            }
        }
        // What stands above what was asked for is on all its hits, and says nothing new.
        for id in asked { told.formUnion(taxonomy.ancestors(of: id)) }
        return found + (try frequent(counts, sample: lists.count, without: told, reader: reader))
    }

    /// Concepts whose share of the hits is far above their share of all records: by share × root of how many times.
    private func frequent(
        _ counts: [UInt32: Int], sample: Int, without told: Set<ConceptID>, reader: borrowing IndexReader
    ) throws(IndexError) -> [RelatedConcept] {
        let all = try count(Question.filtered(.all, by: visibility), reader: reader)
        let candidates = counts.filter { $0.value >= Self.leastHits }
            .sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
            .compactMap { entry in taxonomy.concept(number: ConceptNumber(entry.key)).map { ($0, entry.value) } }
            .filter { !told.contains($0.0.id) && !$0.0.isDeprecated }
        var scored: [(score: Double, concept: RelatedConcept)] = []
        for (concept, hits) in candidates.prefix(Self.compared) {
            let records = try self.records(concept.number, reader: reader)
            guard records > 0, all > 0 else { continue }
            let share = Double(hits) / Double(sample)
            let times = share / (Double(records) / Double(all))
            guard times > 2 else { continue }
            scored.append((share * times.squareRoot(), related(concept, .frequent, hits: hits, records: records)))
        }
        scored.sort { ($1.score, $0.concept.id) < ($0.score, $1.concept.id) }
        return scored.prefix(Self.given).map(\.concept)
    }

    private func related(
        _ concept: Concept, _ relation: RelatedConcept.Relation, hits: Int, records: Int
    ) -> RelatedConcept {
        RelatedConcept(
            id: concept.id, label: taxonomy.label(concept.id, in: readerLanguage), relation: relation, hits: hits,
            records: records)
    }

    /// Records that the reader may see and that have the concept or a narrower one.
    private func records(_ number: ConceptNumber, reader: borrowing IndexReader) throws(IndexError) -> Int {
        try count(Question.filtered(.term(IndexSchema.reaches(number)), by: visibility), reader: reader)
    }

    private func count(_ node: QueryNode, reader: borrowing IndexReader) throws(IndexError) -> Int {
        var query = IndexQuery(node, limit: 0, checkAtLeast: Int.max)
        query.weighting = .boolean
        query.wantData = false
        return try reader.search(query).total.estimate
    }
}
