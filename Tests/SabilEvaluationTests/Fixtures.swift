import FoundationEssentials
import SabilEvaluation

/// Files of the repository that several suites read.
enum Fixtures {
    static var folder: String { fixtures + "/evaluation" }
    static var comparison: String { fixtures + "/comparison" }

    private static var fixtures: String {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/") + "/corpus-fixtures"
    }

    static func lines(_ name: String, in folder: String = folder) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: URL(filePath: folder + "/" + name)), as: UTF8.self)
        return text.split(separator: "\n").map(String.init)
    }

    /// Rows of a table with tabs, without its header.
    static func rows(_ name: String, in folder: String = folder) throws -> [[String]] {
        try lines(name, in: folder).dropFirst().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    static func predictions() throws -> [LabelPrediction] {
        try rows("predictions.tsv").map { prediction(id: $0[0], gold: $0[1], scores: $0[2]) }
    }

    /// - Parameters:
    ///   - gold: `c4,c7`
    ///   - scores: `c0=0.35,c1=0.2`
    static func prediction(id: String, gold: String, scores: String) -> LabelPrediction {
        LabelPrediction(
            id: id, gold: gold.split(separator: ",").map(String.init),
            scores: scores.split(separator: ",").map { pair in
                let parts = pair.split(separator: "=")
                return LabelPrediction.Scored(String(parts[0]), score: Double(parts[1]) ?? .nan)
            })
    }
}
