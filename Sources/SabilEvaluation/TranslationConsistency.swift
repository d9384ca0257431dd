public import SabilRecords

/// Whether translations of one work get the same labels: Rolling's consistency, per pair of languages.
public struct TranslationConsistency: Sendable, Hashable {
    /// A version of a work, and the labels it was given.
    public struct Version: Sendable, Hashable {
        public var work: String
        public var language: Language
        public var labels: Set<String>

        public init(work: String, language: Language, labels: Set<String>) {
            self.work = work
            self.language = language
            self.labels = labels
        }
    }

    /// Two languages, in the order of their tags.
    public struct Pair: Sendable, Hashable {
        public let first: Language
        public let second: Language
        /// Works with a version in both.
        public let works: Int
        /// Labels per version, in the first language and the second.
        public let labelsPerVersion: (first: Double, second: Double)
        /// Mean over works, with its interval.
        public let consistency: LabelAgreement.Figure
        /// Over all labels of all works at once.
        public let microF1: LabelAgreement.Figure

        public static func == (left: Pair, right: Pair) -> Bool {
            (left.first, left.second, left.works) == (right.first, right.second, right.works)
                && left.consistency == right.consistency && left.microF1 == right.microF1
                && left.labelsPerVersion == right.labelsPerVersion
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(first)
            hasher.combine(second)
            hasher.combine(works)
            hasher.combine(consistency)
        }
    }

    /// By the tags of the languages; a pair of which no work has both is left out.
    public let pairs: [Pair]
    /// All pairs together, works drawn whole for the interval; `nil` when no work has two versions.
    public let overall: LabelAgreement?
    /// Works with one version only, of which nothing can be said.
    public let lonely: Int
    /// Versions left out because their work has another in the same language, earlier in the list.
    public let doubled: Int

    /// - Complexity: O(resamples · pairs of versions · labels).
    public init(_ versions: some Sequence<Version>, resamples: Int = 1000, seed: UInt64 = 1) {
        var works: [String: [Version]] = [:]
        var doubled = 0
        for version in versions {
            if works[version.work]?.contains(where: { $0.language == version.language }) == true {
                doubled += 1
            } else {
                works[version.work, default: []].append(version)
            }
        }
        var readings: [String: [LabelAgreement.Reading]] = [:]
        var languages: [String: (Language, Language)] = [:]
        for work in works.keys.sorted() {
            let sorted = (works[work] ?? []).sorted { $0.language.rawValue < $1.language.rawValue }
            for (position, one) in sorted.enumerated() {
                for other in sorted[(position + 1)...] {
                    let key = one.language.rawValue + " " + other.language.rawValue
                    languages[key] = (one.language, other.language)
                    readings[key, default: []].append(
                        LabelAgreement.Reading(cluster: work, first: one.labels, second: other.labels))
                }
            }
        }
        let labels = works.values.reduce(into: Set<String>()) { all, versions in
            for version in versions { all.formUnion(version.labels) }
        }
        func agreement(_ readings: [LabelAgreement.Reading]) -> LabelAgreement? {
            LabelAgreement(readings, labels: labels, resamples: resamples, seed: seed)
        }
        pairs = readings.keys.sorted().compactMap { key in
            guard let own = readings[key], let (first, second) = languages[key], let figures = agreement(own) else {
                return nil
            }
            let count = Double(own.count)
            return Pair(
                first: first, second: second, works: own.count,
                labelsPerVersion: (
                    Double(own.reduce(0) { $0 + $1.first.count }) / count,
                    Double(own.reduce(0) { $0 + $1.second.count }) / count
                ), consistency: figures.consistency, microF1: figures.microF1)
        }
        overall = agreement(readings.keys.sorted().flatMap { readings[$0] ?? [] })
        lonely = works.values.count { $0.count == 1 }
        self.doubled = doubled
    }
}
