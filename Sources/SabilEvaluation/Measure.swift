import Glibc

/// A measure of one ranking, named as in ir_measures: `nDCG@10`, `AP@100`, `RR@10`, `P(rel=2)@5`.
public struct Measure: Sendable, Hashable, CustomStringConvertible {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Normalised discounted cumulative gain, linear gain.
        case nDCG
        /// Average precision; divided by all relevant documents, also with a cutoff.
        case AP
        /// Reciprocal rank of the first relevant document.
        case RR
        /// Precision: relevant ones of the first k, divided by k.
        case P
        /// Recall: relevant ones of the first k, divided by all relevant documents.
        case R
        /// 1 when one of the first k is relevant.
        case Success
        /// Judged ones of the first k, divided by the number of results up to k. Print it next to nDCG: unjudged results
        /// count as not relevant and make a new system look worse than it is.
        case Judged

        var needsCutoff: Bool { self != .nDCG && self != .AP && self != .RR }
        var takesRelevance: Bool { self != .nDCG && self != .Judged }
    }

    public let kind: Kind
    /// Ranks looked at; `nil` is all of them.
    public let cutoff: Int?
    /// Lowest grade that counts as relevant; for `nDCG` and `Judged` without meaning.
    public let relevance: Int

    /// The measures of the default report.
    public static let standard: [Measure] = [
        Measure(.nDCG, at: 10), Measure(.AP, at: 100), Measure(.RR, at: 10), Measure(.P, at: 5), Measure(.R, at: 100),
        Measure(.Judged, at: 10),
    ]

    private init(_ kind: Kind, at cutoff: Int?, relevance: Int = 1) {
        self.kind = kind
        self.cutoff = cutoff
        self.relevance = relevance
    }

    /// Reads a name such as `nDCG@10` or `P(rel=2)@10`.
    ///
    /// - Returns: `nil` for an unknown kind, a cutoff that is missing where one is needed or not 1 or more, or a parameter
    ///   that the kind does not take.
    public init?(_ name: String) {
        var rest = Substring(name)
        var cutoff: Int?
        if let at = rest.lastIndex(of: "@") {
            guard let number = Self.positive(rest[rest.index(after: at)...]) else { return nil }
            cutoff = number
            rest = rest[..<at]
        }
        var relevance = 1
        if rest.hasSuffix(")"), let open = rest.firstIndex(of: "(") {
            let parameter = rest[rest.index(after: open)...].dropLast()
            guard parameter.hasPrefix("rel="), let grade = Self.positive(parameter.dropFirst(4)) else { return nil }
            relevance = grade
            rest = rest[..<open]
        }
        guard let kind = Kind(rawValue: String(rest)), cutoff != nil || !kind.needsCutoff,
            relevance == 1 || kind.takesRelevance
        else { return nil }
        self.init(kind, at: cutoff, relevance: relevance)
    }

    private static func positive(_ digits: Substring) -> Int? {
        guard let first = digits.utf8.first, (0x31...0x39).contains(first) else { return nil }
        return digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
    }

    /// The name, which reads back as the same measure.
    public var name: String {
        kind.rawValue + (relevance == 1 ? "" : "(rel=\(relevance))") + (cutoff.map { "@\($0)" } ?? "")
    }

    public var description: String { name }

    /// The value for one query, 0…1; 0 when there is nothing to divide by.
    ///
    /// Sources: usnistgov/trec_eval `m_ndcg_cut.c` (log base 2, linear gain), `m_map_cut.c`, `m_recip_rank.c`, `m_P.c`,
    /// `m_recall.c`, `m_success.c`; `Judged`: ir_measures `judged_provider.py`.
    /// - Complexity: O(k), after the ranking was joined with its judgements.
    public func value(of ranking: JudgedRanking) -> Double {
        let depth = min(cutoff ?? ranking.grades.count, ranking.grades.count)
        let top = ranking.grades.prefix(depth)
        let isRelevant = { (grade: Int?) in grade.map { $0 >= relevance } ?? false }
        let relevant = ranking.relevant(from: relevance)
        switch kind {
        case .nDCG:
            let best = Self.gain(ranking.bestGrades.prefix(cutoff ?? ranking.bestGrades.count))
            return best > 0 ? Self.gain(top.map { $0 ?? 0 }) / best : 0
        case .AP:
            guard relevant > 0 else { return 0 }
            var found = 0
            var sum = 0.0
            for (position, grade) in top.enumerated() where isRelevant(grade) {
                found += 1
                sum += Double(found) / Double(position + 1)
            }
            return sum / Double(relevant)
        case .RR: return top.firstIndex(where: isRelevant).map { 1 / Double($0 + 1) } ?? 0
        case .P: return Double(top.count(where: isRelevant)) / Double(cutoff ?? max(1, depth))
        case .R: return relevant > 0 ? Double(top.count(where: isRelevant)) / Double(relevant) : 0
        case .Success: return top.contains(where: isRelevant) ? 1 : 0
        case .Judged: return depth > 0 ? Double(top.count { $0 != nil }) / Double(depth) : 0
        }
    }

    /// Discounted cumulative gain; grades below 0 gain nothing.
    private static func gain(_ grades: some Collection<Int>) -> Double {
        var sum = 0.0
        for (position, grade) in grades.enumerated() where grade > 0 {
            sum += Double(grade) / log2(Double(position + 2))
        }
        return sum
    }
}

/// A ranking joined with the judgements of its query.
public struct JudgedRanking: Sendable, Hashable {
    /// Grade of each result in rank order; `nil` is unjudged.
    public let grades: [Int?]
    /// Grades above 0 of all judged documents, the highest first.
    let bestGrades: [Int]

    /// - Parameters:
    ///   - documents: results in rank order.
    ///   - judged: grade of each judged document of the query.
    public init(_ documents: some Sequence<String>, judged: [String: Int]) {
        grades = documents.map { judged[$0] }
        bestGrades = judged.values.filter { $0 > 0 }.sorted(by: >)
    }

    /// Number of judged documents of at least that grade.
    func relevant(from grade: Int) -> Int { bestGrades.prefix { $0 >= grade }.count }
}
