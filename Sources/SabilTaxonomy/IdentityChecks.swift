import SabilRecords

/// The checks on names that must be unique, on the registry and on ambiguous forms.
struct IdentityChecks {
    let graph: SKOSGraph
    let ids: [String: ConceptID]
    let registry: ConceptRegistry?
    let ambiguous: [AmbiguousRow]

    func findings() -> [SchemeFinding] { sharedIdentities() + registryFindings() + ambiguousFindings() }

    private func sharedIdentities() -> [SchemeFinding] {
        var found: [SchemeFinding] = []
        var owners: [ConceptID: SKOSGraph.Node] = [:]
        var codes: [String: SKOSGraph.Node] = [:]
        for concept in graph.concepts {
            guard let id = ids[concept.uri] else { continue }
            if let other = owners.updateValue(concept, forKey: id) {
                found.append(
                    finding(
                        .error, .sharedIdentity, id, concept.place,
                        "\(concept.uri) and \(other.uri) have the same local name", "rename the newer one"))
            }
            for text in concept.texts where text.kind == .notation {
                if let other = codes.updateValue(concept, forKey: text.text), other.uri != concept.uri {
                    found.append(
                        finding(
                            .error, .sharedIdentity, id, text.place,
                            "the notation \(text.text) is taken by \(ids[other.uri]?.rawValue ?? other.uri)",
                            "give \(id) another"))
                }
            }
        }
        return found
    }

    private func registryFindings() -> [SchemeFinding] {
        guard let registry else { return [] }
        var found: [SchemeFinding] = []
        for concept in graph.concepts {
            let id = ids[concept.uri]
            guard let entry = registry.entry(uri: concept.uri) else {
                found.append(
                    finding(
                        .error, .registry, id, concept.place, "\(concept.uri) has no number",
                        "append it to registry.tsv with number \(registry.entries.count + 1) or higher"))
                continue
            }
            if entry.status == .retired, !concept.isDeprecated {
                found.append(
                    finding(
                        .error, .registry, id, concept.place,
                        "\(concept.uri) is retired in the registry (number \(entry.number)) but in use",
                        "add owl:deprecated true, or set its row to active"))
            } else if entry.status == .active, concept.isDeprecated {
                found.append(
                    finding(
                        .error, .registry, id, concept.place,
                        "\(concept.uri) is deprecated but active in the registry (number \(entry.number))",
                        "set its row to retired"))
            }
        }
        for entry in registry.entries where entry.status == .active && graph.node(entry.uri)?.isConcept != true {
            found.append(
                finding(
                    .error, .registry, ConceptID(SKOSGraph.localName(of: entry.uri)), nil,
                    "number \(entry.number) belongs to \(entry.uri), which the files do not hold",
                    "put the concept back, or set its row to retired"))
        }
        return found
    }

    private func ambiguousFindings() -> [SchemeFinding] {
        let known = Set(ids.values)
        var found: [SchemeFinding] = []
        var seen: Set<[String]> = []
        for row in ambiguous {
            for concept in row.concepts where !known.contains(concept) {
                found.append(
                    finding(
                        .error, .ambiguousForm, concept, row.place,
                        "\"\(row.form)\" names \(concept), which is no concept of these files", "mend the name"))
            }
            if Set(row.concepts).count < 2 {
                found.append(
                    finding(
                        .error, .ambiguousForm, row.concepts.first, row.place,
                        "\"\(row.form)\" names fewer than two concepts", "name the others, or remove the row"))
            }
            if !seen.insert([row.language.rawValue, LabelFold.fold(row.form)]).inserted {
                found.append(
                    finding(
                        .error, .ambiguousForm, nil, row.place,
                        "\"\(row.form)\" (\(row.language.rawValue)) has a row already", "make one row of the two"))
            }
        }
        return found
    }

    private func finding(
        _ severity: SchemeFinding.Severity, _ rule: SchemeFinding.Rule, _ concept: ConceptID?, _ place: SourcePlace?,
        _ message: String, _ remedy: String
    ) -> SchemeFinding {
        SchemeFinding(
            severity: severity, rule: rule, concept: concept, place: place, message: message, remedy: remedy)
    }
}
