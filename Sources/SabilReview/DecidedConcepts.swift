public import SabilRecords

/// What curators' decisions make of each record's concepts: per record and concept, the last decision holds.
public struct DecidedConcepts: Sendable, Hashable {
    private var last: [RecordID: [ConceptID: Decision]] = [:]

    /// - Parameter decisions: in any order; of two about the same concept on the same record the later one holds, and of two
    ///   of the same moment the one that stands later in the list.
    public init(_ decisions: some Sequence<Decision> = []) {
        for decision in decisions {
            let earlier = last[decision.record]?[decision.concept]
            if let earlier, earlier.at > decision.at { continue }
            last[decision.record, default: [:]][decision.concept] = decision
        }
    }

    /// The records decided on, sorted.
    public var records: [RecordID] { last.keys.sorted() }

    /// The decisions in force about a record, sorted by concept.
    public func decisions(about record: RecordID) -> [Decision] {
        (last[record] ?? [:]).values.sorted { $0.concept < $1.concept }
    }

    /// The decision in force about a concept on a record.
    public func decision(about concept: ConceptID, on record: RecordID) -> Decision? { last[record]?[concept] }

    /// The record with the decisions in force: an accepted or added concept is `confirmed` (or stays `human`), a rejected
    /// or removed one is gone.
    ///
    /// Applying twice changes nothing more. Tags keep their order; new ones follow, sorted.
    public func applied(to record: ResourceRecord) -> ResourceRecord {
        guard let own = last[record.id] else { return record }
        var record = record
        record.concepts = record.concepts.compactMap { tag in
            guard let decision = own[tag.concept] else { return tag }
            guard decision.verdict.isOnRecord else { return nil }
            return ConceptTag(tag.concept, source: tag.source == .human ? .human : .confirmed)
        }
        record.populationGroups.removeAll { own[$0]?.verdict.isOnRecord == false }
        let present = Set(record.concepts.map(\.concept))
        let missing = own.values.filter { $0.verdict.isOnRecord && !present.contains($0.concept) }
        record.concepts += missing.map(\.concept).sorted().map { ConceptTag($0, source: .confirmed) }
        return record
    }
}
