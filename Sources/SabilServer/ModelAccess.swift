package import Logging
import SabilClassification
import SabilRecords
import Synchronization

/// The model in force: loaded when first needed, and again when another one is promoted.
package final class ModelAccess: Sendable {
    private let source: (any ModelSource)?
    private let pool: WorkPool
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var model: (any Suggesting)?
        /// How many models were loaded: names the load in force. A model that is promoted again is loaded again.
        var loads = 0
    }

    /// - Parameter source: `nil` if the server has no models.
    package init(source: (any ModelSource)?, pool: WorkPool, logger: Logger) {
        self.source = source
        self.pool = pool
        self.logger = logger
    }

    var isConfigured: Bool { source != nil }

    /// The model in force; one that cannot be loaded leaves the one before it in force, with an error in the log.
    /// - Throws: `Problem.modelUnavailable` if there is none, the `ModelError` of the one that is promoted and cannot be loaded.
    func current() async throws -> any Suggesting {
        try await loaded().model
    }

    /// The model in force and the number of its load, which what it learns since belongs to.
    func loaded() async throws -> (model: any Suggesting, load: Int) {
        try await pool.run { [self] in try loadedHere() }
    }

    /// What the model in force suggests, and the model.
    ///
    /// - Parameter adjust: fits the request to the model, such as to its labels.
    func suggest(
        _ request: SuggestionRequest,
        adjust: @escaping @Sendable (inout SuggestionRequest, any Suggesting) throws -> Void = { _, _ in }
    ) async throws -> (model: any Suggesting, list: SuggestionList) {
        try await pool.run { [self] in
            let model = try loadedHere().model
            var request = request
            try adjust(&request, model)
            return (model, try model.suggest(request))
        }
    }

    /// Puts the model that has learnt and unlearnt examples in force, if the load of that number still is.
    /// - Returns: the model that has learnt; `nil` if another came into force.
    func learn(
        _ examples: [TrainingExample], forgetting old: [TrainingExample], load: Int
    ) async throws -> (any Learning)? {
        try await pool.run { [self] in
            let inForce = try loadedHere()
            guard inForce.load == load, let learner = inForce.model as? any Learning else { return nil }
            let learnt = try learner.afterLearning(examples, forgetting: old)
            return state.withLock { state -> (any Learning)? in
                guard state.loads == load else { return nil }
                state.model = learnt
                return learnt
            }
        }
    }

    /// To be called on a thread of the pool.
    private func loadedHere() throws -> (model: any Suggesting, load: Int) {
        guard let source else {
            throw Problem(.modelUnavailable, "This server has no models; start it with a folder of models.")
        }
        let inForce = state.withLock { state -> (model: any Suggesting, load: Int)? in
            state.model.map { ($0, state.loads) }
        }
        do {
            guard let promoted = try source.currentModel() else {
                if let inForce { return inForce }
                throw Problem(
                    .modelUnavailable,
                    "No model is in force yet; train one with `sabil train`, or choose a kept one with `sabil model use`."
                )
            }
            if let inForce, inForce.model.id == promoted { return inForce }
            let model = try source.model(promoted)
            return state.withLock { state -> (model: any Suggesting, load: Int) in
                // Another thread may have loaded it meanwhile, and it may have learnt since.
                if let other = state.model, other.id == promoted { return (other, state.loads) }
                state.model = model
                state.loads += 1
                logger.info("model loaded", metadata: ["model": "\(promoted)"])
                return (model, state.loads)
            }
        } catch let error as ModelError {
            logger.error("model cannot be loaded", metadata: ["reason": "\(error)"])
            if let inForce { return inForce }
            throw error
        }
    }
}
