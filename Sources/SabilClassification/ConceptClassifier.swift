public import SabilAnalysis
public import SabilRecords
public import SabilTaxonomy
import Synchronization

/// A trained model: suggests the labels of a text, with confidence and evidence. Immutable, so any number of threads may share it.
public final class ConceptClassifier: Sendable {
    /// What the model is and what it was made from.
    public let manifest: ModelManifest
    let content: ModelContent
    let analyzer: Analyzer
    /// Labels that this model never suggests.
    let excluded: Set<String>
    /// Labels of the model with the concepts that took their place in the taxonomy in use.
    let successors: [String: String]
    let knownCuts = Mutex<[ZoneCuts]>([])

    init(
        manifest: ModelManifest, content: ModelContent, analyzer: Analyzer, retired: Set<String> = [],
        successors: [String: String] = [:]
    ) {
        self.manifest = manifest
        self.content = content
        self.analyzer = analyzer
        excluded = retired.union(manifest.excluded ?? [])
        self.successors = successors
    }

    public var id: ModelID { manifest.id }
    /// All labels of the model, as it was trained, sorted.
    public var labels: [String] { content.labels }
    /// All labels that suggestions can bear with the taxonomy in use, sorted.
    public var suggestible: [String] {
        Set(labels.filter { !excluded.contains($0) }.map { successors[$0] ?? $0 }).sorted()
    }
    /// All concepts that examples can teach, as the taxonomy in use calls them, sorted.
    public var learnable: [String] { Set(labels.map { successors[$0] ?? $0 }).sorted() }
    /// How many examples each of `labels` had.
    public var exampleCounts: [Int] { content.exampleCounts }
    /// The members of the stack, in order.
    public var members: [MemberKind] { content.stack.members }

    /// Learns from examples, from the names of labels, or from both.
    ///
    /// Runs on threads of its own and returns when done: call it off the cooperative pool, or use ``trainInBackground``.
    /// Examples in another order give the same model.
    /// - Parameters:
    ///   - scheme: gives labels their names and their hierarchy; its subject concepts may be suggested without examples.
    ///   - labelNames: names of labels that are not in a scheme.
    ///   - meanings: words of several languages that mean the same, beside those of the scheme.
    ///   - rules: labels that the model never suggests, whatever a request says.
    ///   - decisionsThrough: place in the log of the last decision the examples come from, for the manifest.
    /// - Throws: `emptyTrainingSet`, `invalidOptions`, `invalidRules`, `analysis`, `solver`.
    public static func train(
        _ examples: [TrainingExample], scheme: ConceptScheme? = nil, labelNames: [LabelName] = [],
        meanings: [WordEquivalents] = [], options: TrainingOptions = TrainingOptions(), rules: SuggestionRules? = nil,
        analyzer: Analyzer = Analyzer(),
        seed: UInt64 = 1, decisionsThrough: Int64? = nil
    ) throws(ModelError) -> ConceptClassifier {
        let training = try ModelTraining(
            examples, scheme: scheme, labelNames: labelNames, meanings: meanings, options: options, analyzer: analyzer,
            seed: seed)
        let allowed = try rules?.allowed(among: training.space.labels, scheme: scheme)
        let (content, measures) = try training.run()
        var languages: [String: Int] = [:]
        for example in examples { languages[example.language.rawValue, default: 0] += 1 }
        let manifest = ModelManifest(
            format: ModelManifest.currentFormat, id: ModelID(""), analyzer: analyzer.fingerprint,
            taxonomy: scheme?.version, trainingDigest: digest(of: examples), seed: seed, exampleCount: examples.count,
            labelCount: content.labels.count, trainedLabelCount: content.exampleCounts.filter { $0 > 0 }.count,
            featureCount: content.vocabulary.count, isSingleLabel: content.stack.isSingleLabel, languages: languages,
            measures: measures, options: options, decisionsThrough: decisionsThrough,
            rules: rules?.description,
            excluded: allowed.map { allowed in content.labels.filter { !allowed.contains($0) } },
            weightsDigest: "")
        return try ConceptClassifier(sealing: content, manifest: manifest, analyzer: analyzer)
    }

    /// ``train(_:scheme:labelNames:options:rules:analyzer:seed:decisionsThrough:)`` for asynchronous callers.
    public static func trainInBackground(
        _ examples: [TrainingExample], scheme: ConceptScheme? = nil, labelNames: [LabelName] = [],
        meanings: [WordEquivalents] = [], options: TrainingOptions = TrainingOptions(), rules: SuggestionRules? = nil,
        analyzer: Analyzer = Analyzer(),
        seed: UInt64 = 1, decisionsThrough: Int64? = nil
    ) async throws(ModelError) -> ConceptClassifier {
        try await Parallel.detached { () throws(ModelError) in
            try train(
                examples, scheme: scheme, labelNames: labelNames, meanings: meanings, options: options, rules: rules,
                analyzer: analyzer,
                seed: seed, decisionsThrough: decisionsThrough)
        }
    }

    /// The digest of a training set: the same for the same examples in any order.
    public static func digest(of examples: [TrainingExample]) -> String {
        var digest = Digest()
        digest.add(UInt64(examples.count))
        for example in examples.map(\.digest).sorted() { digest.add(example) }
        return digest.hexadecimal
    }
}

extension ConceptClassifier {
    /// The stack in words, for a training log.
    public var stackDescription: String {
        func short(_ number: Double) -> String { String((number * 1000).rounded() / 1000) }
        let stack = content.stack
        return stack.members.indices.map {
            "\(stack.members[$0].rawValue) \(short(stack.weights[$0])) (scarce \(short(stack.scarceWeights[$0])), "
                + "mean \(short(stack.means[$0])), deviation \(short(stack.deviations[$0])))"
        }.joined(separator: ", ")
            + ", offset \(short(stack.offset)) (scarce \(short(stack.scarceOffset))), cut \(short(content.cuts.global))"
            + content.cuts.byLanguage.sorted { $0.key < $1.key }.map { " \($0.key) \(short($0.value))" }.joined()
    }
}
