/// How a model chose a label on documents its members had not learnt from.
public struct ConceptFigures: Sendable, Hashable, Codable {
    public var label: String
    /// Examples of the label.
    public var examples: Int
    /// Held-out documents that it fits, among those it was thought of for at all.
    public var fitting: Int
    /// Held-out documents it was chosen for, and those of them that it fits.
    public var chosen: Int
    public var right: Int

    /// Chosen at least five times and more than twice as often as it fits.
    public var isOverSuggested: Bool { chosen >= 5 && chosen > 2 * fitting }

    public static let columns = ["label", "examples", "fitting", "chosen", "right", "over_suggested"]
    /// The figures with tabs between, in the order of ``columns``.
    public var line: String {
        let numbers = [examples, fitting, chosen, right].map(String.init)
        let name = String(label.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        return ([name] + numbers + [isOverSuggested ? "yes" : "no"]).joined(separator: "\t")
    }
}

extension ConceptClassifier {
    /// The figures of every label that was thought of for a held-out document; those chosen wrongly most often first.
    /// - Complexity: O(held-out scores).
    public func conceptFigures() -> [ConceptFigures] {
        var figures: [ConceptFigures] = []
        for (label, pairs) in content.heldOut.byLabel.enumerated() where !pairs.isEmpty {
            var own = ConceptFigures(
                label: content.labels[label], examples: content.exampleCounts[label], fitting: 0, chosen: 0, right: 0)
            for pair in pairs {
                if pair.fits { own.fitting += 1 }
                guard content.cuts.selects(Double(pair.raw), label: Int32(label)) else { continue }
                own.chosen += 1
                if pair.fits { own.right += 1 }
            }
            figures.append(own)
        }
        return figures.sorted { ($1.chosen - $1.right, $0.label) < ($0.chosen - $0.right, $1.label) }
    }
}
