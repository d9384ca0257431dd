import Glibc

/// Naive Bayes over feature counts, multinomial or complement: smoothed logs worked out from the counts.
///
/// Source: McCallum & Nigam 1998 (multinomial); Rennie, Shih, Teevan & Karger 2003, "Tackling the poor assumptions of naive
/// Bayes text classifiers", ICML, table 4 (complement); scores as scikit-learn's joint log likelihoods (without prior for the
/// complement). With column weights, every count of a feature is multiplied by its weight before smoothing.
struct NaiveBayes: Sendable, Equatable {
    enum Kind: Sendable { case multinomial, complement }

    let kind: Kind
    /// What a feature adds beyond `base`, where the label has the feature.
    let deltas: LabelWeights
    /// Per feature: what every label gets.
    let featureBase: [Double]
    /// Per label: what every occurrence adds.
    let perOccurrence: [Double]
    /// Per label: log prior (multinomial), 0 (complement).
    let prior: [Double]

    init(_ counts: FeatureLabelCounts, kind: Kind, smoothing: Double, columnWeights: [Float]? = nil) {
        self.kind = kind
        let totals = Self.totals(counts, columnWeights: columnWeights)
        var perOccurrence: [Double] = []
        var entries: [(columns: [Int32], weights: [Float])] = []
        for label in counts.byLabel.indices {
            let logs = Self.logs(
                counts, label: label, kind: kind, smoothing: smoothing, totals: totals, columnWeights: columnWeights)
            entries.append((logs.columns, logs.deltas.map { Float($0) }))
            perOccurrence.append(logs.perOccurrence)
        }
        deltas = LabelWeights(byLabel: entries, columnCount: totals.count)
        featureBase =
            kind == .multinomial
            ? [] : totals.map { -log($0 + smoothing) }
        self.perOccurrence = perOccurrence
        let documents = max(1, counts.documents.reduce(0, +))
        prior = counts.documents.map {
            kind == .multinomial ? log((Double($0) + (smoothing < 1 ? smoothing : 1) * 1e-9) / Double(documents)) : 0
        }
    }

    /// Per feature what all documents hold, weighted.
    static func totals(_ counts: FeatureLabelCounts, columnWeights: [Float]?) -> [Double] {
        counts.totals.enumerated().map { column, total in
            Double(total) * (columnWeights.map { Double($0[column]) } ?? 1)
        }
    }

    /// What one label's documents say, before it is kept in single precision.
    struct Logs {
        /// Increasing.
        var columns: [Int32] = []
        /// What a feature adds beyond its base.
        var deltas: [Double] = []
        /// What every occurrence adds.
        var perOccurrence: Double
    }

    /// - Parameter totals: of ``totals(_:columnWeights:)``.
    /// - Complexity: O(features of the label + columns).
    static func logs(
        _ counts: FeatureLabelCounts, label: Int, kind: Kind, smoothing: Double, totals: [Double],
        columnWeights: [Float]? = nil
    ) -> Logs {
        var logs = Logs(perOccurrence: 0)
        var sum = 0.0
        var extraSum = 0.0
        for entry in counts.entries(of: label, countsRejected: true) {
            let weight = columnWeights.map { Double($0[Int(entry.column)]) } ?? 1
            let own = Double(entry.own) * weight
            let extra = Double(entry.extra) * weight
            sum += own
            extraSum += extra
            switch kind {
            case .multinomial:
                // What was rejected or left open says nothing to a model that looks at its own documents only.
                guard entry.own != 0 else { continue }
                logs.deltas.append(log((own + smoothing) / smoothing))
            case .complement:
                let total = totals[Int(entry.column)]
                logs.deltas.append(log(total + smoothing) - log(max(0, total - own + extra) + smoothing))
            }
            logs.columns.append(entry.column)
        }
        let space = smoothing * Double(totals.count)
        logs.perOccurrence =
            switch kind {
            case .multinomial: log(smoothing) - log(sum + space)
            case .complement: log(max(0, totals.reduce(0, +) - sum + extraSum) + space)
            }
        return logs
    }

    /// Log likelihoods of all labels for a row with the given feature values.
    func scores(_ row: FeatureRow, values: [Float]) -> [Double] {
        var scores = prior
        var length = 0.0
        var base = 0.0
        for (position, column) in row.columns.enumerated() {
            length += Double(values[position])
            if !featureBase.isEmpty { base += Double(values[position]) * featureBase[Int(column)] }
        }
        for label in scores.indices { scores[label] += base + length * perOccurrence[label] }
        deltas.accumulate(row, values, into: &scores)
        return scores
    }
}
