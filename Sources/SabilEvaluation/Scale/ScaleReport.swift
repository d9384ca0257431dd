import FoundationEssentials
import Glibc

/// A scale series as JSON, as a Markdown table and as a drawing.
public struct ScaleReport: Sendable {
    private let series: ScaleSeries

    public init(_ series: ScaleSeries) { self.series = series }

    // MARK: JSON

    /// `{schema, sabil, yardstick, figures: [{name, unit, exponent, standard_error, yardstick_exponent,
    /// yardstick_standard_error, points: [{records, sabil, yardstick, ratio, spread, rounds}]}]}`; what is not known is
    /// `null`. `sabil` and `yardstick` are the digests and dates of what was measured.
    ///
    /// - Throws: `invalidFormat` when a figure is no number.
    public func json() throws(EvaluationError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            return try [UInt8](encoder.encode(Content(series))) + [UInt8(ascii: "\n")]
        } catch {
            throw EvaluationError(
                code: .invalidFormat, operation: "write a scale series",
                message: "Writing the scale series failed: a figure is no number (\(error)).")
        }
    }

    // MARK: Markdown

    /// A table of all figures: a row each, the sizes as columns, the ratio to the yardstick in brackets.
    public var markdown: String {
        let sizes = Set(series.figures.flatMap { $0.points.map(\.records) }).sorted()
        var lines = [
            "| figure | unit | " + sizes.map(Self.size).joined(separator: " | ") + " | exponent | of plain Xapian |",
            "|---|---|" + sizes.map { _ in "---:|" }.joined() + "---:|---:|",
        ]
        for figure in series.figures {
            let cells = sizes.map { size in
                guard let point = figure.points.first(where: { $0.records == size }) else { return ReportNumber.none }
                return Self.value(point.sabil) + (point.ratio.map { " (\(Self.value($0)) ×)" } ?? "")
            }
            lines.append(
                "| `\(figure.name)` | \(figure.unit) | \(cells.joined(separator: " | ")) | \(Self.growth(figure.growth)) "
                    + "| \(Self.growth(figure.yardstickGrowth)) |")
        }
        lines += ["", provenance]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Which programs were measured, and when.
    private var provenance: String {
        let parts = ["sabil", "yardstick"].compactMap { program -> String? in
            let own = series.runs.filter { $0.program == program }
            guard let first = own.map(\.date).min(), let last = own.map(\.date).max() else { return nil }
            let digests = Set(own.map(\.digest)).sorted().joined(separator: ", ")
            let when =
                first.prefix(10) == last.prefix(10)
                ? "on \(first.prefix(10))" : "\(first.prefix(10)) to \(last.prefix(10))"
            return "\(program == "sabil" ? "Sabil" : "plain Xapian") \(digests), measured \(when)"
        }
        return "In brackets the ratio to plain Xapian: the median of the rounds. Exponents with their standard errors. "
            + parts.joined(separator: "; ") + "."
    }

    /// `1k`, `1M`, or the number.
    static func size(_ records: Int) -> String {
        if records > 0, records.isMultiple(of: 1_000_000) { return "\(records / 1_000_000)M" }
        if records > 0, records.isMultiple(of: 1000) { return "\(records / 1000)k" }
        return ReportNumber.count(records)
    }

    /// Three digits that matter.
    static func value(_ value: Double) -> String {
        let size = abs(value)
        return ReportNumber.fixed(value, places: size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
    }

    private static func growth(_ growth: GrowthExponent?) -> String {
        guard let growth else { return ReportNumber.none }
        return ReportNumber.fixed(growth.exponent, places: 2)
            + (growth.standardError.map { " ± " + ReportNumber.fixed($0, places: 2) } ?? "")
    }

    // MARK: Drawing

    /// A drawing that stands alone, with a light and a dark palette: the figures that matter most, both axes logarithmic.
    public var svg: String {
        let shown = [
            ("index.records_per_second", "Indexing: records a second"),
            ("index.records_per_cpu_second", "Indexing: records a CPU second"),
            ("index.megabytes", "Index: megabytes"), ("index.peak_memory", "Indexing: peak megabytes of memory"),
            ("query.plain.p50", "Plain query: p50, ms"), ("query.plain.p99", "Plain query: p99, ms"),
            ("query.facets.p50", "With five facets: p50, ms"), ("query.facets.p99", "With five facets: p99, ms"),
            ("query.highlights.p50", "With highlights: p50, ms"),
            ("query.expansion.p50", "With concepts: p50, ms (beside plain)"),
        ]
        let charts = shown.compactMap { name, title in
            series.figures.first { $0.name == name }.map { Self.chart($0, title: title) }
        }
        return Drawing(
            title: "Cost by number of records, Sabil and plain Xapian",
            description: charts.map { "\($0.title): \($0.description)" }.joined(separator: " "), charts: charts
        ).written
    }

    private static func chart(_ figure: ScaleSeries.Figure, title: String) -> Chart {
        let horizontal = AxisTicks(powersOfTenCovering: figure.points.map { Double($0.records) }) { size(Int($0)) }
        let values = figure.points.flatMap { [$0.sabil, $0.yardstick ?? $0.sabil] }
        let vertical = AxisTicks(powersOfTenCovering: values) { power in
            power >= 1
                ? ReportNumber.count(Int(power))
                : ReportNumber.fixed(power, places: power >= 0.1 ? 1 : power >= 0.01 ? 2 : 3)
        }
        let place = { (point: ScaleSeries.Point, value: Double?) in
            ChartPoint(log10(Double(point.records)), value.map { $0 > 0 ? log10($0) : .nan } ?? .nan)
        }
        var series = [CurveChart.Series(name: "Sabil", points: figure.points.map { place($0, $0.sabil) })]
        if figure.points.contains(where: { $0.yardstick != nil }) {
            series.append(
                CurveChart.Series(name: "plain Xapian", points: figure.points.map { place($0, $0.yardstick) }))
        }
        let words = figure.points.map { point in
            "\(size(point.records)) records \(value(point.sabil))"
                + (point.yardstick.map { " beside \(value($0))" } ?? "")
        }
        return CurveChart(
            series: series, horizontal: .numbers(horizontal), vertical: vertical,
            horizontalTitle:
                "records · exponent \(growth(figure.growth)), plain Xapian \(growth(figure.yardstickGrowth))",
            verticalTitle: ""
        ).chart(title: title, description: words.joined(separator: ", ") + ".")
    }
}

/// The file of figures.
private struct Content: Encodable {
    let series: ScaleSeries

    init(_ series: ScaleSeries) { self.series = series }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var content = encoder.container(keyedBy: Key.self)
        try content.encode(1, forKey: Key("schema"))
        for program in ["sabil", "yardstick"] {
            let own = series.runs.filter { $0.program == program }
            var entry = content.nestedContainer(keyedBy: Key.self, forKey: Key(program))
            try entry.encode(Set(own.map(\.digest)).sorted(), forKey: Key("digests"))
            try entry.encode(own.map(\.date).min(), forKey: Key("first"))
            try entry.encode(own.map(\.date).max(), forKey: Key("last"))
        }
        var figures = content.nestedUnkeyedContainer(forKey: Key("figures"))
        for figure in series.figures {
            var entry = figures.nestedContainer(keyedBy: Key.self)
            try entry.encode(figure.name, forKey: Key("name"))
            try entry.encode(figure.unit, forKey: Key("unit"))
            try entry.encode(figure.growth?.exponent, forKey: Key("exponent"))
            try entry.encode(figure.growth?.standardError, forKey: Key("standard_error"))
            try entry.encode(figure.yardstickGrowth?.exponent, forKey: Key("yardstick_exponent"))
            try entry.encode(figure.yardstickGrowth?.standardError, forKey: Key("yardstick_standard_error"))
            var points = entry.nestedUnkeyedContainer(forKey: Key("points"))
            for point in figure.points {
                var row = points.nestedContainer(keyedBy: Key.self)
                try row.encode(point.records, forKey: Key("records"))
                try row.encode(point.sabil, forKey: Key("sabil"))
                try row.encode(point.yardstick, forKey: Key("yardstick"))
                try row.encode(point.ratio, forKey: Key("ratio"))
                try row.encode(point.ratios.map { [$0.lowerBound, $0.upperBound] }, forKey: Key("spread"))
                try row.encode(point.rounds, forKey: Key("rounds"))
            }
        }
    }
}
