import SabilRecords

/// Whether two choices of labels for the same documents differ in an F1 over all of them.
///
/// Micro and macro F1 are no means over documents, so that a test of paired values does not fit; but if both systems were
/// the same, the two choices for a document could change sides. The difference is set beside those of random exchanges.
/// Source: Yeh 2000, "More accurate tests for the statistical significance of result differences", COLING, §3.
public struct ChoiceComparison: Sendable, Hashable {
    /// What is right for a document, and what each system chose.
    public struct Document: Sendable, Hashable {
        public let gold: Set<String>
        public let system: Set<String>
        public let baseline: Set<String>

        public init(gold: Set<String>, system: Set<String>, baseline: Set<String>) {
            self.gold = gold
            self.system = system
            self.baseline = baseline
        }
    }

    /// Which mean.
    public enum Figure: String, Sendable, Hashable, CaseIterable {
        /// Over all choices together.
        case micro = "micro F1"
        /// The mean of the F1 of each label that is right or chosen by one of the two somewhere.
        case macro = "macro F1"
    }

    public let system: Double
    public let baseline: Double
    /// Two-sided p-value of the hypothesis that it is chance which system chose what; 1 when no choice differs.
    public let p: Double
    /// Documents for which the choices differ.
    public let moved: Int

    public var difference: Double { system - baseline }

    /// - Precondition: at least one document.
    /// - Complexity: O(permutations · labels of the documents).
    public init(_ documents: [Document], figure: Figure, permutations: Int = 10_000, seed: UInt64 = 1) {
        precondition(!documents.isEmpty, "a paired test needs pairs")
        let names = documents.reduce(into: Set<String>()) { $0.formUnion($1.gold.union($1.system).union($1.baseline)) }
        let places = Dictionary(names.sorted().enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        func coded(_ chosen: Set<String>, _ gold: Set<String>) -> [Choice] {
            chosen.compactMap { label in places[label].map { Choice(label: $0, isRight: gold.contains(label)) } }
        }
        var support = [Int](repeating: 0, count: names.count)
        for document in documents { document.gold.compactMap { places[$0] }.forEach { support[$0] += 1 } }
        let pairs = documents.map { (coded($0.system, $0.gold), coded($0.baseline, $0.gold)) }
        var fixed = Tally(labels: names.count)
        var moving: [(system: [Choice], baseline: [Choice])] = []
        for (document, pair) in zip(documents, pairs) {
            if document.system == document.baseline {
                fixed.add(pair.0)
            } else {
                moving.append(pair)
            }
        }
        func value(_ tally: Tally) -> Double { tally.f1(figure, support: support) }
        func difference(_ isExchanged: (Int) -> Bool) -> (Double, Double) {
            var (one, other) = (fixed, fixed)
            for (position, pair) in moving.enumerated() {
                let exchanged = isExchanged(position)
                one.add(exchanged ? pair.baseline : pair.system)
                other.add(exchanged ? pair.system : pair.baseline)
            }
            return (value(one), value(other))
        }
        (system, baseline) = difference { _ in false }
        moved = moving.count
        guard !moving.isEmpty else {
            p = 1
            return
        }
        let threshold = abs(system - baseline) - 1e-12
        var random = SeededGenerator(seed: seed)
        var far = 0
        for _ in 0..<permutations {
            var bits: UInt64 = 0
            let (one, other) = difference { position in
                if position & 63 == 0 { bits = random.next() }
                defer { bits >>= 1 }
                return bits & 1 == 1
            }
            if abs(one - other) >= threshold { far += 1 }
        }
        p = Double(1 + far) / Double(1 + permutations)
    }

    private struct Choice {
        let label: Int
        let isRight: Bool
    }

    /// Choices by label.
    private struct Tally {
        var chosen: [Int]
        var right: [Int]

        init(labels: Int) {
            chosen = [Int](repeating: 0, count: labels)
            right = chosen
        }

        mutating func add(_ choices: [Choice]) {
            for choice in choices {
                chosen[choice.label] += 1
                if choice.isRight { right[choice.label] += 1 }
            }
        }

        func f1(_ figure: Figure, support: [Int]) -> Double {
            switch figure {
            case .micro:
                return Measure.ratio(2 * right.reduce(0, +), chosen.reduce(0, +) + support.reduce(0, +))
            case .macro:
                guard !support.isEmpty else { return 0 }
                let sum = support.indices.reduce(0.0) { $0 + Measure.ratio(2 * right[$1], chosen[$1] + support[$1]) }
                return sum / Double(support.count)
            }
        }
    }
}
