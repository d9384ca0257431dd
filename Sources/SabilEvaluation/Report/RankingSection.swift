/// Rankings beside their reference runs: all at a glance, then each by itself.
struct RankingSection {
    private let findings: ReportFindings
    private let positions: [Int]

    init(_ findings: ReportFindings) {
        self.findings = findings
        positions = findings.positions(of: .rank)
    }

    var section: ReportSection {
        var blocks: [ReportBlock] = [.table(overview)]
        if !differences.isEmpty { blocks.append(.figures(differences)) }
        for position in positions { blocks += ExperimentDetail(findings, position: position).blocks }
        return ReportSection(id: "ranking", title: "Ranking", blocks: blocks)
    }

    private var overview: ReportTable {
        ReportTable(
            "Every experiment with its main measure, beside its reference. p is adjusted for the whole report.",
            columns: [
                .text("experiment"), .text("verdict"), .text("measure"), .number("value"), .number("reference"),
                .number("difference"), .number("95 % interval"), .number("p"), .text("language"), .number("queries"),
                .text("against"),
            ],
            rows: positions.map { position in
                let result = findings.results[position]
                let entry = findings.mainComparison(position)
                let measure = entry?.line.measure ?? findings.mainMeasure(position)
                let own = measure.flatMap { result.measures[$0]?.mean }
                let cells = ComparisonCells.cells(
                    entry, reference: measure.flatMap { result.baseline?.measures[$0]?.mean })
                // The verdict stands beside the name: a phone shows no more than the first columns.
                return [
                    .foreign(findings.name(position)), cells[cells.count - 1],
                    measure.map { .foreign($0) } ?? .own(ReportNumber.none),
                    ReportMeasures.text(own, of: measure ?? ""),
                ] + cells.dropLast() + [
                    .foreign(ReportLanguage.name(result.language)),
                    .own(result.counts.queries.map(ReportNumber.count) ?? ReportNumber.none),
                    result.baseline.map { .foreign($0.name) } ?? .own(ReportNumber.none),
                ]
            })
    }

    /// A figure for each measure and reference: differences from two references have no common mean.
    private var differences: [ReportFigure] {
        let compared = positions.filter { findings.mainComparison($0) != nil }
        let family = { (position: Int) in
            [findings.mainComparison(position)?.line.measure ?? "", findings.results[position].baseline?.name ?? ""]
        }
        var families: [[String]] = []
        for position in compared where !families.contains(family(position)) { families.append(family(position)) }
        return families.map { names in
            differences(compared.filter { family($0) == names }, measure: names[0], reference: names[1])
        }
    }

    /// By language; with the mean of a language where it has several collections.
    private func differences(_ compared: [Int], measure: String, reference: String) -> ReportFigure {
        var rows: [IntervalChart.Row] = []
        var words: [String] = []
        var languages: [String] = []
        for position in compared where !languages.contains(findings.results[position].language) {
            languages.append(findings.results[position].language)
        }
        for language in languages {
            let members = compared.filter { findings.results[$0].language == language }
            rows.append(.heading(ReportLanguage.name(language)))
            for position in members {
                guard let line = findings.mainComparison(position)?.line else { continue }
                rows.append(.difference(findings.shortName(position), line.comparison, line.verdict))
            }
            let mean = members.compactMap { findings.mainComparison($0)?.line.comparison.difference }.mean
            let collections = Set(members.map { findings.results[$0].collection })
            // Two experiments on the same queries are no two findings about their language.
            if members.count > 1, collections.count == members.count {
                rows.append(.mean("mean of \(members.count)", mean))
            }
            words.append("\(ReportLanguage.name(language)) \(ReportNumber.signed(mean))")
        }
        return ReportFigure(
            caption: """
                Difference in \(foreign: measure) from \(foreign: reference), with its 95 % interval. ▲ better, ▼ worse, ○ not shown, \
                ◆ mean of a language's collections.
                """,
            chart: IntervalChart(rows: rows, axis: "difference in \(measure)").chart(
                title: "Difference from \(reference) by language and collection",
                description: "Mean difference in \(measure) from \(reference) by language: "
                    + words.joined(separator: ", ") + "."))
    }
}

/// The cells of a comparison in a table.
enum ComparisonCells {
    /// Reference, difference, interval, adjusted p, verdict.
    static func cells(_ entry: ExperimentComparisons.Entry?, reference: Double?) -> [ReportText] {
        guard let line = entry?.line else {
            return [.own(ReportNumber.fixed(reference))] + Array(repeating: .own(ReportNumber.none), count: 4)
        }
        let comparison = line.comparison
        return [
            .own(ReportNumber.fixed(reference)), .own(ReportNumber.signed(comparison.difference)),
            .own("\(ReportNumber.signed(comparison.low)) to \(ReportNumber.signed(comparison.high))"),
            .own(ReportNumber.fixed(line.adjusted)), .verdict(line.verdict),
        ]
    }

    /// Where nothing was shown, what would have been; `nil` for a verdict that says all.
    static func remark(_ line: ComparisonTable.Line, unit: String) -> ReportText? {
        let comparison = line.comparison
        let isCorrected = comparison.p <= PairedComparison.errorRate && line.adjusted > PairedComparison.errorRate
        let correction = isCorrected ? ", only the correction for all comparisons stands against it" : ""
        switch line.verdict {
        case .better, .worse, .identical: return nil
        case .notShown(let detectable):
            return """
                \(foreign: line.measure) \(line.verdict)\(own: correction): a true difference of at least \
                \(own: ReportNumber.fixed(detectable)) would have been seen with 80 % power.
                """
        case .tooFew(let needed):
            return """
                \(foreign: line.measure) \(line.verdict): \(own: ReportNumber.count(comparison.moved)) \(own: unit) have other \
                values, \(own: ReportNumber.count(needed)) are needed to tell anything.
                """
        }
    }
}
