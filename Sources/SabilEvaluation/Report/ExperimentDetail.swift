/// One experiment: all its measures, its groups, and the queries that changed most.
struct ExperimentDetail {
    private let findings: ReportFindings
    private let position: Int

    init(_ findings: ReportFindings, position: Int) {
        self.findings = findings
        self.position = position
    }

    private var result: ExperimentResult { findings.results[position] }
    private var measures: [String] { findings.measures[position] }
    private var units: (one: String, many: String) {
        result.kind == .rank ? ("query", "queries") : ("document", "documents")
    }

    var blocks: [ReportBlock] {
        var blocks: [ReportBlock] = [.heading(.foreign(findings.name(position))), .paragraph(introduction)]
        guard !measures.isEmpty else {
            return blocks + [.paragraph("This result has none of the measures asked for.")]
        }
        blocks.append(.table(result.baseline == nil ? plainTable : comparedTable))
        if !remarks.isEmpty { blocks.append(.list(remarks)) }
        let figures = [queryDifferences].compactMap { $0 } + groupFigures
        if !figures.isEmpty { blocks.append(.figures(figures)) }
        if !result.groups.isEmpty {
            blocks.append(.fold("Groups of \(own: units.many), as a table", [.table(groupTable)]))
        }
        if let changes { blocks.append(changes) }
        if !notes.isEmpty { blocks.append(.list(notes)) }
        return blocks
    }

    // MARK: What it was

    private var introduction: ReportText {
        let counts = result.counts
        var facts: [String] = []
        if let queries = counts.queries { facts.append(ReportNumber.count(queries, "query", "queries")) }
        facts.append(ReportNumber.count(counts.documents, "document", "documents"))
        if let judgements = counts.judgements {
            facts.append(ReportNumber.count(judgements, "judgement", "judgements"))
        }
        if let training = counts.training {
            facts.append(ReportNumber.count(training, "training document", "training documents"))
        }
        if let labels = counts.labels { facts.append(ReportNumber.count(labels, "label", "labels")) }
        var text: ReportText = """
            Collection \(foreign: result.collection), \(foreign: ReportLanguage.name(result.language)): \
            \(own: facts.joined(separator: ", ")).
            """
        var settings: [String] = []
        if let expand = result.settings.expand { settings.append("expand = \(expand)") }
        settings += result.settings.parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        settings += result.settings.model.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        if let sample = result.settings.sample { settings.append("the first \(sample) only") }
        if !settings.isEmpty {
            text.parts.append(.own(" Settings: "))
            text.parts += SummarySection.list(settings).parts
            text.parts.append(.own("."))
        }
        return text
    }

    // MARK: Tables

    private var plainTable: ReportTable {
        ReportTable(
            "Measures; there is no reference to compare with.", columns: [.text("measure"), .number("value")],
            rows: measures.map { [.foreign($0), ReportMeasures.text(result.measures[$0]?.mean, of: $0)] })
    }

    private var comparedTable: ReportTable {
        ReportTable(
            "Measures beside \(foreign: result.baseline?.name ?? "").",
            columns: [
                .text("measure"), .text("verdict"), .number("value"), .number("reference"), .number("difference"),
                .number("95 % interval"), .number("p"), .number("better"), .number("equal"), .number("worse"),
            ],
            rows: measures.map { measure in
                let entry = findings.comparisons[position, measure]
                let cells = ComparisonCells.cells(entry, reference: result.baseline?.measures[measure]?.mean)
                let counts = entry.map {
                    [$0.line.comparison.better, $0.line.comparison.equal, $0.line.comparison.worse]
                }
                return [
                    .foreign(measure), cells[cells.count - 1],
                    ReportMeasures.text(result.measures[measure]?.mean, of: measure),
                ] + cells.dropLast()
                    + (counts?.map { .own(ReportNumber.count($0)) }
                        ?? Array(repeating: .own(ReportNumber.none), count: 3))
            })
    }

    /// What the verdicts leave unsaid.
    private var remarks: [ReportText] {
        measures.compactMap { measure in
            findings.comparisons[position, measure].flatMap { ComparisonCells.remark($0.line, unit: units.many) }
        }
    }

    private var groupTable: ReportTable {
        ReportTable(
            "Means of groups.",
            columns: [.text("group"), .number(units.many)] + measures.map { .number($0) },
            rows: groupNames.map { group in
                let means = result.groups[group] ?? [:]
                let count = means.values.map(\.queries).max() ?? 0
                return [.foreign(group), .own(ReportNumber.count(count))]
                    + measures.map { ReportMeasures.text(means[$0]?.mean, of: $0) }
            })
    }

    /// Languages first.
    private var groupNames: [String] {
        result.groups.keys.sorted { ($0.hasPrefix("lang=") ? 0 : 1, $0) < ($1.hasPrefix("lang=") ? 0 : 1, $1) }
    }

    // MARK: Charts

