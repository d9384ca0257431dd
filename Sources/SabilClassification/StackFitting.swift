import Glibc
import SabilRecords

extension Stack {
    /// Pairs of document and label that a fit looks at where nothing else is said.
    static let pairLimit = 1_500_000

    /// Learns weights, offsets and a bias per label from held-out scores, by Adam on the whole table (Kingma & Ba 2015).
    ///
    /// - Parameters:
    ///   - initial: its members, kind and scarcities are kept.
    ///   - frozen: members that get no weight of their own.
    ///   - pairLimit: about how many document-label pairs are used at most, whole documents drawn by `seed`.
    mutating func fit(
        _ table: ScoreTable, frozen: Set<MemberKind> = [], seed: UInt64, threads: Int = 1,
        pairLimit: Int = Stack.pairLimit
    ) throws(ModelError) {
        let rows = Self.drawn(table, pairLimit: pairLimit, seed: seed)
        guard !rows.isEmpty else { return }
        if !isSingleLabel {
            for member in members.indices {
                let (mean, deviation) = Self.moments(rows.flatMap { $0.scores.scores[member] })
                means[member] = mean
                deviations[member] = deviation
            }
        }
        let fitted = try fitted(StackDesign(rows, stack: self, frozen: frozen), threads: threads)
        for member in members.indices {
            weights[member] = fitted.values[member]
            scarceWeights[member] = fitted.values[members.count + member]
        }
        offset = fitted.values[2 * members.count]
        scarceOffset = fitted.values[2 * members.count + 1]
        biases = Array(fitted.values[(2 * members.count + 2)...])
    }

    private func fitted(_ design: StackDesign, threads: Int) throws(ModelError) -> StackParameters {
        var parameters = StackParameters(members: members.count, labels: biases.count)
        for member in members.indices { parameters.values[member] = isSingleLabel ? 1 : 0.5 }
        if !isSingleLabel { parameters.values[2 * members.count] = design.priorLogit }
        try design.fit(&parameters, threads: threads)
        return parameters
    }

    private static func drawn(_ table: ScoreTable, pairLimit: Int, seed: UInt64) -> [ScoreTable.Row] {
        let pairs = table.pairs
        guard pairs > pairLimit else { return table.rows }
        var generator = SeededGenerator(seed: seed)
        let share = Double(pairLimit) / Double(pairs)
        return table.rows.filter { _ in generator.nextUnit() < share }
    }
}

/// a per member, a′ per member, offset, offset of scarcity, bias per label.
private struct StackParameters {
    var values: [Double]
    init(members: Int, labels: Int) { values = [Double](repeating: 0, count: 2 * members + 2 + labels) }
}

/// The table in the shape the fit walks over: standardised scores, flat.
private struct StackDesign: Sendable {
    let isSingleLabel: Bool
    let memberCount: Int
    /// Places of members that get no weight.
    let frozen: [Int]
    /// Document boundaries over pairs.
    var starts: [Int] = [0]
    /// Pair-major standardised scores.
    var scores: [Double] = []
    var scarcity: [Double] = []
    var labels: [Int32] = []
    /// 1 or 0.
    var targets: [Double] = []

    init(_ rows: [ScoreTable.Row], stack: Stack, frozen: Set<MemberKind>) {
        self.frozen = stack.members.indices.filter { frozen.contains(stack.members[$0]) }
        isSingleLabel = stack.isSingleLabel
        memberCount = stack.members.count
        let meanings = stack.members.firstIndex(of: .meanings)
        for row in rows {
            // A softmax needs the one right label among the candidates.
            if isSingleLabel, row.truth.filter({ $0 == .fits }).count != 1 || row.truth.contains(.unknown) { continue }
            var means = stack.means
            var deviations = stack.deviations
            if isSingleLabel {
                for member in 0..<memberCount {
                    (means[member], deviations[member]) = Stack.moments(row.scores.scores[member])
                }
            }
            for position in row.truth.indices where row.truth[position] != .unknown {
                // Weights are learnt of what the members come to abroad: there words pass a share of theirs on to meanings, which
                // is as if they said in part what the meanings say.
                var standard = (0..<memberCount).map { member in
                    (row.scores.scores[member][position] - means[member]) / deviations[member]
                }
                if let meanings, !row.scores.moved.isEmpty {
                    let share = row.scores.moved[position]
                    for member in 0..<memberCount where stack.members[member].readsWords {
                        standard[member] += share * (standard[meanings] - standard[member])
                    }
                }
                scores += standard
                scarcity.append(row.scarcity[position])
                labels.append(row.scores.labels[position])
                targets.append(row.truth[position] == .fits ? 1 : 0)
            }
            starts.append(labels.count)
        }
    }

    var documentCount: Int { starts.count - 1 }

