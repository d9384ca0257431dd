import FoundationEssentials

extension ModelContent {
    /// The parts of a model that are few and not numbers, as JSON.
    private struct Frame: Codable {
        var labels: [String]
        var usesWordPairs: Bool
        var gramLength: Int
        var gramWeight: Double
        var documentCount: Int
        var names: [LabelMatcher.Name]
        var naiveBayesSmoothing: Double
        var candidateLimit: Int?
        var stack: Stack
        var calibration: Calibration
        var cuts: Cuts
    }

    /// The bytes of `weights.bin`.
    func archive() throws(ModelError) -> [UInt8] {
        var archive = WeightsArchive()
        let frame = Frame(
            labels: labels, usesWordPairs: extractor.usesWordPairs, gramLength: extractor.gramLength,
            gramWeight: Double(vocabulary.gramWeight), documentCount: vocabulary.documentCount, names: matcher.names,
            naiveBayesSmoothing: naiveBayesSmoothing, candidateLimit: members.candidateLimit, stack: stack,
            calibration: calibration, cuts: cuts)
        archive.add("frame", bytes: try ModelJSON.encode(frame))
        archive.add("examples", exampleCounts.map { Int64($0) })
        archive.add("ancestors.starts", Self.starts(ancestors.map(\.count)))
        archive.add("ancestors.labels", ancestors.flatMap { $0 })
        archive.add("vocabulary.keys", vocabulary.keys)
        archive.add("vocabulary.idf", vocabulary.idf)
        if let linear = members.linear {
            archive.add("linear", linear.weights)
            archive.add("linear.biases", linear.biases)
        }
        if let centroid = members.centroid { archive.add("centroid", centroid.weights) }
        if let names = members.names { archive.add("names", names.weights) }
        if let counts {
            archive.add("counts.starts", Self.starts(counts.byLabel.map(\.columns.count)))
            archive.add("counts.columns", counts.byLabel.flatMap(\.columns))
            archive.add("counts.counts", counts.byLabel.flatMap(\.counts).map { Int32(clamping: $0) })
            archive.add("counts.totals", counts.totals)
            archive.add("counts.documents", counts.documents + [counts.documentCount])
        }
        archive.add("end", bytes: [])
        return archive.bytes
    }

    private static func starts(_ lengths: [Int]) -> [Int64] {
        var starts: [Int64] = [0]
        for length in lengths { starts.append((starts.last ?? 0) + Int64(length)) }
        return starts
    }

    /// Reads what ``archive()`` wrote; every index is checked, so that a broken file cannot crash a search later.
    init(_ reader: WeightsReader, operation: String) throws(ModelError) {
        let frame: Frame = try ModelJSON.decode(
            Array(try reader.content("frame")), code: .corruptWeights, operation: operation, what: "weights.bin")
        labels = frame.labels
        let count = labels.count
        exampleCounts = try reader.numbers("examples", as: Int64.self).map { Int($0) }
        ancestors = try Self.lists(reader, "ancestors", "labels", bound: count)
        let keys = try reader.numbers("vocabulary.keys", as: UInt64.self)
        let idf = try reader.floats("vocabulary.idf")
        guard keys.count == idf.count, zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw reader.corrupt("the features")
        }
        vocabulary = Vocabulary(
            keys: keys, idf: idf, documentCount: frame.documentCount, gramWeight: frame.gramWeight)
        guard exampleCounts.count == count, ancestors.count == count, frame.stack.isConsistent(labelCount: count),
            frame.calibration.isConsistent, frame.cuts.perLabel.isEmpty || frame.cuts.perLabel.count == count,
            frame.names.allSatisfy({ 0..<count ~= Int($0.label) }),
            frame.gramLength == 0 || 2...8 ~= frame.gramLength, frame.naiveBayesSmoothing > 0
        else { throw reader.corrupt("the labels") }
        var options = TrainingOptions()
        options.usesWordPairs = frame.usesWordPairs
        options.characterGramLength = frame.gramLength
        extractor = FeatureExtractor(options)
        matcher = LabelMatcher(names: frame.names)
        naiveBayesSmoothing = frame.naiveBayesSmoothing
        stack = frame.stack
        calibration = frame.calibration
        cuts = frame.cuts
        members = Members(kinds: frame.stack.members, labelCount: count)
        members.candidateLimit = frame.candidateLimit
        if reader.has("linear.biases") {
            let biases = try reader.doubles("linear.biases")
            guard biases.count == count else { throw reader.corrupt("the biases") }
            members.linear = LinearModel(
                weights: try reader.weights("linear", labelCount: count, columnCount: keys.count), biases: biases)
        }
        if reader.has("centroid.starts") {
            members.centroid = CentroidModel(
                weights: try reader.weights("centroid", labelCount: count, columnCount: keys.count))
        }
        if reader.has("names.starts") {
            members.names = NameLikeness(
                weights: try reader.weights("names", labelCount: count, columnCount: keys.count))
        }
        counts = try Self.counts(reader, labelCount: count, columnCount: keys.count)
        refreshNaiveBayes()
    }

    private static func counts(
        _ reader: WeightsReader, labelCount: Int, columnCount: Int
    ) throws(ModelError) -> FeatureLabelCounts? {
        guard reader.has("counts.starts") else { return nil }
        let columns = try lists(reader, "counts", "columns", bound: columnCount)
        let numbers = try lists(reader, "counts", "counts", bound: Int(Int32.max))
        let documents: [Int64] = try reader.numbers("counts.documents")
        guard columns.count == labelCount, documents.count == labelCount + 1, let all = documents.last,
            let counts = FeatureLabelCounts(
                byLabel: zip(columns, numbers).map {
                    FeatureLabelCounts.Label(columns: $0, counts: $1.map { Int64($0) })
                }, totals: try reader.numbers("counts.totals"), documents: Array(documents.dropLast()),
                documentCount: all), counts.totals.count == columnCount
        else { throw reader.corrupt("the counts") }
        return counts
    }

    private static func lists(
        _ reader: WeightsReader, _ name: String, _ part: String, bound: Int
    ) throws(ModelError) -> [[Int32]] {
        let starts = try reader.numbers(name + ".starts", as: Int64.self).map { Int($0) }
        let all = try reader.numbers(name + "." + part, as: Int32.self)
        guard starts.first == 0, starts.last == all.count, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }),
            all.allSatisfy({ $0 >= 0 && Int($0) < bound })
        else { throw reader.corrupt("the lists (\(name))") }
        return zip(starts, starts.dropFirst()).map { Array(all[$0..<$1]) }
    }
}

extension Stack {
    func isConsistent(labelCount: Int) -> Bool {
        let count = members.count
        return count > 0 && Set(members).count == count && means.count == count && deviations.count == count
            && weights.count == count && scarceWeights.count == count && biases.count == labelCount
            && scarcity.count == labelCount && deviations.allSatisfy { $0 > 0 }
    }
}

extension Calibration {
    var isConsistent: Bool {
        slope > 0 && scores.count == probabilities.count && zip(scores, scores.dropFirst()).allSatisfy { $0 <= $1 }
            && zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 <= $1 }
            && probabilities.allSatisfy { 0...1 ~= $0 }
    }
}
