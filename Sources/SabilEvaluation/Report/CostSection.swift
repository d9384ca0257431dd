/// What the figures cost, and how speed and size went over the commits.
struct CostSection {
    private let findings: ReportFindings

    init(_ findings: ReportFindings) { self.findings = findings }

    var section: ReportSection {
        var blocks: [ReportBlock] = []
        if !findings.results.isEmpty {
            blocks.append(
                .paragraph(
                    "Seconds depend on the machine and on what else it did: compare ratios of one run, not rows of two."
                ))
            blocks.append(.table(costs))
        }
        if let history = findings.context.history { blocks += self.history(history) }
        return ReportSection(id: "cost", title: "Speed and size", blocks: blocks)
    }

    private var costs: ReportTable {
        ReportTable(
            "Cost of each experiment; \"each\" is a query or a document.",
            columns: [
                .text("experiment"), .number("index or train (s)"), .number("search or suggest (s)"),
                .number("each (ms)"), .number("processor (s)"), .number("index size"), .number("peak memory"),
                .text("commit"),
            ],
            rows: findings.results.indices.map { position in
                let result = findings.results[position]
                let cost = result.cost
                let asked = result.kind == .rank ? result.counts.queries : result.counts.documents
                let each = asked.flatMap { count in
                    count > 0 ? cost.searchSeconds.map { $0 * 1000 / Double(count) } : nil
                }
                return [
                    .foreign(findings.name(position)), .own(ReportNumber.fixed(cost.indexSeconds, places: 2)),
                    .own(ReportNumber.fixed(cost.searchSeconds, places: 2)), .own(ReportNumber.fixed(each, places: 2)),
                    .own(ReportNumber.fixed(cost.cpuSeconds, places: 2)),
                    .own(cost.indexBytes.map(ReportNumber.bytes) ?? ReportNumber.none),
                    .own(cost.maxRSSKilobytes.map { ReportNumber.bytes($0 &* 1024) } ?? ReportNumber.none),
                    .foreign(result.commit ?? ReportNumber.none),
                ]
            })
    }

    private func history(_ history: SpeedHistory) -> [ReportBlock] {
        var blocks: [ReportBlock] = [.heading("Over the commits")]
        if history.entries.isEmpty { blocks.append(.paragraph("The history of speed and size has no entry yet.")) }
        let figures = history.subjects.map { subject in
            figure(subject, history.entries.filter { $0.what == subject })
        }
        if !figures.isEmpty { blocks.append(.figures(figures)) }
        if !history.faults.isEmpty { blocks.append(.list(history.faults.map { .foreign($0) })) }
        return blocks
    }

    private func figure(_ subject: String, _ entries: [SpeedHistory.Entry]) -> ReportFigure {
        let own = CurveChart.Series(
            name: "Sabil", points: entries.enumerated().map { ChartPoint(Double($0), $1.value) })
        let yardstick = CurveChart.Series(
            name: "yardstick",
            points: entries.enumerated().map { ChartPoint(Double($0), $1.yardstick ?? .nan) })
        let hasYardstick = entries.contains { $0.yardstick != nil }
        let last = entries.last.map { "\($0.commit) \(ReportNumber.fixed($0.value, places: 2))" } ?? ""
        let columns: [ReportTable.Column] =
            [.text("commit"), .text("date"), .number("value")] + (hasYardstick ? [.number("yardstick")] : []) + [
                .text("note")
            ]
        return ReportFigure(
            caption: "\(foreign: subject)",
            chart: CurveChart(
                series: [own] + (hasYardstick ? [yardstick] : []), horizontal: .names(entries.map(\.commit)),
                vertical: AxisTicks(covering: [0] + entries.flatMap { [$0.value, $0.yardstick ?? $0.value] }),
                horizontalTitle: "commit", verticalTitle: ""
            ).chart(
                title: VisibleText.onOneLine(subject),
                description: "\(ReportNumber.count(entries.count, "entry", "entries")); the last: \(last)."),
            table: ReportTable(
                "\(foreign: subject)", columns: columns,
                rows: entries.map { entry in
                    [.foreign(entry.commit), .foreign(entry.date), .own(ReportNumber.fixed(entry.value, places: 2))]
                        + (hasYardstick ? [.own(ReportNumber.fixed(entry.yardstick, places: 2))] : [])
                        + [.foreign(entry.note)]
                }))
    }
}
