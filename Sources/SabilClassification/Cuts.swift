import SabilRecords

/// The raw scores from which on labels are selected.
struct Cuts: Sendable, Equatable {
    var global: Double
    /// Per label; empty = the global one for all.
    var perLabel: [Double] = []
    /// What a text's language adds, by its code; nothing for a language that is not here.
    var byLanguage: [String: Double] = [:]

    /// Right labels at which what was seen of the newest works, or of a language in them, counts as much as what was seen of all.
    ///
    /// Fixtures in the order of their dates, four parts of them learnt and the next works asked: the newest works tell so much
    /// that 100 cost .0013 of micro F1; languages differ by less than chance, so that from 0 to 600 nothing is lost or gained.
    static let newestShrinkage = 10.0
    static let languageShrinkage = 300.0

    init(global: Double) { self.global = global }

    /// The cuts with the best F1 on held-out scores, where those of the newest works lie.
    ///
    /// How many labels are best selected for each that is right is learnt of all rows. Where works have dates, the score that
    /// selects so many is that of the newest: their scores are by members that had seen older works only, and so lie where
    /// those of what comes next will. (The score of the best F1 on the newest alone would be one of few documents.) The score of each
    /// language is drawn to that, and for macro F1 each label's own best cut to the one of all: weight n / (n + shrinkage)
    /// for n right labels.
    init(
        _ table: ScoreTable, raw: [[Double]], goal: TrainingOptions.ThresholdGoal, shrinkage: Double, labelCount: Int
    ) {
        let rows = zip(table.rows, raw).map { Scored($0, raw: $1) }
        let all = rows.flatMap(\.pairs)
        guard let best = Self.best(all, missed: table.missedPositives) else {
            self.init(global: 0)
            return
        }
        self.init(global: best)
        let rate = Double(all.count { $0.raw >= best }) / Double(rows.reduce(0) { $0 + $1.right })
        let newest = rows.filter(\.isNewest)
        let latest = newest.isEmpty ? rows : newest
        let here = Self.cut(latest, rate: rate) ?? best
        let languages = Dictionary(grouping: latest.filter { $0.language != .undetermined }, by: \.language)
        if languages.count > 1 {
            for (language, own) in languages {
                guard let cut = Self.cut(own, rate: rate) else { continue }
                byLanguage[language.rawValue] = (cut - here) * Self.share(own, Self.languageShrinkage)
            }
        }
        if !newest.isEmpty { global += (here - best) * Self.share(newest, Self.newestShrinkage) }
        guard goal == .macroF1 else { return }
        var byLabel = [[Pair]](repeating: [], count: labelCount)
        for (row, pairs) in zip(table.rows, rows.lazy.map(\.pairs)) {
            let known = row.truth.indices.filter { row.truth[$0] != .unknown }
            for (position, pair) in zip(known, pairs) { byLabel[Int(row.scores.labels[position])].append(pair) }
        }
        perLabel = byLabel.map { pairs in
            let positives = Double(pairs.count(where: \.fits))
            guard let own = Self.best(pairs, missed: 0) else { return global }
            return global + (own - best) * positives / (positives + shrinkage)
        }
    }

    /// - Parameter language: of the text; `undetermined` = nothing is added.
    func selects(_ raw: Double, label: Int32, language: Language = .undetermined) -> Bool {
        raw >= (perLabel.isEmpty ? global : perLabel[Int(label)]) + byLanguage[language.rawValue, default: 0]
    }

    func isConsistent(labelCount: Int) -> Bool {
        (perLabel.isEmpty || perLabel.count == labelCount)
            && (perLabel + [global] + byLanguage.values).allSatisfy(\.isFinite)
    }

    /// A score and whether the label fitted.
    typealias Pair = (raw: Double, fits: Bool)

    /// What cuts are set by of one document.
    private struct Scored {
        /// Candidates of which it is known whether they fit.
        let pairs: [Pair]
        /// Labels that fit, those included that are no candidates.
        let right: Int
        let language: Language
        let isNewest: Bool

        init(_ row: ScoreTable.Row, raw: [Double]) {
            pairs = row.truth.indices.filter { row.truth[$0] != .unknown }.map { (raw[$0], row.truth[$0] == .fits) }
            right = pairs.count(where: \.fits) + row.missedPositives
            language = row.language
            isNewest = row.isNewest
        }
    }

    private static func share(_ rows: [Scored], _ shrinkage: Double) -> Double {
        let right = Double(rows.reduce(0) { $0 + $1.right })
        return right / (right + shrinkage)
    }

    /// The score from which on so many labels are selected for each right one, half-way to the next lower score; `nil` where that
    /// is none or all.
    private static func cut(_ rows: [Scored], rate: Double) -> Double? {
        let wanted = Int((rate * Double(rows.reduce(0) { $0 + $1.right })).rounded())
        let scores = rows.flatMap { $0.pairs.map(\.raw) }.sorted(by: >)
        guard wanted > 0, wanted < scores.count else { return nil }
        return (scores[wanted - 1] + scores[wanted]) / 2
    }

    /// The cut with the highest F1, half-way to the next lower score; `nil` without positives.
    static func best(_ pairs: [Pair], missed: Int) -> Double? {
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

extension Cuts: Codable {
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        global = try values.decode(Double.self, forKey: .global)
        perLabel = try values.decode([Double].self, forKey: .perLabel)
        // Models of before have none.
        byLanguage = try values.decodeIfPresent([String: Double].self, forKey: .byLanguage) ?? [:]
    }
}
