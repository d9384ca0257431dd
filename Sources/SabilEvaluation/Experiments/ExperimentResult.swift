public import FoundationEssentials
import SabilRecords

/// What one experiment found: settings, figures per query, costs, and the same figures of a reference run.
///
/// Written as JSON with sorted keys and numbers at full precision, so that equal results are equal files. The format has a
/// number; a reader refuses one it does not know. Parts that an experiment does not have are left out.
public struct ExperimentResult: Sendable, Hashable, Codable {
    /// The number of the format that this program writes and reads.
    public static let currentFormat = 1

    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Documents ranked for queries.
        case rank
        /// Labels suggested for documents.
        case classify
    }

    public let format: Int
    /// Name of the experiment, such as `rank-arcd_ar_train`.
    public var experiment: String
    /// Hexadecimal digest of everything the figures depend on.
    public var digest: String
    public var kind: Kind
    /// Name of the collection, such as `arcd_ar_train` or `fixtures:dev`.
    public var collection: String
    /// Tag of the language of the queries or documents; `many` for several, `cross` for queries and documents in different
    /// ones.
    public var language: String
    /// Version of the engine.
    public var engine: String
    /// The revision of the sources, short, with `+` when they held changes; `nil` when not known.
    public var commit: String?
    /// When the experiment ended, to the second.
    public let finished: Date
    public var settings = Settings()
    public var counts: Counts
    public var cost = Cost()
    /// By name, such as `nDCG@10` or `micro F1`.
    public var measures: [String: MeasuredValues]
    /// Means by group, such as `lang=fr`, then by name of the measure.
    public var groups: [String: [String: GroupMean]] = [:]
    /// The figures of the reference run on the same queries; `nil` when the collection has none.
    public var baseline: Baseline?
    /// Path of the TREC run or of the suggestions, relative to this result's file.
    public var run: String?
    /// What the reader of the figures must know, a sentence each.
    public var notes: [String] = []

    // Classification only.
    public var perConcept: [ConceptScores] = []
    public var reliability: [ReliabilityBin] = []
    /// Expected calibration error, 0…1.
    public var ece: Double?
    /// The same by language, such as `lang=fr`, where documents are in several.
    public var calibrations: [String: Calibration] = [:]
    /// Precision and recall of all choices together at falling thresholds.
    public var precisionRecall: [PrecisionRecallPoint] = []
    public var learningCurve: [LearningCurvePoint] = []
    /// The pairs of labels taken for one another, the most frequent first.
    public var confusion: [Confusion] = []

    /// - Parameter finished: fractions of a second are dropped, since the format has none.
    public init(
        experiment: String, digest: String, kind: Kind, collection: String, language: String, engine: String,
        commit: String? = nil, finished: Date, counts: Counts, measures: [String: MeasuredValues]
    ) {
        format = Self.currentFormat
        self.experiment = experiment
        self.digest = digest
        self.kind = kind
        self.collection = collection
        self.language = language
        self.engine = engine
        self.commit = commit
        self.finished = Date(timeIntervalSinceReferenceDate: finished.timeIntervalSinceReferenceDate.rounded(.down))
        self.counts = counts
        self.measures = measures
    }

    enum CodingKeys: String, CodingKey {
        case format, experiment, digest, kind, collection, language, engine, commit, finished, settings, counts, cost
        case measures, groups, baseline, run, notes, reliability, ece, calibrations, confusion
        case perConcept = "per_concept"
        case precisionRecall = "precision_recall"
        case learningCurve = "learning_curve"
    }
}

extension ExperimentResult {
    /// The choices of an experiment.
    public struct Settings: Sendable, Hashable, Codable {
        /// How names in queries are expanded: `none`, `labels`, `concepts`; `nil` without a taxonomy.
        public var expand: String?
        /// Ranking parameters that differ from the standard ones.
        public var parameters: [String: Double]
        /// Options of training that differ from the standard ones, as texts.
        public var model: [String: String]
        /// How many queries or test documents were taken, from the first; `nil` for all.
        public var sample: Int?

        public init(
            expand: String? = nil, parameters: [String: Double] = [:], model: [String: String] = [:], sample: Int? = nil
        ) {
            self.expand = expand
            self.parameters = parameters
            self.model = model
            self.sample = sample
        }

        enum CodingKeys: String, CodingKey { case expand, parameters, model, sample }
    }

    /// How much was measured.
    public struct Counts: Sendable, Hashable, Codable {
        /// Documents searched, or test documents classified.
        public var documents: Int
        /// Judged queries.
        public var queries: Int?
        /// Judged pairs of query and document.
        public var judgements: Int?
        /// Training documents.
        public var training: Int?
        /// Labels that were learnt.
        public var labels: Int?

        public init(
            documents: Int, queries: Int? = nil, judgements: Int? = nil, training: Int? = nil, labels: Int? = nil
        ) {
            self.documents = documents
            self.queries = queries
            self.judgements = judgements
            self.training = training
            self.labels = labels
        }
    }

    /// What the figures cost, each `nil` when it was not measured. Seconds depend on the machine and what else it did.
    public struct Cost: Sendable, Hashable, Codable {
        /// Wall time of building the index, or of training.
        public var indexSeconds: Double?
        /// Wall time of all queries, or of suggesting for all test documents.
        public var searchSeconds: Double?
        /// Processor time of both, over all threads.
        public var cpuSeconds: Double?
        public var indexBytes: Int?
        /// Largest resident set of the process so far.
        public var maxRSSKilobytes: Int?

