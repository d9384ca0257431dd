/// Scores of the training documents by members that had not learnt from them, with the truth: what zones are set by.
///
/// Kept with the model, so that another precision can be asked for at any time without the training set.
struct HeldOutScores: Sendable, Equatable {
    /// A label on a document.
    struct Pair: Sendable, Equatable {
        var raw: Float
        var fits: Bool
        /// Which half of the works the document is of: what is set on one can be measured on the other.
        var half: UInt8
    }

    /// Per label, by falling score; pairs below ``leastConfidence`` are only counted.
    let byLabel: [[Pair]]
    /// Documents of each half.
    let documents: [Int]
    /// Labels that fitted and are in no pair, of each half.
    let missed: [Int]

    /// Calibrated confidence below which pairs are not kept.
    static let leastConfidence = 0.02

    /// Nothing was held out.
    init(labelCount: Int) {
        byLabel = [[Pair]](repeating: [], count: labelCount)
        documents = [0, 0]
        missed = [0, 0]
    }

    init(_ table: ScoreTable, raw: [[Double]], calibration: Calibration, labelCount: Int) {
        var byLabel = [[Pair]](repeating: [], count: labelCount)
        var documents = [0, 0]
        var missed = [0, 0]
        for (row, scores) in zip(table.rows, raw) {
            let half = row.half
            documents[half] += 1
            missed[half] += row.missedPositives
            for (position, truth) in row.truth.enumerated() where truth != .unknown {
                if calibration.confidence(scores[position]) >= Self.leastConfidence {
                    byLabel[Int(row.scores.labels[position])].append(
                        Pair(raw: Float(scores[position]), fits: truth == .fits, half: UInt8(half)))
                } else if truth == .fits {
                    missed[half] += 1
                }
            }
        }
        self.byLabel = byLabel.map { pairs in
            // Right and wrong ones of equal score in a fixed order, the wrong ones first.
            pairs.sorted { ($1.raw, $0.fits ? 1 : 0, $0.half) < ($0.raw, $1.fits ? 1 : 0, $1.half) }
        }
        self.documents = documents
        self.missed = missed
    }

    /// As stored; `nil` if it contradicts itself.
    init?(byLabel: [[Pair]], documents: [Int], missed: [Int]) {
        guard documents.count == 2, missed.count == 2, (documents + missed).allSatisfy({ $0 >= 0 }),
            byLabel.allSatisfy({ pairs in
                pairs.allSatisfy { $0.raw.isFinite && $0.half < 2 }
                    && zip(pairs, pairs.dropFirst()).allSatisfy { $0.raw >= $1.raw }
            })
        else { return nil }
        self.byLabel = byLabel
        self.documents = documents
        self.missed = missed
    }

    var isEmpty: Bool { documents == [0, 0] }
}
