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
        var random = SeededGenerator(seed: seed)
        let order = groups.indices.shuffled(using: &random)
        var totals: [String: Int] = [:]
        for group in groups {
            for (label, count) in group.labels { totals[label, default: 0] += count }
        }
        let size = groups.reduce(0) { $0 + $1.size }
        var wantedExamples = shares.map { $0 * Double(size) }
        var wanted = totals.mapValues { total in shares.map { $0 * Double(total) } }
        var remaining = totals
        var parts = [Int?](repeating: nil, count: groups.count)

        func place(_ index: Int, byNeedOf label: String?) {
            let needs = label.flatMap { wanted[$0] } ?? wantedExamples
            let most = needs.max() ?? 0
            var best = needs.indices.filter { needs[$0] == most }
            let examples = best.map { wantedExamples[$0] }.max() ?? 0
            best = best.filter { wantedExamples[$0] == examples }
            let part = best.count == 1 ? best[0] : best[random.nextIndex(below: best.count)]
            parts[index] = part
            wantedExamples[part] -= Double(groups[index].size)
            for (label, count) in groups[index].labels {
                wanted[label]?[part] -= Double(count)
                remaining[label]? -= count
            }
        }

        while let rarest = remaining.filter({ $0.value > 0 }).min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
            let holders = order.filter { parts[$0] == nil && groups[$0].labels[rarest.key] != nil }
                .enumerated().sorted {
                    let (a, b) = (
                        groups[$0.element].labels[rarest.key] ?? 0, groups[$1.element].labels[rarest.key] ?? 0
                    )
                    return (b, $0.offset) < (a, $1.offset)
                }
            for holder in holders { place(holder.element, byNeedOf: rarest.key) }
        }
        for index in order where parts[index] == nil { place(index, byNeedOf: nil) }
        return parts.map { $0 ?? 0 }
    }
}
