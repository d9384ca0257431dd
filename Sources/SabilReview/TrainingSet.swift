import Foundation
public import SabilClassification
public import SabilRecords
public import SabilTaxonomy

/// What a classifier learns from: records with the concepts people stand behind, and the suggestions they rejected.
public struct TrainingSet: Sendable, Hashable {
    /// Sorted by id; every example has a label or a negative.
    public var examples: [TrainingExample]
    /// Names the content of `examples`; the same records and decisions in any order give the same.
    public var digest: String
    /// Records left out because no person said anything about their concepts.
    public var silentRecords: Int
    /// Labels left out because the taxonomy does not know them or has retired them without a successor.
    public var retiredLabels: Int

    /// Brings records and decisions together.
    ///
    /// Labels are the concepts that people put on a record (``ResourceRecord/conceptsByPeople``), with those accepted or added
    /// and without those rejected or removed. A rejected or removed concept is a negative for itself only. A record counts as
    /// seen as a whole only if a person tagged it otherwise than by these decisions. Tags of machines teach nothing.
    /// - Complexity: O(text + d log d), d = tags and decisions.
    public init(
        records: some Sequence<ResourceRecord>, decisions: DecidedConcepts = DecidedConcepts(), scheme: ConceptScheme
    ) {
        var examples: [RecordID: TrainingExample] = [:]
        silentRecords = 0
        retiredLabels = 0
        for record in records {
            var labels: Set<ConceptID> = []
            var negatives: Set<ConceptID> = []
            for tagged in decisions.applied(to: record).conceptsByPeople {
                if let concept = Self.current(tagged, scheme) {
                    labels.insert(concept)
                } else {
                    retiredLabels += 1
                }
            }
            for decision in decisions.decisions(about: record.id)
            where !decision.verdict.isOnRecord && !decision.takesOffOldName {
                if let concept = Self.current(decision.concept, scheme) {
                    negatives.insert(concept)
                } else {
                    retiredLabels += 1
                }
            }
            guard !labels.isEmpty || !negatives.isEmpty else {
                silentRecords += 1
                continue
            }
            let isComplete = record.concepts.contains { tag in
                tag.source.isByPerson && decisions.decision(about: tag.concept, on: record.id) == nil
            }
            examples[record.id] = TrainingExample(
                id: record.id.rawValue, work: record.work.rawValue, title: record.title,
                text: record.textToClassify, language: record.language, labels: labels.sorted().map(\.rawValue),
                negative: negatives.subtracting(labels).sorted().map(\.rawValue), isComplete: isComplete,
                date: record.date)
        }
        self.examples = examples.values.sorted { $0.id < $1.id }
        digest = Self.digest(of: self.examples)
    }

    /// The concept to use today; `nil` if there is none.
    private static func current(_ id: ConceptID, _ scheme: ConceptScheme) -> ConceptID? {
        let current = scheme.current(id)
        guard let concept = scheme.concept(current), !concept.isDeprecated else { return nil }
        return current
    }

    private static func digest(of examples: [TrainingExample]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts, lists of texts and a flag always encode; there is no error to lose.
        return ContentDigest.hex(of: examples.map { Array((try? encoder.encode($0)) ?? Data()) })
    }
}

extension ResourceRecord {
    /// What people say the record is about: concepts that a person tagged or confirmed, and population groups, which nobody
    /// else gives.
    public var conceptsByPeople: Set<ConceptID> {
        Set(concepts.filter(\.source.isByPerson).map(\.concept)).union(populationGroups)
    }

    /// What a classifier reads beside the title, in training and in use alike: abstract, then body.
    public var textToClassify: String {
        [abstract, body].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}
