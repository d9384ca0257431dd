extension ComparisonReport {
    /// How a report is written.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// For a terminal.
        case text
        /// Three tables with tabs, an empty line between them: comparisons, overlaps, changed queries.
        case tsv
        case markdown
        /// One object, numbers in full precision.
        case json
    }

    /// The report as lines without line ends. Numbers have four decimals but in JSON.
    ///
    /// In text and Markdown at most eight documents of a list are named, and the number of the others is said; TSV and
    /// JSON have all.
    /// - Throws: `invalidFormat` when JSON is asked for and a value is no finite number.
    public func lines(_ format: Format) throws(EvaluationError) -> [String] {
        switch format {
        case .text: return text
        case .tsv: return comparisons.tsv + [""] + overlapLayout.tsv + [""] + changeTable.tsv
        case .markdown: return markdown
        case .json: return [try json()]
        }
    }

    /// What the figures mean, a sentence or two.
    public var legend: String {
        let family =
            table.lines.count > 1
            ? "p is corrected over the \(table.lines.count) comparisons of this table (Holm)." : "One comparison."
        return "A is the baseline; differences are B − A, and better says that B is. \(family)"
    }

    /// What cannot be computed has a dash.
    private var comparisons: ReportLayout {
        ReportLayout(
            columns: [
                "measure", "group", table.unit.rawValue, "A", "B", "difference", "low", "high", "p_holm", "d_z",
                "moved",
                "better", "equal", "worse", "superiority", "verdict",
            ],
            rows: table.lines.map { line in
                let comparison = line.comparison
                return [line.measure, line.group, "\(comparison.count)"]
                    + [line.baseline, line.system, comparison.difference, comparison.low, comparison.high]
                    .map(ScoreTable.decimals)
                    + [
                        ScoreTable.decimals(line.adjusted),
                        comparison.standardisedDifference.map(ScoreTable.decimals) ?? ReportLayout.none,
                        "\(comparison.moved)", "\(comparison.better)", "\(comparison.equal)", "\(comparison.worse)",
                        ScoreTable.decimals(comparison.superiority), line.words,
                    ]
            })
    }

    private var overlapLayout: ReportLayout {
        ReportLayout(
            columns: ["overlap", "group", table.unit.rawValue, "mean"],
            rows: groupOverlaps.map {
                ["RBO(p=\(overlap.persistence))", $0.group, "\($0.count)", ScoreTable.decimals($0.mean)]
            })
    }

    private static let changeColumns = [
        "measure", "query", "text", "A", "B", "difference", "first_relevant_A", "first_relevant_B", "rbo", "came_in",
        "went_out", "why",
    ]

    private func changeRows(_ moves: ([RankingChange.Move]) -> String) -> [[String]] {
        changes.map { change in
            [
                changesMeasure, change.query, change.text ?? ReportLayout.none, ScoreTable.decimals(change.baseline),
                ScoreTable.decimals(change.value), ScoreTable.decimals(change.difference),
                Self.rank(change.firstRelevantOfBaseline), Self.rank(change.firstRelevant),
                ScoreTable.decimals(change.overlap), moves(change.cameIn), moves(change.wentOut), moves(change.moves),
            ]
        }
    }

    /// A document is `id:grade:rank in A:rank in B`, documents have a space between; what is not there has a dash. (Read
    /// a document from the right: an id may hold colons.)
    private var changeTable: ReportLayout {
        ReportLayout(
            columns: Self.changeColumns,
            rows: changeRows { moves in
                moves.map { move in
                    let grade = move.grade.map { "\($0)" } ?? ReportLayout.none
                    return "\(move.document):\(grade):\(Self.rank(move.baselineRank)):\(Self.rank(move.rank))"
                }.joined(separator: " ")
            })
    }

    private var markdown: [String] {
        var lines = [legend, ""] + comparisons.markdown + [""] + overlapLayout.markdown
        if !changes.isEmpty {
            lines += ["", changesHeading + ":", ""]
            lines += ReportLayout(columns: Self.changeColumns, rows: changeRows(Self.named)).markdown
        }
        return lines
    }

    private var text: [String] {
        var lines = [legend, ""] + comparisons.aligned + [""] + overlapLayout.aligned + ["", changesHeading]
        for change in changes {
            lines.append("")
            lines.append(
                "\(change.query)  \(changesMeasure) \(ScoreTable.decimals(change.baseline)) → "
                    + "\(ScoreTable.decimals(change.value)) (\(Self.signed(change.difference)))  first relevant "
                    + "\(Self.rank(change.firstRelevantOfBaseline)) → \(Self.rank(change.firstRelevant))  "
                    + "RBO \(ScoreTable.decimals(change.overlap))")
            if let text = change.text { lines.append("  \(text)") }
            for (name, moves) in [("in:  ", change.cameIn), ("out: ", change.wentOut), ("why: ", change.moves)]
            where !moves.isEmpty { lines.append("  \(name)\(Self.named(moves))") }
        }
        return lines
    }

    private var changesHeading: String {
        if changedCount == 0 { return "\(changesMeasure) changed for none of the \(table.unit.counted(queries.count))" }
        let shown = changes.count < changedCount ? "; the \(changes.count) that changed most" : ""
        return "\(changesMeasure) changed for \(changedCount) of \(table.unit.counted(queries.count))\(shown)"
    }

    private static func rank(_ rank: Int?) -> String { rank.map { "\($0)" } ?? ReportLayout.none }

    private static func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + ScoreTable.decimals(value)
    }

    /// `d12 (2) 14→3`: the grade in brackets, then the rank in A and in B.
    private static func named(_ moves: [RankingChange.Move]) -> String {
        let limit = 8
        let named = moves.prefix(limit).map { move in
            let grade = move.grade.map { "\($0)" } ?? ReportLayout.none
            return "\(move.document) (\(grade)) \(rank(move.baselineRank))→\(rank(move.rank))"
        }
        return (named + (moves.count > limit ? ["and \(moves.count - limit) more"] : [])).joined(separator: ", ")
    }
}
