public import SabilRecords

/// Something that a map could not carry over, for people to look at.
public struct UnmappedLabel: Sendable, Hashable, Codable {
    public enum Cause: String, Sendable, Hashable, Codable, CaseIterable {
        /// The concept was split: a person has to say which part it is.
        case split
        /// The concept was retired without a successor.
        case retired
        /// Neither the taxonomy nor the map knows the concept.
        case unknown
        /// The concept was merged with others, and not all of them had been rejected.
        case partlyRejected = "partly-rejected"
    }

    public var record: RecordID
    public var concept: ConceptID
    /// What held for it: a label's source, or a decision's verdict.
    public var was: String
    public var cause: Cause
    /// What it may be now: the parts of a concept that was split, the one it was merged into.
    public var candidates: [ConceptID]
    public var reason: String

    public init(
        record: RecordID, concept: ConceptID, was: String, cause: Cause, candidates: [ConceptID] = [], reason: String
    ) {
        self.record = record
        self.concept = concept
        self.was = was
        self.cause = cause
        self.candidates = candidates
        self.reason = reason
    }

    public static let columns = ["record", "concept", "was", "cause", "candidates", "reason"]
    /// The values with tabs between, in the order of ``columns``.
    public var line: String {
        let reason = String(reason.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        return [
            record.rawValue, concept.rawValue, was, cause.rawValue,
            candidates.map(\.rawValue).joined(separator: "|"), reason,
        ].joined(separator: "\t")
    }
}

extension ConceptMap {
    /// A record whose labels are those of today.
    public struct MappedRecord: Sendable, Hashable {
        public var record: ResourceRecord
        /// Labels given by people that could not be carried over; the record no longer has them, unless they are unknown.
        public var left: [UnmappedLabel] = []
        /// The parts of split concepts that the record may belong to, sorted.
        public var choices: [ConceptID] = []

        public init(record: ResourceRecord) { self.record = record }
    }

    /// The record with its labels as they are to be called today.
    ///
    /// Of several labels that become one the strongest source holds: human, confirmed, machine. A machine's label that cannot be
    /// carried over goes without a word. Applying twice changes nothing more.
    /// - Parameter isKnown: whether the taxonomy of today has a concept.
    public func mapped(_ record: ResourceRecord, isKnown: (ConceptID) -> Bool) -> MappedRecord {
        var mapped = MappedRecord(record: record)
        var choices: Set<ConceptID> = []
        var tags: [ConceptTag] = []
        func add(_ tag: ConceptTag) {
            guard let place = tags.firstIndex(where: { $0.concept == tag.concept }) else { return tags.append(tag) }
            if tag.source.strength > tags[place].source.strength { tags[place] = tag }
        }
        func leave(_ concept: ConceptID, _ was: String, _ cause: UnmappedLabel.Cause, _ parts: [ConceptID] = []) {
            mapped.left.append(
                UnmappedLabel(
                    record: record.id, concept: concept, was: was, cause: cause, candidates: parts,
                    reason: reason(for: concept)))
        }
        for tag in record.concepts {
            let isByPerson = tag.source.isByPerson
            switch fate(of: tag.concept) {
            case .kept:
                add(tag)
                if !isKnown(tag.concept) { leave(tag.concept, tag.source.rawValue, .unknown) }
            case .replaced(let new): add(ConceptTag(new, source: tag.source))
            case .split(let parts):
                choices.formUnion(parts)
                if isByPerson { leave(tag.concept, tag.source.rawValue, .split, parts) }
            case .retired: if isByPerson { leave(tag.concept, tag.source.rawValue, .retired) }
            }
        }
        mapped.record.concepts = tags
        var groups: [ConceptID] = []
        for group in record.populationGroups {
            switch fate(of: group) {
            case .kept:
                if !groups.contains(group) { groups.append(group) }
                if !isKnown(group) { leave(group, "population", .unknown) }
            case .replaced(let new): if !groups.contains(new) { groups.append(new) }
            case .split(let parts): leave(group, "population", .split, parts)
            case .retired: leave(group, "population", .retired)
            }
        }
        mapped.record.populationGroups = groups
        mapped.choices = choices.sorted()
        return mapped
    }
}

extension LabelSource {
    /// The greater one holds where two meet.
    fileprivate var strength: Int {
        switch self {
        case .human: 2
        case .confirmed: 1
        case .machine: 0
        }
    }
}
