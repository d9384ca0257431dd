import FoundationEssentials
import SabilEvaluation

/// Whether ranking and classification are as good as the baseline says.
///
/// Every comparison is made in pairs: of queries by a randomisation test of the means, of documents by exchanging the chosen
/// labels. All of a call are one family (Holm). Only a drop fails: one that is told from chance (of classification: and
/// larger than seeds of its folds make), or one larger than its margin, since a small set may not tell it.
public struct QualityGate: Sendable {
    /// What an experiment found now, with what the comparison needs besides.
    public struct Finding: Sendable {
        public let experiment: String
        public let now: GateFindings
        /// Ids of queries or documents by group; those of `lang=…` are compared on their own.
        public let members: [String: Set<String>]
        /// The right labels by document.
        public let gold: [String: Set<String>]

        public init(
            experiment: String, now: GateFindings, members: [String: Set<String>] = [:],
            gold: [String: Set<String>] = [:]
        ) {
            self.experiment = experiment
            self.now = now
            self.members = members
            self.gold = gold
        }
    }

    /// One comparison.
    public struct Line: Sendable, Hashable {
        public enum Verdict: Sendable, Hashable {
            case identical
            case better
            /// A smaller change than can be told from chance, within the margin.
            case within
            /// A drop that is told from chance, and no larger than another seed of the folds makes it.
            case asSeeds
            case droppedMore
            case shownWorse
        }

        public let experiment: String
        /// `all`, or such as `lang=fr`.
        public let group: String
        public let measure: String
        public let pairs: Int
        public let baseline: Double
        public let now: Double
        public let p: Double
        /// Adjusted for all lines.
        public fileprivate(set) var adjusted: Double
        public let margin: Double
        /// By how much seeds move the figure; 0 for a ranking.
        public let seeds: Double

        public var difference: Double { now - baseline }

        public var verdict: Verdict {
            if p == 1, abs(difference) < 1e-9 { return .identical }
            let isShown = adjusted <= PairedComparison.errorRate
            if difference > 0 { return isShown ? .better : .within }
            if isShown, -difference > seeds { return .shownWorse }
            if -difference > margin { return .droppedMore }
            return isShown ? .asSeeds : .within
        }

        public var isFailure: Bool { verdict == .shownWorse || verdict == .droppedMore }

        /// The verdict for people.
        public var words: String {
            switch verdict {
            case .identical: "passed: the same"
            case .better: "passed: better"
            case .within where difference >= 0: "passed: no drop"
            case .within: "passed: no drop shown, within the margin of \(ScoreTable.decimals(margin))"
            case .asSeeds: "passed: a drop told from chance, no larger than seeds make (\(ScoreTable.decimals(seeds)))"
            case .droppedMore: "FAILED: dropped by more than the margin of \(ScoreTable.decimals(margin))"
            case .shownWorse: "FAILED: a drop that is told from chance"
            }
        }
    }

    public private(set) var lines: [Line] = []
    /// Why something cannot be compared, a sentence each; each is a failure.
    public private(set) var faults: [String] = []

    public var failures: Int { lines.count(where: \.isFailure) + faults.count }

    /// - Parameter seed: of the permutations.
    public init(_ findings: [Finding], baseline: GateBaseline, drops: [GateRules.Drop], seed: UInt64 = 1) {
        for finding in findings {
            guard let then = baseline.findings[finding.experiment] else {
                faults.append("The baseline has no figures of \(finding.experiment). \(Self.remedy)")
                continue
            }
            guard then.material == finding.now.material else {
                faults.append(
                    "What \(finding.experiment) is judged by (documents, queries, judgements) changed since the baseline. "
                        + Self.remedy)
                continue
            }
            let before = lines.count
            for drop in drops {
                if let figure = ChoiceComparison.Figure(rawValue: drop.measure) {
                    compareChoices(finding, then, figure, drop, seed: seed)
                } else {
                    compareValues(finding, then, drop, seed: seed)
                }
            }
            if lines.count == before {
                faults.append("\(finding.experiment) has none of the measures whose drops the rules bound.")
            }
        }
        let present = Set(findings.map(\.experiment))
        for name in baseline.findings.keys.sorted() where !present.contains(name) {
            faults.append("The baseline has figures of \(name), which the rules do not name. \(Self.remedy)")
        }
        for (position, p) in PairedComparison.holm(lines.map(\.p)).enumerated() { lines[position].adjusted = p }
    }

    private static let remedy = "Accept a new baseline: sabil eval gate --accept --reason \"…\"."

    /// All, then each language where the margin has one for them.
    private static func groups(_ finding: Finding, _ margin: GateRules.Margin) -> [(String, Set<String>?, Double)] {
        let own = finding.gold.isEmpty ? nil : margin.classification
        var groups: [(String, Set<String>?, Double)] = [("all", nil, own ?? margin.value)]
        if let languages = margin.languages {
            groups += finding.members.filter { $0.key.hasPrefix("lang=") }.sorted { $0.key < $1.key }
                .map { ($0.key, $0.value, own ?? languages) }
        }
        return groups
    }

    private mutating func compareValues(
        _ finding: Finding, _ then: GateFindings, _ drop: GateRules.Drop, seed: UInt64
    ) {
        guard let now = finding.now.values[drop.measure] else { return }
        let earlier = then.values[drop.measure] ?? [:]
        guard Set(now.keys) == Set(earlier.keys) else {
            faults.append(
                "\(finding.experiment) has other queries with a value of \(drop.measure) than the baseline. \(Self.remedy)"
            )
            return
        }
        for (group, members, margin) in Self.groups(finding, drop.margin) {
            let ids = now.keys.filter { members?.contains($0) ?? true }.sorted()
            guard !ids.isEmpty else { continue }
            let values = ids.compactMap { now[$0] }
            let reference = ids.compactMap { earlier[$0] }
            // Only p is asked for: no interval, no resamples.
            let comparison = PairedComparison(values, baseline: reference, resamples: 1, seed: seed)
            let mean = { (list: [Double]) in list.reduce(0, +) / Double(list.count) }
            lines.append(
                Line(
                    experiment: finding.experiment, group: group, measure: drop.measure, pairs: ids.count,
                    baseline: mean(reference), now: mean(values), p: comparison.p, adjusted: 1, margin: margin,
                    seeds: finding.gold.isEmpty ? 0 : drop.margin.seeds))
        }
    }

    private mutating func compareChoices(
        _ finding: Finding, _ then: GateFindings, _ figure: ChoiceComparison.Figure, _ drop: GateRules.Drop,
        seed: UInt64
    ) {
        let now = finding.now.choices
        guard !now.isEmpty || !then.choices.isEmpty else { return }
        guard Set(now.keys) == Set(then.choices.keys), now.keys.allSatisfy({ finding.gold[$0] != nil }) else {
            faults.append("\(finding.experiment) has other test documents than the baseline. \(Self.remedy)")
            return
        }
        for (group, members, margin) in Self.groups(finding, drop.margin) {
            let ids = now.keys.filter { members?.contains($0) ?? true }.sorted()
            guard !ids.isEmpty else { continue }
            let comparison = ChoiceComparison(
                ids.map { id in
                    .init(
                        gold: finding.gold[id] ?? [], system: now[id] ?? [], baseline: then.choices[id] ?? [])
                }, figure: figure, seed: seed)
            lines.append(
                Line(
                    experiment: finding.experiment, group: group, measure: drop.measure, pairs: ids.count,
                    baseline: comparison.baseline, now: comparison.system, p: comparison.p, adjusted: 1,
                    margin: margin, seeds: drop.margin.seeds))
        }
    }
}
