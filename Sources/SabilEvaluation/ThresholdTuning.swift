import Glibc

/// Finds the thresholds that serve best on examples kept for that purpose; never tune on the examples you report.
public struct ThresholdTuning: Sendable, Hashable {
    /// What scores mean, and so along which scale a label's own threshold is drawn towards the global one.
    public enum Scale: Sendable, Hashable {
        /// Any real numbers, such as margins: drawn linearly.
        case real
        /// Probabilities: drawn in the logit.
        case probability
    }

    /// The threshold that gives the best micro F1, of equally good ones the highest.
    ///
    /// It lies halfway between the lowest score chosen and the next one below, so that it is not bound to one example. With
    /// nothing to choose rightly (no right label was suggested) it is +∞: choose nothing.
    public let global: Double
    /// Micro F1 with `global` on the tuning examples.
    public let microF1: Double
    /// A threshold of its own for each label with a right example, drawn towards `global`; empty when not asked for.
    public let perLabel: [String: Double]

    /// - Parameters:
    ///   - predictions: tuning examples; right labels that were not suggested count as missed.
    ///   - shrinkage: `nil` for the global threshold alone; otherwise m in the weight n/(n+m) that a label's own best
    ///     threshold has, n being its number of right examples. 50 served on the reference sets.
    /// - Complexity: O(s log s), s = number of suggestions.
    public init(_ predictions: some Collection<LabelPrediction>, shrinkage: Double? = nil, scale: Scale = .real) {
        var all: [(score: Double, isRight: Bool)] = []
        var ofLabel: [String: [(score: Double, isRight: Bool)]] = [:]
        var goldCounts: [String: Int] = [:]
        for prediction in predictions {
            for label in prediction.gold { goldCounts[label, default: 0] += 1 }
            for suggestion in prediction.ranking {
                let point = (suggestion.score, prediction.gold.contains(suggestion.label))
                all.append(point)
                if shrinkage != nil { ofLabel[suggestion.label, default: []].append(point) }
            }
        }
        let best = Self.best(all, gold: goldCounts.values.reduce(0, +))
        global = best.threshold
        microF1 = best.f1
        guard let shrinkage, best.threshold.isFinite else {
            perLabel = [:]
            return
        }
        var perLabel: [String: Double] = [:]
        for (label, points) in ofLabel {
            guard let count = goldCounts[label] else { continue }
            let own = Self.best(points, gold: count).threshold
            guard own.isFinite else { continue }
            let weight = Double(count) / (Double(count) + max(0, shrinkage))
            perLabel[label] = Self.between(own, best.threshold, weight: weight, scale: scale)
        }
        self.perLabel = perLabel
    }

    /// The rule to choose labels with.
    public var selection: LabelSelection { .threshold(global, perLabel: perLabel) }

    private static func best(_ points: [(score: Double, isRight: Bool)], gold: Int) -> (threshold: Double, f1: Double) {
        let sorted = points.sorted { $0.score > $1.score }
        var right = 0
        var best = (threshold: Double.infinity, f1: 0.0)
        for (position, point) in sorted.enumerated() {
            if point.isRight { right += 1 }
            let next = position + 1 < sorted.count ? sorted[position + 1].score : nil
            // Equal scores are chosen together.
            if next == point.score { continue }
            let f1 = 2 * Double(right) / Double(position + 1 + gold)
            if f1 > best.f1 { best = (next.map { midpoint($0, point.score) } ?? point.score, f1) }
        }
        return best
    }

    /// Above `low` and at most `high`.
    private static func midpoint(_ low: Double, _ high: Double) -> Double {
        let middle = low + (high - low) / 2
        return middle > low && middle <= high ? middle : high
    }

    private static func between(_ own: Double, _ global: Double, weight: Double, scale: Scale) -> Double {
        switch scale {
        case .real: return weight * own + (1 - weight) * global
        case .probability:
            func logit(_ value: Double) -> Double {
                let inside = min(max(value, 1e-9), 1 - 1e-9)
                return log(inside / (1 - inside))
            }
            return 1 / (1 + exp(-(weight * logit(own) + (1 - weight) * logit(global))))
        }
    }
}
