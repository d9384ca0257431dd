import SabilRecords
public import SabilTaxonomy

/// Which labels may be suggested, in Annif's words: `exclude=*,include_branch=pensions,exclude=old-age-pensions`.
///
/// Rules are read from left to right, and of two about the same label the later one holds. `include` and `exclude` name a label
/// (local name, URI or notation) or `*`, all of them; `…_branch` a concept with all narrower ones; `…_facet`, which Annif calls
/// `…_scheme`, a facet; `…_type` an RDF type, `…_collection` a SKOS collection; these by URI or its last part. Nothing is excluded
/// before the first rule. Several names stand with `|` between them. The words are those of the settings of Annif 1.4.
public struct SuggestionRules: Sendable, Hashable, CustomStringConvertible {
    struct Rule: Sendable, Hashable {
        enum Scope: String, Sendable, CaseIterable {
            case label = "", branch = "_branch", facet = "_facet", scheme = "_scheme", type = "_type"
            case collection = "_collection"
        }
        var isInclude: Bool
        var scope: Scope
        var names: [String]
    }

    let rules: [Rule]
    /// As they were written.
    public let description: String

    private static let keys = [true, false].flatMap { isInclude in
        Rule.Scope.allCases.map { (isInclude ? "include" : "exclude") + $0.rawValue }
    }

    /// - Throws: `invalidRules` naming the rule.
    public init(_ text: String) throws(ModelError) {
        description = text
        var rules: [Rule] = []
        for part in text.split(separator: ",") {
            let pieces = part.split(separator: "=", maxSplits: 1).map { Self.trimmed($0) }
            guard pieces.count == 2, !pieces[1].isEmpty else {
                throw Self.refusal(
                    "\"\(part.prefix(80))\" is no rule; write such as exclude=*, include_branch=pensions or "
                        + "exclude_facet=theme.")
            }
            guard Self.keys.contains(pieces[0]) else {
                let nearest = NearestName(Self.keys).nearest(to: pieces[0]).map { "did you mean \($0)?" }
                throw Self.refusal(
                    "there is no rule \"\(pieces[0].prefix(40))\"; "
                        + (nearest ?? "there are: \(Self.keys.joined(separator: ", "))."))
            }
            let isInclude = pieces[0].hasPrefix("include")
            let scope = Rule.Scope(rawValue: String(pieces[0].dropFirst(7))) ?? .label
            let names = pieces[1].split(separator: "|").map { Self.trimmed($0) }.filter { !$0.isEmpty }
            rules.append(Rule(isInclude: isInclude, scope: scope, names: names))
        }
        self.rules = rules
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    private static func refusal(_ message: String) -> ModelError {
        ModelError(code: .invalidRules, operation: "read the rules of suggestion", message: message)
    }

    /// The labels that may be suggested.
    ///
    /// - Parameters:
    ///   - labels: of the model.
    ///   - scheme: tells URIs, notations, branches and facets; without one only labels as they are written can be named.
    /// - Throws: `invalidRules` for a name that nothing bears: a rule that silently does nothing helps nobody.
    public func allowed(among labels: [String], scheme: ConceptScheme?) throws(ModelError) -> Set<String> {
        let known = Set(labels)
        var allowed = known
        for rule in rules {
            for name in rule.names {
                let meant = try meant(name, rule.scope, known: known, scheme: scheme)
                if rule.isInclude { allowed.formUnion(meant) } else { allowed.subtract(meant) }
            }
        }
        return allowed
    }

    private func meant(
        _ name: String, _ scope: Rule.Scope, known: Set<String>, scheme: ConceptScheme?
    ) throws(ModelError) -> Set<String> {
        switch scope {
        case .facet, .scheme:
            return try meant(name, "facet", among: (scheme?.facets ?? []).map(\.id), known, scheme) { $0.facet == $1 }
        case .type:
            let types = Set(scheme?.concepts.flatMap(\.types) ?? []).sorted()
            return try meant(name, "type", among: types, known, scheme) { $0.types.contains($1) }
        case .collection:
            let collections = Set(scheme?.concepts.flatMap(\.collections) ?? []).sorted()
            return try meant(name, "collection", among: collections, known, scheme) { $0.collections.contains($1) }
        case .label, .branch:
            return try meant(name, withNarrower: scope == .branch, known: known, scheme: scheme)
        }
    }

    /// The labels of the concepts that are of a group of the taxonomy, named by its URI or the last part of it; a group that has no
    /// URI, a facet, by any URI that ends in its name.
    private func meant(
        _ name: String, _ kind: String, among groups: [String], _ known: Set<String>, _ scheme: ConceptScheme?,
        isOf: (Concept, String) -> Bool
    ) throws(ModelError) -> Set<String> {
        let named = groups.filter { $0 == name || Self.lastPart(of: $0) == name || $0 == Self.lastPart(of: name) }
        guard let scheme, let group = named.first(where: { $0 == name }) ?? (named.count == 1 ? named.first : nil)
        else {
            let there =
                scheme == nil
                ? "there is no taxonomy."
                : groups.isEmpty
                    ? "the taxonomy has none."
                    : named.isEmpty
                        ? "there are: \(groups.prefix(20).joined(separator: ", "))." : "write its URI, several end so."
            throw Self.refusal("there is no \(kind) \"\(name.prefix(80))\"; \(there)")
        }
        return known.intersection(scheme.concepts.filter { isOf($0, group) && !$0.isDeprecated }.map(\.id.rawValue))
    }

    private static func lastPart(of uri: String) -> Substring {
        uri.lastIndex { $0 == "/" || $0 == "#" }.map { uri[uri.index(after: $0)...] } ?? uri[...]
    }

    private func meant(
        _ name: String, withNarrower: Bool, known: Set<String>, scheme: ConceptScheme?
    ) throws(ModelError) -> Set<String> {
        if name == "*" { return known }
        let concept = scheme.flatMap { scheme in
            scheme.concept(ConceptID(name)) ?? scheme.concept(uri: name) ?? scheme.concept(notation: name)
        }
        let label = concept?.id.rawValue ?? name
        guard known.contains(label) || concept != nil else {
            let nearest = NearestName(known.sorted()).nearest(to: name).map { "; did you mean \"\($0)\"?" }
            throw Self.refusal("there is no label \"\(name.prefix(80))\"" + (nearest ?? " in the model."))
        }
        var meant: Set<String> = [label]
        if withNarrower, let concept {
            meant.formUnion((scheme?.descendants(of: concept.id) ?? []).map(\.rawValue))
        }
        return known.intersection(meant)
    }
}
