import SabilRecords

/// A search for the point of a space where an objective is highest. Knows nothing of queries or indexes.
///
/// The same space, start, method, budget, seed and objective give the same trials in the same order.
public struct ParameterSearch: Sendable, Hashable {
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// One parameter after the other, a step up and a step down; steps begin at a quarter of the range and are halved
        /// when a round over all of them has found nothing better.
        case coordinate
        /// Points drawn evenly from the whole space.
        case random
    }

    /// A point that was tried. The first one is the start.
    public struct Trial: Sendable, Hashable {
        public let number: Int
        /// In the order of the space's axes.
        public let values: [Double]
        public let score: Double
    }

    public let space: ParameterSpace
    public let method: Method
    /// Trials at most, the start not counted.
    public let budget: Int
    public let seed: UInt64

    public init(space: ParameterSpace, method: Method, budget: Int, seed: UInt64) {
        self.space = space
        self.method = method
        self.budget = budget
        self.seed = seed
    }

    /// Steps are not made smaller than this share of a range.
    private static let smallestStep = 1.0 / 64
    /// Scores that differ by less are the same, and the earlier point stays.
    private static let margin = 1e-9

    /// Tries points until the budget is used or, by coordinates, no step of any size is better.
    ///
    /// - Parameters:
    ///   - start: the values from which steps are made; may lie outside of the space.
    ///   - objective: the higher the better; is asked once for a point.
    /// - Returns: all trials in order.
    public func run(
        from start: [Double], objective: (_ number: Int, _ values: [Double]) async throws -> Double
    ) async throws -> [Trial] {
        var trials: [Trial] = []
        func score(_ values: [Double]) async throws -> Trial? {
            if let known = trials.first(where: { $0.values == values }) { return known }
            guard trials.count <= budget else { return nil }
            let score = try await objective(trials.count, values)
            let trial = Trial(number: trials.count, values: values, score: score)
            trials.append(trial)
            return trial
        }
        guard let first = try await score(start) else { return [] }
        switch method {
        case .random:
            var random = SeededGenerator(seed: seed)
            // A small space of whole numbers may hold fewer points than the budget.
            var repeated = 0
            while trials.count <= budget, repeated < 1_000 {
                let count = trials.count
                _ = try await score(space.axes.map { $0.value(at: random.nextUnit()) })
                repeated = trials.count == count ? repeated + 1 : 0
            }
        case .coordinate:
            var best = first
            var step = 0.25
            while step >= Self.smallestStep {
                var hasMoved = false
                for (place, axis) in space.axes.enumerated() {
                    let here = axis.share(of: best.values[place])
                    for direction in [1.0, -1] {
                        var values = best.values
                        values[place] = axis.value(at: here + direction * step)
                        guard let trial = try await score(values) else { return trials }
                        if trial.score > best.score + Self.margin {
                            best = trial
                            hasMoved = true
                            break
                        }
                    }
                }
                if !hasMoved { step /= 2 }
            }
        }
        return trials
    }

    /// The best of some trials; of equally good ones the earliest.
    public static func winner(of trials: [Trial]) -> Trial? {
        trials.reduce(nil) { best, trial in
            guard let best else { return trial }
            return trial.score > best.score + margin ? trial : best
        }
    }
}
