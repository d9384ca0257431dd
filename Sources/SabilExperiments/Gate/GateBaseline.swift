import Crypto
import FoundationEssentials
public import SabilEvaluation

/// The figures that later ones are compared with: `baseline.tsv` of the gate's folder.
///
/// Lines with tabs, each with its kind first: `material`, `value` (experiment, measure, query, value), `labels` (experiment,
/// document, labels with commas between), `ratio` (figure, ratio, low, high, rounds, own value, the yardstick's). Sorted, so
/// that a change of the file shows what changed.
public struct GateBaseline: Sendable, Hashable {
    /// By name of the experiment.
    public var findings: [String: GateFindings] = [:]
    public var ratios: [SpeedFigure: RatioSeries.Estimate] = [:]

    public init() {}

    /// A part of another one: the experiments of one kind, or of both or none, and all ratios.
    public init(_ other: GateBaseline, ranking: Bool, classification: Bool) {
        ratios = other.ratios
        findings = other.findings.filter { $0.value.choices.isEmpty ? ranking : classification }
    }

    /// With what was found now in place of all there was of the parts looked at; the other part and the ratios stay.
    public func replacing(ranking: Bool, classification: Bool, by found: [String: GateFindings]) -> GateBaseline {
        var next = GateBaseline(self, ranking: !ranking, classification: !classification)
        next.findings.merge(found) { _, now in now }
        return next
    }

    /// Reads the file's content; `name` stands in messages.
    ///
    /// - Throws: `invalidBaseline` with the line.
    public init(text: String, name: String) throws(ExperimentError) {
        for (position, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard read(columns) else {
                throw Self.fault("Reading the baseline \"\(name)\" failed: line \(position + 1) is not in its format")
            }
        }
    }

    private mutating func read(_ columns: [String]) -> Bool {
        func numbers(_ texts: some Sequence<String>) -> [Double] { texts.compactMap(Double.init).filter(\.isFinite) }
        switch (columns[0], columns.count) {
        case ("material", 3): findings[columns[1], default: .init(material: "")].material = columns[2]
        case ("value", 5):
            guard let value = numbers([columns[4]]).first else { return false }
            findings[columns[1], default: .init(material: "")].values[columns[2], default: [:]][columns[3]] = value
        case ("labels", 4):
            let labels = Set(columns[3].split(separator: ",").map(String.init))
            findings[columns[1], default: .init(material: "")].choices[columns[2]] = labels
        case ("ratio", 8):
            let values = numbers(columns[2...])
            guard let figure = SpeedFigure(key: columns[1]), values.count == 6, let rounds = Int(columns[5]) else {
                return false
            }
            ratios[figure] = .init(
                ratio: values[0], low: values[1], high: values[2], rounds: rounds, value: values[4],
                yardstick: values[5])
        default: return false
        }
        return true
    }

    /// The file's content. Values have six decimals: what differs less is the same.
    public var text: String {
        var lines: [String] = []
        for (experiment, found) in findings {
            lines.append("material\t\(experiment)\t\(found.material)")
            for (measure, values) in found.values {
                lines += values.map { "value\t\(experiment)\t\(measure)\t\($0.key)\t\(Self.decimals($0.value))" }
            }
            lines += found.choices.map {
                "labels\t\(experiment)\t\($0.key)\t\($0.value.sorted().joined(separator: ","))"
            }
        }
        for (figure, ratio) in ratios {
            let numbers = [ratio.ratio, ratio.low, ratio.high].map(Self.decimals)
            lines.append(
                "ratio\t\(figure.key)\t\(numbers.joined(separator: "\t"))\t\(ratio.rounds)\t"
                    + "\(Self.decimals(ratio.value))\t\(Self.decimals(ratio.yardstick))")
        }
        return
            "# Figures of `sabil eval gate --accept`, not to be changed by hand: accepted.tsv holds their digest and the "
            + "reason.\n" + lines.sorted().map { $0 + "\n" }.joined()
    }

    static func decimals(_ value: Double) -> String {
        let millionths = (abs(value) * 1_000_000).rounded()
        guard millionths < 9e15 else { return "\(value)" }
        let whole = Int(millionths)
        let digits = String(whole % 1_000_000)
        return "\(value < 0 && whole > 0 ? "-" : "")\(whole / 1_000_000)."
            + String(repeating: "0", count: 6 - digits.count) + digits
    }

