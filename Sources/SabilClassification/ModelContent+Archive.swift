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
        /// Examples that the frequencies of meanings are of; `nil` without meanings.
        var meaningDocuments: Int?
        var stack: Stack
        var calibration: Calibration
        var cuts: Cuts
    }

    /// The bytes of `weights.bin`, whole.
    func archive() throws(ModelError) -> [UInt8] {
        var bytes: [UInt8] = []
        try archive { bytes += $0 }
        return bytes
    }

    /// The bytes of `weights.bin`, part by part.
    func archive(to write: @escaping ([UInt8]) -> Void) throws(ModelError) {
        var archive = WeightsArchive(to: write)
        let frame = Frame(
            labels: labels, usesWordPairs: extractor.usesWordPairs, gramLength: extractor.gramLength,
            gramWeight: Double(vocabulary.gramWeight), documentCount: vocabulary.documentCount, names: matcher.names,
            naiveBayesSmoothing: naiveBayesSmoothing, candidateLimit: members.candidateLimit,
            meaningDocuments: meanings?.vocabulary.documentCount, stack: stack, calibration: calibration, cuts: cuts)
        archive.add("frame", bytes: try ModelJSON.encode(frame))
        archive.add("examples", exampleCounts.map { Int64($0) })
        archive.add("examples.languages", languageCounts.counts.map { Int64($0) })
        archive.add("ancestors.starts", Self.starts(ancestors.map(\.count)))
        archive.add("ancestors.labels", ancestors.flatMap { $0 })
        archive.add("vocabulary.keys", vocabulary.keys)
        archive.add("vocabulary.idf", vocabulary.idf)
        if let linear = members.linear {
            archive.add("linear", linear.weights)
            archive.add("linear.biases", linear.biases)
        }
        if let names = members.names { archive.add("names", names.weights) }
        if let counts = counts.occurrences { Self.add(counts, "counts", to: &archive) }
        if let meanings { meanings.add(to: &archive) }
        if let counts = counts.meanings { Self.add(counts, "meanings.counts", to: &archive) }
        // The centroids are worked out from these again.
        if let sums = counts.weights { Self.add(sums, "sums", to: &archive) }
        archive.add("held.starts", Self.starts(heldOut.byLabel.map(\.count)))
        archive.add("held.raw", heldOut.byLabel.flatMap { $0.map(\.raw) })
        archive.add("held.marks", bytes: heldOut.byLabel.flatMap { $0.map { ($0.fits ? 2 : 0) + $0.half } })
        archive.add("held.documents", (heldOut.documents + heldOut.missed).map { Int64($0) })
        archive.add("learnt.trained", learnt.trained)
        archive.add("learnt.added", learnt.added.sorted())
        archive.add("learnt.removed", learnt.removed.sorted())
        archive.finish()
    }

    private static func add(_ counts: FeatureLabelCounts, _ name: String, to archive: inout WeightsArchive) {
        for (part, labels) in [("own", counts.byLabel), ("partial", counts.partial), ("rejected", counts.rejected)] {
            let count = labels.reduce(0) { $0 + $1.columns.count }
            archive.add("\(name).\(part).starts", Self.starts(labels.map(\.columns.count)))
            archive.add("\(name).\(part).columns", lists: labels.lazy.map(\.columns), count: count)
            // Four bytes each, unless a number needs eight.
            if labels.allSatisfy({ $0.counts.allSatisfy { Int64(Int32.min)...Int64(Int32.max) ~= $0 } }) {
                archive.add(
                    "\(name).\(part).counts",
                    lists: labels.lazy.map { $0.counts.map { Int32(truncatingIfNeeded: $0) } }, count: count)
            } else {
                archive.add("\(name).\(part).long-counts", lists: labels.lazy.map(\.counts), count: count)
            }
        }
        archive.add("\(name).totals", counts.totals)
        archive.add(
            "\(name).documents",
            counts.documents + counts.partialDocuments + counts.rejectedDocuments + [counts.documentCount])
    }

    private static func starts(_ lengths: [Int]) -> [Int64] {
        var starts: [Int64] = [0]
        for length in lengths { starts.append((starts.last ?? 0) + Int64(length)) }
        return starts
    }

    /// Reads what ``archive()`` wrote; every index is checked, so that a broken file cannot crash a search later.
    init(_ reader: WeightsReader, operation: String) throws(ModelError) {
        let frame: Frame = try ModelJSON.decode(
            try reader.content("frame"), code: .corruptWeights, operation: operation, what: "weights.bin")
        labels = frame.labels
        let count = labels.count
        exampleCounts = try reader.numbers("examples", as: Int64.self).map { Int($0) }
        if reader.has("examples.languages") {
            let counts = try reader.numbers("examples.languages", as: Int64.self).map { Int($0) }
            guard let counts = LanguageCounts(counts: counts, labelCount: count) else {
                throw reader.corrupt("the examples by language")
            }
            languageCounts = counts
        } else {
            languageCounts = LanguageCounts(labelCount: count)
        }
        ancestors = try Self.lists(reader, "ancestors", "labels", bound: count)
        let keys = try reader.numbers("vocabulary.keys", as: UInt64.self)
        let idf = try reader.floats("vocabulary.idf")
        guard keys.count == idf.count, zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw reader.corrupt("the features")
        }
        vocabulary = Vocabulary(
            keys: keys, idf: idf, documentCount: frame.documentCount, gramWeight: frame.gramWeight)
        guard exampleCounts.count == count, ancestors.count == count, frame.stack.isConsistent(labelCount: count),
            frame.calibration.isConsistent, frame.cuts.isConsistent(labelCount: count),
            frame.names.allSatisfy({ 0..<count ~= Int($0.label) }),
            frame.gramLength == 0 || 2...8 ~= frame.gramLength, frame.naiveBayesSmoothing > 0
        else { throw reader.corrupt("the labels") }
        var options = TrainingOptions()
        options.usesWordPairs = frame.usesWordPairs
        options.characterGramLength = frame.gramLength
        extractor = FeatureExtractor(options)
        matcher = LabelMatcher(names: frame.names)
        meanings = try frame.meaningDocuments.map { (documents) throws(ModelError) in
            try MeaningReader(reader, documentCount: documents)
        }
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
            // Layout 1 had the centroids and not what they are worked out from: such a model cannot learn.
            members.centroid = CentroidModel(
                weights: try reader.weights("centroid", labelCount: count, columnCount: keys.count))
        }
        if reader.has("names.starts") {
            members.names = NameLikeness(
                weights: try reader.weights("names", labelCount: count, columnCount: keys.count))
        }
        counts = LearnableCounts(
            occurrences: try Self.counts(reader, "counts", labelCount: count, columnCount: keys.count),
            weights: try Self.counts(reader, "sums", labelCount: count, columnCount: keys.count),
            meanings: try Self.counts(
                reader, "meanings.counts", labelCount: count, columnCount: meanings?.vocabulary.count ?? 0))
        guard counts.meanings == nil || meanings != nil,
            members.kinds.contains(.meanings) == (counts.meanings != nil)
        else { throw reader.corrupt("the meanings") }
        learnt = try Self.learnt(reader)
        heldOut = try Self.heldOut(reader, labelCount: count)
        try refreshMembers()
    }

    private static func heldOut(_ reader: WeightsReader, labelCount: Int) throws(ModelError) -> HeldOutScores {
        guard reader.has("held.starts") else { return HeldOutScores(labelCount: labelCount) }
        let starts = try reader.numbers("held.starts", as: Int64.self).map { Int($0) }
        let raw = try reader.floats("held.raw")
        let marks = try reader.content("held.marks")
        let numbers = try reader.numbers("held.documents", as: Int64.self).map { Int($0) }
        guard starts.count == labelCount + 1, starts.first == 0, starts.last == raw.count, raw.count == marks.count,
            zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }), numbers.count == 4, marks.allSatisfy({ $0 < 4 }),
            let held = HeldOutScores(
                byLabel: zip(starts, starts.dropFirst()).map { start, end in
                    (start..<end).map {
                        HeldOutScores.Pair(raw: raw[$0], fits: marks[$0] & 2 != 0, half: marks[$0] & 1)
                    }
                }, documents: Array(numbers[..<2]), missed: Array(numbers[2...]))
        else { throw reader.corrupt("the held-out scores") }
        return held
    }

    private static func learnt(_ reader: WeightsReader) throws(ModelError) -> LearntExamples {
        guard reader.has("learnt.trained") else { return LearntExamples(trained: []) }
        let learnt = LearntExamples(
            trained: try reader.numbers("learnt.trained"), added: try reader.numbers("learnt.added"),
            removed: try reader.numbers("learnt.removed"))
        guard let learnt else { throw reader.corrupt("the examples") }
        return learnt
    }

    private static func counts(
        _ reader: WeightsReader, _ name: String, labelCount: Int, columnCount: Int
    ) throws(ModelError) -> FeatureLabelCounts? {
        guard reader.has(name + ".totals") else { return nil }
        let documents: [Int64] = try reader.numbers(name + ".documents")
        let totals: [Int64] = try reader.numbers(name + ".totals")
        // Layout 1 counted occurrences of whole documents only.
        let isOld = reader.has(name + ".starts")
        guard totals.count == columnCount, documents.count == (isOld ? 1 : 3) * labelCount + 1, let all = documents.last
        else { throw reader.corrupt("the counts") }
        let none = [FeatureLabelCounts.Label](repeating: .init(), count: labelCount)
        let zero = [Int64](repeating: 0, count: labelCount)
        let own = try labels(reader, isOld ? name : name + ".own", columnCount: columnCount)
        let partial = isOld ? none : try labels(reader, name + ".partial", columnCount: columnCount)
        let rejected = isOld ? none : try labels(reader, name + ".rejected", columnCount: columnCount)
        let counts = FeatureLabelCounts(
            byLabel: own, partial: partial, rejected: rejected, totals: totals,
            documents: Array(documents[..<labelCount]),
            partialDocuments: isOld ? zero : Array(documents[labelCount..<2 * labelCount]),
            rejectedDocuments: isOld ? zero : Array(documents[(2 * labelCount)..<3 * labelCount]), documentCount: all)
        guard let counts else { throw reader.corrupt("the counts") }
        return counts
    }

    private static func labels(
        _ reader: WeightsReader, _ name: String, columnCount: Int
    ) throws(ModelError) -> [FeatureLabelCounts.Label] {
        let starts = try reader.numbers(name + ".starts", as: Int64.self).map { Int($0) }
        let isLong = reader.has(name + ".long-counts")
        let total = try reader.count(of: name + ".columns", as: Int32.self)
        let counted =
            isLong
            ? try reader.count(of: name + ".long-counts", as: Int64.self)
            : try reader.count(of: name + ".counts", as: Int32.self)
        guard starts.first == 0, starts.last == total, counted == total,
            zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
        else { throw reader.corrupt("the lists (\(name))") }
        return try Parallel.map(starts.count - 1, threads: Parallel.threadCount(0)) {
            (label: Int) throws(ModelError) -> FeatureLabelCounts.Label in
            let part = starts[label]..<starts[label + 1]
            let counts: [Int64] =
                isLong
                ? try reader.numbers(name + ".long-counts", from: part)
                : try reader.numbers(name + ".counts", from: part, as: Int32.self).map { Int64($0) }
            let columns = try reader.numbers(name + ".columns", from: part, as: Int32.self)
            guard columns.allSatisfy({ $0 >= 0 && Int($0) < columnCount }), counts.allSatisfy({ $0 > 0 }) else {
                throw reader.corrupt("the counts (\(name))")
            }
            return FeatureLabelCounts.Label(columns: columns, counts: counts)
        }
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
