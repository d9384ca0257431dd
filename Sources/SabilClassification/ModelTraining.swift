import SabilAnalysis
import SabilRecords
import SabilTaxonomy

/// One training run: from examples and names to the content of a model.
///
/// Examples are sorted first, so their order changes nothing; every sum runs in a fixed order, so that the same examples, options
/// and seed give the same bytes on any number of threads.
struct ModelTraining: Sendable {
    let examples: [TrainingExample]
    let space: LabelSpace
    let options: TrainingOptions
    let analyzer: Analyzer
    let seed: UInt64
    let isSingleLabel: Bool
    let limits: TrainingLimits
    /// What languages say with different words: of the scheme, then those given.
    let meanings: [WordEquivalents]

    init(
        _ examples: [TrainingExample], scheme: ConceptScheme?, labelNames: [LabelName],
        meanings: [WordEquivalents] = [], options: TrainingOptions, analyzer: Analyzer, seed: UInt64,
        limits: TrainingLimits = TrainingLimits()
    ) throws(ModelError) {
        self.limits = limits
        self.meanings = (scheme?.meanings ?? []) + meanings
        try options.check()
        let keyed = examples.map { (example: $0, digest: $0.digest) }
        self.examples = keyed.sorted { ($0.example.id, $0.digest) < ($1.example.id, $1.digest) }.map(\.example)
        space = LabelSpace(examples, scheme: scheme, names: labelNames)
        self.options = options
        self.analyzer = analyzer
        self.seed = seed
        isSingleLabel =
            switch options.task {
            case .singleLabel: true
            case .multiLabel: false
            case .automatic: !examples.isEmpty && examples.allSatisfy { Set($0.labels).count == 1 && $0.isComplete }
            }
        guard !space.labels.isEmpty, examples.contains(where: { !$0.labels.isEmpty }) || !space.names.isEmpty else {
            throw ModelError(
                code: .emptyTrainingSet, operation: "train a model",
                message: "there is no example with a label, and no label has a name to look for; "
                    + "give examples, a taxonomy, or names.")
        }
    }

    var threads: Int { Parallel.threadCount(options.threads) }
    private var minimumFrequency: Int {
        if options.minimumDocumentFrequency > 0 { return options.minimumDocumentFrequency }
        if isLarge { return limits.minimumDocumentFrequency }
        return examples.count < (isSingleLabel ? 5_000 : 100) ? 1 : 2
    }
    private var hasExamples: Bool { examples.contains { !$0.labels.isEmpty } }

    /// Whether documents have one label, and each label so many examples that the likeness of its names adds nothing.
    private var isLearntWithoutLikeness: Bool {
        guard isSingleLabel else { return false }
        var counts: [String: Int] = [:]
        for label in examples.lazy.flatMap({ Set($0.labels) }) { counts[label, default: 0] += 1 }
        return space.labels.allSatisfy { counts[$0, default: 0] >= TrainingLimits.examplesWithoutLikeness }
    }

    /// The members asked for, or the best for the task.
    var memberKinds: [MemberKind] {
        guard hasExamples else { return [.labelMatcher, .nameLikeness] }
        var kinds = options.members
        if kinds.isEmpty {
            kinds = [.linear, isSingleLabel ? .complementNaiveBayes : .centroid, .labelMatcher]
            if !isLearntWithoutLikeness { kinds.append(.nameLikeness) }
            kinds.append(.meanings)
        }
        if meanings.isEmpty { kinds.removeAll { $0 == .meanings } }
        if space.names.isEmpty { kinds.removeAll { $0 == .labelMatcher || $0 == .nameLikeness } }
        return kinds.isEmpty ? [.linear] : kinds
    }

