import SabilRecords

/// How far two readers agree who labelled the same records with any number of labels each.
///
/// The intervals are percentiles of the figures on records drawn with replacement, all records of a cluster (the versions
/// of one work) at once: labels of translations are not independent. The same readings and seed give the same figures.
public struct LabelAgreement: Sendable, Hashable {
    /// The labels that two readers gave one record.
    public struct Reading: Sendable, Hashable {
        /// Records of one cluster are drawn together.
        public let cluster: String
        public let first: Set<String>
        public let second: Set<String>

        public init(cluster: String, first: Set<String>, second: Set<String>) {
            self.cluster = cluster
            self.first = first
            self.second = second
        }
    }

    /// A figure with its 95 % interval; all `nil` where it is undefined.
    public struct Figure: Sendable, Hashable, CustomStringConvertible {
        public let value: Double?
        public let low: Double?
        public let high: Double?

        /// `0.712 [0.655, 0.764]`
        public var description: String {
            guard let value, let low, let high else { return "–" }
            func decimals(_ number: Double) -> String {
                let thousandths = Int((abs(number) * 1000).rounded())
                let digits = String(thousandths % 1000)
                return "\(number < 0 && thousandths > 0 ? "−" : "")\(thousandths / 1000)."
                    + String(repeating: "0", count: 3 - digits.count) + digits
            }
            return "\(decimals(value)) [\(decimals(low)), \(decimals(high))]"
        }
    }

    /// Number of records.
    public let count: Int
    /// Mean over records of 2·common/(given by the first + given by the second); 1 where neither gave a label.
    ///
    /// Source: Rolling 1981, "Indexing consistency, quality and efficiency", Information Processing & Management 17(2).
    public let consistency: Figure
    /// The same over all labels of all records at once: the F1 of one reader against the other.
    public let microF1: Figure
    /// Mean of `kappas`. Its interval lies a little low: samples lose rare labels.
    public let macroKappa: Figure
    /// Cohen's κ over all decisions, one a record and label.
    public let pooledKappa: Figure
    /// Cohen's κ of each label; without those where it is undefined because both readers gave it to no record or to all.
    ///
    /// Source: Cohen 1960, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20.
    public let kappas: [String: Double]

    /// - Parameter labels: those to decide about: others are not looked at. They weigh in the pooled κ even where no
    ///   reader gave them, and so does their number.
    /// - Returns: `nil` without readings.
    /// - Complexity: O(resamples · (records · labels a record + labels)).
    public init?(_ readings: [Reading], labels: Set<String>, resamples: Int = 1000, seed: UInt64 = 1) {
        guard !readings.isEmpty else { return nil }
        let names = labels.sorted()
        let positions = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let coded = readings.map { reading in
            Coded(
                both: reading.first.intersection(reading.second).compactMap { positions[$0] },
                first: reading.first.compactMap { positions[$0] }, second: reading.second.compactMap { positions[$0] })
        }
        let clusters = Dictionary(grouping: readings.indices) { readings[$0].cluster }
            .sorted { $0.key < $1.key }.map(\.value)

        let whole = Figures(coded, Array(coded.indices), labels: names.count)
        var random = SeededGenerator(seed: seed)
        let drawn = (0..<resamples).map { _ in
            let sample = clusters.indices.flatMap { _ in clusters[random.nextIndex(below: clusters.count)] }
            return Figures(coded, sample, labels: names.count)
        }
        func figure(_ path: KeyPath<Figures, Double?>) -> Figure {
            let values = drawn.compactMap { $0[keyPath: path] }.sorted()
            let value = whole[keyPath: path]
            return Figure(
                value: value, low: value.map { PairedComparison.quantile(0.025, of: values) ?? $0 },
                high: value.map { PairedComparison.quantile(0.975, of: values) ?? $0 })
        }
        count = readings.count
        consistency = figure(\.consistency)
        microF1 = figure(\.microF1)
        macroKappa = figure(\.macroKappa)
        pooledKappa = figure(\.pooledKappa)
        kappas = Dictionary(
            uniqueKeysWithValues: zip(names, whole.kappas).compactMap { name, kappa in kappa.map { (name, $0) } })
    }

    /// The labels of one record as numbers.
    private struct Coded {
        let both: [Int]
        let first: [Int]
        let second: [Int]
    }

    /// The figures of one sample.
    private struct Figures {
        var consistency: Double?
        var microF1: Double?
        var macroKappa: Double?
        var pooledKappa: Double?
        var kappas: [Double?]

        init(_ readings: [Coded], _ sample: [Int], labels: Int) {
            var both = [Int](repeating: 0, count: labels)
            var first = both
            var second = both
            var sum = 0.0
            for position in sample {
                let reading = readings[position]
                let given = reading.first.count + reading.second.count
                sum += given == 0 ? 1 : 2 * Double(reading.both.count) / Double(given)
                for label in reading.both { both[label] += 1 }
                for label in reading.first { first[label] += 1 }
                for label in reading.second { second[label] += 1 }
            }
            consistency = sum / Double(sample.count)
            let (common, one, other) = (both.reduce(0, +), first.reduce(0, +), second.reduce(0, +))
            microF1 = one + other == 0 ? nil : 2 * Double(common) / Double(one + other)
            kappas = (0..<labels).map {
                Self.kappa(both: both[$0], first: first[$0], second: second[$0], decisions: sample.count)
            }
            let defined = kappas.compactMap { $0 }
            macroKappa = defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
            pooledKappa = Self.kappa(both: common, first: one, second: other, decisions: sample.count * labels)
        }

        /// Cohen's κ of two yes-or-no readers; `nil` where chance alone makes them agree always.
        static func kappa(both: Int, first: Int, second: Int, decisions: Int) -> Double? {
            let neither = decisions - first - second + both
            let observed = Double(both + neither) * Double(decisions)
            let expected =
                Double(first) * Double(second) + Double(decisions - first) * Double(decisions - second)
            let all = Double(decisions) * Double(decisions)
            return expected == all ? nil : (observed - expected) / (all - expected)
        }
    }
}
