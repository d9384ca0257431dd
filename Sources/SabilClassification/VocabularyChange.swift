public import SabilAnalysis
public import SabilRecords
public import SabilTaxonomy

/// What a change of the taxonomy means for a model that was trained before it.
public struct VocabularyChange: Sendable, Hashable {
    /// Concepts that the model cannot suggest before it is trained anew, sorted.
    public var added: [String] = []
    /// Concepts whose names changed: the model looks for the new ones at once; what it learnt from texts stays, sorted.
    public var renamed: [String] = []
    /// Labels of the model with the concepts that took their place: suggested under the new name at once.
    public var replaced: [String: String] = [:]
    /// Labels of the model that are retired without successor, or gone: no longer suggested, sorted.
    public var retired: [String] = []

    public var isEmpty: Bool { added.isEmpty && renamed.isEmpty && replaced.isEmpty && retired.isEmpty }

    /// What changed and what is to be done, a sentence each; the first names named, the others counted.
    public var sentences: [String] {
        func named(_ names: [String]) -> String {
            names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
        }
        func concepts(_ count: Int) -> String { count == 1 ? "1 concept" : "\(count) concepts" }
        var sentences: [String] = []
        if !added.isEmpty {
            sentences.append(
                "\(concepts(added.count)) came to the taxonomy after training and can be suggested only when the model is "
                    + "trained anew: \(named(added)).")
        }
        if !renamed.isEmpty {
            sentences.append(
                "\(concepts(renamed.count)) got other names, which are looked for at once: \(named(renamed)).")
        }
        if !replaced.isEmpty {
            let pairs = replaced.sorted { $0.key < $1.key }.map { "\($0.key) → \($0.value)" }
            sentences.append("\(concepts(pairs.count)) stand under the names of their successors: \(named(pairs)).")
        }
        if !retired.isEmpty {
            sentences.append("\(concepts(retired.count)) left the taxonomy and are not suggested: \(named(retired)).")
        }
        return sentences
    }
}

extension ConceptClassifier {
    /// The model as it is to be used with another version of its taxonomy, and what changed: nothing that was learnt is lost.
    ///
    /// Retired concepts are not suggested, replaced ones stand under their successors' names (of two labels with one successor
    /// the likelier one), new names and the new hierarchy hold at once. New concepts wait for training.
    /// - Parameter successors: what became of labels of which the taxonomy itself says nothing; `nil` = retired.
    /// - Throws: `otherTaxonomy` if the scheme knows none of the model's labels; `analysis`.
    /// - Complexity: O(names of the scheme).
    public func adapted(
        to scheme: ConceptScheme, successors: [String: String?] = [:]
    ) throws(ModelError) -> (model: ConceptClassifier, change: VocabularyChange) {
        if manifest.taxonomy == scheme.version { return (self, VocabularyChange()) }
        var change = VocabularyChange()
        /// Per label the concept it stands for today.
        var current: [String?] = []
        for label in labels {
            let successor = successors[label] ?? label
            let today = scheme.current(ConceptID(successor ?? label))
            if successor != nil, let concept = scheme.concept(today), !concept.isDeprecated {
                current.append(today.rawValue)
                if today.rawValue != label { change.replaced[label] = today.rawValue }
            } else {
                current.append(nil)
                change.retired.append(label)
            }
        }
        guard manifest.taxonomy != nil, current.contains(where: { $0 != nil }) else {
            throw ModelError(
                code: .otherTaxonomy, operation: "use the model \(id)",
                message:
                    "it was trained with taxonomy \(manifest.taxonomy ?? "none"), in use is \(scheme.version), which "
                    + "knows none of its \(labels.count) labels; train anew with the taxonomy in use.")
        }
        // A concept may stand behind several labels of the model; the one of its own name speaks with its names.
        var positions: [String: Int32] = [:]
        for (position, concept) in current.enumerated() {
            guard let concept else { continue }
            if positions[concept] == nil || labels[position] == concept { positions[concept] = Int32(position) }
        }
        let space = LabelSpace([], scheme: scheme, names: [])
        change.added = space.labels.filter { positions[$0] == nil }
        var session = analyzer.makeSession()
        var content = content
        let matcher = try LabelMatcher(space.names, labels: positions, session: &session)
        change.renamed = Self.renamed(from: content.matcher, to: matcher).filter { current[$0] == labels[$0] }
            .map { labels[$0] }
        content.matcher = matcher
        if content.members.names != nil {
            var texts: [(label: Int32, features: FeatureCounts)] = []
            for text in space.nameTexts() {
                guard let label = positions[space.labels[Int(text.label)]] else { continue }
                let read = try AnalysedText(title: text.text, text: "", language: text.language, session: &session)
                texts.append((label, content.extractor.counts(in: read)))
            }
            texts.sort { $0.label < $1.label }
            content.members.names = NameLikeness(texts, vocabulary: content.vocabulary, labelCount: labels.count)
        }
        content.ancestors = current.map { concept in
            concept.map { scheme.ancestors(of: ConceptID($0)).compactMap { positions[$0.rawValue] }.sorted() } ?? []
        }
        let model = ConceptClassifier(
            manifest: manifest, content: content, analyzer: analyzer, retired: Set(change.retired),
            successors: change.replaced)
        return (model, change)
    }

    /// The positions of labels that are not looked for by the same names in both.
    private static func renamed(from old: LabelMatcher, to new: LabelMatcher) -> [Int] {
        func names(_ matcher: LabelMatcher) -> [Int32: Set<String>] {
            var names: [Int32: Set<String>] = [:]
            for name in matcher.names { names[name.label, default: []].insert("\(name.language) \(name.text)") }
            return names
        }
        let (before, after) = (names(old), names(new))
        return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.map { Int($0) }.sorted()
    }
}

extension ModelStore {
    /// Loads a model for use with a taxonomy that may be newer than the model; the current one if `id` is `nil`.
    /// - Throws: `notFound`, `otherTaxonomy` if the taxonomies have no label in common, and what
    ///   ``ConceptClassifier/load(from:taxonomy:analyzer:)`` throws.
    public func load(
        _ id: ModelID? = nil, scheme: ConceptScheme, successors: [String: String?] = [:],
        analyzer: Analyzer = Analyzer()
    ) throws(ModelError) -> (model: ConceptClassifier, change: VocabularyChange) {
        try load(id, analyzer: analyzer).adapted(to: scheme, successors: successors)
    }
}
