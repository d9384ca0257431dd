public import SabilAnalysis
public import SabilRecords
public import SabilTaxonomy

/// A trained model: suggests the labels of a text, with confidence and evidence. Immutable, so any number of threads may share it.
public final class ConceptClassifier: Sendable {
    /// What the model is and what it was made from.
    public let manifest: ModelManifest

    init(manifest: ModelManifest) { self.manifest = manifest }

    public var id: ModelID { manifest.id }
    /// All labels the model can suggest, sorted.
    public var labels: [String] { [] }

    /// Learns from examples, from the names of labels, or from both.
    ///
    /// Runs on threads of its own and returns when done: call it off the cooperative pool, or use ``trainInBackground``.
    /// - Parameters:
    ///   - scheme: gives labels their names and their hierarchy; its subject concepts may be suggested without examples.
    ///   - labelNames: names of labels that are not in a scheme.
    /// - Throws: `emptyTrainingSet`, `invalidOptions`, `analysis`, `solver`.
    public static func train(
        _ examples: [TrainingExample], scheme: ConceptScheme? = nil, labelNames: [LabelName] = [],
        options: TrainingOptions = TrainingOptions(), analyzer: Analyzer = Analyzer(), seed: UInt64 = 1
    ) throws(ModelError) -> ConceptClassifier {
        throw ModelError(code: .emptyTrainingSet, operation: "train", message: "not yet written")
    }

    /// ``train(_:scheme:labelNames:options:analyzer:seed:)`` for asynchronous callers.
    public static func trainInBackground(
        _ examples: [TrainingExample], scheme: ConceptScheme? = nil, labelNames: [LabelName] = [],
        options: TrainingOptions = TrainingOptions(), analyzer: Analyzer = Analyzer(), seed: UInt64 = 1
    ) async throws(ModelError) -> ConceptClassifier {
        throw ModelError(code: .emptyTrainingSet, operation: "train", message: "not yet written")
    }

    /// The labels that may fit a text, best first; at most `limit`, fewer only if the model has fewer.
    ///
    /// - Parameters:
    ///   - limit: 0 = all.
    ///   - evidenceLimit: how many pieces of evidence each suggestion carries beside rest and prior; 0 = no evidence.
    /// - Throws: `analysis`.
    public func suggest(
        title: String, text: String, language: Language, limit: Int = 10, evidenceLimit: Int = 8
    ) throws(ModelError) -> [Suggestion] {
        []
    }

    /// A model that has learnt from more examples and forgotten others: the Naive Bayes members only, exactly and at once.
    public func learning(
        _ examples: [TrainingExample], forgetting old: [TrainingExample] = []
    ) throws(ModelError) -> ConceptClassifier {
        self
    }

    /// Writes `manifest.json` and `weights.bin` into a folder: to a temporary one beside it, synced, then renamed.
    public func save(to directory: String) throws(ModelError) {}

    /// Reads a model folder, checking format, analyzer, taxonomy, magic, version and content in that order.
    ///
    /// - Parameter taxonomy: the version in use; `nil` takes whatever the model has.
    public static func load(
        from directory: String, taxonomy: String? = nil, analyzer: Analyzer = Analyzer()
    ) throws(ModelError) -> ConceptClassifier {
        throw ModelError(code: .missingManifest, operation: "load", message: "not yet written")
    }
}
