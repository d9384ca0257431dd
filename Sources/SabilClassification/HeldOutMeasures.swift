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
