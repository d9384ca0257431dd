import FoundationEssentials
import SabilRecords

/// Reading and writing of results; what is missing in a file has its empty value.
extension ExperimentResult {
    private static let operation = "read result of an experiment"

    /// Reads one result; `name` stands in messages.
    ///
    /// - Throws: `invalidFormat` for what is no result or one of another format.
    public init(json: [UInt8], name: String) throws(EvaluationError) {
        func fault(_ what: String) -> EvaluationError {
            EvaluationError(
                code: .invalidFormat, operation: Self.operation,
                message: "Reading \"\(name)\" failed: \(what). Run the experiment again with --fresh.")
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            let version = try decoder.decode(FormatOnly.self, from: Data(json)).format
            guard version == Self.currentFormat else {
                throw fault("it has format \(version), this program reads format \(Self.currentFormat)")
            }
            self = try decoder.decode(Self.self, from: Data(json))
        } catch let error as EvaluationError {
            throw error
        } catch let error as DecodingError {
            throw fault(error.sentence)
        } catch {
            throw fault("\(error)")
        }
    }

    /// The file's content: JSON with sorted keys, indented, and a line end.
    ///
    /// - Throws: `invalidFormat` when a figure is no number.
    public func json() throws(EvaluationError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
        } catch {
            throw EvaluationError(
                code: .invalidFormat, operation: "write result of an experiment",
                message: "Writing the result of \(experiment) failed: a figure is no number (\(error)).")
        }
    }

    private struct FormatOnly: Decodable {
        let format: Int
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        format = try values.decode(Int.self, forKey: .format)
        experiment = try values.decode(String.self, forKey: .experiment)
        digest = try values.decode(String.self, forKey: .digest)
        kind = try values.decode(Kind.self, forKey: .kind)
        collection = try values.decode(String.self, forKey: .collection)
        language = try values.decode(String.self, forKey: .language)
        engine = try values.decode(String.self, forKey: .engine)
        commit = try values.decodeIfPresent(String.self, forKey: .commit)
        finished = try values.decode(Date.self, forKey: .finished)
        settings = try values.decodeIfPresent(Settings.self, forKey: .settings) ?? Settings()
        counts = try values.decode(Counts.self, forKey: .counts)
        cost = try values.decodeIfPresent(Cost.self, forKey: .cost) ?? Cost()
        measures = try values.decode([String: MeasuredValues].self, forKey: .measures)
        groups = try values.decodeIfPresent([String: [String: GroupMean]].self, forKey: .groups) ?? [:]
        baseline = try values.decodeIfPresent(Baseline.self, forKey: .baseline)
        run = try values.decodeIfPresent(String.self, forKey: .run)
        notes = try values.decodeIfPresent([String].self, forKey: .notes) ?? []
        perConcept = try values.decodeIfPresent([ConceptScores].self, forKey: .perConcept) ?? []
        reliability = try values.decodeIfPresent([ReliabilityBin].self, forKey: .reliability) ?? []
        ece = try values.decodeIfPresent(Double.self, forKey: .ece)
        calibrations = try values.decodeIfPresent([String: Calibration].self, forKey: .calibrations) ?? [:]
        precisionRecall = try values.decodeIfPresent([PrecisionRecallPoint].self, forKey: .precisionRecall) ?? []
        learningCurve = try values.decodeIfPresent([LearningCurvePoint].self, forKey: .learningCurve) ?? []
        confusion = try values.decodeIfPresent([Confusion].self, forKey: .confusion) ?? []
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(format, forKey: .format)
        try values.encode(experiment, forKey: .experiment)
        try values.encode(digest, forKey: .digest)
        try values.encode(kind, forKey: .kind)
        try values.encode(collection, forKey: .collection)
        try values.encode(language, forKey: .language)
        try values.encode(engine, forKey: .engine)
        // Said even when not known: a result without its revision is a result of unknown sources.
        try values.encode(commit, forKey: .commit)
        try values.encode(finished, forKey: .finished)
        try values.encode(settings, forKey: .settings)
        try values.encode(counts, forKey: .counts)
        try values.encode(cost, forKey: .cost)
        try values.encode(measures, forKey: .measures)
        if !groups.isEmpty { try values.encode(groups, forKey: .groups) }
        try values.encodeIfPresent(baseline, forKey: .baseline)
        try values.encodeIfPresent(run, forKey: .run)
        if !notes.isEmpty { try values.encode(notes, forKey: .notes) }
        if !perConcept.isEmpty { try values.encode(perConcept, forKey: .perConcept) }
        if !reliability.isEmpty { try values.encode(reliability, forKey: .reliability) }
        try values.encodeIfPresent(ece, forKey: .ece)
        if !calibrations.isEmpty { try values.encode(calibrations, forKey: .calibrations) }
        if !precisionRecall.isEmpty { try values.encode(precisionRecall, forKey: .precisionRecall) }
        if !learningCurve.isEmpty { try values.encode(learningCurve, forKey: .learningCurve) }
        if !confusion.isEmpty { try values.encode(confusion, forKey: .confusion) }
    }
}

extension ExperimentResult.Settings {
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        expand = try values.decodeIfPresent(String.self, forKey: .expand)
        parameters = try values.decodeIfPresent([String: Double].self, forKey: .parameters) ?? [:]
        model = try values.decodeIfPresent([String: String].self, forKey: .model) ?? [:]
        sample = try values.decodeIfPresent(Int.self, forKey: .sample)
    }
}

extension ExperimentResult.MeasuredValues {
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        mean = try values.decode(Double.self, forKey: .mean)
        perQuery = try values.decodeIfPresent([String: Double].self, forKey: .perQuery) ?? [:]
    }
}

extension ExperimentResult.Baseline {
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        measures = try values.decode([String: ExperimentResult.MeasuredValues].self, forKey: .measures)
        notes = try values.decodeIfPresent([String].self, forKey: .notes) ?? []
    }
}
