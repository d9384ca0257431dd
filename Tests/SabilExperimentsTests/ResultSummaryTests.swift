import Foundation
import SabilEvaluation
import SabilExperiments
import Testing

struct ResultSummaryTests {
    /// A result whose queries have the given differences to a reference of .5.
    private func entry(_ name: String, language: String, differences: [Double]) throws -> ResultSummary.Entry {
        let text = "name: \(name)\nkind: rank\ncollection: c\nlanguage: \(language)\nmeasures: [P@5, R@100]\n"
        let experiment = try ExperimentFile(bytes: [UInt8](text.utf8), path: "x.yaml").experiment
        func values(_ all: [Double]) -> ExperimentResult.MeasuredValues {
            .init(
                mean: all.reduce(0, +) / Double(all.count),
                perQuery: Dictionary(uniqueKeysWithValues: all.enumerated().map { ("q\($0.offset)", $0.element) }))
        }
        var result = ExperimentResult(
            experiment: name, digest: "0", kind: .rank, collection: "c", language: language, engine: "0",
            finished: Date(),
            counts: .init(documents: 1, queries: differences.count),
            measures: ["P@5": values(differences.map { 0.5 + $0 }), "R@100": .init(mean: 0.75)])
        result.baseline = .init(name: "lucene", measures: ["P@5": values(differences.map { _ in 0.5 })])
        return ResultSummary.Entry(experiment, result: result, isEarlier: false)
    }

    private func cells(_ lines: [String], _ first: String) -> [Substring] {
        lines.first { $0.hasPrefix(first + " ") }?.split(separator: " ") ?? []
    }

    @Test func adjustsOverTheTableAndCountsCollectionsOfALanguageTheSame() throws {
        let lines = ResultSummary([
            // Ten queries, all better: p = 2 / 2¹⁰, the smallest of three, so three times that.
            try entry("long", language: "en", differences: Array(repeating: 0.2, count: 10)),
            try entry("short", language: "en", differences: [0, 0]),
            try entry("mixed", language: "ar", differences: [0.1, -0.1, 0.1, -0.1]),
        ]).lines
        let long = cells(lines, "long")
        #expect(long.contains("+0.2000") && long.contains("0.0059") && long.last == "better", "\(lines)")
        #expect(cells(lines, "short").last == "identical")
        // English: the means .7 and .5 of the collections, not of twelve queries.
        let english = cells(lines, "en")
        #expect(english[1...3] == ["2", "12", "0.6000"] && english.contains("+0.1000"), "\(lines)")
        #expect(cells(lines, "ar")[1...3] == ["1", "4", "0.5000"])
    }

    @Test func nothingGivesNothing() {
        #expect(ResultSummary([]).lines.isEmpty)
    }
}
