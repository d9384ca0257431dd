import FoundationEssentials
import SabilClassification
public import SabilEvaluation
import SabilRecords
import SabilReview

/// Runs one experiment: reads the collection, asks the engine, scores what it answers.
public struct ExperimentRunner: Sendable {
    /// What is going on, for a progress bar.
    public enum Progress: Sendable, Hashable {
        /// A stage begins; its steps, where they are known.
        case stage(String, steps: Int?)
        case step
    }

    /// A result with the file it refers to.
    public struct Outcome: Sendable {
        public var result: ExperimentResult
        /// The TREC run, or the suggestions.
        public let file: [UInt8]
        /// Ids of the queries or documents of each group, such as `lang=fr`.
        public var members: [String: Set<String>] = [:]
        /// What is right for each test document and what was assigned to it; empty where queries are ranked.
        public var labels: [String: Labels] = [:]

        /// The labels of one document.
        public struct Labels: Sendable, Hashable {
            public let gold: Set<String>
            public let selected: Set<String>
        }

        public init(result: ExperimentResult, file: [UInt8]) {
            self.result = result
            self.file = file
        }
    }

    private let places: ExperimentPlaces
    private let engine: String
    private let commit: String?
    private let lanes: Int

    /// - Parameters:
    ///   - engine: version of the program.
    ///   - commit: revision of its sources.
    ///   - lanes: queries that are answered at the same time.
    public init(places: ExperimentPlaces, engine: String, commit: String?, lanes: Int) {
        self.places = places
        self.engine = engine
        self.commit = commit
        self.lanes = lanes
    }

