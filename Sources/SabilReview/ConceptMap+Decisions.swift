public import SabilRecords
import SabilTaxonomy

extension ConceptMap {
    /// What decisions about changed concepts come to.
    public struct CarriedDecisions: Sendable, Hashable {
        /// To be appended to the log in this order; the ids follow from the decisions they come from, so that appending them
        /// again changes nothing.
        public var decisions: [Decision] = []
        /// Decisions that say nothing certain about any concept of today.
        public var left: [UnmappedLabel] = []

        public init() {}
    }

    /// Carries the decisions in force over to the concepts of today; those taken stay in the log as they are.
    ///
    /// - A concept that was renamed keeps its verdict.
    /// - A merged concept is on the record if one of those merged was; it is off the record if all of them had been rejected
    ///   or removed, for one rejection says nothing about the others. A new concept that was in use before counts as one of
    ///   those merged.
    /// - All parts of a split concept that had been rejected are off the record; which part an accepted one belongs to is
    ///   left to people.
    /// - A changed concept that was on the record comes off, under its old name.
    ///
    /// Carried decisions have the moment, the person and the score of those they come from: what is decided about the new
    /// concept later holds.
    /// - Parameter inUse: concepts that records carried before the change.
    public func carried(_ decided: DecidedConcepts, inUse: Set<ConceptID>) -> CarriedDecisions {
        var carried = CarriedDecisions()
        for record in decided.records {
            let own = decided.decisions(about: record)
            // What holds under a new name is decided once all that became it are known.
            var merged: [ConceptID: [Decision]] = [:]
            for decision in own {
                let fate = fate(of: decision.concept)
                if fate != .kept, decision.verdict.isOnRecord {
                    carried.decisions.append(carry(decision, to: decision.concept, as: .remove))
                }
                switch fate {
                case .kept: break
                case .replaced(let new): merged[new, default: []].append(decision)
                case .split(let parts):
                    if decision.verdict.isOnRecord {
                        carried.left.append(unmapped(decision, .split, parts))
                    } else if !decision.takesOffOldName {
                        for part in parts where decided.decision(about: part, on: record) == nil {
                            carried.decisions.append(carry(decision, to: part, as: decision.verdict))
                        }
                    }
                case .retired:
                    if decision.verdict.isOnRecord { carried.left.append(unmapped(decision, .retired, [])) }
                }
            }
            for (new, decisions) in merged.sorted(by: { $0.key < $1.key }) {
                carry(
                    decisions.filter { !$0.takesOffOldName }, to: new, on: record, decided: decided, inUse: inUse,
                    into: &carried)
            }
        }
        return carried
    }

    private func carry(
        _ decisions: [Decision], to new: ConceptID, on record: RecordID, decided: DecidedConcepts,
        inUse: Set<ConceptID>, into carried: inout CarriedDecisions
    ) {
        guard !decisions.isEmpty else { return }
        let today = decided.decision(about: new, on: record)
        if let positive = decisions.filter(\.verdict.isOnRecord).max(by: { $0.at < $1.at }) {
            guard today?.verdict.isOnRecord != true else { return }
            carried.decisions.append(carry(positive, to: new, as: positive.verdict))
            return
        }
        guard today == nil, let last = decisions.max(by: { $0.at < $1.at }) else { return }
        if !inUse.contains(new), Set(decisions.map(\.concept)) == Set(sources(of: new)) {
            carried.decisions.append(carry(last, to: new, as: last.verdict))
        } else {
            carried.left += decisions.map { unmapped($0, .partlyRejected, [new]) }
        }
    }

    private func unmapped(
        _ decision: Decision, _ cause: UnmappedLabel.Cause, _ candidates: [ConceptID]
    ) -> UnmappedLabel {
        UnmappedLabel(
            record: decision.record, concept: decision.concept, was: decision.verdict.rawValue, cause: cause,
            candidates: candidates, reason: reason(for: decision.concept))
    }

    private func carry(_ decision: Decision, to concept: ConceptID, as verdict: Verdict) -> Decision {
        var carried = decision
        carried.concept = concept
        carried.verdict = verdict
        carried.id = Self.id(of: "\(decision.id)\t\(concept)\t\(verdict.rawValue)")
        let note = Decision.noteOfMap(decision.concept) + reason(for: decision.concept)
        carried.note = String(
            ([note] + [decision.note].compactMap(\.self)).joined(separator: "; ").prefix(Decision.maximumNoteLength))
        return carried
    }

    /// A UUID of version 8 (RFC 9562: the maker's own) from a digest.
    private static func id(of text: String) -> DecisionID {
        var digits = Array(ContentDigest.hex(of: [Array(text.utf8)]).prefix(32))
        digits[12] = "8"
        digits[16] = "8"
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
        return DecisionID(groups.joined(separator: "-"))
    }
}

extension Decision {
    /// Begins the note of what a map made of a decision about a concept.
    fileprivate static func noteOfMap(_ concept: ConceptID) -> String { "map of concepts: \(concept), " }

    /// Whether a map took a changed concept off under its old name: what people said of the concept stands under its new one,
    /// or waits for a person, so this says nothing of it.
    public var takesOffOldName: Bool { verdict == .remove && note?.hasPrefix(Self.noteOfMap(concept)) == true }
}