    static func fault(_ sentence: String) -> ExperimentError {
        ExperimentError(
            code: .invalidBaseline, operation: "read the gate's baseline",
            message: "\(sentence). Make the baseline anew: sabil eval gate --accept --reason \"…\".")
    }
}

/// The folder of the gate's baseline: `baseline.tsv`, and `accepted.tsv` with a line for every time it was changed.
///
/// The last line of `accepted.tsv` holds the digest of the baseline as it is, so that no figure changes without a reason.
public struct BaselineFolder: Sendable, Hashable {
    /// When, where and why a baseline was accepted.
    public struct Acceptance: Sendable, Hashable {
        public let date: String
        public let commit: String
        public let digest: String
        public let reason: String
    }

    public let path: String
    public static let shortestReason = 15
    private static let head = "date\tcommit\tsha256 of baseline.tsv\treason"

    public init(path: String) { self.path = path }

    /// The baseline in force, and its acceptance.
    ///
    /// - Throws: `unreadable`; `invalidBaseline` for one whose content nobody accepted with a reason.
    public func read() throws(ExperimentError) -> (baseline: GateBaseline, acceptance: Acceptance) {
        let text = try content("baseline.tsv")
        let log = try acceptances()
        guard let last = log.last else {
            throw GateBaseline.fault("\(path)/accepted.tsv says for no baseline why it was accepted")
        }
        guard Self.isReason(last.reason) else {
            throw GateBaseline.fault("the last line of \(path)/accepted.tsv gives no reason for the baseline")
        }
        guard last.digest == Self.digest(of: text) else {
            throw GateBaseline.fault(
                "\(path)/baseline.tsv is not what the last line of accepted.tsv accepts; a baseline changes only with a reason"
            )
        }
        return (try GateBaseline(text: text, name: "\(path)/baseline.tsv"), last)
    }

    /// Makes a baseline the one in force.
    ///
    /// - Throws: `invalidRequest` without a reason; `unwritable`.
    public func accept(
        _ baseline: GateBaseline, reason: String, date: String, commit: String
    ) throws(ExperimentError) {
        let reason = try Self.checked(reason: reason)
        let text = baseline.text
        let earlier = FileManager.default.fileExists(atPath: "\(path)/accepted.tsv") ? try content("accepted.tsv") : ""
        let line = [date, commit, Self.digest(of: text), reason].joined(separator: "\t")
        let log = (earlier.isEmpty ? Self.head + "\n" : earlier) + line + "\n"
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw ExperimentError(
                code: .unwritable, operation: "accept a baseline",
                message: "Making \(path) failed: \(ResultStore.reason(error)). Check the folder and its rights.")
        }
        try ResultStore.put([UInt8](text.utf8), at: "\(path)/baseline.tsv")
        try ResultStore.put([UInt8](log.utf8), at: "\(path)/accepted.tsv")
    }

    /// A reason on one line.
    ///
    /// - Throws: `invalidRequest` for one that says nothing.
    @discardableResult
    public static func checked(reason: String) throws(ExperimentError) -> String {
        let reason = reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard isReason(reason) else {
            throw ExperimentError(
                code: .invalidRequest, operation: "accept a baseline",
                message: "Accepting a baseline failed: \"\(reason)\" is no reason. Say in a sentence why the figures "
                    + "changed, with --reason.")
        }
        return reason
    }

    /// Every acceptance, the latest last.
    public func acceptances() throws(ExperimentError) -> [Acceptance] {
        var list: [Acceptance] = []
        for line in try content("accepted.tsv").split(separator: "\n") where line != Self.head {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count == 4 else {
                throw GateBaseline.fault("a line of \(path)/accepted.tsv has not four columns")
            }
            list.append(.init(date: columns[0], commit: columns[1], digest: columns[2], reason: columns[3]))
        }
        return list
    }

    private static func isReason(_ text: String) -> Bool { text.count >= shortestReason && text.contains(" ") }

    private static func digest(of text: String) -> String { SHA256.hash(data: Data(text.utf8)).hexadecimal }

    private func content(_ name: String) throws(ExperimentError) -> String {
        guard let data = FileManager.default.contents(atPath: "\(path)/\(name)"),
            let text = String(validating: data, as: UTF8.self)
        else {
            throw ExperimentError(
                code: .unreadable, operation: "read the gate's baseline",
                message: "Reading \(path)/\(name) failed: it does not exist or may not be read. Make a baseline: "
                    + "sabil eval gate --accept --reason \"…\".")
        }
        return text
    }
}
