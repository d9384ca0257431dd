import Glibc

/// A rising curve from raw scores to probabilities.
///
/// Source: Platt 1999 (sigmoid); Zadrozny & Elkan 2002 (isotonic, by pool adjacent violators).
struct Calibration: Sendable, Equatable, Codable {
    /// The sigmoid: 1 / (1 + exp(-(slope · raw + intercept))); slope > 0.
    var slope: Double = 1
    var intercept: Double = 0
    /// Knots of the isotonic curve, both increasing; empty = the sigmoid alone.
    var scores: [Double] = []
    var probabilities: [Double] = []

    /// The sigmoid with slope 1 through 0.
    init() {}

    /// Learns from held-out raw scores and whether the label fitted.
    ///
    /// Each isotonic step counts `smoothing` imagined examples of the sigmoid's opinion, so that few examples make no certainty.
    init(raw: [Double], fits: [Bool], method: TrainingOptions.CalibrationMethod, smoothing: Double = 5) {
        let positives = fits.reduce(0) { $0 + ($1 ? 1 : 0) }
        guard positives > 0, positives < fits.count else { return }
        fitSigmoid(raw, fits)
        guard method == .isotonic else { return }
        let order = raw.indices.sorted { raw[$0] != raw[$1] ? raw[$0] < raw[$1] : $0 < $1 }
        var blocks: [Block] = []
        for index in order {
            let hit = fits[index] ? 1.0 : 0.0
            if let last = blocks.last, last.score == raw[index], last.count == last.same {
                blocks[blocks.count - 1].hits += hit
                blocks[blocks.count - 1].count += 1
                blocks[blocks.count - 1].same += 1
            } else {
                blocks.append(Block(score: raw[index], hits: hit, count: 1, same: 1))
            }
        }
        var pooled = Self.pool(blocks)
        for index in pooled.indices {
            let opinion = sigmoid(pooled[index].score)
            pooled[index].hits += smoothing * opinion
            pooled[index].count += smoothing
        }
        pooled = Self.pool(pooled)
        scores = pooled.map(\.score)
        probabilities = pooled.map { min(1, max(0, $0.hits / $0.count)) }
    }

    /// ``init(raw:fits:method:smoothing:)`` of all pairs of which it is known whether they fit, then moved to what the newest works
    /// show, if dates tell which they are: odds p ↦ eᵇ·oddsᵃ.
    ///
    /// Fixtures learnt in the order of their dates: the expected error of the first ten suggestions of what comes next falls from
    /// .059 to .041. A curve of the newest alone leaves .049.
    init(_ table: ScoreTable, raw: [[Double]], method: TrainingOptions.CalibrationMethod) {
        var all: (raw: [Double], fits: [Bool]) = ([], [])
        var newest = all
        for (row, scored) in zip(table.rows, raw) {
            for (position, truth) in row.truth.enumerated() where truth != .unknown {
                all.raw.append(scored[position])
                all.fits.append(truth == .fits)
                guard row.isNewest else { continue }
                newest.raw.append(scored[position])
                newest.fits.append(truth == .fits)
            }
        }
        self.init(raw: all.raw, fits: all.fits, method: method)
        guard newest.fits.contains(true), newest.fits.contains(false) else { return }
        var moved = Calibration()
        moved.fitSigmoid(newest.raw.map { Self.logit(confidence($0)) }, newest.fits, ridge: Self.newestRidge)
        probabilities = probabilities.map { moved.sigmoid(Self.logit($0)) }
        (slope, intercept) = (moved.slope * slope, moved.slope * intercept + moved.intercept)
    }

    /// How strongly a = 1 and b = 0 are held to; a hundred right labels among the newest say much more than it.
    private static let newestRidge = 10.0

    private static func logit(_ probability: Double) -> Double {
        let inside = min(1 - 1e-6, max(1e-6, probability))
        return log(inside / (1 - inside))
    }

    private struct Block {
        /// Mean raw score.
        var score: Double
        var hits: Double
        var count: Double
        /// Leading members with equal score, before pooling.
        var same: Double
    }

    private static func pool(_ blocks: [Block]) -> [Block] {
        var pooled: [Block] = []
        for block in blocks {
            var next = block
            while let last = pooled.last, last.hits / last.count >= next.hits / next.count {
                next = Block(
                    score: (last.score * last.count + next.score * next.count) / (last.count + next.count),
                    hits: last.hits + next.hits, count: last.count + next.count, same: 0)
                pooled.removeLast()
            }
            pooled.append(next)
        }
        return pooled
    }

    /// Newton's method on slope and intercept, with Platt's targets.
    /// - Parameter ridge: counts squares of how far the slope is from 1 and the intercept from 0.
    private mutating func fitSigmoid(_ raw: [Double], _ fits: [Bool], ridge: Double = 0) {
        let positives = Double(fits.reduce(0) { $0 + ($1 ? 1 : 0) })
        let high = (positives + 1) / (positives + 2)
        let low = 1 / (Double(fits.count) - positives + 2)
        for _ in 0..<50 {
            var (g0, g1) = (ridge * intercept, ridge * (slope - 1))
            var (h00, h01, h11) = (1e-9 + ridge, 0.0, 1e-9 + ridge)
            for (score, fit) in zip(raw, fits) {
                let p = sigmoid(score)
                let error = p - (fit ? high : low)
                let curve = p * (1 - p)
                g0 += error
                g1 += error * score
                h00 += curve
                h01 += curve * score
                h11 += curve * score * score
            }
            let determinant = h00 * h11 - h01 * h01
            guard determinant > 1e-12 else { break }
            var stepIntercept = (h11 * g0 - h01 * g1) / determinant
            var stepSlope = (h00 * g1 - h01 * g0) / determinant
            let size = max(abs(stepIntercept), abs(stepSlope))
            if size > 2 {
                stepIntercept *= 2 / size
                stepSlope *= 2 / size
            }
            intercept -= stepIntercept
            slope = max(0.01, slope - stepSlope)
            if size < 1e-8 { break }
        }
    }

    private func sigmoid(_ raw: Double) -> Double { 1 / (1 + exp(-(slope * raw + intercept))) }

    /// The probability for a raw score; never falls as the score rises.
    /// - Complexity: O(log knots).
    func confidence(_ raw: Double) -> Double {
        guard let lowest = scores.first, let highest = scores.last else { return sigmoid(raw) }
        if raw <= lowest { return probabilities.first ?? 0 }
        if raw >= highest { return probabilities.last ?? 1 }
        var low = 0
        var high = scores.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if scores[middle] <= raw { low = middle } else { high = middle }
        }
        let width = scores[high] - scores[low]
        guard width > 0 else { return probabilities[high] }
        let share = min(1, max(0, (raw - scores[low]) / width))
        return min(probabilities[high], probabilities[low] + (probabilities[high] - probabilities[low]) * share)
    }
}
