import FoundationEssentials

extension ComparisonReport {
    /// One object, keys sorted; numbers read back as the same ones. Names: `a` is the baseline's, `b` the system's.
    ///
    /// - Throws: `invalidFormat` when a value is no finite number, for which JSON has no form.
    func json() throws(EvaluationError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        do {
            return String(decoding: try encoder.encode(Document(self)), as: UTF8.self)
        } catch {
            throw EvaluationError(
                code: .invalidFormat, operation: "write comparison",
                message: "Writing the comparison as JSON failed: \(error). Choose another format to see the value.")
        }
    }

    private struct Document: Encodable {
        let legend: String
        let notes: [String]
        let comparisons: [Comparison]
        let overlap: Overlap
        let changes: Changes

        init(_ report: ComparisonReport) {
            legend = report.legend
            notes = report.notes
            comparisons = report.table.lines.map(Comparison.init)
            overlap = Overlap(
                persistence: report.overlap.persistence, sharedRanks: report.overlap.ties == .shared,
                groups: report.groupOverlaps.map { Overlap.Group(group: $0.group, count: $0.count, mean: $0.mean) },
                queries: zip(report.queries, report.overlaps).map { Overlap.Query(query: $0, rbo: $1) })
            changes = Changes(
                measure: report.changesMeasure, changed: report.changedCount, depth: report.depth,
                queries: report.changes.map(Change.init))
        }
    }

    private struct Comparison: Encodable {
        let measure: String
        let group: String
        let count: Int
        let a: Double
        let b: Double
        let difference: Double
        let low: Double
        let high: Double
        let p: Double
        let pIsExact: Bool
        let pHolm: Double
        let dz: Double?
        let moved: Int
        let better: Int
        let equal: Int
        let worse: Int
        let superiority: Double
        let detectable: Double?
        let verdict: String
        let words: String

        init(_ line: ComparisonTable.Line) {
            let comparison = line.comparison
            measure = line.measure
            group = line.group
            count = comparison.count
            a = line.baseline
            b = line.system
            difference = comparison.difference
            low = comparison.low
            high = comparison.high
            p = comparison.p
            pIsExact = comparison.isExact
            pHolm = line.adjusted
            dz = comparison.standardisedDifference
            moved = comparison.moved
            better = comparison.better
            equal = comparison.equal
            worse = comparison.worse
            superiority = comparison.superiority
            if case .notShown(let size) = line.verdict { detectable = size } else { detectable = nil }
            verdict = line.verdict.code
            words = line.words
        }

        enum CodingKeys: String, CodingKey {
            case measure, group, count, a, b, difference, low, high, p, moved, better, equal, worse, superiority
            case detectable, verdict, words
            case pIsExact = "p_is_exact"
            case pHolm = "p_holm"
            case dz = "d_z"
        }
    }

    private struct Overlap: Encodable {
        struct Group: Encodable {
            let group: String
            let count: Int
            let mean: Double
        }
        struct Query: Encodable {
            let query: String
            let rbo: Double
        }
        let persistence: Double
        let sharedRanks: Bool
        let groups: [Group]
        let queries: [Query]

        enum CodingKeys: String, CodingKey {
            case persistence, groups, queries
            case sharedRanks = "shared_ranks"
        }
    }

    private struct Changes: Encodable {
        let measure: String
        let changed: Int
        let depth: Int?
        let queries: [Change]
    }

    private struct Change: Encodable {
        struct Move: Encodable {
            let document: String
            let grade: Int?
            let a: Int?
            let b: Int?

            init(_ move: RankingChange.Move) {
                document = move.document
                grade = move.grade
                a = move.baselineRank
                b = move.rank
            }
        }
        let query: String
        let text: String?
        let a: Double
        let b: Double
        let difference: Double
        let firstRelevantA: Int?
        let firstRelevantB: Int?
        let rbo: Double
        let cameIn: [Move]
        let wentOut: [Move]
        let why: [Move]

        init(_ change: RankingChange) {
            query = change.query
            text = change.text
            a = change.baseline
            b = change.value
            difference = change.difference
            firstRelevantA = change.firstRelevantOfBaseline
            firstRelevantB = change.firstRelevant
            rbo = change.overlap
            cameIn = change.cameIn.map(Move.init)
            wentOut = change.wentOut.map(Move.init)
            why = change.moves.map(Move.init)
        }

        enum CodingKeys: String, CodingKey {
            case query, text, a, b, difference, rbo, why
            case firstRelevantA = "first_relevant_a"
            case firstRelevantB = "first_relevant_b"
            case cameIn = "came_in"
            case wentOut = "went_out"
        }
    }
}
