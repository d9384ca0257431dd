public import SabilAnalysis
public import SabilRecords

/// A folder of model folders, one of them promoted: the `current` link is swapped by a rename, so readers see old or new.
public struct ModelStore: Sendable {
    public let directory: String

    public init(directory: String) { self.directory = directory }

    /// Saves a model under its id; a model that is there already is left as it is.
    public func add(_ model: ConceptClassifier) throws(ModelError) -> ModelID { model.id }
    /// Makes a stored model the current one.
    public func promote(_ id: ModelID) throws(ModelError) {}
    /// The id of the current model; `nil` when none was promoted.
    public func current() throws(ModelError) -> ModelID? { nil }
    /// The ids of all stored models, sorted.
    public func models() throws(ModelError) -> [ModelID] { [] }
    /// Loads a model; the current one if `id` is `nil`.
    public func load(
        _ id: ModelID? = nil, taxonomy: String? = nil, analyzer: Analyzer = Analyzer()
    ) throws(ModelError) -> ConceptClassifier {
        throw ModelError(code: .notFound, operation: "load", message: "not yet written")
    }
}
