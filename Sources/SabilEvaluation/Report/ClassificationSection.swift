/// Suggested labels: figures of each set, then curves, labels and what is taken for what.
struct ClassificationSection {
    private let findings: ReportFindings
    private let positions: [Int]

    init(_ findings: ReportFindings) {
        self.findings = findings
        positions = findings.positions(of: .classify)
    }

    var section: ReportSection {
        var blocks: [ReportBlock] = [.table(overview)]
        let learning = positions.compactMap { ClassificationCharts(findings, position: $0).learningCurve }
        if !learning.isEmpty { blocks.append(.figures(learning)) }
        for position in positions {
            blocks += ExperimentDetail(findings, position: position).blocks
            let charts = ClassificationCharts(findings, position: position)
            let curves = [charts.precisionRecall, charts.reliability].compactMap { $0 }
            if !curves.isEmpty { blocks.append(.figures(curves)) }
            blocks += reliability(of: findings.results[position])
            blocks += concepts(of: findings.results[position])
            if let confusion = charts.confusion { blocks.append(.figures([confusion])) }
        }
        return ReportSection(id: "classification", title: "Classification", blocks: blocks)
    }

    /// Measures that fit into one table; each experiment has all of its own below.
    private static let overviewMeasures = ["micro F1", "macro F1", "F1@5", "nDCG@5"]

    private var overview: ReportTable {
        var measures = Self.overviewMeasures.filter { name in
            positions.contains { findings.measures[$0].contains(name) }
        }
        if measures.isEmpty {
            for position in positions {
                if let main = findings.mainMeasure(position), !measures.contains(main) { measures.append(main) }
            }
        }
        return ReportTable(
            "Every experiment; ECE is the expected calibration error.",
            columns: [
                .text("experiment"), .text("language"), .number("training"), .number("test"), .number("labels"),
            ] + measures.map { .number($0) } + [.number("ECE"), .text("verdict")],
            rows: positions.map { position in
                let result = findings.results[position]
                let count = { (value: Int?) in ReportText.own(value.map(ReportNumber.count) ?? ReportNumber.none) }
                return [
                    .foreign(findings.name(position)), .foreign(ReportLanguage.name(result.language)),
                    count(result.counts.training), count(result.counts.documents), count(result.counts.labels),
                ]
                    + measures.map { measure in
                        let isShown = findings.measures[position].contains(measure)
                        return ReportMeasures.text(isShown ? result.measures[measure]?.mean : nil, of: measure)
                    }
                    + [
                        .own(ReportNumber.fixed(result.ece)),
                        findings.mainComparison(position).map { .verdict($0.line.verdict) } ?? .own("no reference"),
                    ]
            })
    }

    /// What the confidences of each language are worth: bins side by side, a column a language.
    private func reliability(of result: ExperimentResult) -> [ReportBlock] {
        let languages = result.calibrations.sorted { $0.key < $1.key }
        guard languages.count > 1 else { return [] }
        let names = languages.map { ReportLanguage.name(String($0.key.drop { $0 != "=" }.dropFirst())) }
        let bounds = Set(languages.flatMap { $0.value.bins.map { [$0.low, $0.high] } }).sorted { $0[0] < $1[0] }
        let cell = { (bins: [ExperimentResult.ReliabilityBin], bound: [Double]) -> ReportText in
            guard let bin = bins.first(where: { $0.low == bound[0] }), bin.count > 0 else {
                return .own(ReportNumber.none)
            }
            return .own("\(ReportNumber.fixed(bin.accuracy, places: 2)) of \(ReportNumber.count(bin.count))")
        }
        let share = { ReportNumber.fixed($0, places: 1) }
        return [
            .fold(
                "Reliability of the confidences by language, as a table",
                [
                    .table(
                        ReportTable(
                            """
                            Share of right ones among so many suggestions of a confidence; the last row is the expected \
                            calibration error.
                            """,
                            columns: [.text("confidence")] + names.map { .number($0) },
                            rows: bounds.map { bound in
                                [.own("\(share(bound[0])) – \(share(bound[1]))")]
                                    + languages.map { cell($0.value.bins, bound) }
                            } + [[.own("ECE")] + languages.map { .own(ReportNumber.fixed($0.value.ece)) }]))
                ])
        ]
    }

    /// So many labels stand open; the others are one click away.
    private static let openConcepts = 20

    private func concepts(of result: ExperimentResult) -> [ReportBlock] {
        guard !result.perConcept.isEmpty else { return [] }
        let sorted = result.perConcept.sorted {
            $0.support == $1.support
                ? $0.concept.utf8.lexicographicallyPrecedes($1.concept.utf8) : $0.support > $1.support
        }
        let table = { (caption: ReportText, rows: [ExperimentResult.ConceptScores]) in
            ReportTable(
                caption,
                columns: [
                    .text("label"), .number("support"), .number("precision"), .number("recall"), .number("F1"),
                    .number("threshold"),
                ],
                rows: rows.map { concept in
                    [.foreign(concept.concept), .own(ReportNumber.count(concept.support))]
                        + [concept.precision, concept.recall, concept.f1, concept.threshold].map {
                            .own(ReportNumber.fixed($0))
                        }
                })
        }
        let first = Array(sorted.prefix(Self.openConcepts))
        let rest = Array(sorted.dropFirst(Self.openConcepts))
        var blocks: [ReportBlock] = [
            .fold(
                rest.isEmpty
                    ? "Labels, the most frequent first"
                    : "The \(own: ReportNumber.count(first.count)) most frequent of \(own: ReportNumber.count(sorted.count)) labels",
                [.table(table("Support is the number of test documents that have the label.", first))])
        ]
        if !rest.isEmpty {
            blocks.append(
                .fold(
                    "The other \(own: ReportNumber.count(rest.count, "label", "labels"))",
                    [.table(table("Labels after the first \(own: ReportNumber.count(first.count)), by support.", rest))]
                ))
        }
        return blocks
    }
}
