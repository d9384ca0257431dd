import SabilRecords

/// Distributes groups of examples over parts so that every label keeps about the parts' shares.
///
/// Source: Sechidis, Tsoumakas and Vlahavas 2011, "On the stratification of multi-label data", ECML PKDD, figure 1, with
/// groups in the place of examples: a group counts as many examples of a label as it holds, and of the groups with the
/// rarest label the largest is placed first.
public enum IterativeStratification {
    /// Examples that stay together.
    public struct Group: Sendable, Hashable {
        public let size: Int
        /// Label → number of examples of the group that carry it; none is 0.
        public let labels: [String: Int]

        public init(size: Int, labels: [String: Int]) {
            self.size = size
            self.labels = labels
        }
    }

    /// The part of each group, as an index of `shares`; ties that sizes do not break are drawn.
    ///
    /// - Parameter shares: of each part, positive, together 1.
    /// - Complexity: O(labels² + labels · groups).
    public static func parts(of groups: [Group], shares: [Double], seed: UInt64) -> [Int] {
        var state = Distribution(groups, shares: shares, seed: seed)
        while let label = state.rarestLabel() {
            for group in state.holders(of: label) { state.place(group, byNeedOf: label) }
        }
        for group in state.order where state.parts[group] == nil { state.place(group, byNeedOf: nil) }
        return state.parts.map { $0 ?? 0 }
    }

    /// What is placed so far and what each part still wants.
    private struct Distribution {
        let order: [Int]
        private(set) var parts: [Int?]
        /// Label and count, by label; labels are numbers in the order of their names.
        private let labels: [[(label: Int, count: Int)]]
        private let sizes: [Int]
        /// Examples of each label that are not placed.
        private var remaining: [Int]
        /// Label → part → examples wanted; falls below 0 where a group brought more.
        private var wanted: [[Double]]
        private var wantedExamples: [Double]
        private var random: SeededGenerator

        init(_ groups: [Group], shares: [Double], seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            order = groups.indices.shuffled(using: &random)
            self.random = random
            parts = Array(repeating: nil, count: groups.count)
            sizes = groups.map(\.size)
            let names = Set(groups.flatMap(\.labels.keys)).sorted()
            let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
            labels = groups.map { group in
                group.labels.compactMap { name, count in numbers[name].map { ($0, count) } }.sorted { $0.0 < $1.0 }
            }
            var totals = [Int](repeating: 0, count: names.count)
            for (label, count) in labels.joined() { totals[label] += count }
            remaining = totals
            wanted = totals.map { total in shares.map { $0 * Double(total) } }
            let size = sizes.reduce(0, +)
            wantedExamples = shares.map { $0 * Double(size) }
        }

        func rarestLabel() -> Int? {
            remaining.indices.filter { remaining[$0] > 0 }.min { remaining[$0] < remaining[$1] }
        }

        /// The groups with a label that are not placed, those with most examples of it first.
        func holders(of label: Int) -> [Int] {
            var found: [(group: Int, count: Int)] = []
            for group in order where parts[group] == nil {
                if let entry = labels[group].first(where: { $0.label == label }) { found.append((group, entry.count)) }
            }
            return found.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
                .map(\.element.group)
        }

        mutating func place(_ group: Int, byNeedOf label: Int?) {
            let needs = label.map { wanted[$0] } ?? wantedExamples
            let most = needs.max() ?? 0
            var best = needs.indices.filter { needs[$0] == most }
            let room = best.map { wantedExamples[$0] }.max() ?? 0
            best = best.filter { wantedExamples[$0] == room }
            let part = best.count == 1 ? best[0] : best[random.nextIndex(below: best.count)]
            parts[group] = part
            wantedExamples[part] -= Double(sizes[group])
            for (label, count) in labels[group] {
                wanted[label][part] -= Double(count)
                remaining[label] -= count
            }
        }
    }
}
