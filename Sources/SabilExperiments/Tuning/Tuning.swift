import Crypto
import FoundationEssentials
public import SabilEvaluation
import SabilSearch
import Synchronization

/// A search for ranking parameters over one or more experiments, on one half of their queries.
///
/// The objective is the mean over languages of the mean over experiments of the mean over development queries. At the end
/// start and winner are compared on the other half, once.
public struct Tuning: ~Copyable, Sendable {
    /// What the held-out half said.
    public struct Verdict: Sendable {
        public let byLanguage: [(language: String, start: Double, winner: Double)]
        /// The mean over languages.
        public let start: Double
        public let winner: Double
        public let comparison: PairedComparison?
    }

    /// A collection with its index; holds only what the search may see.
    private struct Member: Sendable {
        let experiment: Experiment
        let collection: String
        let language: @Sendable (BEIREntry) -> String
        let index: RankingIndex
        let development: DevelopmentQueries
    }

    public let measure: Measure
    private let lanes: Int
    private let space: ParameterSpace
    private var members: [Member] = []
    /// Beside `members`, which must not know of it.
    private var heldOut: [HeldOutPlace] = []

    public init(space: ParameterSpace, measure: Measure, lanes: Int) {
        self.space = space
        self.measure = measure
        self.lanes = lanes
    }

    /// Reads an experiment's collection, divides its queries and indexes its documents.
    ///
    /// - Throws: `invalidRequest` for an experiment without rankings or on test queries of the fixtures; errors of reading.
    public mutating func add(
        _ experiment: Experiment, places: ExperimentPlaces, development half: QueryHalf, indexAt path: String
    ) async throws {
        func refuse(_ what: String) -> ExperimentError {
            ExperimentError(
                code: .invalidRequest, operation: "search for parameters",
                message: "Searching with \(experiment.name) failed: \(what).")
        }
        guard experiment.kind == .rank else { throw refuse("it classifies; give experiments of kind rank") }
        guard experiment.collection != .fixtureQueries("test") else {
            throw refuse("the test queries of the fixtures are not for choosing; take fixtures:dev")
        }
        let collection = try await Lanes.onThread { try JudgedCollection(experiment, places: places) }
        let halves = QueryHalves(collection.queries, judgements: collection.judgements, development: half)
        guard !halves.development.queries.isEmpty else {
            throw refuse("the \(half.rawValue) half holds none of its \(collection.queries.count) queries")
        }
        let member = Member(
            experiment: experiment, collection: experiment.name, language: { collection.language(of: $0) },
            index: try await collection.buildIndex(at: path), development: halves.development)
        members.append(member)
        heldOut.append(HeldOutPlace(halves.takeHeldOut()))
    }

    public var developmentQueries: Int { members.reduce(0) { $0 + $1.development.queries.count } }

    /// The values from which a search begins: those of the first experiment.
    public var start: [Double] {
        let values = (members.first?.experiment.parameters ?? .standard).values
        return space.axes.map { values[$0.name] ?? $0.range.lowerBound }
    }

    /// Means of the development queries with some values in the place of the experiments' own.
    public func score(_ values: [Double], advance: @escaping @Sendable () -> Void = {}) async throws -> MeanOfMeans {
        var means = MeanOfMeans()
        for member in members {
            let queries = member.development.queries
            let run = try await member.index.rank(
                queries, parameters: try parameters(of: member, values), depth: member.experiment.depth, lanes: lanes,
                advance: advance)
            let evaluation = try RunEvaluation(
                run, judgements: member.development.judgements, measures: [measure])
            let scores = Dictionary(
                zip(evaluation.queries, evaluation.values(of: measure)), uniquingKeysWith: { first, _ in first })
            for query in queries {
                let score = scores[query.id] ?? 0
                means.add(
                    [score], reference: [score], language: member.language(query), collection: member.collection)
            }
        }
        return means
    }

    /// Compares two points on the held-out half, and ends the search: nothing can be tried after it.
    public consuming func finish(start: [Double], winner: [Double], seed: UInt64) async throws -> Verdict {
        var pairs = MeanOfMeans()
        var others = MeanOfMeans()
        let lanes = lanes
        for (member, place) in zip(members, heldOut) {
            guard let queries = place.take() else { continue }
            let values = try await queries.compare(
                try parameters(of: member, start), try parameters(of: member, winner), measure: measure
            ) { queries, parameters in
                try await member.index.rank(
                    queries, parameters: parameters, depth: member.experiment.depth, lanes: lanes)
            }
            for value in values {
                let language = member.language(value.query)
                pairs.add(
                    [value.winner], reference: [value.start], language: language, collection: member.collection)
                others.add(
                    [value.start], reference: [value.winner], language: language, collection: member.collection)
            }
        }
        let languages = zip(pairs.byLanguage, others.byLanguage).map { ($0.language, $1.mean, $0.mean) }
        return Verdict(
            byLanguage: languages, start: others.mean, winner: pairs.mean, comparison: pairs.comparison(seed: seed))
    }

    private func parameters(of member: Member, _ values: [Double]) throws(SearchError) -> RankingParameters {
        var parameters = member.experiment.parameters
        for (axis, value) in zip(space.axes, values) { try parameters.set(axis.name, to: value) }
        return parameters
    }

    /// Names a search: the same digest, the same scores for the same values.
    public static func digest(
        _ inputs: [ExperimentInputs], space: ParameterSpace, measure: Measure, half: QueryHalf,
        method: ParameterSearch.Method, seed: UInt64
    ) -> String {
        let parts =
            inputs.map(\.digest) + [space.text, measure.name, half.rawValue, method.rawValue, "\(seed)"]
        return SHA256.hash(data: Data(parts.joined(separator: "\n").utf8)).hexadecimal
    }
}

/// Keeps a held-out half until it is taken, once.
private final class HeldOutPlace: Sendable {
    private let queries: Mutex<HeldOutQueries?>

    init(_ queries: consuming sending HeldOutQueries) { self.queries = Mutex(queries) }

    func take() -> HeldOutQueries? { queries.withLock { $0.take() } }
}
