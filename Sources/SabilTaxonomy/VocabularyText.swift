public import SabilRecords

/// A vocabulary in the forms that Annif reads: a table of one language, a table of all, SKOS in Turtle.
///
/// Retired concepts are left out of the tables, which have no word for them; Turtle has them with what took their place.
/// Source: Annif wiki, "Subject vocabulary formats".
public enum VocabularyText {
    /// `<uri>\tlabel\tnotation`, a line a concept by URI: preferred labels of one language, another where it has none.
    public static func tsv(_ scheme: ConceptScheme, language: Language) -> String {
        current(scheme).map { concept in
            ["<\(concept.uri)>", oneLine(scheme.label(concept.id, in: language)), oneLine(concept.notation ?? "")]
                .joined(separator: "\t") + "\n"
        }.joined()
    }

    /// `uri,label_en,label_fr,…,notation` with a header: preferred labels of the languages that have any.
    ///
    /// A label without a language is a proper name and stands in the columns of all languages that have no own; if none has
    /// a label at all, in that of English.
    public static func csv(_ scheme: ConceptScheme) -> String {
        let concepts = current(scheme)
        var languages = Language.known.filter { language in concepts.contains { $0.prefLabels[language] != nil } }
        if languages.isEmpty { languages = [.english] }
        let header = ["uri"] + languages.map { "label_\($0.rawValue)" } + ["notation"]
        let rows = concepts.map { concept in
            [concept.uri] + languages.map { concept.prefLabels[$0] ?? concept.prefLabels[.undetermined] ?? "" } + [
                concept.notation ?? ""
            ]
        }
        return ([header] + rows).map { $0.map(CommaRows.written).joined(separator: ",") + "\n" }.joined()
    }

    /// SKOS in Turtle: labels, notes, notations, hierarchy, relations, types, collections, retired concepts with their successors.
    ///
    /// Facets become concept schemes beside the concepts. What only this engine knows of a concept (its number, countries,
    /// regions) is left out.
    public static func turtle(_ scheme: ConceptScheme) -> String {
        var text = """
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix dct: <http://purl.org/dc/terms/> .

            """
        let concepts = scheme.concepts.sorted { $0.uri < $1.uri }
        for facet in scheme.facets {
            guard let own = concepts.first(where: { $0.facet == facet.id }) else { continue }
            var lines = ["a skos:ConceptScheme"]
            lines += literals("skos:prefLabel", facet.labels.mapValues { [$0] })
            text += statement(address(of: facet.id, beside: own), lines)
        }
        for concept in concepts {
            func links(_ predicate: String, _ ids: [ConceptID]) -> [String] {
                ids.compactMap { scheme.concept($0) }.map { "\(predicate) <\($0.uri)>" }
            }
            var lines = ["a skos:Concept"] + concept.types.filter { $0 != Concept.skosType }.map { "a <\($0)>" }
            if let facet = concept.facet { lines.append("skos:inScheme <\(address(of: facet, beside: concept))>") }
            lines += literals("skos:prefLabel", concept.prefLabels.mapValues { [$0] })
            lines += literals("skos:altLabel", concept.altLabels)
            lines += literals("skos:hiddenLabel", concept.hiddenLabels)
            lines += literals("skos:scopeNote", concept.scopeNotes.mapValues { [$0] })
            if let notation = concept.notation { lines.append("skos:notation \(literal(notation))") }
            lines += links("skos:broader", concept.broader) + links("skos:narrower", concept.narrower)
            lines += links("skos:related", concept.related)
            if concept.isDeprecated { lines.append("owl:deprecated true") }
            lines += links("dct:isReplacedBy", [concept.replacedBy].compactMap(\.self))
            text += statement(concept.uri, lines)
        }
        let members = Dictionary(
            concepts.flatMap { concept in concept.collections.map { ($0, [concept.uri]) } }, uniquingKeysWith: +)
        for (collection, members) in members.sorted(by: { $0.key < $1.key }) {
            text += statement(collection, ["a skos:Collection"] + members.map { "skos:member <\($0)>" })
        }
        return text
    }

    private static func current(_ scheme: ConceptScheme) -> [Concept] {
        scheme.concepts.filter { !$0.isDeprecated }.sorted { $0.uri < $1.uri }
    }

    private static func statement(_ uri: String, _ lines: [String]) -> String {
        "\n<\(uri)> " + lines.joined(separator: " ;\n    ") + " .\n"
    }

    /// The facet's name in the place of the concept's.
    private static func address(of facet: String, beside concept: Concept) -> String {
        let end = concept.uri.lastIndex { $0 == "/" || $0 == "#" }
        return (end.map { String(concept.uri[...$0]) } ?? concept.uri + "/") + "scheme/" + facet
    }

    private static func literals(_ predicate: String, _ texts: [Language: [String]]) -> [String] {
        texts.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { language, texts in
            let tag = language == .undetermined ? "" : "@\(language.rawValue)"
            return texts.map { "\(predicate) \(literal($0))\(tag)" }
        }
    }

    private static func literal(_ text: String) -> String {
        var escaped = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped + "\""
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
}
