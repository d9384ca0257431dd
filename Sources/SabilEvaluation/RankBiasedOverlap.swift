import Glibc

/// How alike two rankings are, the top counting most: rank-biased overlap, extrapolated (RBO_ext). No judgements needed.
///
/// 1 for equal rankings, 0 for rankings without a document in common. The persistence p is the chance that a reader who
/// looked at a rank looks at the next: with 0.9 the first ten ranks carry 86 % of the weight.
///
/// Source: Webber, Moffat, Zobel 2010, ACM TOIS 28(4):20. Agreement at depth d is 2·|S∩T| / (|S| + |T|) of the documents
/// down to d (eq. 28). Lists of unlike length: the agreement at the end s of the shorter is held for what it lacks
/// (eq. 32); beyond the end of the longer its last agreement is held. So a ranking and its own beginning have 1.
/// An empty ranking has 0 with any other, two empty ones have 1.
public struct RankBiasedOverlap: Sendable, Hashable {
    /// Documents of the same score, in single precision as `ScoredDocument.ranksBefore` has it.
    public enum Ties: Sendable, Hashable {
        /// Stand in the order of the ranking, which is what the measures see.
        case asRanked
        /// All stand at the first of their ranks (Webber et al. §4.5): what a system left open does not count as order.
        case shared
    }

    /// 0 < p < 1.
    public let persistence: Double
    public let ties: Ties

    /// Persistence 0.9, ties as ranked.
    public static let standard = RankBiasedOverlap(unchecked: 0.9, ties: .asRanked)

    private init(unchecked persistence: Double, ties: Ties) {
        self.persistence = persistence
        self.ties = ties
    }

    /// - Returns: `nil` when the persistence is not between 0 and 1.
    public init?(persistence: Double = 0.9, ties: Ties = .asRanked) {
        guard persistence > 0, persistence < 1 else { return nil }
        self.init(unchecked: persistence, ties: ties)
    }

    /// The overlap of two rankings, 0…1.
    ///
    /// - Precondition: no document stands twice in a ranking.
    /// - Complexity: O(length of both).
    public func callAsFunction(_ one: [ScoredDocument], _ other: [ScoredDocument]) -> Double {
        if one.isEmpty || other.isEmpty { return one.isEmpty && other.isEmpty ? 1 : 0 }
        let (short, long) = one.count <= other.count ? (one, other) : (other, one)
        var shortPrefix = Prefix(short, ties: ties)
        var longPrefix = Prefix(long, ties: ties)
        var common = 0
        var agreement = 0.0
        var agreementOfShort = 0.0
        var weight = 1 - persistence
        var sum = 0.0
        for depth in 1...long.count {
            // A document is common once both have seen it, so each is counted when the second sees it.
            for document in shortPrefix.advance(to: depth) where longPrefix.contains(document) { common += 1 }
            for document in longPrefix.advance(to: depth) where shortPrefix.contains(document) { common += 1 }
            let lacking = max(0, depth - short.count)
            let seen = shortPrefix.count + lacking + longPrefix.count
            agreement = 2 * (Double(common) + agreementOfShort * Double(lacking)) / Double(seen)
            if depth == short.count { agreementOfShort = agreement }
            sum += weight * agreement
            weight *= persistence
        }
        return min(1, sum + agreement * pow(persistence, Double(long.count)))
    }

    /// The overlap of two runs for each of the given queries; a run that says nothing about a query has an empty ranking.
    public func values(_ one: Run, _ other: Run, queries: [String]) -> [Double] {
        queries.map { self(one.ranking(ofQuery: $0) ?? [], other.ranking(ofQuery: $0) ?? []) }
    }

    /// The documents of a ranking down to a depth; with shared ranks those of the whole tie that begins there.
    private struct Prefix {
        private let documents: [ScoredDocument]
        private let ties: Ties
        private var seen: Set<String> = []
        private(set) var count = 0

        init(_ documents: [ScoredDocument], ties: Ties) {
            self.documents = documents
            self.ties = ties
        }

        func contains(_ document: String) -> Bool { seen.contains(document) }

        /// - Returns: the documents that were not seen at the depth above.
        mutating func advance(to depth: Int) -> [String] {
            var fresh: [String] = []
            while count < documents.count, count < depth || isTied(count) {
                fresh.append(documents[count].document)
                seen.insert(documents[count].document)
                count += 1
            }
            return fresh
        }

        private func isTied(_ position: Int) -> Bool {
            ties == .shared && position > 0
                && Float(documents[position].score) == Float(documents[position - 1].score)
        }
    }
}
