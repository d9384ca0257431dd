import Crypto
import FoundationEssentials
import SabilEvaluation

/// What the gate keeps of an experiment: enough to repeat its comparison query by query, document by document.
public struct GateFindings: Sendable, Hashable {
    /// Digest of what is judged: documents, queries, judgements, divisions. The order of lines does not matter.
    public var material: String
    /// Values by measure and query.
    public var values: [String: [String: Double]]
    /// The labels assigned to each test document.
    public var choices: [String: Set<String>]

    public init(
        material: String, values: [String: [String: Double]] = [:], choices: [String: Set<String>] = [:]
    ) {
        self.material = material
        self.values = values
        self.choices = choices
    }

    /// Keeps of a result what the rules compare.
    public init(_ outcome: ExperimentRunner.Outcome, measures: [String], material: String) {
        self.init(material: material)
        for measure in measures {
            guard let values = outcome.result.measures[measure]?.perQuery, !values.isEmpty else { continue }
            // As they stand in the file, so that what is the same compares as the same.
            self.values[measure] = values.mapValues { ($0 * 1e6).rounded() / 1e6 }
        }
        if outcome.result.kind == .classify, measures.contains(where: { ChoiceComparison.Figure(rawValue: $0) != nil })
        {
            choices = outcome.labels.mapValues(\.selected)
        }
    }
}

extension GateFindings {
    /// The digest of the judged material of an experiment: of its files' lines, sorted.
    ///
    /// - Throws: `unreadable`.
    public static func material(
        of experiment: Experiment, places: ExperimentPlaces
    ) throws(ExperimentError) -> String {
        var hash = SHA256()
        for file in try ExperimentSources(experiment, places: places).files where file.name.hasPrefix("collection/") {
            guard let data = FileManager.default.contents(atPath: file.path) else {
                if file.isOptional { continue }
                throw ExperimentError(
                    code: .unreadable, operation: "read the judged material",
                    message: "Reading \(file.path) failed: it does not exist or may not be read. Check the path of the "
                        + "collection.")
            }
            let lines = data.split(separator: UInt8(ascii: "\n")).map { SHA256.hash(data: $0).hexadecimal }.sorted()
            hash.update(data: Data("\(file.name)\t\(lines.joined(separator: " "))\n".utf8))
        }
        return String(hash.finalize().hexadecimal.prefix(32))
    }
}
