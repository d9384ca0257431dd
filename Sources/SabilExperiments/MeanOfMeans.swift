public import SabilEvaluation

/// Values of queries of several collections in several languages, brought together so that every language counts the same,
/// and within a language every collection.
///
/// The values are scaled with N / (L · C · n): N queries in all, L languages, C collections of the language, n queries of the
/// collection. Their plain mean is then the mean of the means, and a paired test over them is a test of it.
public struct MeanOfMeans: Sendable, Hashable {
    private struct Part: Sendable, Hashable {
        let language: String
        let collection: String
        var values: [Double] = []
        var reference: [Double] = []
    }

    private var parts: [Part] = []

    public init() {}

    /// Adds the values of some queries of a collection, with those of a reference for the same queries.
    ///
    /// - Precondition: as many of one as of the other.
    public mutating func add(
        _ values: [Double], reference: [Double], language: String, collection: String
    ) {
        precondition(values.count == reference.count, "a reference has the same queries")
        guard !values.isEmpty else { return }
        var place = parts.firstIndex { $0.language == language && $0.collection == collection }
        if place == nil {
            parts.append(Part(language: language, collection: collection))
            place = parts.count - 1
        }
        guard let place else { return }
        parts[place].values += values
        parts[place].reference += reference
    }

    public var queries: Int { parts.reduce(0) { $0 + $1.values.count } }
    public var isEmpty: Bool { parts.isEmpty }

    /// Languages, sorted, with the mean of their collections' means.
    public var byLanguage: [(language: String, mean: Double)] {
        Dictionary(grouping: parts, by: \.language).sorted { $0.key < $1.key }.map { language, parts in
            (language, Self.mean(parts.map { Self.mean($0.values) }))
        }
    }

    /// The mean of the languages' means; 0 without values.
    public var mean: Double { Self.mean(byLanguage.map(\.mean)) }

    /// The scaled values and those of the reference, in the same order.
    public var pairs: (values: [Double], reference: [Double]) {
        var collections: [String: Int] = [:]
        for part in parts { collections[part.language, default: 0] += 1 }
        var values: [Double] = []
        var reference: [Double] = []
        for part in parts {
            let others = Double(collections.count * (collections[part.language] ?? 1) * part.values.count)
            let weight = Double(queries) / others
            values += part.values.map { $0 * weight }
            reference += part.reference.map { $0 * weight }
        }
        return (values, reference)
    }

    /// The paired test over all queries; `nil` without any.
    public func comparison(seed: UInt64 = 1) -> PairedComparison? {
        let (values, reference) = pairs
        return values.isEmpty ? nil : PairedComparison(values, baseline: reference, seed: seed)
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
}
