public import SabilEvaluation
public import SabilSearch

/// Which half of the queries a search may see.
public enum QueryHalf: String, Sendable, Hashable, CaseIterable {
    /// Queries whose hash has the lowest bit 0.
    case first
    /// The others.
    case second

    /// The half of a query, by its id alone: the same in every collection, for every seed and for ever, so that no query
    /// wanders from one half to the other between two searches.
    ///
    /// Hash: FNV-1a of 64 bits over the UTF-8 of the id, then the final mix of MurmurHash3 (both in the public domain).
    public init(ofQuery id: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        self = (hash ^ (hash >> 33)) & 1 == 0 ? .first : .second
    }
}

/// The queries of a collection that a search may see, with their judgements.
public struct DevelopmentQueries: Sendable {
    public let queries: [BEIREntry]
    public let judgements: Judgements
}

/// The queries that a search must not see. There is no way to read them: they can be used up by one comparison, at the end.
public struct HeldOutQueries: ~Copyable, Sendable {
    public let count: Int
    private let queries: [BEIREntry]
    private let judgements: Judgements

    fileprivate init(queries: [BEIREntry], judgements: Judgements) {
        count = queries.count
        self.queries = queries
        self.judgements = judgements
    }

    /// The values of a measure for two settings, query by query; after this the queries are gone.
    ///
    /// - Parameter rank: answers queries with some parameters.
    public consuming func compare(
        _ start: RankingParameters, _ winner: RankingParameters, measure: Measure,
        rank: ([BEIREntry], RankingParameters) async throws -> Run
    ) async throws -> [(query: BEIREntry, start: Double, winner: Double)] {
        let queries = queries
        guard !queries.isEmpty else { return [] }
        let before = try RunEvaluation(try await rank(queries, start), judgements: judgements, measures: [measure])
        let after = try RunEvaluation(try await rank(queries, winner), judgements: judgements, measures: [measure])
        let values = Dictionary(
            zip(before.queries, zip(before.values(of: measure), after.values(of: measure))),
            uniquingKeysWith: { first, _ in first })
        return queries.compactMap { query in values[query.id].map { (query, $0.0, $0.1) } }
    }
}

/// Both halves of a collection's judged queries.
public struct QueryHalves: ~Copyable, Sendable {
    public let development: DevelopmentQueries
    private let heldOut: HeldOutQueries

    /// Divides the judged queries; those that are judged and not asked are in neither half.
    public init(_ queries: [BEIREntry], judgements: Judgements, development half: QueryHalf) {
        func part(_ isDevelopment: Bool) -> ([BEIREntry], Judgements) {
            let members = queries.filter { (QueryHalf(ofQuery: $0.id) == half) == isDevelopment }
            return (members, judgements.restricted(to: Set(members.map(\.id))))
        }
        let (seen, grades) = part(true)
        development = DevelopmentQueries(queries: seen, judgements: grades)
        let (unseen, others) = part(false)
        heldOut = HeldOutQueries(queries: unseen, judgements: others)
    }

    /// Gives up the held-out half for its one comparison.
    public consuming func takeHeldOut() -> HeldOutQueries { heldOut }
}
