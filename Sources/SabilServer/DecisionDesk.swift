import SabilClassification
import SabilRecords
package import SabilReview
import SabilSearch
import SabilTaxonomy

/// Takes decisions: checks them against taxonomy and index, stores them, and has the index and the model follow.
package struct DecisionDesk: Sendable {
    package let store: DecisionStore
    let index: IndexAccess
    let follower: IndexFollower
    let learner: DecisionLearner
    let taxonomy: ConceptScheme
    /// Concepts a record may carry.
    let assignable: Set<ConceptID>

    init(
        store: DecisionStore, index: IndexAccess, follower: IndexFollower, learner: DecisionLearner,
        taxonomy: ConceptScheme, assignable: Set<ConceptID>
    ) {
        self.store = store
        self.index = index
        self.follower = follower
        self.learner = learner
        self.taxonomy = taxonomy
        self.assignable = assignable
    }

    /// What became of a decision.
    struct Receipt: Sendable {
        /// As it stands in the log.
        var decision: Decision
        /// Place in the log.
        var sequence: Int64
        /// The same decision had been stored before.
        var isRepeated: Bool
        var index: IndexFollower.Outcome
        var learning: DecisionLearner.Progress
    }

    /// Stores a decision and brings it into the index.
    /// - Throws: `invalidDecision` with every defect, `recordNotFound`, or what the store throws.
    func take(_ decision: Decision) async throws -> Receipt {
        var defects = decision.defects.map { Problem.Defect(pointer: "/\($0.value)", detail: $0.reason) }
        if let defect = conceptDefect(decision) { defects.append(defect) }
        if let first = defects.first {
            throw Problem(
                .invalidDecision, "The decision was not stored: \(first.pointer ?? "") \(first.detail)",
                defects: defects)
        }
        // An index that is missing or busy keeps no decision from being stored: it follows later.
        let engine = try? await index.engine()
        if let engine, try await engine.record(decision.record) == nil {
            throw Problem(.recordNotFound, "There is no record \"\(decision.record)\" in the index.")
        }
        let (logged, isRepeated) = try await store.take(decision)
        return Receipt(
            decision: logged.decision, sequence: logged.sequence, isRepeated: isRepeated,
            index: await follower.follow(decision.record), learning: await learner.round())
    }

    private func conceptDefect(_ decision: Decision) -> Problem.Defect? {
        guard !decision.concept.rawValue.isEmpty else { return nil }
        // What is wrong or goes off may be any concept, also a retired one that a record still carries.
        guard decision.verdict.isOnRecord || taxonomy.concept(decision.concept) == nil else { return nil }
        if let concept = taxonomy.concept(decision.concept) {
            let current = taxonomy.current(decision.concept)
            if concept.isDeprecated {
                return Problem.Defect(
                    pointer: "/concept",
                    detail: current == decision.concept
                        ? "The concept is retired." : "The concept is retired; use \"\(current)\".")
            }
            if assignable.contains(decision.concept) { return nil }
            return Problem.Defect(
                pointer: "/concept", detail: "This names no subject or population group, so no record can carry it.")
        }
        let nearest = NearestName(assignable.map(\.rawValue)).nearest(to: decision.concept.rawValue)
        return Problem.Defect(
            pointer: "/concept",
            detail: "There is no such concept" + (nearest.map { "; did you mean \"\($0)\"?" } ?? " in the taxonomy."))
    }
}
