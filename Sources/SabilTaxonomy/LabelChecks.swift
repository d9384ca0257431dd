import SabilRecords

/// The checks on names.
struct LabelChecks {
    let graph: SKOSGraph
    let ids: [String: ConceptID]
    let ambiguous: [AmbiguousRow]
    let requiredLanguages: [Language]
    let translatedFacets: Set<String>

    func findings() -> [SchemeFinding] {
        var found: [SchemeFinding] = []
        let concepts = graph.concepts.filter { !$0.isDeprecated }
        for concept in concepts {
            found += missing(in: concept)
            found += repeated(in: concept)
        }
        return found + clashes(among: concepts)
    }

    private func missing(in concept: SKOSGraph.Node) -> [SchemeFinding] {
        let preferred = concept.texts.filter { $0.kind == .prefLabel && !$0.text.isEmpty }
        let present = Set(preferred.compactMap { $0.language.isEmpty ? nil : Language(bcp47: $0.language) })
        if let facet = concept.facet, translatedFacets.contains(facet) {
            let absent = requiredLanguages.filter { !present.contains($0) }.map(\.rawValue)
            guard !absent.isEmpty else { return [] }
            return [
                finding(
                    .error, .missingLabel, concept, at: concept.place,
                    "\(name(concept)) has no preferred label in \(absent.joined(separator: ", "))",
                    "add skos:prefLabel in each of them")
            ]
        }
        guard preferred.isEmpty else { return [] }
        return [
            finding(
                .error, .missingLabel, concept, at: concept.place, "\(name(concept)) has no preferred label",
                "add skos:prefLabel")
        ]
    }

    private func repeated(in concept: SKOSGraph.Node) -> [SchemeFinding] {
        var found: [SchemeFinding] = []
        var preferred: [String: String] = [:]
        var seen: Set<[String]> = []
        for label in concept.texts where SKOSTerm.labels.contains(label.kind) {
            let language = label.language.lowercased()
            if label.kind == .prefLabel, let first = preferred.updateValue(label.text, forKey: language) {
                found.append(
                    finding(
                        .error, .doubleLabel, concept, at: label.place,
                        "\(name(concept)) has two preferred labels in \(shown(language)): \"\(first)\" and "
                            + "\"\(label.text)\"", "make one of them skos:altLabel"))
            } else if !seen.insert([language, label.text]).inserted {
                found.append(
                    finding(
                        .warning, .repeatedLabel, concept, at: label.place,
                        "\(name(concept)) has \"\(label.text)\" twice in \(shown(language))", "remove one of them"))
            } else {
                continue
            }
            seen.insert([language, label.text])
        }
        return found
    }

    private struct Key: Hashable {
        let facet: String
        let language: String
        let folded: String
    }

    private func clashes(among concepts: [SKOSGraph.Node]) -> [SchemeFinding] {
        var declared: [[String]: Set<ConceptID>] = [:]
        for row in ambiguous {
            let language = row.language == .undetermined ? "" : row.language.rawValue
            declared[[language, LabelFold.fold(row.form)], default: []].formUnion(row.concepts)
        }
        var owners: [Key: [(concept: SKOSGraph.Node, isPreferred: Bool)]] = [:]
        var found: [SchemeFinding] = []
        for concept in concepts {
            for label in concept.texts where SKOSTerm.labels.contains(label.kind) {
                let key = Key(
                    facet: concept.facet ?? "", language: label.language.lowercased(),
                    folded: LabelFold.fold(label.text))
                let others = owners[key] ?? []
                if others.contains(where: { $0.concept.uri == concept.uri }) { continue }
                owners[key, default: []].append((concept, label.kind == .prefLabel))
                let excused = declared[[key.language, key.folded]] ?? []
                for other in others {
                    if let own = ids[concept.uri], let theirs = ids[other.concept.uri],
                        excused.contains(own), excused.contains(theirs)
                    {
                        continue
                    }
                    found.append(
                        finding(
                            other.isPreferred && label.kind == .prefLabel ? .error : .warning, .clashingLabel, concept,
                            at: label.place,
                            "\"\(label.text)\" (\(shown(key.language))) names \(name(concept)) and \(name(other.concept))",
                            "reword one of them, or enter the form in ambiguous.tsv"))
                }
            }
        }
        return found
    }

    private func shown(_ language: String) -> String { language.isEmpty ? "no language" : language }

    private func name(_ node: SKOSGraph.Node) -> String { ids[node.uri]?.rawValue ?? node.uri }

    private func finding(
        _ severity: SchemeFinding.Severity, _ rule: SchemeFinding.Rule, _ concept: SKOSGraph.Node,
        at place: SourcePlace, _ message: String, _ remedy: String
    ) -> SchemeFinding {
        SchemeFinding(
            severity: severity, rule: rule, concept: ids[concept.uri], place: place, message: message, remedy: remedy)
    }
}

extension SKOSTerm {
    static let labels: [SKOSTerm] = [.prefLabel, .altLabel, .hiddenLabel]
}
