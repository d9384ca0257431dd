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
        let columnCount = counts.totals.count
        func weight(_ column: Int32) -> Double { columnWeights.map { Double($0[Int(column)]) } ?? 1 }
        let totals = counts.totals.enumerated().map { Double($1) * weight(Int32($0)) }
        let grandTotal = totals.reduce(0, +)
        var perOccurrence: [Double] = []
        var entries: [(columns: [Int32], weights: [Float])] = []
        for label in counts.byLabel.indices {
            var columns: [Int32] = []
            var weights: [Float] = []
            var sum = 0.0
            var extraSum = 0.0
            for entry in counts.entries(of: label, countsRejected: true) {
                let own = Double(entry.own) * weight(entry.column)
                let extra = Double(entry.extra) * weight(entry.column)
                sum += own
                extraSum += extra
                switch kind {
                case .multinomial:
                    // What was rejected or left open says nothing to a model that looks at its own documents only.
                    guard entry.own != 0 else { continue }
                    weights.append(Float(log((own + smoothing) / smoothing)))
                case .complement:
                    let total = totals[Int(entry.column)]
                    weights.append(Float(log(total + smoothing) - log(max(0, total - own + extra) + smoothing)))
                }
                columns.append(entry.column)
            }
            entries.append((columns, weights))
            switch kind {
            case .multinomial: perOccurrence.append(log(smoothing) - log(sum + smoothing * Double(columnCount)))
            case .complement:
                perOccurrence.append(log(max(0, grandTotal - sum + extraSum) + smoothing * Double(columnCount)))
            }
        }
        deltas = LabelWeights(byLabel: entries, columnCount: columnCount)
        featureBase =
            kind == .multinomial
            ? [] : totals.map { -log($0 + smoothing) }
        self.perOccurrence = perOccurrence
        let documents = max(1, counts.documents.reduce(0, +))
        prior = counts.documents.map {
            kind == .multinomial ? log((Double($0) + (smoothing < 1 ? smoothing : 1) * 1e-9) / Double(documents)) : 0
        }
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
