import SabilRecords
import Testing

@testable import SabilEvaluation

@Suite("A scale series: medians, ratios, growth")
struct ScaleSeriesTests {
    private static func run(
        _ records: Int, _ program: String, _ what: String, round: Int = 1, date: String = "2026-11-21T10:00:00Z",
        _ figures: [String: Double]
    ) -> String {
        let pairs = figures.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        return """
            {"records":\(records),"program":"\(program)","what":"\(what)","round":\(round),"digest":"0123456789ab",\
            "date":"\(date)","figures":{"facets":false,"xapian":"1.4.22",\(pairs)}}
            """
    }

    private static func series(_ lines: [String]) throws -> ScaleSeries {
        ScaleSeries(try ScaleSeries.runs(in: lines.joined(separator: "\n") + "\n\n", name: "runs"))
    }

    // MARK: Growth

    @Test("A power law has its exponent and no error", arguments: [-0.5, 0, 0.3, 1, 2])
    func powerLaw(exponent: Double) throws {
        let points = (3...6).map { zeros in
            (power(10, zeros), 3 * power(tenTo(exponent), zeros))
        }
        let growth = try #require(Self.growth(points))
        #expect(abs(growth.exponent - exponent) < 1e-9)
        #expect(try #require(growth.standardError) < 1e-9)
    }

    private static func growth(_ points: [(Double, Double)]) -> GrowthExponent? {
        GrowthExponent(points.map { (size: $0.0, cost: $0.1) })
    }

    private func power(_ base: Double, _ times: Int) -> Double {
        (0..<times).reduce(1) { product, _ in product * base }
    }

    /// 10 to a power that is one of the arguments above.
    private func tenTo(_ exponent: Double) -> Double {
        switch exponent {
        case -0.5: 1 / (10.0).squareRoot()
        case 0: 1
        case 0.3: 1.9952623149688795
        case 1: 10
        default: 100
        }
    }

    @Test("Slope and standard error are those of numpy.linalg.lstsq on the logarithms")
    func oracle() throws {
        // lstsq of log([2.1, 2.9, 7.5, 31]) by log([1e3, 1e4, 1e5, 1e6]) and 1; error: root of its covariance with 2 degrees.
        let growth = try #require(Self.growth([(1e3, 2.1), (1e4, 2.9), (1e5, 7.5), (1e6, 31)]))
        #expect(abs(growth.exponent - 0.39200904627938044) < 1e-9)
        #expect(abs(try #require(growth.standardError) - 0.0754386989566505) < 1e-9)
    }

    @Test("Two sizes give a slope without an error, one gives nothing, and so does what has no logarithm")
    func fewPoints() throws {
        let two = try #require(Self.growth([(10, 1), (1000, 100)]))
        #expect(abs(two.exponent - 1) < 1e-12)
        #expect(two.standardError == nil)
        #expect(Self.growth([(10, 1)]) == nil)
        #expect(Self.growth([(10, 1), (10, 2)]) == nil)
        #expect(Self.growth([(10, 1), (100, 0), (1000, .nan), (0, 3), (-5, 2)]) == nil)
    }

    // MARK: Figures

    @Test("A ratio is the median of the rounds' ratios, not the ratio of the medians")
    func pairedRatios() throws {
        let series = try Self.series([
            Self.run(1000, "sabil", "plain", round: 1, ["p50_ms": 2]),
            Self.run(1000, "yardstick", "plain", round: 1, ["p50_ms": 1]),
            Self.run(1000, "sabil", "plain", round: 2, ["p50_ms": 9]),
            Self.run(1000, "yardstick", "plain", round: 2, ["p50_ms": 3]),
            Self.run(1000, "yardstick", "plain", round: 3, ["p50_ms": 8]),
            Self.run(1000, "sabil", "plain", round: 3, ["p50_ms": 8]),
        ])
        let point = try #require(series.figures.first { $0.name == "query.plain.p50" }?.points.first)
        #expect(point.sabil == 8)
        #expect(point.yardstick == 3)
        #expect(point.ratio == 2)
        #expect(point.ratios == 1...3)
        #expect(point.rounds == 3)
    }

