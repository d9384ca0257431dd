import Foundation
import SabilRecords
import SabilTaxonomy

/// The names under which a curator may add a concept, in one language.
struct ConceptNames: Sendable {
    /// Names to offer, sorted; one that two concepts share has the id in brackets.
    let options: [String]
    private let concepts: [String: ConceptID]
    private let services: ServerServices

    init(_ services: ServerServices, reader: Language) {
        let labelled = services.assignable.map { ($0, services.taxonomy.label($0, in: reader)) }
        let counts = Dictionary(labelled.map { (Self.key($0.1), 1) }, uniquingKeysWith: +)
        var concepts: [String: ConceptID] = [:]
        var options: [String] = []
        for (id, label) in labelled {
            let name = counts[Self.key(label)] == 1 ? label : "\(label) [\(id)]"
            options.append(name)
            concepts[Self.key(name)] = id
        }
        self.options = options.sorted()
        self.concepts = concepts
        self.services = services
    }

    /// The concept a curator means: by an offered name, by its id, or by its preferred label in any language.
    func concept(named typed: String) -> ConceptID? {
        let key = Self.key(typed)
        guard !key.isEmpty else { return nil }
        if let concept = concepts[key] { return concept }
        let id = ConceptID(typed.trimmingCharacters(in: .whitespaces))
        if services.assignable.contains(id) { return id }
        return services.assignable.first { id in
            services.taxonomy.concept(id)?.prefLabels.values.contains { Self.key($0) == key } == true
        }
    }

    private static func key(_ text: String) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }
}
