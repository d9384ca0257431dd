import SabilClassification
import SabilRecords
import SabilReview
import SabilTaxonomy

/// Adds a model's suggestions to records that no person tagged, as tags of the machine.
struct MachineTagging: Sendable {
    private let classifier: ConceptClassifier
    private let scheme: ConceptScheme
    private let decided: DecidedConcepts

    init(models directory: String, scheme: ConceptScheme, decided: DecidedConcepts) throws {
        classifier = try ModelStore(directory: directory).load(scheme: scheme).model
        self.scheme = scheme
        self.decided = decided
    }

    /// Records with a tag of a person stay as they are; a concept that a person rejected is not added again.
    ///
    /// Blocks while it classifies.
    func tagged(_ records: [ResourceRecord]) throws(ModelError) -> [ResourceRecord] {
        let open = records.indices.filter { index in !records[index].concepts.contains { $0.source.isByPerson } }
        let examples = open.map { index in
            let record = records[index]
            return TrainingExample(
                id: record.id.rawValue, title: record.title, text: record.textToClassify, language: record.language,
                labels: [])
        }
        let suggestions = try classifier.suggestions(for: examples, limit: 20)
        var records = records
        for (index, suggested) in zip(open, suggestions) {
            let id = records[index].id
            records[index].concepts = suggested.filter(\.isSelected).map { ConceptID($0.label) }
                .filter { scheme.concept($0) != nil && decided.decision(about: $0, on: id) == nil }
                .map { ConceptTag($0, source: .machine) }
        }
        return records
    }
}
