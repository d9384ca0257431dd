import Glibc

extension Measure {
    /// Grade at which a reader of `ERR` is most likely to stop: gdeval's largest.
    private static let bestGrade = 4

    /// The value for one query; 0 when there is nothing to divide by. From 0 to 1, but for graded `RBP` (see there).
    ///
    /// Sources: usnistgov/trec_eval `m_ndcg.c` and `m_ndcg_cut.c` (log base 2, linear gain), `m_map.c`, `m_map_cut.c`,
    /// `m_recip_rank.c`, `m_P.c`, `m_recall.c`, `m_Rprec.c`, `m_bpref.c`, `m_success.c`, `m_set_P.c`, `m_set_recall.c`,
    /// `m_set_F.c`; gdeval.pl 1.2a; Moffat and Zobel 2008, TOIS 27(1), eq. (5); ir_measures `judged_provider.py`.
    /// - Complexity: O(k), after the ranking was joined with its judgements.
    public func value(of ranking: JudgedRanking) -> Double {
        let depth = min(cutoff ?? ranking.grades.count, ranking.grades.count)
        let top = ranking.grades.prefix(depth)
        let relevant = ranking.relevant(from: relevance)
        let isRelevant = { (grade: Int?) in grade.map { $0 >= relevance } ?? false }
        let found = { top.count(where: isRelevant) }
        switch kind {
        case .nDCG:
            let best = discounted(ranking.bestGrades.prefix(cutoff ?? ranking.bestGrades.count))
            return best > 0 ? discounted(top.map { $0 ?? 0 }) / best : 0
        case .AP: return Self.averagePrecision(top.map(isRelevant), relevant: relevant)
        case .RR: return top.firstIndex(where: isRelevant).map { 1 / Double($0 + 1) } ?? 0
        case .P: return Self.ratio(found(), cutoff ?? depth)
        case .R, .SetR: return Self.ratio(found(), relevant)
        case .Rprec: return Self.ratio(top.prefix(relevant).count(where: isRelevant), relevant)
        case .Bpref: return binaryPreference(top, of: ranking)
        case .Success: return top.contains(where: isRelevant) ? 1 : 0
        case .Judged: return Self.ratio(top.count { $0 != nil }, depth)
        case .ERR: return Self.expectedReciprocalRank(top)
        case .RBP:
            var weight = 1 - persistence
            var sum = 0.0
            for grade in top {
                sum += weight * worth(grade ?? 0)
                weight *= persistence
            }
            return sum
        case .SetP: return Self.ratio(found(), depth)
        case .SetF: return Self.ratio(2 * found(), depth + relevant)
        }
    }

    /// Gain of a grade; none below 0.
    private func worth(_ grade: Int) -> Double {
        switch gain {
        case .binary: grade >= relevance ? 1 : 0
        case .linear: Double(max(0, grade))
        // No judge gives 1000; beyond it a sum would not stay finite.
        case .exponential: exp2(Double(min(max(0, grade), 1000))) - 1
        }
    }

    private func discounted(_ grades: some Collection<Int>) -> Double {
        var sum = 0.0
        for (position, grade) in grades.enumerated() where grade > 0 {
            sum += worth(grade) / log2(Double(position + 2))
        }
        return sum
    }

    /// Mean over the relevant documents of the share of not relevant ones that do not stand before it; of these at most as
    /// many are looked at as there are relevant ones.
    private func binaryPreference(_ grades: ArraySlice<Int?>, of ranking: JudgedRanking) -> Double {
        let relevant = ranking.relevant(from: relevance)
        let others = min(relevant, ranking.judged(below: relevance))
        var before = 0
        var sum = 0.0
        for case .some(let grade) in grades where grade >= 0 {
            if grade < relevance {
                before += 1
            } else {
                sum += before == 0 ? 1 : 1 - Double(min(before, relevant)) / Double(others)
            }
        }
        return relevant > 0 ? sum / Double(relevant) : 0
    }

    private static func expectedReciprocalRank(_ grades: ArraySlice<Int?>) -> Double {
        var sum = 0.0
        var stillReading = 1.0
        for (position, grade) in grades.enumerated() {
            let stop = (exp2(Double(min(max(0, grade ?? 0), bestGrade))) - 1) / exp2(Double(bestGrade))
            sum += stillReading * stop / Double(position + 1)
            stillReading *= 1 - stop
        }
        return sum
    }

    /// Mean over `relevant` documents of the precision at the rank of each; one that is not found counts 0.
    static func averagePrecision(_ ranking: some Sequence<Bool>, relevant: Int) -> Double {
        guard relevant > 0 else { return 0 }
        var found = 0
        var sum = 0.0
        for (position, isRelevant) in ranking.enumerated() where isRelevant {
            found += 1
            sum += Double(found) / Double(position + 1)
        }
        return sum / Double(relevant)
    }

    /// 0 when there is nothing to divide by.
    static func ratio(_ part: Int, _ whole: Int) -> Double { whole > 0 ? Double(part) / Double(whole) : 0 }
}

/// A ranking joined with the judgements of its query.
public struct JudgedRanking: Sendable, Hashable {
    /// Grade of each result in rank order; `nil` is unjudged.
    public let grades: [Int?]
    /// Grades above 0 of all judged documents, the highest first.
    let bestGrades: [Int]
    /// Number of documents with grade 0.
    private let rejected: Int

    /// - Parameters:
    ///   - documents: results in rank order.
    ///   - judged: grade of each judged document of the query.
    public init(_ documents: some Sequence<String>, judged: [String: Int]) {
        grades = documents.map { judged[$0] }
        bestGrades = judged.values.filter { $0 > 0 }.sorted(by: >)
        rejected = judged.values.count { $0 == 0 }
    }

    /// Number of judged documents of at least that grade.
    func relevant(from grade: Int) -> Int { bestGrades.prefix { $0 >= grade }.count }

    /// Number of judged documents with a grade from 0 to below that one.
    func judged(below grade: Int) -> Int { rejected + bestGrades.count - relevant(from: grade) }
}
