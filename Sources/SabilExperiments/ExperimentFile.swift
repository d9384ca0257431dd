import FoundationEssentials
import SabilClassification
import SabilEvaluation
import SabilRecords
import SabilSearch

/// Reads an experiment from YAML. Every key, name and number is checked before anything runs.
///
/// ```yaml
/// name: rank-arcd_ar_train
/// kind: rank
/// collection: ${COLLECTIONS}/arcd_ar_train
/// language: ar
/// parameters: {k1: 1.2}
/// measures: [nDCG@10, R@100]
/// ```
public struct ExperimentFile: Sendable, Hashable {
    /// As it was given.
    public let path: String
    /// The content, which is a part of the digest of a result.
    public let bytes: [UInt8]
    public let experiment: Experiment

    private static let sizeLimit = 1 << 20

    /// - Throws: `unreadable`; `invalidExperiment` with line, key and remedy.
    public init(path: String) throws(ExperimentError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ExperimentError(
                code: .unreadable, operation: "read experiment",
                message: "Reading the experiment \"\(path)\" failed: there is no such file, or no right to read it. "
                    + "Check the path.")
        }
        try self.init(bytes: [UInt8](data), path: path)
    }

    /// The same from bytes; `path` stands in messages.
    public init(bytes: [UInt8], path: String) throws(ExperimentError) {
        func fault(_ what: String) -> ExperimentError {
            ExperimentError(
                code: .invalidExperiment, operation: "read experiment",
                message: "Reading the experiment \"\(path)\" failed: \(what).")
        }
        guard bytes.count <= Self.sizeLimit else {
            throw fault("it is larger than 1 MiB; give the file of an experiment")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw fault("it is not UTF-8; save it as UTF-8")
        }
        self.path = path
        self.bytes = bytes
        experiment = try Experiment(YAMLFields(text: text, file: path, known: Experiment.keys))
    }
}

extension Experiment {
    static let keys = [
        "name", "about", "kind", "collection", "language", "expansion", "taxonomy", "words", "parameters", "model",
        "measures",
        "groups", "sample", "depth", "seed", "learning-curve",
    ]
    /// Keys that one kind of experiment has and the other has not.
    private static let rankKeys: Set<String> = ["expansion", "parameters"]
    private static let classifyKeys: Set<String> = ["words", "model", "learning-curve"]
    private static let languages = Language.known.map(\.rawValue) + ["many", "cross"]

    init(_ fields: YAMLFields) throws(ExperimentError) {
        name = try fields.requiredText("name", "name the experiment, such as rank-arcd_ar_train")
        guard Self.isName(name) else {
            throw fields.fault(
                "name", "is \"\(name)\" and must be of small letters, digits, -, _ and ., since files are called so")
        }
        _ = try fields.requiredText("kind", "give rank or classify")
        kind = try fields.choice("kind", ExperimentResult.Kind.self) ?? .rank
        for key in fields.keys where (kind == .rank ? Self.classifyKeys : Self.rankKeys).contains(key) {
            throw fields.fault(key, "has no meaning in an experiment of kind \(kind.rawValue); take it out")
        }
        collection = try Self.collection(fields, kind: kind)
        language = try fields.requiredText("language", "give one of \(Self.languages.joined(separator: ", "))")
        guard Self.languages.contains(language) else {
            throw fields.fault(
                "language", "is \"\(language)\" and must be one of \(Self.languages.joined(separator: ", "))")
        }
        taxonomy = try fields.text("taxonomy")
        words = try fields.text("words")
        if case .fixtureLabels = collection, words != nil {
            throw fields.fault("words", "has no meaning with fixtures, whose taxonomy has its own; take it out")
        }
        expansion = try Self.expansion(fields, collection: collection, taxonomy: taxonomy)
        parameters = try Self.parameters(fields)
        training = try Self.training(fields)
        measures = try Self.measures(fields, kind: kind)
        groups = try fields.texts("groups") ?? Self.ordinaryGroups(of: collection, language: language, kind: kind)
        guard kind == .rank || groups == ["lang"] || groups.isEmpty else {
            throw fields.fault("groups", "can only be lang where documents are classified")
        }
        sample = try fields.whole("sample", in: 1...Int.max)
        let deepest = if case .folder = collection { 100_000 } else { SearchRequest.maximumLimit }
        depth = try fields.whole("depth", in: 1...deepest) ?? (kind == .rank ? 100 : 10)
        if let seed = try fields.whole("seed", in: 0...Int.max) { self.seed = UInt64(seed) }
        learningCurve = try Self.learningCurve(fields)
    }