    @Test("Expansion stands beside the yardstick's plain query; a run without a counterpart has no ratio")
    func counterparts() throws {
        let series = try Self.series([
            Self.run(
                1000, "sabil", "expansion", ["p50_ms": 6, "queries": 100, "query_cpu_seconds": 0.5, "cpu_seconds": 9]),
            Self.run(1000, "yardstick", "plain", ["p50_ms": 2, "queries": 100, "cpu_seconds": 0.25]),
            Self.run(1000, "sabil", "facets", ["p50_ms": 4]),
            Self.run(1000, "sabil", "completion", ["p50_ms": 1]), Self.run(1000, "sabil", "spelling", ["p50_ms": 5]),
            Self.run(1000, "sabil", "similar", ["p50_ms": 7]),
        ])
        let figure = { (name: String) in series.figures.first { $0.name == name }?.points.first }
        #expect(figure("query.expansion.p50")?.ratio == 3)
        // Milliseconds of processor a query, without opening the index where that is told apart.
        #expect(figure("query.expansion.cpu")?.sabil == 5)
        #expect(figure("query.expansion.cpu")?.yardstick == 2.5)
        #expect(figure("query.completion.p50")?.ratio == 0.5)
        #expect(figure("query.spelling.p50")?.ratio == 2.5)
        #expect(figure("query.similar.p50")?.ratio == 3.5)
        #expect(figure("query.facets.p50")?.ratio == nil)
        #expect(figure("query.facets.p50")?.sabil == 4)
        // Nothing of Sabil's: no figure.
        #expect(figure("query.plain.p50") == nil)
    }

    @Test("Of a run made twice the later one counts, wherever it stands")
    func later() throws {
        let series = try Self.series([
            Self.run(1000, "sabil", "index", date: "2026-11-21T12:00:00Z", ["documents_per_second": 5]),
            Self.run(1000, "sabil", "index", date: "2026-11-21T11:00:00Z", ["documents_per_second": 4]),
        ])
        #expect(series.figures.first?.points.first?.sabil == 5)
    }

    @Test("A line that is no run is named")
    func malformed() {
        let error = #expect(throws: EvaluationError.self) {
            _ = try ScaleSeries.runs(
                in: Self.run(1, "sabil", "index", ["a": 1]) + "\n{\"records\":1}\n", name: "r.jsonl")
        }
        #expect(error?.message.contains("Line 2 of r.jsonl") == true)
    }

    // MARK: Output

    @Test("Table, file and drawing have the figures, and the drawing is XML with a title")
    func output() throws {
        var lines: [String] = []
        for (size, speed) in [(1000, 900.0), (10_000, 800.0), (1_000_000, 700.0)] {
            lines.append(Self.run(size, "sabil", "index", ["documents_per_second": speed]))
            lines.append(Self.run(size, "yardstick", "index", ["documents_per_second": speed / 2]))
        }
        let report = ScaleReport(try Self.series(lines))
        #expect(report.markdown.contains("| 1k | 10k | 1M | exponent |"))
        #expect(
            report.markdown.contains(
                "| `index.records_per_second` | 1/s | 900 (2.00 ×) | 800 (2.00 ×) | 700 (2.00 ×) | −0.04 ± 0.01 |"))
        let json = String(decoding: try report.json(), as: UTF8.self)
        #expect(json.contains("\"spread\" : [\n            2,\n            2\n          ]"))
        let drawing = try #require(try PageTree(report.svg).root.children.first)
        #expect(drawing.name == "svg")
        // Two lines with three signs each: discs and squares.
        #expect(drawing.all("circle").count == 3)
        #expect(drawing.all("rect").filter { $0.attributes["class"] == "sign s1" }.count == 3)
        #expect(report.svg.contains("prefers-color-scheme: dark"))
        #expect(report.svg.contains("1M records 700 beside 350"))
    }

    // MARK: Axis

    @Test("Ticks of a logarithmic axis are whole powers around the values")
    func powers() {
        let ticks = AxisTicks(powersOfTenCovering: [0.02, 7, 100, 0, -3, .nan]) { "\($0)" }
        #expect(ticks.ticks.map(\.value) == [-2, -1, 0, 1, 2])
        #expect(ticks.ticks.map(\.label) == ["0.01", "0.1", "1.0", "10.0", "100.0"])
        #expect(AxisTicks(powersOfTenCovering: [10]) { "\($0)" }.ticks.map(\.value) == [1, 2])
        #expect(AxisTicks(powersOfTenCovering: []) { "\($0)" }.ticks.map(\.value) == [0, 1])
    }
}
