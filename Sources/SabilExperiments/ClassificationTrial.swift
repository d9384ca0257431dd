import FoundationEssentials
public import SabilClassification
public import SabilEvaluation
public import SabilRecords
public import SabilTaxonomy

/// Training on some documents and suggesting for others: what `eval classify` and experiments have in common.
public struct ClassificationTrial: Sendable {
    /// A document to suggest for, and what is right.
    public struct Document: Sendable, Hashable {
        public var id: String
        public var title: String
        public var text: String
        public var language: Language
        /// Labels as the collection writes them.
        public var gold: [String]
    }

    /// What was suggested for one document.
    public struct Outcome: Sendable {
        /// Suggestions in the classifier's own order, with confidences.
        public let prediction: LabelPrediction
        public let language: Language
        /// The labels that the classifier assigns.
        public let selected: [String]
        /// The line of the suggestions file, without its end.
        public let line: [UInt8]
    }

    public let examples: [TrainingExample]
    public private(set) var documents: [Document]
    private let scheme: ConceptScheme?
    private let meanings: [WordEquivalents]
    private let naming: LabelNaming

    /// Of a collection: `_id`, `title`, `text`, `lang`, `labels`. Versions of one work share a fold.
    /// - Parameter meanings: words of several languages that mean the same, beside those of the scheme.
    public init(
        training: [BEIREntry], test: [BEIREntry], scheme: ConceptScheme?, meanings: [WordEquivalents] = []
    ) {
        let naming = LabelNaming(scheme: scheme, seen: training.flatMap(\.labels))
        examples = training.map { line in
            TrainingExample(
                id: line.id, work: TrainingExample.work(of: line.id, language: line.language), title: line.title,
                text: line.text, language: line.language, labels: line.labels.map(naming.conceptName),
                date: line.date)
        }
        documents = test.map {
            Document(id: $0.id, title: $0.title, text: $0.text, language: $0.language, gold: $0.labels)
        }
        self.scheme = scheme
        self.meanings = meanings
        self.naming = naming
    }

    /// Of examples made from records; those of the test are asked about and not learnt from.
    public init(training: [TrainingExample], test: [TrainingExample], scheme: ConceptScheme) {
        examples = training
        documents = test.map {
            Document(id: $0.id, title: $0.title, text: $0.text, language: $0.language, gold: $0.labels)
        }
        self.scheme = scheme
        meanings = []
        naming = LabelNaming(scheme: scheme, seen: training.flatMap(\.labels))
    }

    /// The documents with what is right, labels as the model names them.
    public var labelledDocuments: [TrainingExample] {
        documents.map {
            TrainingExample(
                id: $0.id, title: $0.title, text: $0.text, language: $0.language,
                labels: $0.gold.map(naming.conceptName))
        }
    }

    /// Keeps the first documents of the test only.
    public mutating func limitTest(to count: Int) { documents = Array(documents.prefix(count)) }

    /// - Parameter part: of the examples; all when not given.
    /// - Throws: `ModelError`.
    public func train(
        on part: [TrainingExample]? = nil, options: TrainingOptions = TrainingOptions(), seed: UInt64
    ) async throws -> ConceptClassifier {
        try await ConceptClassifier.trainInBackground(
            part ?? examples, scheme: scheme, meanings: meanings, options: options, seed: seed)
    }

    /// Suggests for every document, away from the cooperative pool.
    ///
    /// - Throws: `ModelError`.
    public func suggest(with classifier: ConceptClassifier, limit: Int) async throws -> [Outcome] {
        let asked = documents.map {
            TrainingExample(id: $0.id, title: $0.title, text: $0.text, language: $0.language, labels: [])
        }
        let suggestions = try await Lanes.onThread { try classifier.suggestions(for: asked, limit: limit) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try zip(documents, suggestions).map { document, suggested in
            let named = suggested.map {
                SuggestionLine.Item(
                    label: naming.collectionName($0.label), score: $0.confidence, selected: $0.isSelected)
            }
            return Outcome(
                // The classifier's own order: two suggestions may share a calibrated value.
                prediction: LabelPrediction(
                    id: document.id, gold: document.gold,
                    ranked: named.map { LabelPrediction.Scored($0.label, score: $0.score) }),
                language: document.language,
                selected: named.filter(\.selected).map(\.label),
                line: [UInt8](try encoder.encode(SuggestionLine(id: document.id, suggestions: named))))
        }
    }
}

extension [ClassificationTrial.Outcome] {
    /// What the classifier itself chose.
    public var selection: LabelSelection {
        .given(Dictionary(map { ($0.prediction.id, $0.selected) }, uniquingKeysWith: { first, _ in first }))
    }

    /// The lines of a suggestions file.
    public var file: [UInt8] { flatMap { $0.line + [UInt8(ascii: "\n")] } }
}

/// A line of the suggestions file.
private struct SuggestionLine: Encodable {
    struct Item: Encodable {
        let label: String
        let score: Double
        let selected: Bool
    }
    let id: String
    let suggestions: [Item]

    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case suggestions
    }
}