    private static func learningCurve(_ fields: YAMLFields) throws(ExperimentError) -> [Int] {
        let key = "learning-curve"
        var steps: [Int] = []
        // `all` is always measured, and may be named.
        for text in try fields.texts(key) ?? [] where text != "all" {
            guard let step = Int(text), step > 0 else {
                throw fields.fault(key, "holds \"\(text)\" and must be numbers of examples, 1 or more, and all")
            }
            steps.append(step)
        }
        return Set(steps).sorted()
    }

    private static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, first != UInt8(ascii: "."), bytes.count <= 100 else { return false }
        return bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "-_.".utf8.contains($0) }
    }

    private static func collection(
        _ fields: YAMLFields, kind: ExperimentResult.Kind
    ) throws(ExperimentError) -> Collection {
        let text = try fields.requiredText("collection", "give a folder, or fixtures:dev")
        guard text.hasPrefix("fixtures:") else { return .folder(text) }
        let parts = text.dropFirst("fixtures:".count).split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        switch (kind, parts.count) {
        case (.rank, 1) where ["dev", "test"].contains(parts[0]): return .fixtureQueries(parts[0])
        case (.classify, 2)
        where ["by_date", "by_subject"].contains(parts[0]) && ["dev", "test"].contains(parts[1]):
            return .fixtureLabels(division: parts[0], part: parts[1])
        default:
            let known =
                kind == .rank
                ? "fixtures:dev or fixtures:test" : "fixtures:by_date/dev, fixtures:by_subject/dev or /test of these"
            throw fields.fault("collection", "is \"\(text)\" and must be \(known), or a folder")
        }
    }

    private static func expansion(
        _ fields: YAMLFields, collection: Collection, taxonomy: String?
    ) throws(ExperimentError) -> Expansion? {
        let given = try fields.choice("expansion", Expansion.self)
        switch collection {
        case .fixtureQueries:
            guard taxonomy == nil else {
                throw fields.fault("taxonomy", "has no meaning with fixtures, which have their own; take it out")
            }
            return given ?? .concepts
        case .fixtureLabels: return nil
        case .folder:
            // Plain documents carry no tags of people; a taxonomy alone says whether names are expanded.
            guard let given else { return taxonomy == nil ? nil : .concepts }
            switch (given, taxonomy) {
            case (.none, nil): return nil
            case (.concepts, .some): return given
            case (_, nil): throw fields.fault("expansion", "is \(given.rawValue), which needs a taxonomy; name one")
            case (_, .some):
                throw fields.fault("expansion", "must be concepts in a folder of documents with a taxonomy")
            }
        }
    }

    private static func parameters(_ fields: YAMLFields) throws(ExperimentError) -> RankingParameters {
        var parameters = RankingParameters.standard
        let known = RankingParameters.names.map(\.name)
        guard let given = try fields.mapping("parameters", known: known) else { return parameters }
        for key in given.keys {
            guard let value = try given.number(key) else { continue }
            do {
                try parameters.set(key, to: value)
            } catch {
                let bounds = RankingParameters.names.first { $0.name == key }.map { name in
                    "\(name.isWhole ? "a whole number " : "")\(name.bounds)"
                }
                throw given.fault(key, "is \(value) and must be \(bounds ?? "in range")")
            }
        }
        return parameters
    }

    private static func training(_ fields: YAMLFields) throws(ExperimentError) -> TrainingOptions {
        guard let given = try fields.mapping("model", known: TrainingOptionNames.names) else {
            return TrainingOptions()
        }
        var values: [String: TrainingOptionNames.Value] = [:]
        for key in given.keys {
            values[key] = try given.value(key)
            // One by one, so that the fault has its line.
            if case .failure(let fault) = TrainingOptionNames.options([key: values[key] ?? .list([])]) {
                throw given.fault(key, "cannot have that value: \(fault.sentence)")
            }
        }
        switch TrainingOptionNames.options(values) {
        case .success(let options): return options
        case .failure(let fault): throw fields.fault("model", "cannot have these values: \(fault.sentence)")
        }
    }

    private static func measures(
        _ fields: YAMLFields, kind: ExperimentResult.Kind
    ) throws(ExperimentError) -> [String] {
        guard let given = try fields.texts("measures") else {
            return kind == .rank ? Measure.standard.map(\.name) : ClassificationMeasure.standard.map(\.rawValue)
        }
        var names: [String] = []
        for name in given {
            do {
                names +=
                    kind == .rank
                    ? try Measure.list(name).map(\.name) : try ClassificationMeasure.list(name).map(\.rawValue)
            } catch {
                throw fields.fault("measures", "cannot be read: \(error.message)")
            }
        }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    private static func ordinaryGroups(
        of collection: Collection, language: String, kind: ExperimentResult.Kind
    ) -> [String] {
        switch collection {
        case .fixtureQueries: ["lang", "kind"]
        case .fixtureLabels: ["lang"]
        case .folder: language == "many" ? ["lang"] : []
        }
    }
}
