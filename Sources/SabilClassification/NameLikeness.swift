import Glibc

/// How like a text is to the names and notes of each label: the cosine of TF-IDF rows, where words that few labels use count more.
///
/// Finds what the matcher cannot: names of which only a part stands in the text. Needs no examples of the label.
struct NameLikeness: Sendable, Equatable {
    let weights: LabelWeights

    init(weights: LabelWeights) { self.weights = weights }

    /// - Parameter texts: names and notes with the position of their label, by increasing label.
    init(_ texts: [(label: Int32, features: FeatureCounts)], vocabulary: Vocabulary, labelCount: Int) {
        var sums = [[Int32: Double]](repeating: [:], count: labelCount)
        for text in texts {
            let row = vocabulary.row(text.features)
            for (column, value) in zip(row.columns, row.values) {
                sums[Int(text.label)][column, default: 0] += Double(value)
            }
        }
        var labelFrequency = [Int](repeating: 0, count: vocabulary.count)
        for sum in sums { for column in sum.keys { labelFrequency[Int(column)] += 1 } }
        let entries = sums.map { sum -> (columns: [Int32], weights: [Float]) in
            let columns = sum.keys.sorted()
            let weights = columns.map {
                (sum[$0] ?? 0) * log(Double(1 + labelCount) / Double(1 + labelFrequency[Int($0)]) + 1)
            }
            let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return (columns, weights.map { Float(length > 0 ? $0 / length : 0) })
        }
        weights = LabelWeights(byLabel: entries, columnCount: vocabulary.count)
    }

    /// The cosines of all labels, standardised within the text: a text full of the domain's words is like every label.
    func scores(_ row: FeatureRow, labelCount: Int) -> (scores: [Double], deviation: Double) {
        var scores = [Double](repeating: 0, count: labelCount)
        weights.accumulate(row, row.values, into: &scores)
        let (mean, deviation) = Stack.moments(scores)
        return (scores.map { ($0 - mean) / deviation }, deviation)
    }
}
