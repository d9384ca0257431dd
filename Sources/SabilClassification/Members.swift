import SabilRecords

/// The trained members of a model: what each thinks of every label.
struct Members: Sendable {
    var kinds: [MemberKind]
    var labelCount: Int
    var linear: LinearModel?
    var complement: NaiveBayes?
    var multinomial: NaiveBayes?
    var centroid: CentroidModel?
    var names: NameLikeness?
    var meanings: MeaningModel?
    /// How many labels per document are candidates, by the centroid; `nil` = all labels.
    var candidateLimit: Int?
    /// How many features of a centroid are kept: as many as of a linear model, or enough to propose candidates.
    var centroidLimit: Int { candidateLimit == nil ? TrainingLimits.weightsPerLabel : 2_000 }

    /// How many labels have as many weights as given, of the linear member or the centroids.
    func labelsWith(weights limit: Int) -> Int {
        let linear = linear?.weights.counts(labelCount: labelCount) ?? []
        let centroids = candidateLimit == nil ? centroid?.weights.counts(labelCount: labelCount) ?? [] : []
        return (0..<labelCount).count { label in
            (label < linear.count && linear[label] >= limit) || (label < centroids.count && centroids[label] >= limit)
        }
    }

    /// The weights of a member by feature and label; `nil` where it has none.
    func weights(of kind: MemberKind) -> LabelWeights? {
        switch kind {
        case .linear: linear?.weights
        case .complementNaiveBayes: complement?.deltas
        case .multinomialNaiveBayes: multinomial?.deltas
        case .centroid: centroid?.weights
        case .nameLikeness: names?.weights
        // Its columns are meanings: ``MeaningModel/weights``.
        case .labelMatcher, .meanings: nil
        }
    }

    /// The labels worth scoring for one row, increasing, and what each member of `kinds` gives them.
    /// - Parameters:
    ///   - row: words, pairs and character grams.
    ///   - meanings: what the text says, in columns of the meanings.
    func scores(_ row: FeatureRow, meanings meaningRow: FeatureRow, matches: [LabelScore]) -> CandidateScores {
        let likeness = names?.scores(row, labelCount: labelCount)
        let nameScores = likeness?.scores
        let centroidScores = centroid?.scores(row, labelCount: labelCount)
        var labels: [Int32]
        if let candidateLimit, let centroidScores {
            let best = Self.best(centroidScores, limit: candidateLimit)
            let named = Self.best(nameScores ?? [], limit: candidateLimit / 5)
            labels = Array(Set(best).union(matches.map(\.label)).union(named)).sorted()
        } else {
            labels = (0..<labelCount).map { Int32($0) }
        }
        var scores: [[Double]] = []
        for kind in kinds {
            let all: [Double]
            switch kind {
            case .linear: all = linear?.scores(row) ?? [Double](repeating: 0, count: labelCount)
            case .complementNaiveBayes:
                all = complement?.scores(row, values: row.values) ?? [Double](repeating: 0, count: labelCount)
            case .multinomialNaiveBayes:
                all = multinomial?.scores(row, values: row.values) ?? [Double](repeating: 0, count: labelCount)
            case .centroid: all = centroidScores ?? [Double](repeating: 0, count: labelCount)
            case .nameLikeness: all = nameScores ?? [Double](repeating: 0, count: labelCount)
            case .meanings:
                all =
                    meanings?.scores(meaningRow, labelCount: labelCount) ?? [Double](repeating: 0, count: labelCount)
            case .labelMatcher:
                var found = [Double](repeating: 0, count: labelCount)
                for match in matches { found[Int(match.label)] = Double(match.score) }
                all = found
            }
            scores.append(labels.map { all[Int($0)] })
        }
        return CandidateScores(labels: labels, scores: scores, nameDeviation: likeness?.deviation ?? 1)
    }

    /// The labels with the highest scores above zero; ties go to the lower label.
    static func best(_ scores: [Double], limit: Int) -> [Int32] {
        var found = scores.indices.filter { scores[$0] > 0 }
        if found.count > limit {
            found.sort { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
            found.removeSubrange(limit...)
        }
        return found.map { Int32($0) }
    }
}

/// What the members give the candidate labels of one document.
struct CandidateScores: Sendable {
    /// Increasing.
    var labels: [Int32]
    /// Per member, per candidate.
    var scores: [[Double]]
    /// What the likeness of names was divided by.
    var nameDeviation = 1.0
    /// Per candidate: the share of what words weigh that meanings take over; empty = 0 for all.
    var moved: [Double] = []
}

/// Scores of many documents that the members had not learnt from, with the truth: what the stack learns from.
struct ScoreTable: Sendable {
    /// Rows with the fold-dependent scarcity of each label.
    var rows: [Row] = []
    /// Labels that fit and were no candidates.
    var missedPositives = 0

    struct Row: Sendable {
        var scores: CandidateScores
        /// Per candidate: fits, does not, unknown.
        var truth: [Truth]
        /// Per candidate: ``Stack/scarcity(examples:)`` of the label among the examples learnt from.
        var scarcity: [Double]
        var missedPositives: Int
        /// The half of the works that the document is of.
        var half: Int
        var language: Language = .undetermined
        /// Whether the document is of the newest works, where dates tell: then the members had seen older works only.
        var isNewest = false
    }

    /// Pairs of document and candidate.
    var pairs: Int { rows.reduce(0) { $0 + $1.truth.count } }

    mutating func add(_ other: ScoreTable) {
        rows += other.rows
        missedPositives += other.missedPositives
    }

    enum Truth: Sendable { case fits, doesNot, unknown }
}
