import Foundation
import SabilRecords
import Testing

@testable import SabilEvaluation

@Suite struct EvaluationReportTests {
    private let history = SpeedHistory(
        "2026-11-20\tabc\tindexing\t940.5\t1029\n2026-11-21\tdef\tindexing\t967\t1030", name: "h")

    private func four(_ value: Double) -> String { String(format: "%.4f", value).replacing("-", with: "−") }

    private func full() -> EvaluationReport {
        EvaluationReport(
            [
                SampleResults.classification(), SampleResults.ranking(),
                SampleResults.ranking("rank-two", language: "fr", gain: 0),
            ],
            context: SampleResults.context(queries: ["one": ["q1": "ما هي التغذية المدرسية؟"]], history: history))
    }

    @Test func `a page is well-formed, names what it refers to, and loads nothing`() throws {
        let page = full().html
        let tree = try PageTree(page)
        let ids = tree.root.all.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count, "an id stands twice")
        for element in tree.root.all {
            let targets =
                (element.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
                + [element.attributes["href"].map { String($0.dropFirst()) }].compactMap { $0 }
            for target in targets { #expect(ids.contains(target), "\(element.name) refers to \(target)") }
        }
        let known: Set<String> = [
            "", "html", "head", "meta", "title", "style", "body", "header", "div", "p", "h1", "h2", "h3", "nav", "ul",
            "li", "a",
            "main", "section", "table", "thead", "tbody", "tr", "th", "td", "bdi", "span", "strong", "figure",
            "figcaption",
            "details", "summary", "footer", "svg", "desc", "line", "rect", "circle", "path", "text",
        ]
        #expect(Set(tree.root.all.map(\.name)).isSubset(of: known))
        for attribute in ["src", "xlink:href", "onload", "onclick"] {
            #expect(tree.root.all.allSatisfy { $0.attributes[attribute] == nil })
        }
        #expect(tree.root.all("a").allSatisfy { $0.attributes["href"]?.hasPrefix("#") == true })
        let policy = tree.root.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
        #expect(policy?.attributes["content"]?.contains("script-src 'none'; img-src 'none'; font-src 'none'") == true)
    }

    @Test func `every chart has a title, a description and only numbers`() throws {
        let tree = try PageTree(full().html)
        let charts = tree.root.all("svg")
        // Differences by language, by query for rank-one, two groups each for two, and four of classification, and history.
        #expect(charts.count == 1 + 1 + 4 + 4 + 1)
        for chart in charts {
            #expect(chart.children.first?.name == "title" && chart.children.first?.text.isEmpty == false)
            #expect(chart.all("desc").first?.text.isEmpty == false)
            #expect(chart.attributes["role"] == "img")
            let size = (chart.attributes["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
            try #require(size.count == 4)
            for element in chart.all {
                for name in ["x", "x1", "x2", "cx"] {
                    guard let text = element.attributes[name] else { continue }
                    let value = try #require(Double(text), "\(element.name) has \(name) = \(text)")
                    #expect((0...size[2]).contains(value), "\(element.name) stands outside: \(name) = \(text)")
                }
                for name in ["y", "y1", "y2", "cy"] {
                    guard let text = element.attributes[name] else { continue }
                    let value = try #require(Double(text), "\(element.name) has \(name) = \(text)")
                    #expect((0...size[3]).contains(value), "\(element.name) stands outside: \(name) = \(text)")
                }
                guard let path = element.attributes["d"] else { continue }
                #expect(path.hasPrefix("M"))
                let numbers = path.split { "MLZ ".contains($0) }
                #expect(
                    !numbers.isEmpty && numbers.count.isMultiple(of: 2)
                        && numbers.allSatisfy { Double($0)?.isFinite == true }, "\(path)")
            }
        }
    }

    @Test func `table heads have their scope, rows as many cells as columns`() throws {
        let tree = try PageTree(full().html)
        for table in tree.root.all("table") {
            #expect(table.all("thead").flatMap { $0.all("th") }.allSatisfy { $0.attributes["scope"] == "col" })
            for row in table.all("tbody").flatMap({ $0.all("tr") }) {
                #expect(row.children.first?.attributes["scope"] == "row")
            }
        }
        for table in tree.tables {
            for row in table.rows { #expect(row.count == table.columns.count, "\(table.caption): \(row)") }
        }
    }

    @Test func `the table of rankings has the figures of the results`() throws {
        let result = SampleResults.ranking()
        let report = EvaluationReport([result], context: SampleResults.context())
        let table = try #require(try PageTree(report.html).tables.first { $0.caption.hasPrefix("Every experiment") })
        let own = try #require(result.measures["nDCG@10"])
        let other = try #require(result.baseline?.measures["nDCG@10"])
        let keys = own.perQuery.keys.sorted()
        let comparison = PairedComparison(
            keys.map { own.perQuery[$0] ?? .nan }, baseline: keys.map { other.perQuery[$0] ?? .nan },
            // Two measures are compared: Judged@10 is none of quality.
            permutations: 800, resamples: 200)
        #expect(
            table.rows == [
                [
                    "rank-one", "▲ better", "nDCG@10", four(own.mean), four(other.mean),
                    "+" + four(comparison.difference), "+\(four(comparison.low)) to +\(four(comparison.high))",
                    four(PairedComparison.holm([comparison.p, 1])[0]), "Arabic", "60", "lucene",
                ]
            ])
        let detail = try #require(try PageTree(report.html).tables.first { $0.caption.hasPrefix("Measures beside") })
        #expect(detail.rows.map { $0[0] } == ["nDCG@10", "AP@100", "Judged@10"])
        // Means stand as the result gives them; values of queries are what is compared.
        #expect(detail.rows[1].prefix(4) == ["AP@100", "= identical", "0.3100", "0.2500"])
        #expect(detail.rows[2] == ["Judged@10", "–", "0.7500", "0.7000", "–", "–", "–", "–", "–", "–"])
        let changed = own.perQuery.keys.count { own.perQuery[$0] != other.perQuery[$0] }
        #expect(detail.rows[0][7...9] == ["\(changed)", "\(60 - changed)", "0"])
        let groups = try #require(try PageTree(report.html).tables.first { $0.caption == "Means of groups." })
        #expect(groups.rows == [["lang=fr", "57", "0.5123", "–", "–"], ["kind=word", "3", "0.2500", "–", "–"]])
        let cost = try #require(try PageTree(report.html).tables.first { $0.caption.hasPrefix("Cost") })
        #expect(cost.rows == [["rank-one", "0.30", "1.50", "25.00", "2.25", "14.2 MB", "52.4 MB", "abc1234"]])
    }

    @Test func `queries that changed most come with text and both values, and the others are counted`() throws {
        let result = SampleResults.ranking()
        let own = try #require(result.measures["nDCG@10"]?.perQuery)
        let other = try #require(result.baseline?.measures["nDCG@10"]?.perQuery)
        let expected = own.keys.filter { own[$0] != other[$0] }
            .sorted { one, next in
                let sizes = [one, next].map { abs((own[$0] ?? 0) - (other[$0] ?? 0)) }
                return abs(sizes[0] - sizes[1]) > 1e-12 ? sizes[0] > sizes[1] : one < next
            }
        let text = "ما هي التغذية المدرسية؟"
        let report = EvaluationReport(
            [result], context: SampleResults.context(queries: ["one": [expected[0]: text]], changes: 4))
        let tree = try PageTree(report.html)
        let table = try #require(tree.tables.first { $0.caption.hasPrefix("By the size") })
        #expect(table.caption.hasSuffix("; \(expected.count - 4) more changed less."))
        #expect(table.columns == ["query", "id", "value", "reference", "difference"])
        #expect(table.rows.map { $0[1] } == Array(expected.prefix(4)))
        #expect(table.rows.map { $0[0] } == [text, "–", "–", "–"])
        for row in table.rows {
            let (value, reference) = (try #require(own[row[1]]), try #require(other[row[1]]))
            #expect(row[2...] == [four(value), four(reference), "+" + four(value - reference)])
        }
        // The Arabic text runs in its own direction.
        let cell = try #require(tree.root.all("th").first { $0.text == text })
        #expect(cell.attributes["dir"] == "auto" && cell.children.map(\.name) == ["bdi"])
        #expect(!EvaluationReport([result], context: SampleResults.context(changes: 0)).html.contains("changed most"))
    }

    @Test func `tables of classification have the figures of the results`() throws {
        let concepts = (0..<25).map { "concept-\($0)" }
        let tree = try PageTree(
            EvaluationReport([SampleResults.classification(concepts: concepts)], context: SampleResults.context()).html)
        let tables = tree.tables
        let all = try #require(tables.first { $0.caption.hasPrefix("Every experiment") })
        #expect(
            all.rows == [
                ["classify-one", "several languages", "800", "200", "25", "0.6124", "0.5000", "0.0432", "no reference"]
            ])
        let measures = try #require(tables.first { $0.caption.hasPrefix("Measures;") })
        #expect(measures.rows == [["micro F1", "0.6124"], ["macro F1", "0.5000"], ["True positives", "1,234"]])
        let labels = tables.filter { $0.columns.first == "label" }
        #expect(labels.map(\.rows.count) == [20, 5], "all labels are there, the frequent ones first")
        #expect(labels[0].rows[0] == ["concept-24", "240", "0.5000", four(1.0 / 26), "0.2500", "0.3100"])
        #expect(labels[1].rows[4] == ["concept-0", "0", "0.5000", "0.5000", "0.2500", "–"])
        let bins = try #require(tables.first { $0.caption == "Bins of confidence." })
        #expect(bins.rows[1] == ["0.1000 – 0.2000", "50", "0.1500", "0.1000"] && bins.rows.count == 10)
        let curve = try #require(tables.first { $0.caption == "Points of the curve." })
        #expect(
            curve.rows == [
                ["0.0000", "0.0000", "0.0000", "0.9000"], ["0.6000", "0.7000", four(0.84 / 1.3), "0.5000"],
                ["0.9000", "0.4000", four(0.72 / 1.3), "0.2000"],
            ])
        let learning = try #require(tables.first { $0.caption.hasPrefix("Points of the learning") })
        #expect(learning.rows == [["50", "0.4000", "0.3800 to 0.4200"], ["12,800", "0.6000", "0.5700 to 0.6300"]])
        let reliability = try #require(tables.first { $0.caption.hasPrefix("Share of right ones") })
        #expect(reliability.columns == ["confidence", "Arabic", "English"])
        #expect(reliability.rows.count == 11, "ten bins and the error")
        #expect(reliability.rows[1] == ["0.1 – 0.2", "0.10 of 50", "0.10 of 50"])
        #expect(reliability.rows[4].suffix(2) == ["–", "–"], "a bin without suggestions")
        #expect(reliability.rows[10] == ["ECE", "0.0567", "0.0567"])
        let pairs = try #require(tables.first { $0.caption.hasPrefix("Pairs") })
        #expect(pairs.rows[0] == ["concept-23", "concept-24", "24"] && pairs.rows.count == 24)
    }

    @Test func `the summary says in words what was shown`() throws {
        var lone = SampleResults.ranking("rank-lone", collection: "lone")
        lone.baseline = nil
        let results = [
            SampleResults.ranking(), SampleResults.ranking("rank-worse", gain: -0.2),
            SampleResults.ranking("rank-same", gain: 0), SampleResults.ranking("rank-few", queries: 4), lone,
        ]
        let root = try PageTree(EvaluationReport(results, context: SampleResults.context()).html).root
        let text = root.text
        let summary = try #require(root.first("section", id: "summary")).text
        #expect(
            summary.contains(
                "Ranking, nDCG@10 beside lucene: ▲ better on 1 of 4 (rank-one); ▼ worse on 1 of 4 (rank-worse)"))
        #expect(summary.contains("= identical on 1 of 4 (rank-same)"))
        #expect(summary.contains("○ too few queries with other values to tell on 1 of 4 (rank-few)"))
        #expect(
            summary.contains("rank-lone: nDCG@10 \(four(lone.measures["nDCG@10"]?.mean ?? 0)), without a reference"))
        #expect(summary.contains("correction for all 8 comparisons"))
        #expect(text.contains("nDCG@10 ○ too few: 2 queries have other values, 9 are needed to tell anything."))
    }

    @Test func `differences from two references are not drawn together, nor averaged`() throws {
        var other = SampleResults.ranking("rank-other", collection: "other")
        other.baseline?.name = "older"
        let same = SampleResults.ranking("rank-same")
        let second = SampleResults.ranking("rank-second", collection: "second")
        let page = EvaluationReport([SampleResults.ranking(), other, same, second], context: SampleResults.context())
            .html
        let charts = try PageTree(page).root.all("svg").filter {
            $0.children[0].text.contains("by language and collection")
        }
        let words = charts.map { chart in chart.all("text").map(\.text).joined(separator: " ") }
        try #require(words.count == 2)
        #expect(words[0].contains("second") && !words[0].contains("other") && words[1].contains("other"))
        // Two of the three stand on the same collection.
        #expect(!page.contains("mean of 3") && !page.contains("mean of 2"))
        let apart = EvaluationReport([SampleResults.ranking(), second], context: SampleResults.context()).html
        #expect(apart.contains("mean of 2"))
    }

    @Test func `nothing to report is said`() throws {
        let report = EvaluationReport([], context: SampleResults.context())
        let tree = try PageTree(report.html)
        #expect(tree.root.first("section", id: "summary")?.text.contains("There are no results") == true)
        #expect(tree.root.all("table").isEmpty && report.markdown.contains("There are no results"))
        let none = EvaluationReport([SampleResults.ranking()], context: SampleResults.context(measures: ["RR@10"]))
        #expect(try PageTree(none.html).root.text.contains("none of the measures asked for"))
        let empty = EvaluationReport([], context: SampleResults.context(history: SpeedHistory("", name: "h")))
        #expect(try PageTree(empty.html).root.text.contains("no entry yet"))
    }

    @Test func `results with empty parts make a page`() throws {
        var bare = SampleResults.ranking(queries: 1)
        bare.groups = [:]
        bare.cost = ExperimentResult.Cost()
        bare.commit = nil
        bare.measures = [:]
        var flat = SampleResults.classification(concepts: [])
        flat.precisionRecall = [ExperimentResult.PrecisionRecallPoint(threshold: 0, precision: 0, recall: 0)]
        flat.reliability = [ExperimentResult.ReliabilityBin(low: 0, high: 1, count: 0, confidence: 0, accuracy: 0)]
        flat.learningCurve = Array(flat.learningCurve.prefix(1))
        flat.measures = [:]
        let page = EvaluationReport(
            [bare, flat], context: SampleResults.context(history: SpeedHistory("d\tc\tw\t0", name: "h"))
        ).html
        #expect(!page.contains("nan") && !page.contains("inf\""))
        #expect(try PageTree(page).root.text.contains("commit unknown"))
    }

    @Test func `hostile words stay words, in the page and in Markdown`() throws {
        let hostile = "</title></style><script>alert('x')</script>\u{202E}\u{2067}\u{0}|**b**\n# h & \"q\""
        var ranking = SampleResults.ranking(hostile, collection: hostile, language: hostile)
        ranking.commit = hostile
        ranking.engine = hostile
        ranking.settings.model = [hostile: hostile]
        ranking.notes = [hostile]
        let values = try #require(ranking.measures["nDCG@10"])
        ranking.measures = [
            hostile: ExperimentResult.MeasuredValues(mean: values.mean, perQuery: [hostile: 1, "b": 0.5])
        ]
        ranking.groups = ["\(hostile)=\(hostile)": [hostile: ExperimentResult.GroupMean(mean: 0.5, queries: 1)]]
        ranking.baseline = ExperimentResult.Baseline(
            name: hostile,
            measures: [hostile: ExperimentResult.MeasuredValues(mean: 0.2, perQuery: [hostile: 0.2, "b": 0.5])],
            notes: [hostile])
        let classification = SampleResults.classification(hostile, concepts: [hostile, hostile + "2"])
        let report = EvaluationReport(
            [ranking, classification],
            context: SampleResults.context(
                queries: [hostile: [hostile: hostile]],
                history: SpeedHistory("d\t<script>\t<script>|\t1\t2\t<script>\nx", name: hostile)))
        let tree = try PageTree(report.html)
        #expect(tree.root.all("script").isEmpty && tree.root.all("title").count == 1 + tree.root.all("svg").count)
        #expect(tree.root.all("style").count == 1)
        for text in [report.html, report.markdown] {
            #expect(!text.contains("<script") && !text.contains("</script"))
            #expect(!text.unicodeScalars.contains("\u{202E}") && !text.unicodeScalars.contains("\u{0}"))
            #expect(text.contains("U+202E"))
        }
        #expect(report.markdown.split(separator: "\n").allSatisfy { !$0.hasPrefix("# h") })
        // Only the table's own bars are bars.
        for line in report.markdown.split(separator: "\n") where line.hasPrefix("| ⁨") {
            #expect(!line.contains(" **b**") && !line.contains("**b**"))
        }
        #expect(tree.root.text.contains("[U+202E]"))
    }

    @Test func `Markdown has the tables of the page`() throws {
        let report = full()
        let tree = try PageTree(report.html)
        let heads = report.markdown.split(separator: "\n").count {
            $0.hasPrefix("| ---") || $0.hasPrefix("| ---:") || $0.hasPrefix("|---") || $0.hasPrefix("| --- ")
        }
        let separators = report.markdown.split(separator: "\n").count { line in
            line.hasPrefix("| -") && line.allSatisfy { "| -:".contains($0) }
        }
        #expect(separators == tree.tables.count && heads <= separators)
        #expect(report.markdown.hasPrefix("# Evaluation of search and classification\n"))
    }

    @Test func `the same results make the same page, in whatever order they come`() {
        let results = [
            SampleResults.ranking(), SampleResults.ranking("rank-two", language: "en"), SampleResults.classification(),
        ]
        let context = SampleResults.context(history: history)
        #expect(
            EvaluationReport(results, context: context).html
                == EvaluationReport(results.reversed(), context: context).html)
    }

    @Test func `results of one name are told apart, and several commits are pointed out`() throws {
        var older = SampleResults.ranking()
        older.commit = "0ld0000+"
        let text = try PageTree(
            EvaluationReport([SampleResults.ranking(), older], context: SampleResults.context()).html
        ).root.text
        #expect(text.contains("rank-one (abc1234)") && text.contains("rank-one (0ld0000+)"))
        #expect(text.contains("2 different commits") && text.contains("changes that are not in it"))
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `any differences are drawn in order, from the best to the worst`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let differences = (0..<(1 + random.nextIndex(below: 2000))).map { _ in
            Double(random.nextIndex(below: 201)) / 100 - 1
        }
        let drawn = DifferenceChart(differences: differences, axis: "").drawn
        #expect(drawn == drawn.sorted(by: >) && drawn.count == min(differences.count, DifferenceChart.columns))
        #expect(drawn.first == differences.max() && drawn.last == differences.min(), "seed \(seed)")
    }

    @Test func `shades grow with the count, from the first to the last`() {
        let shades = (1...1000).map { HeatMap.shade($0, most: 1000) }
        #expect(shades == shades.sorted() && Set(shades) == [1, 2, 3, 4, 5])
        #expect(HeatMap.shade(1, most: 1) == 1 && HeatMap.shade(0, most: 9) == 1)
    }
}
