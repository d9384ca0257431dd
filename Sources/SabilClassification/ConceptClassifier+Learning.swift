import SabilAnalysis

/// What became of examples that a model was to learn or unlearn.
public struct LearningOutcome: Sendable {
    /// The model afterwards.
    public var model: ConceptClassifier
    /// Examples learnt and unlearnt.
    public var learnt = 0
    public var unlearnt = 0
    /// Ids of examples that were to be learnt and already had been, as they are; nothing was counted twice.
    public var repeated: [String] = []
    /// Ids of examples that were to be unlearnt and had never been learnt as they are; nothing was taken away.
    public var unknown: [String] = []
    /// Labels that the model cannot suggest before it is trained anew, sorted; other labels of the same examples were learnt.
    public var unknownLabels: [String] = []
}

extension ConceptClassifier {
    /// Whether a member can learn without training; models of older formats, and linear ones alone, cannot.
    public var canLearn: Bool { !content.counts.isEmpty }

    /// Whether what is learnt moves suggestions at once: the stack gives weight to a member that learns.
    ///
    /// Where it gives none, since such a member added nothing to the linear one, examples count from the next training on.
    public var learningCounts: Bool {
        let sums = content.counts.weights == nil ? [] : [MemberKind.centroid]
        let bayes = content.counts.occurrences == nil ? [] : [MemberKind.complementNaiveBayes, .multinomialNaiveBayes]
        let meanings = content.counts.meanings == nil ? [] : [MemberKind.meanings]
        return (sums + bayes + meanings).contains(where: content.stack.weighs)
    }

    /// A model that has learnt from more examples and unlearnt others, at once: centroids and Naive Bayes, from whole numbers.
    ///
    /// Learning and then unlearning the same gives the same bytes. The linear member, the features and the stack stay as they were
    /// trained (``ModelManifest/learnt`` says how much is newer); words and labels that the model does not know wait for the
    /// next training. What was learnt already is not counted again, what never was learnt is not taken away.
    /// - Parameters:
    ///   - old: unlearnt first.
    ///   - isSealed: `false` keeps the id, which is quicker: for a model that stays in memory.
    /// - Throws: `cannotLearn`, `analysis`.
    /// - Complexity: O(text + features of the labels touched) for examples known in part, else O(features of the model).
    public func learning(
        _ examples: [TrainingExample], forgetting old: [TrainingExample] = [], isSealed: Bool = true
    ) throws(ModelError) -> LearningOutcome {
        guard canLearn else {
            throw ModelError(
                code: .cannotLearn, operation: "learn examples with the model \(id)",
                message: "none of its members ("
                    + members.map(\.rawValue).joined(separator: ", ") + ") can learn without training; train anew.")
        }
        var outcome = LearningOutcome(model: self)
        var session = analyzer.makeSession()
        var content = content
        var change = ModelContent.Change()
        for example in old {
            guard content.learnt.remove(example.digest) else {
                outcome.unknown.append(example.id)
                continue
            }
            try content.count(inOwnLabels(example), sign: -1, change: &change, session: &session)
            outcome.unlearnt += 1
        }
        for example in examples {
            guard content.learnt.add(example.digest) else {
                outcome.repeated.append(example.id)
                continue
            }
            try content.count(inOwnLabels(example), sign: 1, change: &change, session: &session)
            outcome.learnt += 1
        }
        outcome.unknownLabels = change.unknownLabels.sorted()
        guard outcome.learnt + outcome.unlearnt > 0 else { return outcome }
        try content.refreshMembers(after: change)
        var manifest = manifest
        let (added, removed) = (content.learnt.added.count, content.learnt.removed.count)
        manifest.learnt = added + removed == 0 ? nil : .init(added: added, removed: removed)
        outcome.model =
            isSealed
            ? try ConceptClassifier(
                sealing: content, manifest: manifest, analyzer: analyzer, retired: excluded, successors: successors)
            : ConceptClassifier(
                manifest: manifest, content: content, analyzer: analyzer, retired: excluded, successors: successors)
        return outcome
    }

