import Glibc

/// How the members' scores become one: a logistic (several labels) or softmax (one label) regression on standardised scores.
///
/// Each member's weight is a + a′·scarcity: the names of a label count for more, and its statistics for less, when it has few
/// examples. For several labels scores are standardised over all documents; for one label, within each document.
struct Stack: Sendable, Equatable, Codable {
    var isSingleLabel: Bool
    var members: [MemberKind]
    /// Per member; 0 and 1 for one label.
    var means: [Double]
    var deviations: [Double]
    /// Per member: a, never negative.
    var weights: [Double]
    /// Per member: a′; a + a′ is never negative.
    var scarceWeights: [Double]
    var offset: Double
    var scarceOffset: Double
    /// Per label.
    var biases: [Double]
    /// Per label.
    var scarcity: [Double]

    /// 1 for a label without examples, falling to 0 as examples grow.
    static func scarcity(examples: Int) -> Double { scarcity(examples: Double(examples)) }

    /// The same for a share of them.
    static func scarcity(examples: Double) -> Double { 3 / (3 + examples) }

    /// A stack that was not learnt: for label names alone, or too few examples to hold some back.
    ///
    /// Weights of names are those of a logistic regression over the hand-labelled fixtures (252 records × 168 concepts).
    init(untrained members: [MemberKind], isSingleLabel: Bool, exampleCounts: [Int]) {
        self.isSingleLabel = isSingleLabel
        self.members = members
        means = members.map { _ in 0 }
        deviations = members.map { _ in 1 }
        weights = members.map {
            switch $0 {
            case .labelMatcher: 0.95
            case .nameLikeness: 0.91
            case .linear: isSingleLabel ? 1 : 2
            case .centroid: isSingleLabel ? 0.5 : 1
            case .complementNaiveBayes, .multinomialNaiveBayes: isSingleLabel ? 0.5 : 0
            case .meanings: isSingleLabel ? 0.5 : 1
            }
        }
        scarceWeights = members.map { _ in 0 }
        let isNamesOnly = members.allSatisfy { $0 == .labelMatcher || $0 == .nameLikeness }
        // The best of n standardised scores is at most √(n - 1): with few labels less is to be overcome.
        let likeliest = min(3.76, Double(max(0, exampleCounts.count - 1)).squareRoot())
        offset = isSingleLabel ? 0 : (isNamesOnly ? -(0.5 + 0.91 * likeliest) : -0.5)
        scarceOffset = 0
        biases = [Double](repeating: 0, count: exampleCounts.count)
        scarcity = exampleCounts.map { Self.scarcity(examples: $0) }
    }

    /// The raw score from which an unlearnt stack selects: half the F1 it can reach, as odds (Lipton et al. 2014).
    static let untrainedCut = -1.4

    /// What one document's scores were standardised and shifted by.
    struct Combination: Sendable {
        /// Per candidate, in logits.
        var raw: [Double]
        /// Per member.
        var means: [Double]
        var deviations: [Double]
    }

    /// The weight of a member for a label of the given scarcity.
    func weight(_ member: Int, scarcity: Double) -> Double {
        max(0, weights[member] + scarceWeights[member] * scarcity)
    }

    /// The share of what words weigh that meanings take over in a language without an example: a half where the model knows something of
    /// the text, up to all where it knows nothing, since then words say no more than which labels are frequent.
    ///
    /// The half: prototypes on sib200 and canlaw_acts, each language learnt and the others asked, are best or near the best with it.
    /// At home it costs up to .03, and so it is done abroad only.
    /// - Parameter known: ``Vocabulary/known(_:)``; a fifth of a text is enough.
    static func foreignShare(known: Double) -> Double { max(0.5, 1 - 0.5 * known / 0.2) }

    /// The weight of each member for a label of the given scarcity.
    ///
    /// - Parameter moved: the share of what words weigh that meanings take over, 0…1.
    func weights(scarcity: Double, moved share: Double) -> [Double] {
        var weights = members.indices.map { weight($0, scarcity: scarcity) }
        guard share > 0, let meanings = members.firstIndex(of: .meanings) else { return weights }
        for member in members.indices where members[member].readsWords {
            let moved = share * weights[member]
            weights[member] -= moved
            weights[meanings] += moved
        }
        return weights
    }

    /// Whether a member counts for a label of any scarcity.
    ///
    /// Weights are linear in the scarcity, so its ends decide; a millionth is no weight on standardised scores.
    func weighs(_ kind: MemberKind) -> Bool {
        members.indices.contains { member in
            members[member] == kind && [0, 1].contains { weight(member, scarcity: $0) > 1e-6 }
        }
    }

    /// The raw scores of a document's candidates; `scarcity` overrides the labels' own.
    func combine(_ candidates: CandidateScores, scarcity given: [Double]? = nil) -> Combination {
        var combination = Combination(raw: [], means: means, deviations: deviations)
        if isSingleLabel {
            for (member, scores) in candidates.scores.enumerated() {
                let (mean, deviation) = Self.moments(scores)
                combination.means[member] = mean
                combination.deviations[member] = deviation
            }
        }
        combination.raw.reserveCapacity(candidates.labels.count)
        for (position, label) in candidates.labels.enumerated() {
            let scarcity = given?[position] ?? self.scarcity[Int(label)]
            var sum = offset + scarceOffset * scarcity + biases[Int(label)]
            let weights = weights(
                scarcity: scarcity, moved: candidates.moved.isEmpty ? 0 : candidates.moved[position])
            for member in members.indices {
                let standard =
                    (candidates.scores[member][position] - combination.means[member]) / combination.deviations[member]
                sum += weights[member] * standard
            }
            combination.raw.append(sum)
        }
        if isSingleLabel, candidates.labels.count > 1 {
            // Log odds against all others: p / (1 - p), in a form that neither overflows nor cancels.
            let all = combination.raw
            let top = all.max() ?? 0
            let total = all.reduce(0) { $0 + exp($1 - top) }
            for position in all.indices {
                let own = exp(all[position] - top)
                var others = total - own
                if own > total / 2 {
                    others = all.indices.reduce(0) { $1 == position ? $0 : $0 + exp(all[$1] - top) }
                }
                combination.raw[position] = all[position] - top - log(max(others, 1e-300))
            }
        }
        return combination
    }

    /// Mean and standard deviation; 1 for scores that are all alike.
    static func moments(_ scores: [Double]) -> (mean: Double, deviation: Double) {
        guard !scores.isEmpty else { return (0, 1) }
        let mean = scores.reduce(0, +) / Double(scores.count)
        let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)
        return (mean, variance > 1e-18 ? variance.squareRoot() : 1)
    }
}
