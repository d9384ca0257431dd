public import SabilClassification
public import SabilEvaluation
public import SabilSearch

/// One experiment, checked: what is measured, on what, and with which choices.
public struct Experiment: Sendable, Hashable {
    /// Small letters, digits, `-`, `_` and `.`; names the files of the result.
    public var name: String
    public var kind: ExperimentResult.Kind
    public var collection: Collection
    /// `en`, `fr`, `es`, `ar`; `many` for several; `cross` where queries and documents are in different ones.
    public var language: String
    /// For queries over records; `nil` where the collection has no taxonomy.
    public var expansion: Expansion?
    /// Path of a taxonomy folder, a Turtle file or a table of labels; may hold `${COLLECTIONS}`.
    public var taxonomy: String?
    /// Path of a word list or a taxonomy folder that has one, for a collection with a vocabulary of its own; as above.
    public var words: String?
    public var parameters: RankingParameters = .standard
    public var training = TrainingOptions()
    /// Checked names, without repetition, the first one being what tables and searches go by.
    public var measures: [String]
    /// Keys of the queries whose values make groups.
    public var groups: [String] = []
    /// Queries or test documents taken, from the first.
    public var sample: Int?
    /// Results a query, or suggestions a document.
    public var depth: Int
    /// Of the folds in training.
    public var seed: UInt64 = 1
    /// Examples of each label at most, one training for each number; all examples come besides. Empty for no curve.
    public var learningCurve: [Int] = []

    /// Where the documents and judgements are.
    public enum Collection: Sendable, Hashable {
        /// A folder: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`, or `train.jsonl` and `test.jsonl`. The path may hold
        /// `${COLLECTIONS}`.
        case folder(String)
        /// The records of the fixtures with the judged queries of a part: `dev` or `test`.
        case fixtureQueries(String)
        /// The labelled records of the fixtures in a division (`by_date`, `by_subject`): training on its part `train`,
        /// measured on another.
        case fixtureLabels(division: String, part: String)

        /// What stands for the folder of public collections in a path.
        public static let placeholder = "${COLLECTIONS}"
    }

    /// Whether it can run only where the public collections are.
    public var needsCollections: Bool {
        var paths = [taxonomy, words].compactMap { $0 }
        if case .folder(let path) = collection { paths.append(path) }
        return paths.contains { $0.contains(Collection.placeholder) }
    }

    /// Name of the collection in results: the folder's own name, or `fixtures:…` as written.
    public var collectionName: String {
        switch collection {
        case .folder(let path): path.split(separator: "/").last.map(String.init) ?? path
        case .fixtureQueries(let part): "fixtures:\(part)"
        case .fixtureLabels(let division, let part): "fixtures:\(division)/\(part)"
        }
    }

    /// The choices as they stand in a result.
    public var settings: ExperimentResult.Settings {
        ExperimentResult.Settings(
            expand: expansion?.rawValue, parameters: parameters.changes,
            model: TrainingOptionNames.changes(in: training),
            sample: sample)
    }
}

/// Where things are that experiments name by a short form.
public struct ExperimentPlaces: Sendable, Hashable {
    /// Folder of the public collections; `nil` when there are none here.
    public var collections: String?
    public var fixtures: String
    public var taxonomy: String

    public init(collections: String? = nil, fixtures: String = "corpus-fixtures", taxonomy: String = "taxonomy") {
        self.collections = collections
        self.fixtures = fixtures
        self.taxonomy = taxonomy
    }

    /// The path with the folder of public collections put in.
    ///
    /// - Throws: `invalidRequest` when the path asks for it and there is none.
    public func resolve(_ path: String) throws(ExperimentError) -> String {
        let parts = path.split(separator: Experiment.Collection.placeholder, omittingEmptySubsequences: false)
        guard parts.count > 1 else { return path }
        guard let collections else {
            throw ExperimentError(
                code: .invalidRequest, operation: "find a collection",
                message: "Finding \(path) failed: the folder of public collections is not known. Give it with "
                    + "--collections.")
        }
        return parts.joined(separator: collections)
    }
}
