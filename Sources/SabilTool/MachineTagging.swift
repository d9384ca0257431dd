import SabilClassification
import SabilRecords
import SabilReview
import SabilTaxonomy

/// Adds a model's suggestions to records that no person tagged, as tags of the machine.
struct MachineTagging: Sendable {
    private let classifier: ConceptClassifier
    private let scheme: ConceptScheme

    /// - Parameter map: what became of concepts that the model knows by other names.
    init(models directory: String, scheme: ConceptScheme, map: ConceptMap? = nil) throws {
        var successors: [String: String?] = [:]
        for row in map?.rows ?? [] {
            let fate = map?.fate(of: row.old)
            if case .replaced(let new) = fate {
                successors[row.old.rawValue] = .some(new.rawValue)
            } else {
                successors[row.old.rawValue] = .some(nil)
            }
        }
        classifier = try ModelStore(directory: directory).load(scheme: scheme, successors: successors).model
        self.scheme = scheme
    }

    var model: ModelID { classifier.id }

    /// Of these concepts those that the model would assign to a record, without those that a person decided on.
    func assigned(
        among concepts: [ConceptID], to record: ResourceRecord, decided: DecidedConcepts
    ) throws(ModelError) -> [ConceptID] {
        var request = SuggestionRequest(
            title: record.title, text: record.textToClassify, language: record.language, limit: 0, evidenceLimit: 0)
        request.allowed = Set(concepts.map(\.rawValue))
        return try classifier.suggest(request).suggestions.filter(\.isSelected).map { ConceptID($0.label) }
            .filter { decided.decision(about: $0, on: record.id) == nil }
    }

    /// Records with a tag of a person stay as they are; a concept that a person rejected is not added again.
    ///
    /// Blocks while it classifies.
    func tagged(_ records: [ResourceRecord], decided: DecidedConcepts) throws(ModelError) -> [ResourceRecord] {
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
            let (id, groups) = (records[index].id, records[index].populationGroups)
            records[index].concepts = suggested.filter(\.isSelected).map { ConceptID($0.label) }
                .filter {
                    scheme.concept($0) != nil && decided.decision(about: $0, on: id) == nil && !groups.contains($0)
                }
                .map { ConceptTag($0, source: .machine) }
        }
        return records
    }
}