    var priorLogit: Double {
        let positives = targets.reduce(0, +)
        return log((positives + 0.5) / (Double(targets.count) - positives + 0.5))
    }

    /// Adam, full batches, with weights kept from going below zero.
    func fit(_ parameters: inout StackParameters, rounds: Int = 300, threads: Int) throws(ModelError) {
        guard !labels.isEmpty else { return }
        let count = parameters.values.count
        let parts = parts
        for member in frozen { parameters.values[member] = 0 }
        var first = [Double](repeating: 0, count: count)
        var second = [Double](repeating: 0, count: count)
        for round in 1...rounds {
            let gradient = try gradient(parameters.values, parts: parts, threads: threads)
            let rate = 0.1 * (1 - 0.95 * Double(round) / Double(rounds))
            let firstCorrection = 1 - pow(0.9, Double(round))
            let secondCorrection = 1 - pow(0.999, Double(round))
            for index in 0..<count {
                first[index] = 0.9 * first[index] + 0.1 * gradient[index]
                second[index] = 0.999 * second[index] + 0.001 * gradient[index] * gradient[index]
                let step = first[index] / firstCorrection / ((second[index] / secondCorrection).squareRoot() + 1e-9)
                parameters.values[index] -= rate * step
            }
            for member in 0..<memberCount {
                parameters.values[member] = max(0, parameters.values[member])
                parameters.values[memberCount + member] = max(
                    -parameters.values[member], parameters.values[memberCount + member])
            }
            for member in frozen {
                parameters.values[member] = 0
                parameters.values[memberCount + member] = 0
            }
        }
    }

    /// Fewer pairs are not worth a thread.
    private static let pairsOfPart = 2_000

    /// The documents in parts that do not depend on the number of threads: sums of parts are added in their order.
    private var parts: [Range<Int>] {
        let count = min(16, max(1, labels.count / Self.pairsOfPart))
        return (0..<count).map { documentCount * $0 / count..<documentCount * ($0 + 1) / count }
    }

    /// The gradient of the summed log loss with its ridge: 1 per squared a′, offset of scarcity and bias (a bias needs evidence to
    /// leave 0).
    private func gradient(
        _ values: [Double], parts: [Range<Int>], threads: Int
    ) throws(ModelError) -> [Double] {
        let biasStart = 2 * memberCount + 2
        let sums =
            parts.count == 1
            ? [gradient(values, of: parts[0])]
            : try Parallel.map(parts.count, threads: threads) { (part: Int) throws(ModelError) -> [Double] in
                self.gradient(values, of: parts[part])
            }
        var gradient = [Double](repeating: 0, count: values.count)
        for index in memberCount..<(2 * memberCount) { gradient[index] = 2 * values[index] }
        for index in biasStart..<values.count { gradient[index] = 2 * values[index] }
        gradient[biasStart - 1] = 2 * values[biasStart - 1]
        for sum in sums { for index in sum.indices { gradient[index] += sum[index] } }
        return gradient
    }

    /// The raw scores of a document's pairs.
    private func raw(_ document: Int, _ values: [Double], into raw: inout [Double]) {
        let biasStart = 2 * memberCount + 2
        raw.removeAll(keepingCapacity: true)
        for pair in starts[document]..<starts[document + 1] {
            var sum = values[biasStart - 2] + values[biasStart - 1] * scarcity[pair]
            sum += values[biasStart + Int(labels[pair])]
            for member in 0..<memberCount {
                let weight = values[member] + values[memberCount + member] * scarcity[pair]
                sum += weight * scores[pair * memberCount + member]
            }
            raw.append(sum)
        }
    }

    /// What some documents add to the gradient.
    private func gradient(_ values: [Double], of documents: Range<Int>) -> [Double] {
        var gradient = [Double](repeating: 0, count: values.count)
        let biasStart = 2 * memberCount + 2
        var raw: [Double] = []
        for document in documents {
            self.raw(document, values, into: &raw)
            if isSingleLabel {
                let top = raw.max() ?? 0
                let total = raw.reduce(0) { $0 + exp($1 - top) }
                for index in raw.indices { raw[index] = exp(raw[index] - top) / total }
            } else {
                for index in raw.indices { raw[index] = 1 / (1 + exp(-raw[index])) }
            }
            for (index, pair) in (starts[document]..<starts[document + 1]).enumerated() {
                let error = raw[index] - targets[pair]
                if !isSingleLabel { gradient[biasStart - 2] += error }
                gradient[biasStart - 1] += error * scarcity[pair]
                gradient[biasStart + Int(labels[pair])] += error
                for member in 0..<memberCount {
                    let part = error * scores[pair * memberCount + member]
                    gradient[member] += part
                    gradient[memberCount + member] += part * scarcity[pair]
                }
            }
        }
        return gradient
    }
}
