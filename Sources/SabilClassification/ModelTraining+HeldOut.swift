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
            costs = [costs[Self.best(tried.map { linearFigures($0, builder) })]]
            told[TrainingLimits.Measure.costExamples.rawValue] = Double(limits.costExamples)
        }
        var tried = [ScoreTable](repeating: ScoreTable(), count: costs.count)
        for fold in 0..<options.folds {
            for (index, part) in try builder.heldOut(fold: fold, costs: costs).enumerated() { tried[index].add(part) }
            // The other folds need only the costs that may still be best.
            if costs.count > 1 {
                let isLast = tried[0].rows.count >= limits.costDecided || fold == options.folds - 1
                let race = tried.map { linearFigures($0, builder) }
                let kept = isLast ? [Self.best(race)] : Self.undecided(race)
                costs = kept.map { costs[$0] }
                tried = kept.map { tried[$0] }
            }
            if isLarge, fold < options.folds - 1, tried[0].rows.count >= limits.heldOutExamples {
                told[TrainingLimits.Measure.heldOutExamples.rawValue] = Double(tried[0].rows.count)
                break
            }
        }
        return HeldOut(table: tried[0], cost: costs[0], limits: told)
    }

    /// A stack with weights learnt from held-out scores, and what the members come to with it.
    struct Fitted: Sendable {
        var stack: Stack
        /// Per row of the table, per candidate.
        var raw: [[Double]]
        var cuts: Cuts
        var figures: HeldOutMeasures
    }

    /// The stack learnt from held-out scores; meanings have a weight in every language only where that makes held-out suggestions
    /// better, else they count abroad alone.
    ///
    /// The loss that weights are learnt by nearly always finds a little for one more member: on canlaw_acts and codes_fr held-out
    /// micro F1 fell by .003 with it (and by .0015 and .006 on the test), on sib200 and disaster_messages it rose by .001 and .002.
    func fitted(_ stack: Stack, to table: ScoreTable) throws(ModelError) -> Fitted {
        let best = try fitted(stack, to: table, frozen: [])
        guard stack.members.contains(.meanings) else { return best }
        let abroad = try fitted(stack, to: table, frozen: [.meanings])
        return best.figures.quality > abroad.figures.quality ? best : abroad
    }

    private func fitted(
        _ stack: Stack, to table: ScoreTable, frozen: Set<MemberKind>
    ) throws(ModelError) -> Fitted {
        var stack = stack
        try stack.fit(
            table, frozen: frozen, seed: seed, threads: threads,
            pairLimit: isLarge ? limits.stackPairs : Stack.pairLimit)
        let raw = table.rows.map { stack.combine($0.scores, scarcity: $0.scarcity).raw }
        let cuts = Cuts(
            table, raw: raw, goal: options.thresholdGoal, shrinkage: options.thresholdShrinkage,
            labelCount: space.labels.count)
        return Fitted(
            stack: stack, raw: raw, cuts: cuts,
            figures: HeldOutMeasures(
                table, raw: raw, selected: Self.selected(table, raw, cuts, isSingleLabel: isSingleLabel)))
    }

    /// What the linear member alone comes to.
    private func linearFigures(_ table: ScoreTable, _ builder: MemberBuilder) -> HeldOutMeasures {
        let member = builder.kinds.firstIndex(of: .linear) ?? 0
        let raw = table.rows.map { $0.scores.scores[member] }
        let cuts = Cuts(table, raw: raw, goal: .microF1, shrinkage: 0, labelCount: space.labels.count)
        return HeldOutMeasures(
            table, raw: raw, selected: Self.selected(table, raw, cuts, isSingleLabel: isSingleLabel))
    }

    /// The first with the highest sum of micro F1 and nDCG@5.
    private static func best(_ race: [HeldOutMeasures]) -> Int {
        race.indices.max { race[$0].quality != race[$1].quality ? race[$0].quality < race[$1].quality : $0 > $1 } ?? 0
    }

    /// Those no more than two standard errors of the paired difference behind the best.
    ///
    /// Source: Maron & Moore 1994, "Hoeffding races", with a normal bound in place of Hoeffding's.
    static func undecided(_ race: [HeldOutMeasures]) -> [Int] {
        let best = best(race)
        return race.indices.filter { index in
            let (mean, deviation) = Stack.moments(
                zip(race[best].byDocument, race[index].byDocument).map { $0 - $1 })
            let error = deviation / Double(max(1, race[best].byDocument.count)).squareRoot()
            return index == best || mean <= 2 * error
        }
    }
}
