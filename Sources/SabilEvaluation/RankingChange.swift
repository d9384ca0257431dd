/// A query whose value changed between two systems, and what moved in its ranking. For a classifier: a document and its
/// suggested labels.
public struct RankingChange: Sendable, Hashable {
    /// A document of the ranking, or a label, with its rank in both; `nil` where a ranking lacks it.
    public struct Move: Sendable, Hashable {
        public let document: String
        /// `nil` when it is not judged.
        public let grade: Int?
        /// 1 is the top.
        public let baselineRank: Int?
        /// 1 is the top.
        public let rank: Int?
    }

    /// One system's answer.
    struct Answer {
        let documents: [String]
        /// The part that the reader sees: the first k, or the labels that were assigned.
        let shown: Set<String>
        fileprivate let ranks: [String: Int]

        init(_ documents: [String], shown: Set<String>) {
            self.documents = documents
            self.shown = shown
            ranks = Dictionary(zip(documents, 1...), uniquingKeysWith: { first, _ in first })
        }

        init(_ documents: [String], depth: Int) { self.init(documents, shown: Set(documents.prefix(depth))) }
    }

    public let query: String
    /// What was asked; `nil` when it is not known.
    public let text: String?
    public let baseline: Double
    public let value: Double
    /// Rank of the first relevant result in the baseline's ranking, however deep; `nil` when none is there.
    public let firstRelevantOfBaseline: Int?
    /// The same of the system.
    public let firstRelevant: Int?
    /// Rank-biased overlap of the two rankings.
    public let overlap: Double
    /// What the system shows and the baseline does not, by rank.
    public let cameIn: [Move]
    /// What the baseline shows and the system does not, by rank.
    public let wentOut: [Move]
    /// Why the value changed: shown results and relevant ones whose rank is another, or which came in or went out; the
    /// highest grade first, then by the better rank. Relevant results count as deep as the measure looks.
    public let moves: [Move]

    /// System minus baseline.
    public var difference: Double { value - baseline }

    /// - Parameters:
    ///   - relevance: lowest relevant grade.
    ///   - reach: how deep the measure looks; `nil` is to the end.
    init(
        query: String, text: String?, value: Double, baseline: Double, overlap: Double, system: Answer, other: Answer,
        grades: [String: Int], relevance: Int, reach: Int?
    ) {
        self.query = query
        self.text = text
        self.value = value
        self.baseline = baseline
        self.overlap = overlap
        let isRelevant = { (document: String) in grades[document].map { $0 >= relevance } ?? false }
        firstRelevant = system.documents.firstIndex(where: isRelevant).map { $0 + 1 }
        firstRelevantOfBaseline = other.documents.firstIndex(where: isRelevant).map { $0 + 1 }

        let move = { (document: String) in
            Move(
                document: document, grade: grades[document], baselineRank: other.ranks[document],
                rank: system.ranks[document])
        }
        cameIn = system.documents.filter { system.shown.contains($0) && !other.shown.contains($0) }.map(move)
        wentOut = other.documents.filter { other.shown.contains($0) && !system.shown.contains($0) }.map(move)
        var candidates = system.shown.union(other.shown)
        for documents in [system.documents, other.documents] {
            candidates.formUnion(documents.prefix(reach ?? documents.count).filter(isRelevant))
        }
        moves = candidates.map(move)
            .filter {
                $0.rank != $0.baselineRank
                    || system.shown.contains($0.document) != other.shown.contains($0.document)
            }
            .sorted { Self.order($0) < Self.order($1) }
    }

    /// Unjudged documents stand below grade 0 and above the negative ones; ids decide last.
    private static func order(_ move: Move) -> (Double, Int, String) {
        let best = min(move.rank ?? .max, move.baselineRank ?? .max)
        return (-(move.grade.map(Double.init) ?? -0.5), best, move.document)
    }
}