    /// - Parameters:
    ///   - digest: of the inputs; stands in the result.
    ///   - scratch: a folder for the index, emptied by the caller.
    /// - Throws: errors of reading, of the engine, of scoring.
    public func run(
        _ experiment: Experiment, digest: String, scratch: String, progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> Outcome {
        switch experiment.kind {
        case .rank: try await rank(experiment, digest: digest, scratch: scratch, progress: progress)
        case .classify: try await classify(experiment, digest: digest, progress: progress)
        }
    }

    private func rank(
        _ experiment: Experiment, digest: String, scratch: String, progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> Outcome {
        let measures = try experiment.measures.map { name throws(EvaluationError) in try Measure(named: name) }
        let usage = ResourceUsage.now
        progress(.stage("indexing", steps: nil))
        let places = places
        let collection = try await Lanes.onThread { try JudgedCollection(experiment, places: places) }
        let index = try await collection.buildIndex(at: "\(scratch)/index")
        progress(.stage("ranking", steps: collection.queries.count))
        let started = ContinuousClock.now
        let run = try await index.rank(
            collection.queries, parameters: experiment.parameters, depth: experiment.depth, lanes: lanes
        ) { progress(.step) }
        let searching = ContinuousClock.now - started
        let spent = ResourceUsage.now

        let evaluation = try RunEvaluation(run, judgements: collection.judgements, measures: measures)
        var result = ExperimentResult(
            experiment: experiment.name, digest: digest, kind: .rank, collection: experiment.collectionName,
            language: experiment.language, engine: engine, commit: commit, finished: Date(),
            counts: .init(
                documents: index.documents, queries: evaluation.queries.count, judgements: collection.judgements.count),
            measures: Self.values(of: evaluation))
        result.settings = experiment.settings
        result.cost = .init(
            indexSeconds: index.building / .seconds(1), searchSeconds: searching / .seconds(1),
            cpuSeconds: spent.cpuSeconds - usage.cpuSeconds, indexBytes: Self.bytes(inFolder: index.path),
            maxRSSKilobytes: spent.maximumKilobytes)
        result.notes = evaluation.notes
        for (group, ids) in collection.groups {
            let part = try RunEvaluation(
                run, judgements: collection.judgements.restricted(to: ids), measures: measures)
            result.groups[group] = Dictionary(
                measures.map { ($0.name, .init(mean: part.mean(of: $0), queries: part.queries.count)) },
                uniquingKeysWith: { first, _ in first })
        }
        if let reference = collection.reference {
            result.baseline = try Self.baseline(
                reference, judgements: collection.judgements, measures: measures, depth: experiment.depth)
        }
        var outcome = Outcome(result: result, file: [UInt8](run.trec().utf8))
        outcome.members = collection.groups
        return outcome
    }

    private static func values(of evaluation: RunEvaluation) -> [String: ExperimentResult.MeasuredValues] {
        Dictionary(
            evaluation.measures.map { measure in
                let values = Dictionary(
                    zip(evaluation.queries, evaluation.values(of: measure)), uniquingKeysWith: { first, _ in first })
                return (measure.name, .init(mean: evaluation.mean(of: measure), perQuery: values))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Measures that look deeper than the reference run reaches are left out: they would be its cut, not its quality.
    private static func baseline(
        _ reference: JudgedCollection.Reference, judgements: Judgements, measures: [Measure], depth: Int
    ) throws(EvaluationError) -> ExperimentResult.Baseline? {
        let fair = measures.filter { measure in
            reference.depth >= depth || measure.cutoff.map { $0 <= reference.depth } ?? false
        }
        guard !fair.isEmpty else { return nil }
        let evaluation = try RunEvaluation(reference.run, judgements: judgements, measures: fair)
        var notes = evaluation.notes.filter { !$0.contains("not judged") }
        let left = measures.filter { !fair.contains($0) }.map(\.name)
        if !left.isEmpty {
            notes.append(
                "the run holds \(reference.depth) results a query at most: \(left.joined(separator: ", ")) cannot be "
                    + "compared with it.")
        }
        return .init(name: reference.name, measures: values(of: evaluation), notes: notes)
    }

    private static func bytes(inFolder path: String) -> Int? {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: path) else { return nil }
        return names.reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
            guard attributes?[.type] as? FileAttributeType == .typeRegular else { return sum }
            return sum + ((attributes?[.size] as? Int) ?? 0)
        }
    }
}

extension ExperimentRunner {
    private func classify(
        _ experiment: Experiment, digest: String, progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> Outcome {
        let measures = try experiment.measures.map { name throws(EvaluationError) in
            try ClassificationMeasure(named: name)
        }
        let usage = ResourceUsage.now
        progress(.stage("training", steps: nil))
        let places = places
        let trial = try await Lanes.onThread { try ClassificationTrial(experiment, places: places) }
        let started = ContinuousClock.now
        let classifier = try await trial.train(options: experiment.training, seed: experiment.seed)
        let trained = ContinuousClock.now
        progress(.stage("suggesting", steps: nil))
        let outcomes = try await trial.suggest(with: classifier, limit: experiment.depth)
        let suggested = ContinuousClock.now
        let spent = ResourceUsage.now

        let report = try ClassificationReport(outcomes, measures: measures)
        var result = ExperimentResult(
            experiment: experiment.name, digest: digest, kind: .classify, collection: experiment.collectionName,
            language: experiment.language, engine: engine, commit: commit, finished: Date(),
            counts: .init(
                documents: outcomes.count, training: trial.examples.count, labels: classifier.labels.count),
            measures: report.measures)
        result.settings = experiment.settings
        result.cost = .init(
            indexSeconds: (trained - started) / .seconds(1), searchSeconds: (suggested - trained) / .seconds(1),
            cpuSeconds: spent.cpuSeconds - usage.cpuSeconds, maxRSSKilobytes: spent.maximumKilobytes)
        if experiment.groups.contains("lang") { result.groups = report.groups }
        result.perConcept = report.perConcept
        result.reliability = report.reliability
        result.calibrations = report.calibrations
        result.ece = report.ece
        result.precisionRecall = report.precisionRecall
        result.confusion = report.confusion
        result.notes = report.notes
        result.learningCurve = try await trial.learningCurve(experiment, whole: outcomes) {
            progress(.stage($0, steps: nil))
        }
        var outcome = Outcome(result: result, file: outcomes.file)
        for document in outcomes {
            let id = document.prediction.id
            outcome.members["lang=\(document.language.rawValue)", default: []].insert(id)
            outcome.labels[id] = .init(gold: document.prediction.gold, selected: Set(document.selected))
        }
        return outcome
    }
}

extension ClassificationTrial {
    /// Reads the collection of an experiment. Blocks the thread while it reads.
    init(_ experiment: Experiment, places: ExperimentPlaces) throws {
        switch experiment.collection {
        case .folder(let path):
            let folder = try places.resolve(path)
            let scheme = try experiment.taxonomy.map { try SchemeSource.load(places.resolve($0)) }
            self.init(
                training: try BEIRReader.all(of: "\(folder)/train.jsonl"),
                test: try BEIRReader.all(of: "\(folder)/test.jsonl"), scheme: scheme,
                meanings: try experiment.words.map { try MeaningSource.load(places.resolve($0)) } ?? [])
        case .fixtureLabels(let division, let part):
            let fixtures = try FixtureFolder(places)
            let parts = Dictionary(
                fixtures.collection.splits.map { row in
                    (row.value.id, division == "by_date" ? row.value.byDate : row.value.bySubject)
                }, uniquingKeysWith: { first, _ in first })
            func examples(_ wanted: SplitPart) throws -> [TrainingExample] {
                let records = fixtures.collection.records.map(\.value).filter { parts[$0.id] == wanted }
                let set = TrainingSet(records: records, scheme: fixtures.scheme)
                guard !set.examples.isEmpty else {
                    throw ExperimentError(
                        code: .unreadable, operation: "read fixtures",
                        message: "\(places.fixtures)/labels/splits.tsv puts no labelled record into the part "
                            + "\(wanted.rawValue) of \(division). Make it: sabil fixtures split --write.")
                }
                return set.examples
            }
            self.init(
                training: try examples(.train), test: try examples(part == "dev" ? .dev : .test),
                scheme: fixtures.scheme)
        case .fixtureQueries:
            throw ExperimentError(
                code: .invalidRequest, operation: "read labelled documents",
                message: "\(experiment.collectionName) holds judged queries and no division of labels.")
        }
        if let sample = experiment.sample { limitTest(to: sample) }
    }
}
