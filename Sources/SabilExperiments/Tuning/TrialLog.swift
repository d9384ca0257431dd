import FoundationEssentials
import Glibc

/// The trials of a search as lines with tabs, written as they come, so that a killed search goes on where it was.
///
/// The first line names the search by a digest of all that its scores depend on; a log of another search is refused. A last
/// line that is not whole is dropped.
public struct TrialLog: Sendable {
    public let path: String
    /// Scores of earlier trials by their values as written.
    private let scores: [String: Double]
    /// How often the held-out half was looked at before.
    public let earlierLooks: Int

    private static let heading = "# search "
    private static let heldOut = "# held out"

    /// Opens the log, or begins it.
    ///
    /// - Parameters:
    ///   - search: digest of the search.
    ///   - isFresh: forget what is there.
    /// - Throws: `otherSearch`, `unwritable`.
    public init(path: String, search: String, space: ParameterSpace, isFresh: Bool) throws(ExperimentError) {
        self.path = path
        let text =
            isFresh ? nil : FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        guard let text, !text.isEmpty, text != "\n" else {
            scores = [:]
            earlierLooks = 0
            let columns = ["trial"] + space.axes.map(\.name) + ["mean", "languages"]
            try ResultStore.put(
                [UInt8]("\(Self.heading)\(search)\n\(columns.joined(separator: "\t"))\n".utf8), at: path)
            return
        }
        // What follows the last line end was being written when the program was killed.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        guard lines.first == Self.heading + search else {
            throw ExperimentError(
                code: .otherSearch, operation: "read trials",
                message:
                    "Reading the trials in \(path) failed: they are of another search (other experiments, parameters, "
                    + "method, seed or program). Give --fresh to begin anew, or another --log.")
        }
        var scores: [String: Double] = [:]
        for line in lines.dropFirst(2) where !line.hasPrefix("#") {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count == space.axes.count + 3, let score = Double(cells[space.axes.count + 1]) else { continue }
            scores[cells[1...space.axes.count].joined(separator: "\t")] = score
        }
        self.scores = scores
        earlierLooks = lines.count { $0.hasPrefix(Self.heldOut) }
        try ResultStore.put([UInt8](lines.map { $0 + "\n" }.joined().utf8), at: path)
    }

    /// The score of an earlier trial with the same values.
    public func score(of values: [Double]) -> Double? { scores[Self.key(values)] }

    public var count: Int { scores.count }

    /// Adds a trial. Numbers are written so that they read back the same.
    public func append(
        _ number: Int, values: [Double], score: Double, languages: [(language: String, mean: Double)]
    ) throws(ExperimentError) {
        let means = languages.map { "\($0.language)=\($0.mean)" }.joined(separator: " ")
        try append("\(number)\t\(Self.key(values))\t\(score)\t\(means)")
    }

    /// Notes that the held-out half is about to be looked at, before it is.
    public func appendLook() throws(ExperimentError) { try append(Self.heldOut) }

    private func append(_ line: String) throws(ExperimentError) {
        func fault() -> ExperimentError {
            ExperimentError(
                code: .unwritable, operation: "write a trial",
                message:
                    "Writing a trial to \(path) failed: \(String(cString: strerror(errno))). Check the folder and the "
                    + "room on its disk.")
        }
        guard let file = fopen(path, "a") else { throw fault() }
        let isWritten = fputs(line + "\n", file) >= 0
        guard fclose(file) == 0, isWritten else { throw fault() }
    }

    private static func key(_ values: [Double]) -> String { values.map { "\($0)" }.joined(separator: "\t") }
}