    private var queryDifferences: ReportFigure? {
        guard let entry = findings.mainComparison(position), entry.line.comparison.moved > 0 else { return nil }
        let comparison = entry.line.comparison
        let differences = zip(entry.pairs.values, entry.pairs.reference).map { PairedComparison.difference($0, $1) }
        return ReportFigure(
            caption:
                "Difference of each \(own: units.one) in \(foreign: entry.line.measure) from \(foreign: result.baseline?.name ?? ""), sorted.",
            chart: DifferenceChart(
                differences: differences, axis: "difference in \(entry.line.measure)", unit: units.many
            ).chart(
                title: "Difference of each \(units.one) in \(findings.name(position))",
                description: """
                    Of \(ReportNumber.count(comparison.count)) \(units.many), \(ReportNumber.count(comparison.better)) are better, \
                    \(ReportNumber.count(comparison.equal)) equal and \(ReportNumber.count(comparison.worse)) worse than the \
                    reference; the largest gain is \(ReportNumber.signed(differences.max())), the largest loss \
                    \(ReportNumber.signed(differences.min())).
                    """))
    }

    /// A chart for each key of groups, such as `lang`.
    private var groupFigures: [ReportFigure] {
        guard let measure = findings.mainMeasure(position) else { return [] }
        var keys: [String] = []
        for name in groupNames where !keys.contains(Self.key(of: name)) { keys.append(Self.key(of: name)) }
        return keys.compactMap { key in
            let bars = groupNames.filter { Self.key(of: $0) == key }.compactMap { name -> BarChart.Bar? in
                guard let mean = result.groups[name]?[measure] else { return nil }
                let value = name == key ? name : String(name.dropFirst(key.count + 1))
                return BarChart.Bar(name: value, value: mean.mean, note: "n = \(ReportNumber.count(mean.queries))")
            }
            guard !bars.isEmpty else { return nil }
            let words = bars.map { "\($0.name) \(ReportNumber.fixed($0.value))" }.joined(separator: ", ")
            return ReportFigure(
                caption: "Mean \(foreign: measure) by \(foreign: key); n is the number of \(own: units.many).",
                chart: BarChart(bars: bars, axis: "mean \(measure)").chart(
                    title: "\(measure) by \(key) in \(findings.name(position))", description: "Means: \(words)."))
        }
    }

    private static func key(of group: String) -> String {
        group.firstIndex(of: "=").map { String(group[..<$0]) } ?? group
    }

    // MARK: Queries

    private var changes: ReportBlock? {
        guard let entry = findings.mainComparison(position), findings.context.changes > 0 else { return nil }
        let pairs = entry.pairs
        let changed = pairs.queries.indices
            .map { (place: $0, difference: PairedComparison.difference(pairs.values[$0], pairs.reference[$0])) }
            .filter { $0.difference != 0 }
            .sorted {
                ($0.difference.magnitude, pairs.queries[$1.place]) > ($1.difference.magnitude, pairs.queries[$0.place])
            }
        guard !changed.isEmpty else { return nil }
        let shown = changed.prefix(findings.context.changes)
        let texts = findings.context.queries[result.collection] ?? [:]
        let hasTexts = shown.contains { texts[pairs.queries[$0.place]] != nil }
        let rest = changed.count - shown.count
        let table = ReportTable(
            """
            By the size of the difference in \(foreign: entry.line.measure)\(own: rest > 0
                ? "; \(ReportNumber.count(rest)) more changed less." : ".")
            """,
            columns: (hasTexts ? [.text(units.one)] : []) + [
                .text("id"), .number("value"), .number("reference"), .number("difference"),
            ],
            rows: shown.map { change in
                let id = pairs.queries[change.place]
                let text = texts[id].map {
                    ReportText.foreign(VisibleText.shortened(VisibleText.onOneLine($0), to: 200))
                }
                return (hasTexts ? [text ?? .own(ReportNumber.none)] : [])
                    + [
                        .foreign(id),
                        .own(ReportNumber.fixed(pairs.values[change.place])),
                        .own(ReportNumber.fixed(pairs.reference[change.place])),
                        .own(ReportNumber.signed(change.difference)),
                    ]
            })
        return .fold(
            "The \(own: ReportNumber.count(shown.count, units.one, units.many)) that changed most", [.table(table)])
    }

    private var notes: [ReportText] {
        var notes = result.notes.map { ReportText.foreign($0) }
        if let baseline = result.baseline {
            notes += baseline.notes.map { "\(foreign: baseline.name): \(foreign: $0)" }
        }
        if let entry = findings.mainComparison(position), entry.unpaired > 0 {
            notes.append(
                """
                \(own: ReportNumber.count(entry.unpaired, units.one, units.many)) without a value of the reference \
                \(own: entry.unpaired == 1 ? "is" : "are") left out of the comparison.
                """)
        }
        return notes
    }
}
