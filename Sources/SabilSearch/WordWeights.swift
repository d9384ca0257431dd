import Glibc
import XapianIndex

/// How often the words of a plan occur in one commit, and the plan as it is run with that.
///
/// A word is planned as the best of its stems: in the query's language, as it stands in names, and what texts in other
/// languages have it under. It is run as a sum, for a document has mostly one of them; each is scaled so that all have the weight of
/// the group, or a form that is rare here would win over the frequent one. (Xapian 1.4.22's own maximum reads freed memory once
/// its last operands end on the same document, `MaxPostList::recalc_maxweight`, and its synonym cannot pass over postings.)
struct WordWeights: Sendable {
    private let parameters: RankingParameters
    private let frequencies: [String: Double]
    let documentCount: Double

    /// Looks up every word of a plan.
    /// - Complexity: one look into the lexicon per different term.
    init(_ plan: QueryPlan, parameters: RankingParameters, reader: borrowing IndexReader) throws(IndexError) {
        self.parameters = parameters
        var terms: Set<String> = []
        for planned in plan.words {
            terms.insert(planned.word.surface)
            terms.formUnion(planned.word.terms)
        }
        for translated in plan.translations.values.joined().map(\.value).joined() {
            terms.insert(IndexSchema.stem(translated.stem))
        }
        Self.collect(plan.node, into: &terms)
        let ordered = terms.sorted()
        let frequencies = try reader.frequencies(of: ordered)
        var documents: [String: Double] = [:]
        for (term, frequency) in zip(ordered, frequencies) { documents[term] = Double(frequency.documents) }
        self.frequencies = documents
        documentCount = Double(try reader.documentCount())
    }

    /// The words as the second ranking step scores them.
    func scored(_ words: [PlannedWord]) -> [Rescorer.ScoredWord] {
        words.map { planned in
            Rescorer.ScoredWord(
                word: planned.word, factor: planned.factor, stemFrequency: documents(withAny: planned.word.terms),
                exactFrequency: frequencies[planned.word.surface] ?? 0)
        }
    }

    /// How many documents have a term of the plan's words.
    func documents(with term: String) -> Int { Int(frequencies[term] ?? 0) }

    /// The terms of a word that occur at all.
    func occurring(_ word: QueryWord) -> [String] { word.terms.filter { frequencies[$0] != 0 } }

    /// A node of the plan as it is run.
    func resolve(_ node: QueryNode) -> QueryNode {
        switch node {
        case .max(let options): best(of: options)
        case .and(let parts): .and(parts.map(resolve))
        case .or(let parts): .or(parts.map(resolve))
        case .andNot(let first, let second): .andNot(resolve(first), resolve(second))
        case .andMaybe(let first, let second): .andMaybe(resolve(first), resolve(second))
        case .filter(let first, let second): .filter(resolve(first), resolve(second))
        case .scale(let factor, let inner): .scale(factor, resolve(inner))
        default: node
        }
    }

    private static func collect(_ node: QueryNode, into terms: inout Set<String>) {
        switch node {
        case .max(let options):
            for case let (term, _)? in options.map(Self.option) { terms.insert(term) }
        case .and(let parts), .or(let parts):
            for part in parts { collect(part, into: &terms) }
        case .andNot(let first, let second), .andMaybe(let first, let second), .filter(let first, let second):
            collect(first, into: &terms)
            collect(second, into: &terms)
        case .scale(_, let inner): collect(inner, into: &terms)
        default: break
        }
    }

    /// - Parameter options: one of factor 0 is not searched for: the others weigh no more than together with it.
    private func best(of options: [QueryNode]) -> QueryNode {
        let occurring = options.compactMap(Self.option).filter { frequencies[$0.term] != 0 }
        let group = weight(documents(withAny: occurring.map(\.term)))
        let nodes = occurring.filter { $0.factor > 0 }.map { term, factor in
            let share = occurring.count > 1 ? factor * min(1, group / weight(frequencies[term] ?? 0)) : factor
            return share == 1 ? QueryNode.term(term) : .scale(share, .term(term))
        }
        return nodes.isEmpty ? .nothing : nodes.count == 1 ? nodes[0] : .or(nodes)
    }

    /// A form of a word, and what its score is multiplied by.
    private static func option(_ node: QueryNode) -> (term: String, factor: Double)? {
        switch node {
        case .term(let term, _): (term, 1)
        case .scale(let factor, .term(let term, _)): (term, factor)
        default: nil
        }
    }

    /// As the engine would estimate it: terms occur independently of one another.
    func documents(withAny terms: [String]) -> Double {
        documentCount * (1 - terms.reduce(1.0) { $0 * (1 - (frequencies[$1] ?? 0) / max(documentCount, 1)) })
    }

    private func weight(_ documents: Double) -> Double {
        pow(log(1 + (max(0, documentCount - documents) + 0.5) / (documents + 0.5)), parameters.idfExponent)
    }
}
