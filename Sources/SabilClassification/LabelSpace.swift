import SabilRecords
import SabilTaxonomy

/// The labels a model can suggest, their names and their hierarchy.
struct LabelSpace: Sendable {
    /// Increasing.
    let labels: [String]
    let positions: [String: Int32]
    let names: [LabelName]
    /// Per label: wider labels that are in the space too, increasing.
    let ancestors: [[Int32]]

    /// The labels of the examples, of the names, and of the scheme's subject facets (all facets if it has none of those).
    init(_ examples: [TrainingExample], scheme: ConceptScheme?, names extra: [LabelName]) {
        var all = Set(examples.flatMap(\.labels)).union(extra.map(\.label))
        var names = extra
        if let scheme {
            let facets = Set(Facet.subjects).union(["population"])
            let subjects = scheme.concepts.filter { $0.facet.map { facets.contains($0) } ?? false && !$0.isDeprecated }
            let offered = subjects.isEmpty ? scheme.concepts.filter { !$0.isDeprecated } : subjects
            all.formUnion(offered.map(\.id.rawValue))
            for entry in scheme.labels where all.contains(entry.concept.rawValue) {
                let weight: Double =
                    switch entry.kind {
                    case .preferred: 1
                    case .alternative: 0.9
                    case .hidden: 0.7
                    }
                names.append(
                    LabelName(label: entry.concept.rawValue, language: entry.language, text: entry.text, weight: weight)
                )
            }
            for concept in scheme.concepts where all.contains(concept.id.rawValue) {
                for (language, note) in concept.scopeNotes.sorted(by: { $0.key < $1.key }) {
                    names.append(LabelName(label: concept.id.rawValue, language: language, text: note, weight: 0))
                }
            }
            for form in scheme.ambiguousForms {
                for concept in form.concepts where all.contains(concept.rawValue) {
                    names.append(
                        LabelName(label: concept.rawValue, language: form.language, text: form.form, weight: 0.5))
                }
            }
        }
        let labels = all.sorted()
        self.labels = labels
        var positions: [String: Int32] = [:]
        for (position, label) in labels.enumerated() { positions[label] = Int32(position) }
        self.positions = positions
        // A fixed order, whatever the caller's: the digest of the model depends on it.
        self.names = Set(names).sorted {
            ($0.label, $0.language, $0.text, $0.weight) < ($1.label, $1.language, $1.text, $1.weight)
        }
        ancestors = labels.map { label in
            (scheme?.ancestors(of: ConceptID(label)) ?? []).compactMap { positions[$0.rawValue] }.sorted()
        }
    }

    /// The names and notes of each label as small texts, one per language, by increasing label.
    func nameTexts() -> [(label: Int32, language: Language, text: String)] {
        var texts: [(label: Int32, language: Language, text: String)] = []
        for name in names {
            guard let label = positions[name.label] else { continue }
            if let last = texts.last, last.label == label, last.language == name.language {
                texts[texts.count - 1].text += " . " + name.text
            } else {
                texts.append((label, name.language, name.text))
            }
        }
        return texts
    }
}
