public import SabilAnalysis
public import SabilRecords
public import SabilTaxonomy

/// A trained model: suggests the labels of a text, with confidence and evidence. Immutable, so any number of threads may share it.
public final class ConceptClassifier: Sendable {
    /// What the model is and what it was made from.
    public let manifest: ModelManifest
    let content: ModelContent
    let analyzer: Analyzer

    init(manifest: ModelManifest, content: ModelContent, analyzer: Analyzer) {
        self.manifest = manifest
        self.content = content
        self.analyzer = analyzer
    }

    public var id: ModelID { manifest.id }
    /// All labels the model can suggest, sorted.
    public var labels: [String] { content.labels }
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
    ///   - decisionsThrough: place in the log of the last decision the examples come from, for the manifest.
    /// - Throws: `emptyTrainingSet`, `invalidOptions`, `analysis`, `solver`.
    public static func train(
        _ examples: [TrainingExample], scheme: ConceptScheme? = nil, labelNames: [LabelName] = [],
        options: TrainingOptions = TrainingOptions(), analyzer: Analyzer = Analyzer(), seed: UInt64 = 1,
        decisionsThrough: Int64? = nil
    ) throws(ModelError) -> ConceptClassifier {
        let training = try ModelTraining(
            examples, scheme: scheme, labelNames: labelNames, options: options, analyzer: analyzer, seed: seed)
        let (content, measures) = try training.run()
        var languages: [String: Int] = [:]
        for example in examples { languages[example.language.rawValue, default: 0] += 1 }
        let manifest = ModelManifest(
            format: ModelManifest.currentFormat, id: ModelID(""), analyzer: analyzer.fingerprint,
            taxonomy: scheme?.version, trainingDigest: digest(of: examples), seed: seed, exampleCount: examples.count,
            labelCount: content.labels.count, trainedLabelCount: content.exampleCounts.filter { $0 > 0 }.count,
            featureCount: content.vocabulary.count, isSingleLabel: content.stack.isSingleLabel, languages: languages,
            measures: measures, options: options, decisionsThrough: decisionsThrough, weightsDigest: "")
        return try ConceptClassifier(sealing: content, manifest: manifest, analyzer: analyzer)
    }

    /// ``train(_:scheme:labelNames:options:analyzer:seed:decisionsThrough:)`` for asynchronous callers.
    public static func trainInBackground(
        _ examples: [TrainingExample], scheme: ConceptScheme? = nil, labelNames: [LabelName] = [],
        options: TrainingOptions = TrainingOptions(), analyzer: Analyzer = Analyzer(), seed: UInt64 = 1,
        decisionsThrough: Int64? = nil
    ) async throws(ModelError) -> ConceptClassifier {
        try await Parallel.detached { () throws(ModelError) in
            try train(
                examples, scheme: scheme, labelNames: labelNames, options: options, analyzer: analyzer, seed: seed,
                decisionsThrough: decisionsThrough)
        }
    }

    /// The digest of a training set: the same for the same examples in any order.
    public static func digest(of examples: [TrainingExample]) -> String {
        var digest = Digest()
        digest.add(UInt64(examples.count))
        for example in examples.map(\.digest).sorted() { digest.add(example) }
        return digest.hexadecimal
    }

    /// The labels that may fit a text, best first; at most `limit`, fewer only if the model has fewer.
    ///
    /// - Parameters:
    ///   - language: `undetermined` = found from the text.
    ///   - limit: 0 = all.
    ///   - evidenceLimit: how many pieces of evidence each suggestion carries beside rest and prior; 0 = no evidence.
    /// - Throws: `analysis`.
    public func suggest(
        title: String, text: String, language: Language, limit: Int = 10, evidenceLimit: Int = 8
    ) throws(ModelError) -> [Suggestion] {
        var session = analyzer.makeSession()
        return try suggest(
            title: title, text: text, language: language, limit: limit, evidenceLimit: evidenceLimit, session: &session)
    }

    /// ``suggest(title:text:language:limit:evidenceLimit:)`` of many documents at once, on threads of its own.
    ///
    /// The labels of the examples are not looked at. Call it off the cooperative pool.
    /// - Returns: per document, in the order given.
    public func suggestions(
        for documents: [TrainingExample], limit: Int = 10, evidenceLimit: Int = 0, threads: Int = 0
    ) throws(ModelError) -> [[Suggestion]] {
        let analyzer = analyzer
        return try Parallel.map(
            documents.count, threads: Parallel.threadCount(threads),
            state: { () throws(ModelError) in analyzer.makeSession() }
        ) { (session: inout AnalysisSession, index: Int) throws(ModelError) in
            let document = documents[index]
            return try self.suggest(
                title: document.title, text: document.text, language: document.language, limit: limit,
                evidenceLimit: evidenceLimit, session: &session)
        }
    }

    private func suggest(
        title: String, text: String, language: Language, limit: Int, evidenceLimit: Int,
        session: inout AnalysisSession
    ) throws(ModelError) -> [Suggestion] {
        let reading = try content.read(title: title, text: text, language: language, session: &session)
        let candidates = content.members.scores(reading.row, matches: LabelMatcher.scores(reading.matches))
        let combination = content.stack.combine(candidates)
        let raw = combination.raw
        let order = raw.indices.sorted {
            raw[$0] != raw[$1] ? raw[$0] > raw[$1] : candidates.labels[$0] < candidates.labels[$1]
        }
        var selected = Set(
            content.stack.isSingleLabel
                ? Array(order.prefix(1))
                : order.filter { content.cuts.selects(raw[$0], label: candidates.labels[$0]) })
        let implied = content.implied(among: selected, candidates: candidates, raw: raw)
        selected.subtract(implied.keys)
        let finder =
            evidenceLimit > 0
            ? EvidenceFinder(content, reading: reading, candidates: candidates, combination: combination) : nil
        return order.prefix(limit > 0 ? limit : order.count).map { position in
            let label = Int(candidates.labels[position])
            return Suggestion(
                label: content.labels[label], rawScore: raw[position],
                confidence: content.calibration.confidence(raw[position]), isSelected: selected.contains(position),
                impliedBy: implied[position].map { content.labels[Int(candidates.labels[$0])] },
                ancestors: content.ancestors[label].map { content.labels[Int($0)] },
                evidence: finder?.evidence(ofCandidate: position, limit: evidenceLimit) ?? [],
                members: finder?.members(ofCandidate: position) ?? [], model: id)
        }
    }
}

extension ModelContent {
    /// Wider labels that a much likelier narrower selected one already implies: candidate → the narrower candidate.
    ///
    /// "Much likelier" is twice the odds.
    func implied(among selected: Set<Int>, candidates: CandidateScores, raw: [Double]) -> [Int: Int] {
        guard selected.count > 1 else { return [:] }
        var positions: [Int32: Int] = [:]
        for position in selected { positions[candidates.labels[position]] = position }
        var implied: [Int: Int] = [:]
        for position in selected.sorted() {
            for ancestor in ancestors[Int(candidates.labels[position])] {
                guard let wider = positions[ancestor], raw[position] >= raw[wider] + 0.693 else { continue }
                if let known = implied[wider], raw[known] >= raw[position] { continue }
                implied[wider] = position
            }
        }
        return implied
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
    }
}
