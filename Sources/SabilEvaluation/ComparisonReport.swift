/// Two systems side by side: what differs by measure and group, how alike their rankings are, and which queries changed
/// most. A is the baseline, B the system; a difference is B − A, and `better` says that B is.
public struct ComparisonReport: Sendable, Hashable {
    /// Mean rank-biased overlap of the rankings of a group.
    public struct GroupOverlap: Sendable, Hashable {
        public let group: String
        public let count: Int
        public let mean: Double
    }

    public let table: ComparisonTable
    /// How overlaps are weighed.
    public let overlap: RankBiasedOverlap
    public let groupOverlaps: [GroupOverlap]
    /// The queries compared, in order, each with the overlap of its rankings.
    public let queries: [String]
    public let overlaps: [Double]
    /// The measure by which `changes` are ordered.
    public let changesMeasure: String
    /// Queries whose value of that measure changed, the largest change first; of equal ones by id.
    public let changes: [RankingChange]
    /// How many changed in all.
    public let changedCount: Int
    /// How many results of a query stand in "came in" and "went out"; `nil` when a system chooses itself.
    public let depth: Int?
    /// What the reader of the figures must know, a sentence each.
    public let notes: [String]

    /// What both systems said about the same queries, whatever they are.
    struct Material {
        var unit = ComparisonUnit.queries
        var queries: [String]
        /// Values by measure in the order of the queries; the first one orders the changes.
        var measures: [(name: String, system: [Double], baseline: [Double])]
        var systemRanking: (String) -> [ScoredDocument]
        var baselineRanking: (String) -> [ScoredDocument]
        /// Names and members of the groups; all queries together come before them.
        var groups: [(name: String, members: Set<String>)] = []
        var depth: Int?
        var notes: [String] = []
    }

    /// How many permutations and resamples there are, and which.
    public struct Sampling: Sendable, Hashable {
        public var permutations = 10_000
        public var resamples = 10_000
        public var seed: UInt64 = 1

        public init(permutations: Int = 10_000, resamples: Int = 10_000, seed: UInt64 = 1) {
            self.permutations = permutations
            self.resamples = resamples
            self.seed = seed
        }
    }

    /// - Precondition: at least one query and one measure.
    init(
        _ material: Material, overlap: RankBiasedOverlap, topChanges: Int, sampling: Sampling,
        change: (_ position: Int, _ overlap: Double) -> RankingChange
    ) {
        precondition(!material.queries.isEmpty && !material.measures.isEmpty, "a comparison needs queries and measures")
        let queries = material.queries
        let overlaps = queries.map { overlap(material.systemRanking($0), material.baselineRanking($0)) }
        var notes = material.notes
        var parts = [(name: "all", positions: Array(queries.indices))]
        for group in material.groups {
            let positions = queries.indices.filter { group.members.contains(queries[$0]) }
            if positions.isEmpty {
                notes.append("\(group.name) has none of the \(material.unit.rawValue) that are compared, and no line.")
            } else {
                parts.append((group.name, positions))
            }
        }
        if !material.groups.isEmpty {
            let grouped = material.groups.reduce(into: Set<String>()) { $0.formUnion($1.members) }
            let outside = queries.count { !grouped.contains($0) }
            if outside > 0 { notes.append("\(outside) of \(material.unit.counted(queries.count)) are in no group.") }
        }
        table = ComparisonTable(
            parts.flatMap { part in
                material.measures.map { measure in
                    ComparisonTable.Sample(
                        measure: measure.name, group: part.name, system: part.positions.map { measure.system[$0] },
                        baseline: part.positions.map { measure.baseline[$0] })
                }
            }, unit: material.unit, permutations: sampling.permutations, resamples: sampling.resamples,
            seed: sampling.seed)
        groupOverlaps = parts.map { part in
            GroupOverlap(
                group: part.name, count: part.positions.count, mean: part.positions.map { overlaps[$0] }.mean)
        }

        let leading = material.measures[0]
        let moved = queries.indices
            .map { (position: $0, size: abs(PairedComparison.difference(leading.system[$0], leading.baseline[$0]))) }
            .filter { $0.size > 0 }
            .sorted { ($1.size, queries[$0.position]) < ($0.size, queries[$1.position]) }
        changes = moved.prefix(max(0, topChanges)).map { change($0.position, overlaps[$0.position]) }
        changedCount = moved.count
        changesMeasure = leading.name
        depth = material.depth
        self.overlap = overlap
        self.queries = queries
        self.overlaps = overlaps
        self.notes = notes
    }
}