    /// The example in the names of the model's labels, where the taxonomy in use calls them otherwise: what is said of a concept
    /// is said of every label that stands for it.
    private func inOwnLabels(_ example: TrainingExample) -> TrainingExample {
        guard !successors.isEmpty else { return example }
        func own(_ names: [String]) -> [String] {
            names.flatMap { name in
                let labels = labels(namedBy: name).map { content.labels[Int($0)] }
                return labels.isEmpty ? [name] : labels
            }
        }
        var example = example
        example.labels = own(example.labels)
        example.negative = own(example.negative)
        return example
    }

    /// Whether exactly this example, as it is, has been learnt.
    public func hasLearnt(_ example: TrainingExample) -> Bool { content.learnt.contains(example.digest) }
}

extension ModelContent {
    /// What learning touched.
    struct Change {
        var labels: Set<Int32> = []
        /// Whether what all documents hold changed, which every label is compared with.
        var isOfAll = false
        var unknownLabels: Set<String> = []
    }

    /// Adds an example to the counts (`sign` 1) or takes it away (-1).
    mutating func count(
        _ example: TrainingExample, sign: Int, change: inout Change, session: inout AnalysisSession
    ) throws(ModelError) {
        let reading = try read(
            title: example.title, text: example.text, language: example.language, session: &session)
        let own = positions(of: example.labels, unknown: &change.unknownLabels)
        let rejected = positions(of: example.negative, unknown: &change.unknownLabels).filter { !own.contains($0) }
        counts.occurrences?.count(
            reading.row, labels: own, rejected: rejected, isComplete: example.isComplete, sign: Int64(sign))
        counts.weights?.count(
            reading.row, unit: .weights, labels: own, rejected: rejected, isComplete: example.isComplete,
            sign: Int64(sign))
        counts.meanings?.count(
            reading.meanings, unit: .weights, labels: own, rejected: rejected, isComplete: example.isComplete,
            sign: Int64(sign))
        for label in own {
            exampleCounts[Int(label)] += sign
            stack.scarcity[Int(label)] = Stack.scarcity(examples: exampleCounts[Int(label)])
        }
        change.labels.formUnion(own + rejected)
        if example.isComplete { change.isOfAll = true }
    }

    private func positions(of names: [String], unknown: inout Set<String>) -> [Int32] {
        var found: Set<Int32> = []
        for name in names {
            if let position = position(of: name) { found.insert(position) } else { unknown.insert(name) }
        }
        return found.sorted()
    }

    /// The place of a label among ``labels``.
    /// - Complexity: O(log labels).
    func position(of name: String) -> Int32? {
        var low = 0
        var high = labels.count
        while low < high {
            let middle = (low + high) / 2
            if labels[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low < labels.count && labels[low] == name ? Int32(low) : nil
    }

    /// Works the members that learn out from the counts: all of it, or what a change touched.
    mutating func refreshMembers(after change: Change? = nil) throws(ModelError) {
        if let counts = counts.occurrences {
            if members.kinds.contains(.complementNaiveBayes) {
                members.complement = NaiveBayes(
                    counts, kind: .complement, smoothing: naiveBayesSmoothing, columnWeights: vocabulary.idf)
            }
            if members.kinds.contains(.multinomialNaiveBayes) {
                members.multinomial = NaiveBayes(
                    counts, kind: .multinomial, smoothing: naiveBayesSmoothing, columnWeights: vocabulary.idf)
            }
        }
        if let counts = counts.meanings {
            members.meanings = try MeaningModel(
                counts, isSingleLabel: stack.isSingleLabel, smoothing: naiveBayesSmoothing,
                threads: Parallel.threadCount(0))
        }
        guard let sums = counts.weights else { return }
        let limit = members.centroidLimit
        if let change, !change.isOfAll, members.centroid != nil {
            members.centroid?.refresh(change.labels.sorted(), from: sums, limit: limit)
        } else {
            members.centroid = try CentroidModel(
                sums, limit: limit, threads: Parallel.threadCount(0))
        }
    }
}