        public init(
            indexSeconds: Double? = nil, searchSeconds: Double? = nil, cpuSeconds: Double? = nil,
            indexBytes: Int? = nil,
            maxRSSKilobytes: Int? = nil
        ) {
            self.indexSeconds = indexSeconds
            self.searchSeconds = searchSeconds
            self.cpuSeconds = cpuSeconds
            self.indexBytes = indexBytes
            self.maxRSSKilobytes = maxRSSKilobytes
        }

        enum CodingKeys: String, CodingKey {
            case indexSeconds = "index_seconds"
            case searchSeconds = "search_seconds"
            case cpuSeconds = "cpu_seconds"
            case indexBytes = "index_bytes"
            case maxRSSKilobytes = "max_rss_kilobytes"
        }
    }

    /// One measure: its mean, and where it has one, its value for each query or document.
    public struct MeasuredValues: Sendable, Hashable, Codable {
        public var mean: Double
        /// By id of the query or document; empty for a measure of the whole, such as micro F1.
        public var perQuery: [String: Double]

        public init(mean: Double, perQuery: [String: Double] = [:]) {
            self.mean = mean
            self.perQuery = perQuery
        }

        enum CodingKeys: String, CodingKey {
            case mean
            case perQuery = "per_query"
        }
    }

    /// The mean of one measure over a group of queries.
    public struct GroupMean: Sendable, Hashable, Codable {
        public var mean: Double
        /// How many queries or documents the group has.
        public var queries: Int

        public init(mean: Double, queries: Int) {
            self.mean = mean
            self.queries = queries
        }
    }

    /// The reference run, scored like the experiment's.
    public struct Baseline: Sendable, Hashable, Codable {
        /// Such as `lucene`.
        public var name: String
        public var measures: [String: MeasuredValues]
        /// What the reader of its figures must know, a sentence each.
        public var notes: [String]

        public init(name: String, measures: [String: MeasuredValues], notes: [String] = []) {
            self.name = name
            self.measures = measures
            self.notes = notes
        }

        enum CodingKeys: String, CodingKey { case name, measures, notes }
    }

    /// How well one label was suggested.
    public struct ConceptScores: Sendable, Hashable, Codable {
        public var concept: String
        /// Test documents that have the label.
        public var support: Int
        public var precision: Double
        public var recall: Double
        public var f1: Double
        /// Lowest confidence at which the label is chosen; `nil` when the model has none.
        public var threshold: Double?

        public init(
            concept: String, support: Int, precision: Double, recall: Double, f1: Double, threshold: Double? = nil
        ) {
            self.concept = concept
            self.support = support
            self.precision = precision
            self.recall = recall
            self.f1 = f1
            self.threshold = threshold
        }
    }

    /// Suggestions whose confidence lies between two bounds, and how many of them are right.
    public struct ReliabilityBin: Sendable, Hashable, Codable {
        public var low: Double
        public var high: Double
        public var count: Int
        /// Mean confidence; 0 for an empty bin.
        public var confidence: Double
        /// Share of right ones; 0 for an empty bin.
        public var accuracy: Double

        public init(low: Double, high: Double, count: Int, confidence: Double, accuracy: Double) {
            self.low = low
            self.high = high
            self.count = count
            self.confidence = confidence
            self.accuracy = accuracy
        }
    }

    /// How far the confidences of a group's suggestions can be relied on.
    public struct Calibration: Sendable, Hashable, Codable {
        /// Expected calibration error, 0…1.
        public var ece: Double
        public var bins: [ReliabilityBin]

        public init(ece: Double, bins: [ReliabilityBin]) {
            self.ece = ece
            self.bins = bins
        }
    }

    /// Precision and recall of all suggestions with at least some confidence.
    public struct PrecisionRecallPoint: Sendable, Hashable, Codable {
        public var threshold: Double
        public var precision: Double
        public var recall: Double

        public init(threshold: Double, precision: Double, recall: Double) {
            self.threshold = threshold
            self.precision = precision
            self.recall = recall
        }
    }

    /// Micro F1 after training on some number of examples.
    public struct LearningCurvePoint: Sendable, Hashable, Codable {
        /// Training documents in all.
        public var examples: Int
        /// Every label has at least so many examples, or all of its own; `nil` when all were taken.
        public var perLabel: Int?
        public var microF1: Double
        /// Bounds of the 95 % interval, over samples of the test documents.
        public var low: Double
        public var high: Double

        public init(examples: Int, perLabel: Int? = nil, microF1: Double, low: Double, high: Double) {
            self.examples = examples
            self.perLabel = perLabel
            self.microF1 = microF1
            self.low = low
            self.high = high
        }

        enum CodingKeys: String, CodingKey {
            case examples, low, high
            case perLabel = "per_label"
            case microF1 = "micro_f1"
        }
    }

    /// How often a document lacked a label that is right and had one that is wrong.
    public struct Confusion: Sendable, Hashable, Codable {
        public var gold: String
        public var predicted: String
        public var count: Int

        public init(gold: String, predicted: String, count: Int) {
            self.gold = gold
            self.predicted = predicted
            self.count = count
        }
    }
}
