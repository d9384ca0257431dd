/// The raw scores from which on labels are selected.
struct Cuts: Sendable, Equatable, Codable {
    var global: Double
    /// Per label; empty = the global one for all.
    var perLabel: [Double] = []

    init(global: Double) { self.global = global }

    /// The cuts with the best F1 on held-out scores.
    ///
    /// For macro F1, each label's own best cut is drawn to the global one: weight n / (n + shrinkage) for n examples.
    init(
        _ table: ScoreTable, raw: [[Double]], goal: TrainingOptions.ThresholdGoal, shrinkage: Double, labelCount: Int
    ) {
        var all: [(raw: Double, fits: Bool)] = []
        var byLabel = [[(raw: Double, fits: Bool)]](repeating: [], count: goal == .macroF1 ? labelCount : 0)
        for (row, scores) in zip(table.rows, raw) {
            for (position, truth) in row.truth.enumerated() where truth != .unknown {
                all.append((scores[position], truth == .fits))
                if goal == .macroF1 {
                    byLabel[Int(row.scores.labels[position])].append((scores[position], truth == .fits))
                }
            }
        }
        let best = Self.best(all, missed: table.missedPositives) ?? 0
        global = best
        perLabel = byLabel.map { pairs in
            let positives = Double(pairs.filter(\.fits).count)
            guard let own = Self.best(pairs, missed: 0) else { return best }
            return (positives * own + shrinkage * best) / (positives + shrinkage)
        }
    }

    func selects(_ raw: Double, label: Int32) -> Bool { raw >= (perLabel.isEmpty ? global : perLabel[Int(label)]) }

    /// The cut with the highest F1, half-way to the next lower score; `nil` without positives.
    static func best(_ pairs: [(raw: Double, fits: Bool)], missed: Int) -> Double? {
        let sorted = pairs.sorted { $0.raw > $1.raw }
        let positives = Double(sorted.reduce(missed) { $0 + ($1.fits ? 1 : 0) })
        guard positives > Double(missed) else { return nil }
        var hits = 0.0
        var best = (f1: -1.0, cut: 0.0)
        for (rank, pair) in sorted.enumerated() {
            if pair.fits { hits += 1 }
            if rank + 1 < sorted.count, sorted[rank + 1].raw == pair.raw { continue }
            let f1 = 2 * hits / (Double(rank + 1) + positives)
            if f1 > best.f1 {
                let next = rank + 1 < sorted.count ? sorted[rank + 1].raw : pair.raw - 1
                best = (f1, (pair.raw + next) / 2)
            }
        }
        return best.cut
    }
}

/// Figures of held-out scores.
struct HeldOutMeasures: Sendable {
    var microF1 = 0.0
    var nDCG5 = 0.0
    /// Per document what it speaks for, of which ``quality`` is the mean: its nDCG@5, and micro F1 with the linear term of how far
    /// the document moves that ratio of sums.
    private(set) var byDocument: [Double] = []

    var quality: Double { microF1 + nDCG5 }

    /// - Parameter selected: per row, whether each candidate is selected.
    init(_ table: ScoreTable, raw: [[Double]], selected: [[Bool]]) {
        var hits = 0.0
        var named = 0.0
        var judged = 0.0
        var documents: [(hits: Double, named: Double, gain: Double)] = []
        for (row, (scores, selection)) in zip(table.rows, zip(raw, selected)) {
            let positives = row.truth.reduce(row.missedPositives) { $0 + ($1 == .fits ? 1 : 0) }
            var document = (hits: 0.0, named: Double(positives), gain: 0.0)
            for (position, truth) in row.truth.enumerated() where selection[position] && truth != .unknown {
                document.named += 1
                if truth == .fits { document.hits += 1 }
            }
            if positives > 0 {
                judged += 1
                let order = scores.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
                for (rank, position) in order.prefix(5).enumerated() where row.truth[position] == .fits {
                    document.gain += Self.discount(rank)
                }
                document.gain /= (0..<min(5, positives)).reduce(0) { $0 + Self.discount($1) }
            }
            hits += document.hits
            named += document.named
            nDCG5 += document.gain
            documents.append(document)
        }
        microF1 = named > 0 ? 2 * hits / named : 0
        nDCG5 = judged > 0 ? nDCG5 / judged : 0
        let count = Double(documents.count)
        byDocument = documents.map { document in
            (named > 0 ? microF1 + (2 * document.hits - microF1 * document.named) * count / named : 0)
                + (judged > 0 ? document.gain * count / judged : 0)
        }
    }

    private static func discount(_ rank: Int) -> Double {
        [1, 0.6309297535714574, 0.5, 0.43067655807339306, 0.38685280723454163][rank]
    }
}
