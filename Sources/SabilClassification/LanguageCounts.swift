import SabilRecords

/// How many examples of each label a model was trained on in each of the four languages.
struct LanguageCounts: Sendable, Equatable {
    /// By label, then by the order of ``Language/known``.
    private(set) var counts: [Int]

    init(labelCount: Int) { counts = [Int](repeating: 0, count: labelCount * Language.known.count) }

    /// As stored; `nil` if they are not of so many labels.
    init?(counts: [Int], labelCount: Int) {
        guard counts.count == labelCount * Language.known.count, counts.allSatisfy({ $0 >= 0 }) else { return nil }
        self.counts = counts
    }

    mutating func add(_ labels: [Int32], language: Language) {
        guard let place = Language.known.firstIndex(of: language) else { return }
        for label in labels { counts[Int(label) * Language.known.count + place] += 1 }
    }

    /// How much less is known of a label in a language than an equal share of its examples would teach: the scarcity of those there
    /// less that of a quarter of all.
    ///
    /// 0 for a label without examples, for one with its share of them in the language, and for a text of undetermined language;
    /// near 1 for a label with none in the language and many in others.
    func foreignness(label: Int32, language: Language) -> Double {
        guard let place = Language.known.firstIndex(of: language) else { return 0 }
        let start = Int(label) * Language.known.count
        let all = counts[start..<start + Language.known.count]
        let share = Double(all.reduce(0, +)) / Double(Language.known.count)
        return max(0, Stack.scarcity(examples: Double(counts[start + place])) - Stack.scarcity(examples: share))
    }

    /// Per label: the share of what words weigh that meanings take over in a text.
    /// - Parameter known: ``Vocabulary/known(_:)`` of the text.
    func moved(_ labels: [Int32], language: Language, known: Double) -> [Double] {
        let share = Stack.foreignShare(known: known)
        return labels.map { share * foreignness(label: $0, language: language) }
    }
}
