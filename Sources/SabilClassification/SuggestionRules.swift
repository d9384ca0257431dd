import SabilRecords
public import SabilTaxonomy

/// Which labels may be suggested, in Annif's words: `exclude=*,include_branch=pensions,exclude=old-age-pensions`.
///
/// Rules are read from left to right, and of two about the same label the later one holds. `include` and `exclude` name a label
/// (local name, URI or notation) or `*`, all of them; `…_branch` a concept with all narrower ones; `…_facet` a facet. Nothing is
/// excluded before the first rule. Several names stand with `|` between them.
public struct SuggestionRules: Sendable, Hashable, CustomStringConvertible {
    struct Rule: Sendable, Hashable {
        enum Scope: String, Sendable, CaseIterable { case label = "", branch = "_branch", facet = "_facet" }
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
        if scope == .facet {
            guard let scheme, scheme.facets.contains(where: { $0.id == name }) else {
                let facets = (scheme?.facets ?? []).map(\.id)
                throw Self.refusal(
                    "there is no facet \"\(name.prefix(80))\""
                        + (facets.isEmpty
                            ? "; there is no taxonomy." : "; there are: \(facets.joined(separator: ", "))."))
            }
            return known.intersection(scheme.concepts(inFacet: name).map(\.id.rawValue))
        }
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
        if scope == .branch, let concept {
            meant.formUnion((scheme?.descendants(of: concept.id) ?? []).map(\.rawValue))
        }
        return known.intersection(meant)
    }
}
