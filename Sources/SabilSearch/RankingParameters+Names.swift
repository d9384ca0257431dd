import SabilRecords

/// The one door by which the numbers of the ranking are set from outside: by name, each within its range.
///
/// ```swift
/// let parameters = try RankingParameters(["k1": 1.2, "nearPairWeight": 0])
/// let session = try RankingSession(path: path, parameters: parameters)
/// ```
extension RankingParameters {
    /// A parameter that can be set, and within which bounds.
    public struct Name: Sendable, Hashable {
        /// As in the source, such as `k1`.
        public let name: String
        /// Values that can be given. Outside of it the ranking has no meaning or no bound on its time.
        public let range: ClosedRange<Double>
        /// Whether the value must be a whole number.
        public let isWhole: Bool
    }

    /// All parameters, in the order of the source.
    public static let names: [Name] = entries.map(\.name)

    /// The standard parameters, but for those given.
    ///
    /// - Throws: `invalidRequest` for a name that is none, with the nearest one; for a value out of range or, where a whole
    ///   number is needed, none. Of several faults the first by name is told.
    public init(_ values: [String: Double]) throws(SearchError) {
        self.init()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { try set(name, to: value) }
    }

    /// Sets one parameter.
    ///
    /// - Throws: as ``init(_:)``.
    public mutating func set(_ name: String, to value: Double) throws(SearchError) {
        func fault(_ what: String) -> SearchError {
            SearchError(
                code: .invalidRequest, operation: "set a ranking parameter",
                message: "Could not set the ranking parameter \"\(name)\": \(what)\(what.hasSuffix("?") ? "" : ".")")
        }
        guard let entry = Self.entries.first(where: { $0.name.name == name }) else {
            let known = Self.names.map(\.name)
            let nearest = NearestName(known).nearest(to: name)
            throw fault(
                nearest.map { "there is none of that name; did you mean \($0)?" }
                    ?? "there is none of that name; known are \(known.joined(separator: ", "))")
        }
        guard entry.name.range.contains(value) else { throw fault("\(value) is not \(entry.name.bounds)") }
        guard !entry.name.isWhole || value == value.rounded() else { throw fault("\(value) is not a whole number") }
        entry.set(&self, value)
    }

    /// Every value by name.
    public var values: [String: Double] {
        Dictionary(Self.entries.map { ($0.name.name, $0.get(self)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The values that differ from the standard ones.
    public var changes: [String: Double] {
        let standard = Self.standard.values
        return values.filter { standard[$0.key] != $0.value }
    }

    private struct Entry: Sendable {
        let name: Name
        let get: @Sendable (RankingParameters) -> Double
        let set: @Sendable (inout RankingParameters, Double) -> Void
    }

    private static func number(
        _ name: String, _ path: any WritableKeyPath<RankingParameters, Double> & Sendable, _ range: ClosedRange<Double>
    ) -> Entry {
        Entry(
            name: Name(name: name, range: range, isWhole: false), get: { $0[keyPath: path] },
            set: { $0[keyPath: path] = $1 })
    }

    private static func whole<Value: BinaryInteger & SendableMetatype>(
        _ name: String, _ path: any WritableKeyPath<RankingParameters, Value> & Sendable, _ range: ClosedRange<Double>
    ) -> Entry {
        Entry(
            name: Name(name: name, range: range, isWhole: true), get: { Double($0[keyPath: path]) },
            set: { $0[keyPath: path] = Value($1) })
    }

    private static let entries: [Entry] = [
        number("k1", \.k1, 0...10), number("b", \.b, 0...1), number("idfExponent", \.idfExponent, 0...4),
        whole("poolSize", \.poolSize, 1...2_000),
        number("gramWeight", \.gramWeight, 0...10),
        // A gram is packed into four times sixteen bits; other lengths need another index.
        whole("gramLength", \.gramLength, 4...4),
        number("gramDocumentShare", \.gramDocumentShare, 0...1),
        number("foreignGramWeight", \.foreignGramWeight, 0...10),
        number("orderedPairWeight", \.orderedPairWeight, 0...10),
        number("nearPairWeight", \.nearPairWeight, 0...10),
        whole("nearPairReach", \.nearPairReach, 1...20),
        whole("nearPairDistance", \.nearPairDistance, 0...100),
        number("fullTitleWeight", \.fullTitleWeight, 0...100),
        number("fullTitleShare", \.fullTitleShare, 0...1),
        number("leadWeight", \.leadWeight, 0...10),
        number("leadLength", \.leadLength, 1...10_000),
        whole("pairFrequencySteps", \.pairFrequencySteps, 1...1_000_000),
        number("conceptWeight", \.conceptWeight, 0...100),
        number("translationWeight", \.translationWeight, 0...100),
        number("plausibleTranslationWeight", \.plausibleTranslationWeight, 0...100),
        number("translatedGramWeight", \.translatedGramWeight, 0...10),
        number("minimumTranslationConfidence", \.minimumTranslationConfidence, 0...1),
        number("certainTranslationConfidence", \.certainTranslationConfidence, 0.01...1),
        whole("translationsPerWord", \.translationsPerWord, 0...20),
        number("translationShare", \.translationShare, 0...1),
        whole("maximumTranslations", \.maximumTranslations, 0...10_000),
        number("compoundWeight", \.compoundWeight, 0...10),
        number("feedbackWeight", \.feedbackWeight, 0...10), whole("feedbackWorks", \.feedbackWorks, 0...100),
        whole("prefixExpansion", \.prefixExpansion, 1...10_000),
        whole("maximumPrefixes", \.maximumPrefixes, 0...1_000),
        whole("maximumWords", \.maximumWords, 1...4_000),
        whole("maximumNames", \.maximumNames, 1...1_000),
        whole("maximumConcepts", \.maximumConcepts, 0...1_000),
        number("personTagWeight", \.personTagWeight, 0...100),
    ]
}

extension RankingParameters.Name {
    /// The range in words.
    public var bounds: String {
        func text(_ bound: Double) -> String { bound == bound.rounded() ? "\(Int(bound))" : "\(bound)" }
        return range.lowerBound == range.upperBound
            ? text(range.lowerBound) : "from \(text(range.lowerBound)) to \(text(range.upperBound))"
    }
}
