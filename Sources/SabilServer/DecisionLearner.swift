import Logging
import SabilClassification
import SabilRecords
import SabilReview
import SabilTaxonomy

/// Lets the model in force learn from decisions as they are taken, in memory: what it learnt comes from the log again after a
/// restart, and from the training set after the next training.
///
/// Each decision in force counts its record as a document of which one label is known: a positive for a concept that went on it,
/// a negative for that concept only where it was refused. A later decision about the same concept takes the place of the
/// earlier one. What training knew of the record stays until the next training.
actor DecisionLearner {
    /// How far the model has followed the log.
    struct Progress: Sendable, Hashable {
        /// Decisions in force that the model learnt after its training.
        var learnt = 0
        /// Decisions it could not learn from yet, or ever: the record is not in the index, the concept none of the model's.
        var waiting = 0
        /// Changes since training per example of the model; 0 when nothing is newer.
        var newerShare = 0.0
        /// Why nothing is learnt, or why what is learnt moves no suggestion before the next training.
        var reason: String?
    }

    /// Said of a model whose stack found the members that learn of no use beside the linear one.
    private static let weightless =
        "The model gives no weight to the members that learn at once; decisions count at the next training."

    /// What was learnt of one decision in force.
    private struct Standing {
        var at: Instant
        var example: TrainingExample
    }
    private struct Pair: Hashable {
        var record: RecordID
        var concept: ConceptID
    }

    private let store: DecisionStore
    private let index: IndexAccess
    private let models: ModelAccess
    private let taxonomy: ConceptScheme
    private let logger: Logger
    /// The load of the model that has learnt what stands below; each load knows no decisions after its training.
    private var load: Int?
    private var sequence: Int64 = 0
    private var standing: [Pair: Standing] = [:]
    /// Decisions whose records were not in the index when they came.
    private var waiting: [LoggedDecision] = []
    private var refused = 0
    private var progress = Progress()
    private var running: Task<Progress, Never>?
    private var next: Task<Progress, Never>?

    init(
        store: DecisionStore, index: IndexAccess, models: ModelAccess, taxonomy: ConceptScheme, logger: Logger
    ) {
        self.store = store
        self.index = index
        self.models = models
        self.taxonomy = taxonomy
        self.logger = logger
    }

    /// Learns all decisions that the model in force has not learnt.
    ///
    /// Calls that come while a round runs share the round after it.
    func round() async -> Progress {
        if let next { return await next.value }
        let before = running
        let task = Task { () -> Progress in
            _ = await before?.value
            begin()
            return await follow()
        }
        next = task
        return await task.value
    }

    private func begin() {
        running = next
        next = nil
    }

    private func follow() async -> Progress {
        do {
            // Where another model came into force meanwhile, that one learns the log.
            while try await !learnLog() { try Task.checkCancellation() }
        } catch let problem as Problem {
            return Progress(reason: problem.detail)
        } catch {
            logger.warning("decisions cannot be learnt", metadata: ["reason": "\(error)"])
            return Progress(reason: "\(error)")
        }
        return progress
    }

    /// - Returns: `false` if another model came into force: nothing was learnt then.
    private func learnLog() async throws -> Bool {
        let current = try await models.loaded()
        guard let learner = current.model as? any Learning, learner.canLearn else {
            load = nil
            progress = Progress(reason: "The model in force cannot learn without training; train it anew.")
            return true
        }
        if current.load != load {
            (load, sequence) = (current.load, learner.decisionsThrough ?? 0)
            (standing, waiting, refused) = ([:], [], 0)
        }
        return try await learn(try await store.log(after: sequence), with: learner, load: current.load)
    }

    /// Learns what is new and what waited; if it fails, all of that is as it was, for the next round.
    private func learn(_ new: [LoggedDecision], with learner: any Learning, load: Int) async throws -> Bool {
        var waiting: [LoggedDecision] = []
        var changed: [Pair: (old: TrainingExample?, new: TrainingExample)] = [:]
        var standing = standing
        var refused = refused
        let learnable = Set(learner.learnable)
        for logged in self.waiting + new {
            let decision = logged.decision
            if decision.takesOffOldName { continue }
            guard let concept = concept(decision.concept), learnable.contains(concept.rawValue) else {
                refused += 1
                continue
            }
            let pair = Pair(record: decision.record, concept: concept)
            let earlier = standing[pair]
            if let earlier, earlier.at > decision.at { continue }
            guard let record = try await index.record(decision.record) else {
                waiting.append(logged)
                continue
            }
            let example = Self.example(record, concept: concept, fits: decision.verdict.isOnRecord)
            // What the model has learnt of the pair is what stood before the first of these decisions.
            if let before = changed[pair] {
                changed[pair] = (before.old, example)
            } else {
                changed[pair] = (earlier?.example, example)
            }
            standing[pair] = Standing(at: decision.at, example: example)
        }
        let changes = changed.values.filter { $0.old != $0.new }.sorted { $0.new.id < $1.new.id }
        var learnt = learner
        if !changes.isEmpty {
            guard
                let after = try await models.learn(
                    changes.map(\.new), forgetting: changes.compactMap(\.old), load: load)
            else { return false }
            learnt = after
        }
        (self.standing, self.waiting, self.refused) = (standing, waiting, refused)
        sequence = new.last?.sequence ?? sequence
        progress = Progress(
            learnt: standing.count, waiting: waiting.count + refused, newerShare: learnt.newerShare,
            reason: standing.isEmpty || learnt.learningCounts ? nil : Self.weightless)
        return true
    }

    /// The concept to use today; `nil` if there is none.
    private func concept(_ id: ConceptID) -> ConceptID? {
        let current = taxonomy.current(id)
        return taxonomy.concept(current)?.isDeprecated == false ? current : nil
    }

    private static func example(_ record: ResourceRecord, concept: ConceptID, fits: Bool) -> TrainingExample {
        TrainingExample(
            id: "\(record.id) \(concept)", work: record.work.rawValue, title: record.title,
            text: record.textToClassify, language: record.language, labels: fits ? [concept.rawValue] : [],
            negative: fits ? [] : [concept.rawValue], isComplete: false)
    }
}
