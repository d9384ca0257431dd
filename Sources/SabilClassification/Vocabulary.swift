import Glibc

/// The features a model knows, with their inverse document frequencies: turns counts into TF-IDF rows.
///
/// Unknown features count as if they had been in one document: they lengthen the row without having a column, so that texts
/// full of unknown words score lower, in training and afterwards alike.
struct Vocabulary: Sendable {
    /// Increasing; the position is the column.
    let keys: [UInt64]
    /// ln((1 + n) / (1 + df)) + 1 per column.
    let idf: [Float]
    let documentCount: Int
    let gramWeight: Float
    private let unknownIDF: Float
    private let slots: [Int32]
    private let mask: UInt64

    init(keys: [UInt64], idf: [Float], documentCount: Int, gramWeight: Double) {
        self.keys = keys
        self.idf = idf
        self.documentCount = documentCount
        self.gramWeight = Float(gramWeight)
        unknownIDF = Self.idf(frequency: 1, documents: documentCount)
        var size = 16
        while size < keys.count * 2 { size *= 2 }
        let mask = UInt64(size - 1)
        var slots = [Int32](repeating: -1, count: size)
        for (column, key) in keys.enumerated() {
            var slot = (key >> 1) & mask
            while slots[Int(slot)] >= 0 { slot = (slot + 1) & mask }
            slots[Int(slot)] = Int32(column)
        }
        self.mask = mask
        self.slots = slots
    }

    /// From the counts of all documents; `extra` texts add features but do not count as documents.
    init(documents: [FeatureCounts], extra: [FeatureCounts], minimumFrequency: Int, gramWeight: Double) {
        var frequencies: [UInt64: Int32] = [:]
        frequencies.reserveCapacity(documents.count * 32)
        for document in documents { for key in document.keys { frequencies[key, default: 0] += 1 } }
        for text in extra { for key in text.keys { frequencies[key, default: 0] += 0 } }
        let named = Set(extra.flatMap(\.keys))
        // Order does not matter here: the keys are sorted next.
        let kept = frequencies.compactMap { key, frequency in
            Int(frequency) >= minimumFrequency || named.contains(key) ? key : nil
        }
        let keys = kept.sorted()
        let idf = keys.map { Self.idf(frequency: max(1, Int(frequencies[$0] ?? 1)), documents: documents.count) }
        self.init(keys: keys, idf: idf, documentCount: documents.count, gramWeight: gramWeight)
    }

    static func idf(frequency: Int, documents: Int) -> Float {
        Float(TermWeight.idf(frequency: frequency, documents: documents))
    }

    var count: Int { keys.count }

    /// The column of a feature, if the model knows it.
    func column(_ key: UInt64) -> Int32? {
        var slot = (key >> 1) & mask
        while true {
            let column = slots[Int(slot)]
            if column < 0 { return nil }
            if keys[Int(column)] == key { return column }
            slot = (slot + 1) & mask
        }
    }

    /// How much of a text the model knows, by the squared weights of its features: 0 = nothing, 1 = every word and gram.
    func known(_ row: FeatureRow) -> Double {
        row.values.reduce(0) { $0 + Double($1) * Double($1) } / (1 + Double(gramWeight) * Double(gramWeight))
    }

    /// The TF-IDF row of a text.
    func row(_ features: FeatureCounts) -> FeatureRow {
        var row = FeatureRow()
        row.columns.reserveCapacity(features.keys.count)
        row.values.reserveCapacity(features.keys.count)
        row.counts.reserveCapacity(features.keys.count)
        let columns = features.keys.map(column)
        let weights = TermWeight.weights(
            features, idf: columns.map { Double($0.map { idf[Int($0)] } ?? unknownIDF) },
            gramWeight: Double(gramWeight))
        for (position, column) in columns.enumerated() {
            guard let column else { continue }
            row.columns.append(column)
            row.values.append(Float(weights[position]))
            row.counts.append(features.counts[position])
        }
        return row
    }
}
