import SabilRecords

/// Trains the members on some rows of a training set, and scores other rows with them.
struct MemberBuilder: Sendable {
    let prepared: PreparedExamples
    let storage: MatrixStorage
    let vocabulary: Vocabulary
    let isSingleLabel: Bool
    let options: TrainingOptions
    let kinds: [MemberKind]
    /// Not learnt from examples, so the same in every fold.
    let names: NameLikeness?
    let seed: UInt64

    private var threads: Int { Parallel.threadCount(options.threads) }

    /// Whether labels × examples are too many to try every label on every example.
    var isExhaustive: Bool { prepared.labelCount * prepared.exampleCount <= options.exhaustiveLimit }

    /// Members trained on the example rows given, and what is counted behind those that can go on learning.
    func members(rows examples: [Int32], cost: Double) throws(ModelError) -> (Members, LearnableCounts) {
        let rows = prepared.withNames(examples, below: options.namesAsExamplesBelow)
        // Where it needs no candidates the linear member is trained first: counts and solver together would be the most memory.
        let early = kinds.contains(.linear) && isExhaustive ? try linear(rows: rows, candidates: nil, cost: cost) : nil
        var (members, counts) = try shared(rows: rows)
        members.linear = early
        if kinds.contains(.linear), !isExhaustive {
            members.linear = try linear(rows: rows, candidates: try candidates(members, rows: rows), cost: cost)
        }
        return (members, counts)
    }

    /// All members but the linear one, which depends on the cost.
    private func shared(rows: [Int32]) throws(ModelError) -> (Members, LearnableCounts) {
        var members = Members(kinds: kinds, labelCount: prepared.labelCount)
        members.names = names
        var counts = LearnableCounts()
        if kinds.contains(.complementNaiveBayes) || kinds.contains(.multinomialNaiveBayes) {
            let counted = try FeatureLabelCounts(prepared, rows: rows, unit: .occurrences, threads: threads)
            counts.occurrences = counted
            if kinds.contains(.complementNaiveBayes) {
                members.complement = NaiveBayes(
                    counted, kind: .complement, smoothing: options.naiveBayesSmoothing, columnWeights: vocabulary.idf)
            }
            if kinds.contains(.multinomialNaiveBayes) {
                members.multinomial = NaiveBayes(
                    counted, kind: .multinomial, smoothing: options.naiveBayesSmoothing, columnWeights: vocabulary.idf)
            }
        }
        if kinds.contains(.centroid) || !isExhaustive {
            if !isExhaustive { members.candidateLimit = options.candidateLabels }
            let counted = try FeatureLabelCounts(prepared, rows: rows, unit: .weights, threads: threads)
            counts.weights = counted
            members.centroid = try CentroidModel(counted, limit: members.centroidLimit, threads: threads)
        }
        if kinds.contains(.meanings) {
            let counted = try FeatureLabelCounts(
                prepared, of: \.meanings, rows: rows, unit: .weights, threads: threads)
            counts.meanings = counted
            members.meanings = try MeaningModel(
                counted, isSingleLabel: isSingleLabel, smoothing: options.naiveBayesSmoothing, threads: threads)
        }
        return (members, counts)
    }

    private func linear(rows: [Int32], candidates: [[Int32]]?, cost: Double) throws(ModelError) -> LinearModel {
        try LinearModel(
            prepared, storage: storage, rows: rows, candidates: candidates, cost: cost, options: options, seed: seed)
    }

    /// Per row, the labels the centroid would propose; `nil` when every label is tried on every row.
    private func candidates(_ members: Members, rows: [Int32]) throws(ModelError) -> [[Int32]]? {
        guard !isExhaustive, let centroid = members.centroid else { return nil }
        let prepared = prepared
        let limit = options.candidateLabels
        return try Parallel.map(rows.count, threads: threads) { (index: Int) throws(ModelError) -> [Int32] in
            let scores = centroid.scores(prepared.matrix.row(Int(rows[index])), labelCount: prepared.labelCount)
            return Members.best(scores, limit: limit)
        }
    }

    /// The scores of one fold's rows by members trained on the others, for each cost.
    ///
    /// - Parameters:
    ///   - learningFrom: about how many examples to learn from at most, drawn by the seed.
    ///   - scoring: about how many to score at most.
    func heldOut(
        fold: Int, costs: [Double], learningFrom: Int = .max, scoring: Int = .max
    ) throws(ModelError) -> [ScoreTable] {
        let all = (0..<prepared.exampleCount).map { Int32($0) }
        let inside = drawn(all.filter { prepared.folds[Int($0)] != fold }, limit: learningFrom)
        let outside = drawn(all.filter { prepared.folds[Int($0)] == fold }, limit: scoring)
        let rows = prepared.withNames(inside, below: options.namesAsExamplesBelow)
        let learnt = Learnt(
            examples: prepared.exampleCounts(among: inside), languages: prepared.languageCounts(among: inside))
        var (members, _) = try shared(rows: rows)
        var tables: [ScoreTable] = []
        let linearPosition = kinds.firstIndex(of: .linear)
        let proposed = linearPosition == nil ? nil : try candidates(members, rows: rows)
        for cost in costs {
            if linearPosition != nil { members.linear = try linear(rows: rows, candidates: proposed, cost: cost) }
            tables.append(try table(members, rows: outside, learnt: learnt))
        }
        return tables
    }

    /// About `limit` of the rows, in their order.
    private func drawn(_ rows: [Int32], limit: Int) -> [Int32] {
        guard rows.count > limit else { return rows }
        var generator = SeededGenerator(seed: seed)
        let share = Double(limit) / Double(rows.count)
        return rows.filter { _ in generator.nextUnit() < share }
    }

    /// What members learnt from: examples of each label.
    private struct Learnt: Sendable {
        var examples: [Int]
        var languages: LanguageCounts
    }

    private func table(_ members: Members, rows: [Int32], learnt: Learnt) throws(ModelError) -> ScoreTable {
        let prepared = prepared
        let scored = try Parallel.map(rows.count, threads: threads) {
            (index: Int) throws(ModelError) -> ScoreTable.Row in
            let row = Int(rows[index])
            let words = prepared.matrix.row(row)
            let meanings = prepared.meanings.row(row)
            var scores = members.scores(words, meanings: meanings, matches: prepared.matches[row])
            if !meanings.columns.isEmpty {
                scores.moved = learnt.languages.moved(
                    scores.labels, language: prepared.languages[row], known: vocabulary.known(words))
            }
            let truth = scores.labels.map { label -> ScoreTable.Truth in
                switch prepared.truth(row: row, label: label) {
                case true?: .fits
                case false?: .doesNot
                case nil: .unknown
                }
            }
            let found = truth.reduce(0) { $0 + ($1 == .fits ? 1 : 0) }
            return ScoreTable.Row(
                scores: scores, truth: truth,
                scarcity: scores.labels.map { Stack.scarcity(examples: learnt.examples[Int($0)]) },
                missedPositives: prepared.labels[row].count - found, half: prepared.halves[row],
                language: prepared.languages[row], isNewest: prepared.isNewest[row])
        }
        return ScoreTable(rows: scored, missedPositives: scored.reduce(0) { $0 + $1.missedPositives })
    }
}
