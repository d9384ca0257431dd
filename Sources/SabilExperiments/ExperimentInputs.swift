import Crypto
import FoundationEssentials
import SabilAnalysis
import SabilEvaluation
import SabilSearch

/// Everything a result depends on, as one digest: when it is the same, so is the result.
///
/// Parts, each by SHA-256 of its content, whatever its path or date:
/// - `experiment`: the bytes of its file, comments included;
/// - `collection/…`: every file of the collection that is read (documents, queries, judgements, training and test lines, the
///   reference run, the tables of the fixtures), and that a file which may be there is not;
/// - `taxonomy/…`: every file of the taxonomy;
/// - `program`: the running executable and every library loaded into it, so that one changed line of the engine, another
///   Xapian or another ICU is another digest;
/// - `analyzer`, `parameters`, `format`: the fingerprint of the analysis, every ranking parameter with its value, the number
///   of the format of results. They follow from the program and the file, and stand here to be read.
///
/// Version and revision of the sources are not in it: the program itself says more than its name.
public struct ExperimentInputs: Sendable, Hashable {
    /// Digests in hexadecimal, or the plain value, by name of the part.
    public let parts: [String: String]

    /// 64 hexadecimal digits.
    public var digest: String {
        var hash = SHA256()
        for (name, value) in parts.sorted(by: { $0.key < $1.key }) {
            hash.update(data: Data("\(name)\t\(value)\n".utf8))
        }
        return hash.finalize().hexadecimal
    }

    /// Reads every file once.
    ///
    /// - Throws: `unreadable` for a file that is needed and not there; `invalidRequest` without the folder of collections.
    public init(
        _ file: ExperimentFile, places: ExperimentPlaces, program: ProgramDigest
    ) throws(ExperimentError) {
        let experiment = file.experiment
        var parts = [
            "experiment": SHA256.hash(data: Data(file.bytes)).hexadecimal,
            "program": program.hexadecimal,
            "analyzer": Analyzer().fingerprint.rawValue,
            "parameters": experiment.parameters.values.sorted { $0.key < $1.key }
                .map { "\($0.key)=\($0.value)" }.joined(separator: " "),
            "format": "\(ExperimentResult.currentFormat)",
        ]
        for source in try ExperimentSources(experiment, places: places).files {
            parts[source.name] = try Self.digest(of: source)
        }
        self.parts = parts
    }

    private static func digest(of source: ExperimentSources.File) throws(ExperimentError) -> String {
        do {
            return SHA256.hash(data: try Data(contentsOf: URL(filePath: source.path))).hexadecimal
        } catch {
            if source.isOptional, !FileManager.default.fileExists(atPath: source.path) { return "none" }
            throw ExperimentError(
                code: .unreadable, operation: "read the inputs of an experiment",
                message: "Reading \(source.path) failed: it does not exist or may not be read. Check the path of the "
                    + "collection.")
        }
    }
}

/// The files that an experiment reads.
struct ExperimentSources: Sendable, Hashable {
    struct File: Sendable, Hashable {
        /// Within the digest, such as `collection/queries.jsonl`.
        let name: String
        let path: String
        /// Whether the experiment runs without it.
        var isOptional = false
    }

    let files: [File]

    static let referenceRun = "lucene.trec"
    static let fixtureLanguages = ["en", "fr", "es", "ar"]

    init(_ experiment: Experiment, places: ExperimentPlaces) throws(ExperimentError) {
        var files: [File] = []
        func add(_ folder: String, _ names: [String]) {
            files += names.map { File(name: "collection/\($0)", path: "\(folder)/\($0)") }
        }
        var taxonomy = try experiment.taxonomy.map { path throws(ExperimentError) in try places.resolve(path) }
        switch experiment.collection {
        case .folder(let path):
            let folder = try places.resolve(path)
            if experiment.kind == .rank {
                add(folder, ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
                files.append(
                    File(
                        name: "collection/\(Self.referenceRun)", path: "\(folder)/\(Self.referenceRun)",
                        isOptional: true))
            } else {
                add(folder, ["train.jsonl", "test.jsonl"])
            }
        case .fixtureQueries(let part):
            add(places.fixtures, Self.fixtureLanguages.map { "records/\($0).jsonl" })
            add(places.fixtures, ["search/queries.jsonl", "search/qrels/\(part).tsv"])
            taxonomy = places.taxonomy
        case .fixtureLabels:
            add(places.fixtures, Self.fixtureLanguages.map { "records/\($0).jsonl" } + ["labels/splits.tsv"])
            taxonomy = places.taxonomy
        }
        if let taxonomy { files += try Self.taxonomyFiles(taxonomy) }
        if let words = experiment.words { files += try Self.taxonomyFiles(places.resolve(words), as: "words") }
        self.files = files
    }

    private static func taxonomyFiles(
        _ path: String, as role: String = "taxonomy"
    ) throws(ExperimentError) -> [File] {
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory else {
            return [File(name: role, path: path)]
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        } catch {
            throw ExperimentError(
                code: .unreadable, operation: "read the taxonomy",
                message: "Reading the taxonomy \(path) failed: the folder cannot be listed. Check its rights.")
        }
        var files: [File] = []
        for name in names where !name.hasPrefix(".") {
            var isFolder = false
            let file = "\(path)/\(name)"
            if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder {
                files.append(File(name: "\(role)/\(name)", path: file))
            }
        }
        return files
    }
}

extension Sequence where Self: Sendable, Element == UInt8 {
    /// Two digits a byte.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef")
        var text = ""
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }
}
