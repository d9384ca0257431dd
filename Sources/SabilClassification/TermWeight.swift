import Glibc

/// TF-IDF weights in double precision; models keep them in single precision.
///
/// Source: Salton & Buckley 1988; the logarithms as in scikit-learn's `TfidfTransformer` (sublinear, smooth, length 1).
enum TermWeight {
    /// ln((1 + documents) / (1 + frequency)) + 1.
    static func idf(frequency: Int, documents: Int) -> Double {
        log(Double(1 + max(1, documents)) / Double(1 + frequency)) + 1
    }

    /// (1 + ln count) · idf per feature of one text; the block of words has length 1, that of character grams `gramWeight`.
    /// - Parameter idf: per feature of the text.
    /// - Complexity: O(features).
    static func weights(_ features: FeatureCounts, idf: [Double], gramWeight: Double) -> [Double] {
        var wordSquares = 0.0
        var gramSquares = 0.0
        var weights: [Double] = []
        weights.reserveCapacity(features.keys.count)
        for (position, key) in features.keys.enumerated() {
            let weight = (1 + log(Double(features.counts[position]))) * idf[position]
            if key & 1 == 1 { gramSquares += weight * weight } else { wordSquares += weight * weight }
            weights.append(weight)
        }
        let wordFactor = wordSquares > 0 ? 1 / wordSquares.squareRoot() : 0
        let gramFactor = gramSquares > 0 ? gramWeight / gramSquares.squareRoot() : 0
        for (position, key) in features.keys.enumerated() {
            weights[position] *= key & 1 == 1 ? gramFactor : wordFactor
        }
        return weights
    }
}
