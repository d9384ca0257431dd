extension ModelTraining {
    /// The scores of examples by members that had not seen their works.
    struct HeldOut: Sendable {
        var table: ScoreTable
        /// The best cost of the linear member.
        var cost: Double
        /// Where fewer examples were used than there are, how many: for the report.
        var limits: [String: Double]
    }

    /// Held-out examples after which the cost is chosen.
    private static let rowsToChooseCost = 1_000
    /// Beyond so many examples the costs are compared on models that learn from about so many, drawn by the seed.
    static let examplesToCompareCosts = 4_000
    /// Held-out examples after which no further fold is scored, from the second fold on: two halves are needed to foresee what
    /// the zones will do, and stack, calibration and cuts are steady long before.
    static let enoughHeldOut = 4_000

    /// Scores fold after fold; `nil` with fewer than two works.
    func heldOut(_ builder: MemberBuilder) throws(ModelError) -> HeldOut? {
        guard Set(builder.prepared.folds).count > 1 else { return nil }
        var costs = options.costs
        var limits: [String: Double] = [:]
        let exampleCount = builder.prepared.exampleCount
        let labelled = builder.prepared.labels.prefix(exampleCount).filter { !$0.isEmpty }.count
        if labelled < 20 || !builder.kinds.contains(.linear) { costs = [costs[costs.count / 2]] }
        if costs.count > 1, exampleCount > Self.examplesToCompareCosts {
            let tried = try builder.heldOut(
                fold: 0, costs: costs, learningFrom: Self.examplesToCompareCosts, scoring: Self.rowsToChooseCost)
            costs = [costs[best(tried, builder)]]
            limits["costExamples"] = Double(Self.examplesToCompareCosts)
        }
        var tried = [ScoreTable](repeating: ScoreTable(), count: costs.count)
        for fold in 0..<options.folds {
            for (index, part) in try builder.heldOut(fold: fold, costs: costs).enumerated() { tried[index].add(part) }
            // Enough examples to tell the costs apart: the other folds need the best one only.
            if costs.count > 1, tried[0].rows.count >= Self.rowsToChooseCost || fold == options.folds - 1 {
                let best = best(tried, builder)
                costs = [costs[best]]
                tried = [tried[best]]
            }
            if fold > 0, fold < options.folds - 1, tried[0].rows.count >= Self.enoughHeldOut {
                limits["heldOutExamples"] = Double(tried[0].rows.count)
                break
            }
        }
        return HeldOut(table: tried[0], cost: costs[0], limits: limits)
    }

    /// The cost with which the linear member alone is best.
    private func best(_ tried: [ScoreTable], _ builder: MemberBuilder) -> Int {
        let qualities = tried.map { quality($0, member: builder.kinds.firstIndex(of: .linear) ?? 0) }
        return qualities.indices.max { qualities[$0] < qualities[$1] } ?? 0
    }

    /// Micro F1 and nDCG@5 of one member alone.
    private func quality(_ table: ScoreTable, member: Int) -> Double {
        let raw = table.rows.map { $0.scores.scores[member] }
        let cuts = Cuts(table, raw: raw, goal: .microF1, shrinkage: 0, labelCount: space.labels.count)
        let figures = HeldOutMeasures(
            table, raw: raw, selected: Self.selected(table, raw, cuts, isSingleLabel: isSingleLabel))
        return figures.microF1 + figures.nDCG5
    }
}
