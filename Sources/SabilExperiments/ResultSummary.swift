public import SabilEvaluation

/// The results of a call as tables for people: every experiment beside its reference run, means by language, groups.
public struct ResultSummary: Sendable {
    /// An experiment and what it found.
    public struct Entry: Sendable {
        public let experiment: Experiment
        public let result: ExperimentResult
        /// Whether the result was there before.
        public let isEarlier: Bool

        public init(_ experiment: Experiment, result: ExperimentResult, isEarlier: Bool) {
            self.experiment = experiment
            self.result = result
            self.isEarlier = isEarlier
        }
    }

    private struct Line {
        let cells: [String]
        let comparison: PairedComparison?
    }

    private static let shownMeasures = 2
    private static let comparisonColumns = ["difference", "p", "95 % interval", "verdict"]
    private static let none = ReportLayout.none

    /// Without line ends; tables with a heading each and a blank line between.
    public let lines: [String]

    public init(_ entries: [Entry]) {
        var blocks: [[String]] = []
        let ranking = entries.filter { $0.result.kind == .rank }
        if !ranking.isEmpty {
            blocks.append(Self.ranking(ranking))
            let compared = ranking.filter { $0.result.baseline != nil }
            if !compared.isEmpty { blocks.append(Self.languages(compared)) }
        }
        let classification = entries.filter { $0.result.kind == .classify }
        if !classification.isEmpty { blocks.append(Self.classification(classification)) }
        for (what, members) in [("ranking", ranking), ("classification", classification)] {
            let grouped = members.filter { entry in entry.result.groups.keys.contains { $0.hasPrefix("lang=") } }
            if !grouped.isEmpty { blocks.append(Self.groups(grouped, what)) }
        }
        let notes = Self.notes(entries)
        if !notes.isEmpty { blocks.append(notes) }
        lines = Array(blocks.joined(separator: [""]))
    }

    /// The first measures of the experiments, in the order met.
    private static func measures(_ entries: [Entry]) -> [String] {
        var names: [String] = []
        for entry in entries {
            for name in entry.experiment.measures.prefix(shownMeasures) where !names.contains(name) {
                names.append(name)
            }
        }
        return names
    }

    private static func value(_ mean: Double?) -> String { mean.map(ScoreTable.decimals) ?? none }

    private static func ranking(_ entries: [Entry]) -> [String] {
        let measures = measures(entries)
        let lines = entries.map { entry in
            let result = entry.result
            let main = entry.experiment.measures.first ?? ""
            return Line(
                cells: [result.experiment, result.language, "\(result.counts.queries ?? 0)"]
                    + measures.map { value(result.measures[$0]?.mean) }
                    + [result.baseline.map { "\($0.name) \(value($0.measures[main]?.mean))" } ?? none],
                comparison: result.comparison(withBaselineOn: main))
        }
        let main = measures.first ?? ""
        return ["Ranking: \(main) beside the reference run, p by paired randomisation, adjusted over the table (Holm)"]
            + table(["experiment", "lang", "queries"] + measures + ["reference"], lines)
    }

    private static func languages(_ entries: [Entry]) -> [String] {
        let measures = measures(entries)
        let names = Set(entries.map(\.result.language)).sorted()
        let lines = names.map { language in
            let members = entries.filter { $0.result.language == language }
            var pairs = MeanOfMeans()
            var others: [String: [Double]] = [:]
            var references: [Double] = []
            for entry in members {
                let main = entry.experiment.measures.first ?? ""
                if let own = entry.result.pairs(with: entry.result.baseline, measure: main) {
                    pairs.add(
                        own.values, reference: own.reference, language: language, collection: entry.result.experiment)
                }
                if let mean = entry.result.baseline?.measures[main]?.mean { references.append(mean) }
                for name in measures {
                    if let mean = entry.result.measures[name]?.mean { others[name, default: []].append(mean) }
                }
            }
            func mean(_ values: [Double]?) -> String {
                guard let values, !values.isEmpty else { return none }
                return value(values.reduce(0, +) / Double(values.count))
            }
            return Line(
                cells: [language, "\(members.count)", "\(pairs.queries)"] + measures.map { mean(others[$0]) }
                    + [mean(references)],
                comparison: pairs.comparison())
        }
        return ["By language, every collection with a reference run counting the same"]
            + table(["lang", "collections", "queries"] + measures + ["reference"], lines)
    }

    /// A table whose last columns are the comparisons, adjusted for one another.
    private static func table(_ columns: [String], _ lines: [Line]) -> [String] {
        let compared = lines.compactMap(\.comparison)
        guard !compared.isEmpty else { return ReportLayout(columns: columns, rows: lines.map(\.cells)).aligned }
        var adjusted = PairedComparison.holm(compared.map(\.p))[...]
        let rows = lines.map { line in
            guard let comparison = line.comparison, let p = adjusted.popFirst() else {
                return line.cells + comparisonColumns.map { _ in none }
            }
            let verdict = ComparisonVerdict(comparison, adjusted: p, comparisons: compared.count)
            return line.cells + [
                signed(comparison.difference), ScoreTable.decimals(p),
                "\(signed(comparison.low)) … \(signed(comparison.high))",
                verdict.words(comparison, comparisons: compared.count),
            ]
        }
        return ReportLayout(columns: columns + comparisonColumns, rows: rows).aligned
    }

    private static func signed(_ value: Double) -> String {
        let text = ScoreTable.decimals(value)
        return value > 0 && text != "0.0000" ? "+\(text)" : text
    }

    private static func classification(_ entries: [Entry]) -> [String] {
        let measures = measures(entries)
        let rows = entries.map { entry in
            let result = entry.result
            return [
                result.experiment, result.language, "\(result.counts.training ?? 0)", "\(result.counts.documents)",
            ] + measures.map { value(result.measures[$0]?.mean) } + [value(result.ece)]
        }
        return ["Classification"]
            + ReportLayout(
                columns: ["experiment", "lang", "training", "documents"] + measures + ["calibration error"], rows: rows
            ).aligned
    }

    private static func groups(_ entries: [Entry], _ what: String) -> [String] {
        let measures = measures(entries)
        var rows: [[String]] = []
        for entry in entries {
            for (group, means) in entry.result.groups.sorted(by: { $0.key < $1.key }) where group.hasPrefix("lang=") {
                let shown = entry.experiment.measures.compactMap { means[$0] }
                rows.append(
                    [entry.result.experiment, String(group.dropFirst("lang=".count)), "\(shown.first?.queries ?? 0)"]
                        + measures.map { value(means[$0]?.mean) })
            }
        }
        return ["Languages within a collection, \(what)"]
            + ReportLayout(columns: ["experiment", "lang", "count"] + measures, rows: rows).aligned
    }

    /// What the reader must know, each sentence once with the experiments it is about.
    private static func notes(_ entries: [Entry]) -> [String] {
        var order: [String] = []
        var about: [String: [String]] = [:]
        for entry in entries {
            let baseline = entry.result.baseline
            let ofReference = (baseline?.notes ?? []).map { "\(baseline?.name ?? ""): \($0)" }
            for note in entry.result.notes + ofReference {
                if about[note] == nil { order.append(note) }
                about[note, default: []].append(entry.result.experiment)
            }
        }
        return order.map { note in
            let names = about[note] ?? []
            let others = names.count > 3 ? " and \(names.count - 3) more" : ""
            return "\(names.prefix(3).joined(separator: ", "))\(others): \(note)"
        }
    }
}
