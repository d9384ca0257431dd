import FoundationEssentials
public import SabilEvaluation
import SabilRecords
import SabilSearch
import SabilTaxonomy

/// A collection with judged queries, read for an experiment: what is asked, what is right, what a reference run found.
public struct JudgedCollection: Sendable {
    /// The run of another engine that lies with the collection.
    public struct Reference: Sendable {
        /// The file's name without its ending, such as `lucene`.
        public let name: String
        public let run: Run
        /// Results of the longest ranking: measures that look deeper say nothing about it.
        public let depth: Int
    }

    /// Judged queries in the order of the file; the first ones where a sample is asked for.
    public let queries: [BEIREntry]
    public let judgements: Judgements
    /// Ids of the judged queries by group, such as `lang=fr`.
    public let groups: [String: Set<String>]
    public let reference: Reference?
    private let experiment: Experiment
    private let places: ExperimentPlaces

    /// Reads queries, judgements and reference run; the documents are read when the index is built.
    ///
    /// Blocks the thread while it reads.
    /// - Throws: `EvaluationError`, `ExperimentError`.
    public init(_ experiment: Experiment, places: ExperimentPlaces) throws {
        self.experiment = experiment
        self.places = places
        let files: (queries: String, judgements: String)
        var reference: Reference?
        switch experiment.collection {
        case .folder(let path):
            let folder = try places.resolve(path)
            files = ("\(folder)/queries.jsonl", "\(folder)/qrels/test.tsv")
            let name = ExperimentSources.referenceRun
            if FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
                let run = try Run(path: "\(folder)/\(name)")
                let depth = run.queries.map { run.ranking(ofQuery: $0)?.count ?? 0 }.max() ?? 0
                reference = Reference(name: String(name.prefix { $0 != "." }), run: run, depth: depth)
            }
        case .fixtureQueries(let part):
            files = ("\(places.fixtures)/search/queries.jsonl", "\(places.fixtures)/search/qrels/\(part).tsv")
        case .fixtureLabels:
            throw ExperimentError(
                code: .invalidRequest, operation: "read judged queries",
                message: "\(experiment.collectionName) holds labels and no judged queries.")
        }
        self.reference = reference
        let all = try Judgements(path: files.judgements)
        let judged = Set(all.queries)
        var queries = try BEIRReader.all(of: files.queries).filter { judged.contains($0.id) }
        guard !queries.isEmpty else {
            throw EvaluationError(
                code: .empty, operation: "read judged queries",
                message: "Reading \(files.queries) failed: \(files.judgements) judges none of its queries. "
                    + "Check that both belong together.")
        }
        if let sample = experiment.sample {
            queries = Array(queries.prefix(sample))
            judgements = all.restricted(to: Set(queries.map(\.id)))
        } else {
            judgements = all
        }
        self.queries = queries
        let kept = Set(judgements.queries)
        var groups: [String: Set<String>] = [:]
        for key in experiment.groups {
            for (value, ids) in try QueryGroups(path: files.queries, key: key).queries {
                let part = ids.intersection(kept)
                if !part.isEmpty { groups["\(key)=\(value)"] = part }
            }
        }
        self.groups = groups
    }

    /// Reads the documents and indexes them at a path.
    public func buildIndex(at path: String) async throws -> RankingIndex {
        switch experiment.collection {
        case .folder(let folder):
            let scheme = try experiment.taxonomy.map { try SchemeSource.load(places.resolve($0)) }
            return try await RankingIndex.build(
                documents: try RankingSession.Document.all(of: places.resolve(folder)), taxonomy: scheme, at: path)
        case .fixtureQueries, .fixtureLabels:
            let fixtures = try FixtureFolder(places)
            var batches = fixtures.batches[...]
            return try await RankingIndex.build(
                taxonomy: fixtures.scheme, contentTypes: fixtures.contentTypes,
                expansion: experiment.expansion ?? .concepts, at: path
            ) { () throws(SearchError) in
                batches.popFirst()
            }
        }
    }

    /// The language by whose mean a query counts: the experiment's, or where it has many the query's own.
    public func language(of query: BEIREntry) -> String {
        experiment.language == "many" ? query.language.rawValue : experiment.language
    }
}

/// The records of the fixtures with their taxonomy.
struct FixtureFolder {
    let scheme: ConceptScheme
    let contentTypes: ContentTypeCatalogue
    let collection: FixtureCollection

    init(_ places: ExperimentPlaces) throws {
        scheme = try ConceptScheme.load(directory: places.taxonomy)
        let path = "\(places.taxonomy)/content-types.json"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw ExperimentError(
                code: .unreadable, operation: "read content types",
                message:
                    "Reading \(path) failed: it is missing or unreadable. Name the taxonomy's folder with --taxonomy.")
        }
        contentTypes = try ContentTypeCatalogue(json: [UInt8](bytes))
        collection = FixtureCollection(
            folder: places.fixtures, vocabulary: RecordVocabulary(scheme: scheme, contentTypes: contentTypes))
        guard !collection.records.isEmpty else {
            throw ExperimentError(
                code: .unreadable, operation: "read fixtures",
                message: "Reading \(places.fixtures)/records failed: there is no usable record. Name the fixtures with "
                    + "--fixtures.")
        }
    }

    /// Some hundred records at a time.
    var batches: [[ResourceRecord]] {
        let records = collection.records.map(\.value)
        return stride(from: 0, to: records.count, by: 500).map {
            Array(records[$0..<min($0 + 500, records.count)])
        }
    }
}
