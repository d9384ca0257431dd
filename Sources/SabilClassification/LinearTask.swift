/// The labels of one linear model to be trained: one by one, or in groups that walk over the rows together.
struct LinearTask: Sendable {
    let examples: PreparedExamples
    let storage: MatrixStorage
    let rows: [Int32]
    /// Per label.
    let positives: [[Int32]]
    /// Per label: rows it is worth telling apart from; `nil` = all.
    let negatives: [[Int32]]?
    let scaling: FeatureScaling
    let cost: Double
    let options: TrainingOptions
    let seed: UInt64

    /// What was learnt for one label; columns increasing.
    struct Trained: Sendable {
        var columns: [Int32] = []
        var weights: [Float] = []
        var bias: Double
    }

    /// From so many rows on, groups are worth their memory; below, the solver of single labels is as quick.
    static let rowsToShare = 1_000

    /// Whether labels learn from the same rows, and from many.
    var sharesRows: Bool { negatives == nil && rows.count >= Self.rowsToShare }

    /// - Complexity: O(labels × (columns + sweeps × entries of the rows a label learns from)).
    func oneByOne() throws(ModelError) -> [Trained] {
        let storage = storage
        return try Parallel.map(
            examples.labelCount, threads: Parallel.threadCount(options.threads),
            state: { () throws(ModelError) in try LinearTrainer(storage) }
        ) { (trainer: inout LinearTrainer, label: Int) throws(ModelError) -> Trained in
            guard !positives[label].isEmpty else { return Trained(bias: -1) }
            let (chosen, targets) = sample(label: label)
            // One label only, or every example has it: nothing to tell apart.
            guard targets.contains(-1) else { return Trained(bias: 1) }
            let (weights, bias) = try trainer.train(
                rows: chosen, targets: targets, scale: scaling.scale(examples.matrix, positives: positives[label]),
                cost: cost, tolerance: options.solverTolerance, seed: seed &+ UInt64(label))
            return kept(weights, bias: bias)
        }
    }

    /// ``oneByOne()`` within the tolerance, in a fraction of the time: labels as frequent as each other take about as many sweeps
    /// and make up a group.
    func together() throws(ModelError) -> [Trained] {
        let storage = storage
        let order = positives.indices.filter { !positives[$0].isEmpty }
            .sorted { (positives[$1].count, $0) < (positives[$0].count, $1) }
        let size = LinearGroupTrainer.labelLimit
        let groups = stride(from: 0, to: order.count, by: size).map { Array(order[$0..<min(order.count, $0 + size)]) }
        let trained = try Parallel.map(
            groups.count, threads: Parallel.threadCount(options.threads),
            state: { () throws(ModelError) in try LinearGroupTrainer(storage) }
        ) { (trainer: inout LinearGroupTrainer, group: Int) throws(ModelError) -> [Trained] in
            try trainer.begin(rows: rows)
            var isLearnt: [Bool] = []
            for (place, label) in groups[group].enumerated() {
                let targets = targets(label: label)
                isLearnt.append(targets.contains(-1))
                guard isLearnt[place] else { continue }
                try trainer.set(
                    label: place, targets: targets,
                    scale: scaling.scale(examples.matrix, positives: positives[label]))
            }
            try trainer.train(cost: cost, tolerance: options.solverTolerance, seed: seed &+ UInt64(group))
            var learnt: [Trained] = []
            for place in isLearnt.indices {
                guard isLearnt[place] else {
                    learnt.append(Trained(bias: 1))
                    continue
                }
                let (weights, bias) = try trainer.trained(label: place)
                learnt.append(kept(weights, bias: bias))
            }
            return learnt
        }
        var byLabel = [Trained](repeating: Trained(bias: -1), count: examples.labelCount)
        for (group, learnt) in zip(groups, trained) {
            for (label, one) in zip(group, learnt) { byLabel[label] = one }
        }
        return byLabel
    }

    private func kept(_ weights: [Float], bias: Double) -> Trained {
        let columns = StrongestWeights.columns(
            weights, floor: Float(options.weightFloor), limit: TrainingLimits.weightsPerLabel)
        return Trained(columns: columns, weights: columns.map { weights[Int($0)] }, bias: bias)
    }

    /// Per row: +1, -1, or 0 where the example does not say.
    private func targets(label: Int) -> [Int8] {
        let positives = positives[label]
        var next = 0
        return rows.map { row in
            if next < positives.count, positives[next] == row {
                next += 1
                return 1
            }
            let isNegative =
                examples.isComplete[Int(row)] || examples.rejected[Int(row)].contains(Int32(label))
            return isNegative ? -1 : 0
        }
    }

    /// The rows one label learns from, in the order of `rows`, with +1 or -1.
    private func sample(label: Int) -> (rows: [Int32], targets: [Int8]) {
        var chosen: [Int32] = []
        var targets: [Int8] = []
        var next = 0
        let positives = positives[label]
        let pool = negatives.map { Self.merged($0[label], positives) } ?? rows
        chosen.reserveCapacity(pool.count)
        targets.reserveCapacity(pool.count)
        for row in pool {
            if next < positives.count, positives[next] == row {
                next += 1
                chosen.append(row)
                targets.append(1)
            } else if examples.isComplete[Int(row)] || examples.rejected[Int(row)].contains(Int32(label)) {
                chosen.append(row)
                targets.append(-1)
            }
        }
        return (chosen, targets)
    }

    private static func merged(_ one: [Int32], _ other: [Int32]) -> [Int32] {
        var all = one + other
        all.sort()
        var unique: [Int32] = []
        for row in all where unique.last != row { unique.append(row) }
        return unique
    }
}
