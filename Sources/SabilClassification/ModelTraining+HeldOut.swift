extension ModelTraining {
    /// The scores of examples by members that had not seen their works.
    struct HeldOut: Sendable {
        var table: ScoreTable
        /// The best cost of the linear member.
        var cost: Double
        /// Where fewer examples were used than there are, how many: for the report.
        var limits: [String: Double]
    }

    /// Whether ``limits`` hold.
    var isLarge: Bool { examples.count * space.labels.count > limits.largeSet }

    /// Scores fold after fold; `nil` with fewer than two works.
    func heldOut(_ builder: MemberBuilder) throws(ModelError) -> HeldOut? {
        guard Set(builder.prepared.folds).count > 1 else { return nil }
        var costs = options.costs
        var told: [String: Double] = [:]
        let exampleCount = builder.prepared.exampleCount
        let labelled = builder.prepared.labels.prefix(exampleCount).filter { !$0.isEmpty }.count
        if labelled < 20 || !builder.kinds.contains(.linear) { costs = [costs[costs.count / 2]] }
        if costs.count > 1, isLarge {
            let tried = try builder.heldOut(
                fold: 0, costs: costs, learningFrom: limits.costExamples, scoring: limits.costScored)
            costs = [costs[best(tried, builder)]]
            told[TrainingLimits.Measure.costExamples.rawValue] = Double(limits.costExamples)
        }
        var tried = [ScoreTable](repeating: ScoreTable(), count: costs.count)
        for fold in 0..<options.folds {
            for (index, part) in try builder.heldOut(fold: fold, costs: costs).enumerated() { tried[index].add(part) }
            // Enough examples to tell the costs apart: the other folds need the best one only.
            if costs.count > 1, tried[0].rows.count >= limits.costScored || fold == options.folds - 1 {
                let best = best(tried, builder)
                costs = [costs[best]]
                tried = [tried[best]]
            }
            if isLarge, fold < options.folds - 1, tried[0].rows.count >= limits.heldOutExamples {
                told[TrainingLimits.Measure.heldOutExamples.rawValue] = Double(tried[0].rows.count)
                break
            }
        }
        return HeldOut(table: tried[0], cost: costs[0], limits: told)
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
