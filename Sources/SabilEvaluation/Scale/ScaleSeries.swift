import FoundationEssentials

/// What indexing and queries cost at several sizes, for Sabil and for the yardstick, and how it grows.
public struct ScaleSeries: Sendable, Hashable {
    /// One run of one program at one size, as `benchmarks/scale.sh` writes it.
    public struct Run: Sendable, Hashable {
        /// Records in the index.
        public var records: Int
        /// `sabil` or `yardstick`.
        public var program: String
        /// `index`, `plain`, `facets`, `highlights`, `expansion`, `completion`, `spelling` or `similar`.
        public var what: String
        public var round: Int
        /// The beginning of the digest of the program's file.
        public var digest: String
        /// When it ended, ISO 8601.
        public var date: String
        /// The numbers among what the program printed of itself.
        public var figures: [String: Double]
    }

    /// Something measured at each size.
    public struct Figure: Sendable, Hashable {
        public let name: String
        public let unit: String
        /// By rising size; sizes at which Sabil was not measured are not there.
        public let points: [Point]
        public let growth: GrowthExponent?
        public let yardstickGrowth: GrowthExponent?
    }

    /// Medians over the rounds at one size.
    public struct Point: Sendable, Hashable {
        public let records: Int
        public let sabil: Double
        public let yardstick: Double?
        /// The median of the rounds' ratios, and the least and the greatest of them.
        public let ratio: Double?
        public let ratios: ClosedRange<Double>?
        public let rounds: Int
    }

    public let runs: [Run]
    public let figures: [Figure]

    /// - Parameter runs: in any order; of several of one program, size, thing and round the one with the latest date counts.
    public init(_ runs: [Run]) {
        self.runs = runs.sorted {
            ($0.records, $0.what, $0.round, $0.program, $0.date) < ($1.records, $1.what, $1.round, $1.program, $1.date)
        }
        let table = Table(self.runs)
        figures = Reading.all.compactMap { reading in
            let points = table.sizes.compactMap { table.point(reading, records: $0) }
            guard !points.isEmpty else { return nil }
            return Figure(
                name: reading.name, unit: reading.unit, points: points,
                growth: GrowthExponent(points.map { (Double($0.records), $0.sabil) }),
                yardstickGrowth: GrowthExponent(points.map { (Double($0.records), $0.yardstick ?? .nan) }))
        }
    }

    /// Reads runs, one JSON object a line.
    ///
    /// - Parameter name: of the file, for the sentence.
    /// - Throws: `invalidFormat` with the line that is no run.
    public static func runs(in text: String, name: String) throws(EvaluationError) -> [Run] {
        var runs: [Run] = []
        for (position, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.allSatisfy(\.isWhitespace) { continue }
            do {
                runs.append(try JSONDecoder().decode(Run.self, from: Data(line.utf8)))
            } catch {
                throw EvaluationError(
                    code: .invalidFormat, operation: "read runs of a scale series",
                    message:
                        "Line \(position + 1) of \(name) is no run of benchmarks/scale.sh: measure that size again.")
            }
        }
        return runs
    }
}

extension ScaleSeries.Run: Decodable {
    private enum Key: String, CodingKey {
        case records, program, what, round, digest, date, figures
    }

    /// A number, or anything else.
    private struct Value: Decodable {
        let number: Double?

        init(from decoder: any Decoder) throws {
            number = try? decoder.singleValueContainer().decode(Double.self)
        }
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        records = try values.decode(Int.self, forKey: .records)
        program = try values.decode(String.self, forKey: .program)
        what = try values.decode(String.self, forKey: .what)
        round = try values.decode(Int.self, forKey: .round)
        digest = try values.decode(String.self, forKey: .digest)
        date = try values.decode(String.self, forKey: .date)
        figures = try values.decode([String: Value].self, forKey: .figures).compactMapValues(\.number)
    }
}

/// How a figure is read from what a program printed.
private struct Reading {
    let name: String
    let unit: String
    let what: String
    /// What the yardstick does in its place.
    let yardstickWhat: String
    let value: @Sendable ([String: Double]) -> Double?

    static let all: [Reading] = {
        let indexing: [(String, String, @Sendable ([String: Double]) -> Double?)] = [
            ("index.records_per_second", "1/s", { $0["documents_per_second"] }),
            ("index.records_per_cpu_second", "1/s", { $0["documents_per_cpu_second"] }),
            ("index.cpu_seconds", "s", { $0["cpu_seconds"] }),
            ("index.peak_memory", "MB", { $0["max_rss_kilobytes"].map { $0 * 1.024e-3 } }),
            ("index.megabytes", "MB", { $0["index_bytes"].map { $0 / 1e6 } }),
        ]
        var all = indexing.map { Reading(name: $0.0, unit: $0.1, what: "index", yardstickWhat: "index", value: $0.2) }
        for what in ["plain", "facets", "highlights", "expansion", "completion", "spelling", "similar"] {
            // Plain Xapian has nothing like the others: what its plain query costs stands there.
            let theirs = ["facets", "highlights"].contains(what) ? what : "plain"
            for key in ["p50", "p99"] {
                all.append(
                    Reading(name: "query.\(what).\(key)", unit: "ms", what: what, yardstickWhat: theirs) {
                        $0["\(key)_ms"]
                    })
            }
            all.append(
                Reading(name: "query.\(what).cpu", unit: "ms", what: what, yardstickWhat: theirs) { figures in
                    guard let seconds = figures["query_cpu_seconds"] ?? figures["cpu_seconds"],
                        let queries = figures["queries"], queries > 0
                    else { return nil }
                    return seconds * 1000 / queries
                })
        }
        all.append(
            Reading(name: "query.peak_memory", unit: "MB", what: "plain", yardstickWhat: "plain") {
                $0["max_rss_kilobytes"].map { $0 * 1.024e-3 }
            })
        return all
    }()
}

/// Runs by what they are of.
private struct Table {
    private struct Key: Hashable {
        let records: Int
        let program: String
        let what: String
        let round: Int
    }

    private var figures: [Key: [String: Double]] = [:]
    let sizes: [Int]
    private let rounds: [Int]

    init(_ runs: [ScaleSeries.Run]) {
        // Sorted by date: the latest stays.
        for run in runs {
            figures[Key(records: run.records, program: run.program, what: run.what, round: run.round)] = run.figures
        }
        sizes = Set(runs.map(\.records)).sorted()
        rounds = Set(runs.map(\.round)).sorted()
    }

    func point(_ reading: Reading, records: Int) -> ScaleSeries.Point? {
        func value(_ program: String, _ what: String, _ round: Int) -> Double? {
            figures[Key(records: records, program: program, what: what, round: round)].flatMap(reading.value)
        }
        let own = rounds.map { value("sabil", reading.what, $0) }
        let theirs = rounds.map { value("yardstick", reading.yardstickWhat, $0) }
        guard let sabil = Self.median(own.compactMap { $0 }) else { return nil }
        let ratios = zip(own, theirs).compactMap { own, theirs in
            own.flatMap { own in theirs.flatMap { $0 > 0 ? own / $0 : nil } }
        }
        let spread = ratios.min().flatMap { low in ratios.max().map { low...$0 } }
        return ScaleSeries.Point(
            records: records, sabil: sabil, yardstick: Self.median(theirs.compactMap { $0 }),
            ratio: Self.median(ratios), ratios: spread, rounds: own.compactMap { $0 }.count)
    }

    static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
