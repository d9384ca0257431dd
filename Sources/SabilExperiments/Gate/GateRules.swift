import FoundationEssentials
import SabilEvaluation

/// What the gate looks at, and how much worse a figure may get: `benchmarks/gate/gate.yaml`.
///
/// ```yaml
/// experiments: [benchmarks/experiments/rank-fixtures-dev-none.yaml]
/// drops:
///   nDCG@10: {margin: 0.01, languages: 0.03, reason: a ranking is the same at every run}
/// speed: {records: 3000, queries: 400, least-rounds: 5, most-rounds: 20, passes: 4, turn-queries: 10}
/// growth:
///   query-time: {margin: 0.15, reason: rounds of one binary differ by 4 %}
/// ```
public struct GateRules: Sendable, Hashable {
    /// How much a figure may get worse although nothing tells the change from chance.
    public struct Margin: Sendable, Hashable {
        public let value: Double
        /// For each language on its own; `nil` where languages are not looked at one by one.
        public let languages: Double?
        /// In place of both for classification, which the seed of its folds changes; `nil` where it is as ranking.
        public let classification: Double?
        /// By how much seeds of the folds move the figure of classification: a drop of it that is told from chance fails only
        /// beyond that, since the test tells two seeds apart as well. 0 where nothing is known.
        public let seeds: Double
        /// Why so much and not less: a sentence.
        public let reason: String

        public init(
            value: Double, languages: Double?, classification: Double? = nil, seeds: Double = 0, reason: String
        ) {
            self.value = value
            self.languages = languages
            self.classification = classification
            self.seeds = seeds
            self.reason = reason
        }
    }

    /// A measure of quality with its margin, in the measure's own unit.
    public struct Drop: Sendable, Hashable {
        public let measure: String
        public let margin: Margin
    }

    /// A ratio with its margin, as a share of the ratio.
    public struct Growth: Sendable, Hashable {
        public let figure: SpeedFigure
        public let margin: Margin
    }

    /// Sizes and rounds of the speed part.
    public struct Speed: Sendable, Hashable {
        public var records = 3_000
        public var queries = 400
        /// Rounds before anything is decided.
        public var leastRounds = 5
        /// Rounds after which the ratio decides, however wide the interval.
        public var mostRounds = 20
        /// How often a round of queries goes through all of them; of each turn the fastest pass counts.
        public var passes = 4
        /// Queries in a turn.
        public var turnQueries = 10
        public var seed: UInt64 = 1
    }

    public let experiments: [String]
    /// The largest drops that pass, in the order of the file.
    public let drops: [Drop]
    public let speed: Speed
    /// The largest growth that passes, in the order of the file.
    public let growth: [Growth]

    private static let shortestReason = 15

    /// - Throws: `unreadable`; `invalidExperiment` with line, key and remedy.
    public init(path: String) throws(ExperimentError) {
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(validating: data, as: UTF8.self)
        else {
            throw ExperimentError(
                code: .unreadable, operation: "read rules of the gate",
                message:
                    "Reading the rules \"\(path)\" failed: there is no such file, no right to read it, or it is not "
                    + "UTF-8. Check the path.")
        }
        try self.init(text: text, path: path)
    }

    /// The same from text; `path` stands in messages.
    public init(text: String, path: String) throws(ExperimentError) {
        let fields = try YAMLFields(
            text: text, file: path, subject: "rules", known: ["experiments", "drops", "speed", "growth"])
        experiments = try fields.texts("experiments") ?? []
        var drops: [Drop] = []
        if let given = try fields.mapping("drops", known: nil) {
            for key in given.keys {
                drops.append(Drop(measure: key, margin: try Self.margin(given, key, hasLanguages: true)))
            }
        }
        self.drops = drops
        var growth: [Growth] = []
        if let given = try fields.mapping("growth", known: SpeedFigure.allCases.map(\.key)) {
            for key in given.keys {
                guard let figure = SpeedFigure(key: key) else { continue }
                growth.append(Growth(figure: figure, margin: try Self.margin(given, key, hasLanguages: false)))
            }
        }
        self.growth = growth
        speed = try Self.speed(fields)
        guard !experiments.isEmpty || !growth.isEmpty else {
            throw fields.fault("experiments", "is missing, and so is \"growth\"; there is nothing to look at")
        }
        guard experiments.isEmpty == drops.isEmpty else {
            throw fields.fault(
                experiments.isEmpty ? "drops" : "experiments",
                "is given alone; experiments need the largest drops of their measures, and drops need experiments")
        }
    }

    private static func margin(
        _ fields: YAMLFields, _ key: String, hasLanguages: Bool
    ) throws(ExperimentError) -> Margin {
        let known = ["margin"] + (hasLanguages ? ["languages", "classification", "seeds"] : []) + ["reason"]
        guard let given = try fields.mapping(key, known: known) else {
            throw fields.fault(key, "is empty; give margin and reason")
        }
        func share(_ name: String) throws(ExperimentError) -> Double? {
            guard let value = try given.number(name) else { return nil }
            guard (0...10).contains(value) else { throw given.fault(name, "is \(value) and must be from 0 to 10") }
            return value
        }
        guard let value = try share("margin") else { throw fields.fault(key, "has no margin; give a number") }
        let reason = try given.requiredText("reason", "say in a sentence why it is so much")
        guard reason.count >= shortestReason else {
            throw given.fault("reason", "is \"\(reason)\", which says nothing; say in a sentence why it is so much")
        }
        return Margin(
            value: value, languages: try share("languages"), classification: try share("classification"),
            seeds: try share("seeds") ?? 0, reason: reason)
    }

    private static func speed(_ fields: YAMLFields) throws(ExperimentError) -> Speed {
        var speed = Speed()
        let known = [
            "records", "queries", "least-rounds", "most-rounds", "passes", "turn-queries", "seed",
        ]
        guard let given = try fields.mapping("speed", known: known) else { return speed }
        speed.records = try given.whole("records", in: 1...10_000_000) ?? speed.records
        speed.queries = try given.whole("queries", in: 1...1_000_000) ?? speed.queries
        speed.leastRounds = try given.whole("least-rounds", in: 1...1_000) ?? speed.leastRounds
        speed.mostRounds = try given.whole("most-rounds", in: 1...1_000) ?? max(speed.mostRounds, speed.leastRounds)
        speed.passes = try given.whole("passes", in: 1...1_000) ?? speed.passes
        speed.turnQueries = try given.whole("turn-queries", in: 1...100_000) ?? speed.turnQueries
        speed.seed = UInt64(try given.whole("seed", in: 0...Int.max) ?? 1)
        guard speed.leastRounds <= speed.mostRounds else {
            throw given.fault("most-rounds", "is less than least-rounds; give at least \(speed.leastRounds)")
        }
        return speed
    }
}