    func run() throws(ModelError) -> (content: ModelContent, measures: [String: Double]) {
        var session = analyzer.makeSession()
        let matcher = try LabelMatcher(space.names, labels: space.positions, session: &session)
        let extractor = FeatureExtractor(options)
        let meaningMatcher =
            memberKinds.contains(.meanings) ? try MeaningReader.matcher(meanings, session: &session) : nil
        let (prepared, vocabulary, meanings, names) = try prepare(
            extractor, matcher: matcher, meanings: meaningMatcher)
        let rows = (0..<prepared.exampleCount).map { Int32($0) }
        let exampleCounts = prepared.exampleCounts(among: rows)
        let storage = MatrixStorage(prepared.matrix)
        var memberOptions = options
        if isLarge { memberOptions.solverTolerance = max(options.solverTolerance, limits.solverTolerance) }
        let builder = MemberBuilder(
            prepared: prepared, storage: storage, vocabulary: vocabulary,
            isSingleLabel: isSingleLabel, options: memberOptions,
            kinds: memberKinds, names: names, seed: seed)

        var stack = Stack(untrained: builder.kinds, isSingleLabel: isSingleLabel, exampleCounts: exampleCounts)
        var calibration = Calibration()
        var cuts = Cuts(global: hasExamples ? 0 : Stack.untrainedCut)
        var validation = HeldOutScores(labelCount: space.labels.count)
        var measures: [String: Double] = [:]
        var cost = options.costs[options.costs.count / 2]
        if hasExamples, let held = try heldOut(builder) {
            cost = held.cost
            measures.merge(held.limits) { _, new in new }
            measures["cost"] = cost
            if isLarge, held.table.pairs > limits.stackPairs {
                measures[TrainingLimits.Measure.stackPairs.rawValue] = Double(limits.stackPairs)
            }
            let fitted = try fitted(stack, to: held.table)
            stack = fitted.stack
            cuts = fitted.cuts
            calibration = Calibration(held.table, raw: fitted.raw, method: options.calibration)
            validation = HeldOutScores(
                held.table, raw: fitted.raw, calibration: calibration, labelCount: space.labels.count)
            measures["microF1"] = fitted.figures.microF1
            measures["nDCG@5"] = fitted.figures.nDCG5
        }
        let (members, counts) = try builder.members(rows: rows, cost: cost)
        if isLarge, options.minimumDocumentFrequency == 0 {
            measures[TrainingLimits.Measure.minimumDocumentFrequency.rawValue] = Double(minimumFrequency)
        }
        if memberOptions.solverTolerance > options.solverTolerance, members.linear != nil {
            measures[TrainingLimits.Measure.solverTolerance.rawValue] = memberOptions.solverTolerance
        }
        let full = members.labelsWith(weights: TrainingLimits.weightsPerLabel)
        if full > 0 { measures[TrainingLimits.Measure.labelsAtWeightLimit.rawValue] = Double(full) }
        let content = ModelContent(
            labels: space.labels, ancestors: space.ancestors, exampleCounts: exampleCounts,
            languageCounts: prepared.languageCounts(among: rows), extractor: extractor, vocabulary: vocabulary,
            matcher: matcher, meanings: meanings, members: members, counts: counts,
            learnt: LearntExamples(trained: examples.map(\.digest)), naiveBayesSmoothing: options.naiveBayesSmoothing,
            stack: stack, calibration: calibration, cuts: cuts,
            heldOut: validation)
        return (content, measures)
    }

    static func selected(
        _ table: ScoreTable, _ raw: [[Double]], _ cuts: Cuts, isSingleLabel: Bool
    ) -> [[Bool]] {
        zip(table.rows, raw).map { row, scores in
            if isSingleLabel {
                let best = scores.indices.max { scores[$0] != scores[$1] ? scores[$0] < scores[$1] : $0 > $1 }
                return scores.indices.map { $0 == best }
            }
            return scores.indices.map {
                cuts.selects(scores[$0], label: row.scores.labels[$0], language: row.language)
            }
        }
    }

    // MARK: Preparing

    private struct Read: Sendable {
        var language: Language
        var features: FeatureCounts
        var meanings: FeatureCounts
        var matches: [LabelScore]
    }

