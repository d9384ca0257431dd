package import Logging
import SabilClassification
import SabilRecords
import Synchronization

/// The model in force: loaded when first needed, and again when another one is promoted.
package final class ModelAccess: Sendable {
    private let source: (any ModelSource)?
    private let pool: WorkPool
    private let logger: Logger
    private let loaded = Mutex<(any Suggesting)?>(nil)

    /// - Parameter source: `nil` if the server has no models.
    package init(source: (any ModelSource)?, pool: WorkPool, logger: Logger) {
        self.source = source
        self.pool = pool
        self.logger = logger
    }

    var isConfigured: Bool { source != nil }

    /// The model in force; one that cannot be loaded leaves the one before it in force, with an error in the log.
    /// - Throws: `Problem.modelUnavailable` if there is none.
    func current() async throws -> any Suggesting {
        try await pool.run { [self] in try currentHere() }
    }

    /// What the model in force suggests, and the model.
    ///
    /// - Parameter adjust: fits the request to the model, such as to its labels.
    func suggest(
        _ request: SuggestionRequest,
        adjust: @escaping @Sendable (inout SuggestionRequest, any Suggesting) throws -> Void = { _, _ in }
    ) async throws -> (model: any Suggesting, list: SuggestionList) {
        try await pool.run { [self] in
            let model = try currentHere()
            var request = request
            try adjust(&request, model)
            return (model, try model.suggest(request))
        }
    }

    /// Puts the model that has learnt and unlearnt examples in force, if the model of that name still is.
    func learn(_ examples: [TrainingExample], forgetting old: [TrainingExample], on id: ModelID) async throws {
        try await pool.run { [self] in
            guard let learner = try currentHere() as? any Learning, learner.id == id else { return }
            let learnt = try learner.afterLearning(examples, forgetting: old)
            loaded.withLock { if $0?.id == id { $0 = learnt } }
        }
    }

    /// To be called on a thread of the pool.
    private func currentHere() throws -> any Suggesting {
        guard let source else {
            throw Problem(.modelUnavailable, "This server has no models; start it with a folder of models.")
        }
        let inForce = loaded.withLock { $0 }
        do {
            guard let promoted = try source.currentModel() else {
                if let inForce { return inForce }
                throw Problem(.modelUnavailable, "No model is promoted yet; train one and promote it.")
            }
            if let inForce, inForce.id == promoted { return inForce }
            let model = try source.model(promoted)
            loaded.withLock { $0 = model }
            logger.info("model loaded", metadata: ["model": "\(promoted)"])
            return model
        } catch let error as ModelError {
            logger.error("model cannot be loaded", metadata: ["reason": "\(error)"])
            if let inForce { return inForce }
            throw Problem(.modelUnavailable, error.description)
        }
    }
}
