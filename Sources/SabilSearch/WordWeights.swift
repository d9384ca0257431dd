import Glibc
import XapianIndex

/// Rewrites "the best of" into a sum that comes to the same, with the frequencies of one commit.
///
/// A word is planned as the best of its stem and itself. The engine's own maximum reads freed memory once its last
/// operands end on the same document (Xapian 1.4.22, `MaxPostList::recalc_maxweight`), and the word itself is
/// taken into the stem's group. So it is run as stem + (1 − idfˢ/idfʷ)·word, both idf raised to the exponent: equal to the
/// maximum where a document has the word in this form only, and a little above it where it has others too.
struct WordWeights {
    let parameters: RankingParameters

    /// - Complexity: one look into the lexicon per different term of the words.
    func resolve(_ node: QueryNode, reader: borrowing IndexReader) throws(IndexError) -> QueryNode {
        var terms: Set<String> = []
        Self.collect(node, into: &terms)
        let ordered = terms.sorted()
        let frequencies = try reader.frequencies(of: ordered)
        var documents: [String: Double] = [:]
        for (term, frequency) in zip(ordered, frequencies) { documents[term] = Double(frequency.documents) }
        return rewrite(node, documents: documents, count: Double(try reader.documentCount()))
    }

    private static func collect(_ node: QueryNode, into terms: inout Set<String>) {
        switch node {
        case .max(let options):
            for option in options {
                switch option {
                case .term(let term, _): terms.insert(term)
                case .synonym(let parts):
                    for case .term(let term, _) in parts { terms.insert(term) }
                default: break
                }
            }
        case .and(let parts), .or(let parts), .synonym(let parts):
            for part in parts { collect(part, into: &terms) }
        case .andNot(let first, let second), .andMaybe(let first, let second), .filter(let first, let second):
            collect(first, into: &terms)
            collect(second, into: &terms)
        case .scale(_, let inner): collect(inner, into: &terms)
        case .term, .phrase, .near, .stream, .valueRange, .prefix, .all, .nothing: break
        }
    }

    private func rewrite(_ node: QueryNode, documents: [String: Double], count: Double) -> QueryNode {
        func all(_ parts: [QueryNode]) -> [QueryNode] {
            parts.map { rewrite($0, documents: documents, count: count) }
        }
        func one(_ part: QueryNode) -> QueryNode { rewrite(part, documents: documents, count: count) }
        switch node {
        case .max(let options): return best(of: options, documents: documents, count: count)
        case .and(let parts): return .and(all(parts))
        case .or(let parts): return .or(all(parts))
        case .andNot(let first, let second): return .andNot(one(first), one(second))
        case .andMaybe(let first, let second): return .andMaybe(one(first), one(second))
        case .filter(let first, let second): return .filter(one(first), one(second))
        case .scale(let factor, let inner): return .scale(factor, one(inner))
        case .term, .synonym, .phrase, .near, .stream, .valueRange, .prefix, .all, .nothing: return node
        }
    }

    private func best(of options: [QueryNode], documents: [String: Double], count: Double) -> QueryNode {
        guard case .term(let word, _)? = options.last, options.count > 1 else { return .synonym(options) }
        // The stems of all languages are one term.
        var terms: [String] = []
        for case .synonym(let parts) in options {
            for case .term(let term, _) in parts where !terms.contains(term) { terms.append(term) }
        }
        // A text in another language may have the word and another stem.
        if !terms.contains(word) { terms.append(word) }
        let stem = QueryNode.synonym(terms.map { .term($0) })
        // As the engine estimates it: terms occur independently of one another.
        let stemDocuments = count * (1 - terms.reduce(1.0) { $0 * (1 - (documents[$1] ?? 0) / max(count, 1)) })
        let share = weight(stemDocuments, count) / weight(documents[word] ?? 0, count)
        guard share < 1 else { return stem }
        return .or([stem, .scale(1 - share, .term(word))])
    }

    private func weight(_ documents: Double, _ count: Double) -> Double {
        pow(log(1 + (max(0, count - documents) + 0.5) / (documents + 0.5)), parameters.idfExponent)
    }
}