    /// Analyses all texts and builds the matrix.
    private func prepare(
        _ extractor: FeatureExtractor, matcher: LabelMatcher, meanings meaningMatcher: LabelMatcher?
    ) throws(ModelError) -> (PreparedExamples, Vocabulary, MeaningReader?, NameLikeness?) {
        let analyzer = analyzer
        let examples = examples
        var read = try Parallel.map(
            examples.count, threads: threads, state: { () throws(ModelError) in analyzer.makeSession() }
        ) { (session: inout AnalysisSession, index: Int) throws(ModelError) -> Read in
            let example = examples[index]
            let text = try AnalysedText(
                title: example.title, text: example.text, language: example.language, session: &session)
            let matches = matcher.matches(in: text, title: example.title, body: example.text)
            return Read(
                language: text.language, features: extractor.counts(in: text),
                meanings: Self.meanings(in: text, title: example.title, body: example.text, meaningMatcher),
                matches: LabelMatcher.scores(matches))
        }
        var exampleCounts = [Int](repeating: 0, count: space.labels.count)
        let positions = examples.map { example in
            Set(example.labels).compactMap { space.positions[$0] }.sorted()
        }
        for labels in positions { for label in labels { exampleCounts[Int(label)] += 1 } }
        let names = try nameFeatures(extractor, meanings: meaningMatcher)
        // In a fold a label has fewer examples than in all: names are kept ready for twice the limit.
        let texts = names.filter { hasExamples && exampleCounts[Int($0.label)] < 2 * options.namesAsExamplesBelow }
        // Without examples the names themselves say which words are common.
        let vocabulary = Vocabulary(
            documents: hasExamples ? read.map(\.features) : names.map(\.features), extra: names.map(\.features),
            minimumFrequency: minimumFrequency,
            gramWeight: options.characterGramWeight)
        // Only Naive Bayes asks how often a feature occurs.
        var matrix = SparseMatrix(
            columnCount: vocabulary.count,
            hasCounts: !Set(memberKinds).isDisjoint(with: [.complementNaiveBayes, .multinomialNaiveBayes]))
        matrix.reserve(entries: read.reduce(0) { $0 + $1.features.keys.count })
        for index in read.indices {
            matrix.append(vocabulary.row(read[index].features))
            // Counts and matrix together would be the most memory of the whole run.
            read[index].features = FeatureCounts()
        }
        for text in texts { matrix.append(vocabulary.row(text.features)) }
        let meanings = meaningMatcher.map { matcher in
            MeaningReader(
                matcher: matcher,
                vocabulary: Vocabulary(
                    documents: read.map(\.meanings), extra: names.map(\.meanings), minimumFrequency: 1, gramWeight: 0))
        }
        var meaningMatrix = SparseMatrix(columnCount: meanings?.vocabulary.count ?? 0, hasCounts: false)
        for features in read.map(\.meanings) + texts.map(\.meanings) {
            meaningMatrix.append(meanings?.vocabulary.row(features) ?? FeatureRow())
        }
        let rejected = zip(examples, positions).map { example, labels in
            Set(example.negative).compactMap { space.positions[$0] }.filter { !labels.contains($0) }.sorted()
        }
        let folds = folds()
        let prepared = PreparedExamples(
            matrix: matrix, meanings: meaningMatrix, languages: read.map(\.language), exampleCount: examples.count,
            labelCount: space.labels.count,
            labels: positions + texts.map { [$0.label] }, rejected: rejected + texts.map { _ in [] },
            isComplete: examples.map(\.isComplete) + texts.map { _ in true },
            matches: read.map(\.matches) + texts.map { _ in [] }, folds: folds.map(\.fold), halves: folds.map(\.half),
            isNewest: folds.map(\.isNewest))
        let likeness =
            memberKinds.contains(.nameLikeness)
            ? NameLikeness(
                names.map { ($0.label, $0.features) }, vocabulary: vocabulary, labelCount: space.labels.count) : nil
        return (prepared, vocabulary, meanings, likeness)
    }

    /// The names and notes of every label, a text per language.
    private func nameFeatures(
        _ extractor: FeatureExtractor, meanings matcher: LabelMatcher?
    ) throws(ModelError) -> [(label: Int32, features: FeatureCounts, meanings: FeatureCounts)] {
        var session = analyzer.makeSession()
        var features: [(label: Int32, features: FeatureCounts, meanings: FeatureCounts)] = []
        for text in space.nameTexts() {
            let read = try AnalysedText(title: text.text, text: "", language: text.language, session: &session)
            features.append(
                (
                    text.label, extractor.counts(in: read),
                    Self.meanings(in: read, title: text.text, body: "", matcher)
                ))
        }
        return features
    }

    private static func meanings(
        in text: AnalysedText, title: String, body: String, _ matcher: LabelMatcher?
    ) -> FeatureCounts {
        guard let matcher else { return FeatureCounts() }
        return FeatureCounts(MeaningReader.occurrences(in: text, title: title, body: body, matcher: matcher))
    }
}
