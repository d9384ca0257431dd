import SabilRecords
import Testing

@testable import SabilClassification

@Suite("The stack learns from held-out scores")
struct StackFittingTests {
    /// Documents of one label each, with one member whose score of the right label is raised.
    private static func table(
        documents: Int, labels: Int, seed: UInt64, raised: Double, overrated: Double = 0
    ) -> ScoreTable {
        var generator = SeededGenerator(seed: seed)
        func noise() -> Double { (0..<12).reduce(-6) { sum, _ in sum + generator.nextUnit() } }
        var table = ScoreTable()
        for document in 0..<documents {
            let right = generator.nextIndex(below: labels)
            let scores = (0..<labels).map { label in
                noise() + (label == right ? raised : 0) + (label == 0 ? overrated : 0)
            }
            table.rows.append(
                ScoreTable.Row(
                    scores: CandidateScores(labels: (0..<labels).map { Int32($0) }, scores: [scores]),
                    truth: (0..<labels).map { $0 == right ? .fits : .doesNot },
                    scarcity: [Double](repeating: 0, count: labels), missedPositives: 0, half: document % 2))
        }
        return table
    }

    private static func fitted(_ table: ScoreTable, labels: Int, threads: Int = 1) throws -> Stack {
        var stack = Stack(
            untrained: [.linear], isSingleLabel: true, exampleCounts: [Int](repeating: 10, count: labels))
        try stack.fit(table, seed: 1, threads: threads)
        return stack
    }

    private static func accuracy(_ stack: Stack, _ table: ScoreTable) -> Double {
        let right = table.rows.count { row in
            let raw = stack.combine(row.scores, scarcity: row.scarcity).raw
            return raw.indices.max { raw[$0] < raw[$1] }.map { row.truth[$0] == .fits } ?? false
        }
        return Double(right) / Double(table.rows.count)
    }

    @Test("a label that is overrated throughout is brought down")
    func broughtDown() throws {
        let table = Self.table(documents: 300, labels: 4, seed: 6, raised: 1.5, overrated: 1.5)
        let stack = try Self.fitted(table, labels: 4)
        #expect(stack.biases[0] < (stack.biases.dropFirst().min() ?? 0) - 0.5)
        let fresh = Self.table(documents: 300, labels: 4, seed: 7, raised: 1.5, overrated: 1.5)
        var unbiased = stack
        unbiased.biases = [Double](repeating: 0, count: 4)
        #expect(Self.accuracy(stack, fresh) > Self.accuracy(unbiased, fresh) + 0.02)
    }

    @Test("any number of threads gives the same stack")
    func threads() throws {
        // More pairs than one part has.
        let table = Self.table(documents: 45, labels: 100, seed: 8, raised: 2)
        #expect(try Self.fitted(table, labels: 100, threads: 1) == (try Self.fitted(table, labels: 100, threads: 3)))
    }
}

@Suite("Costs race by held-out documents")
struct CostRaceTests {
    /// Documents of any number of labels, each chosen with a chance.
    private static func measures(documents: Int, seed: UInt64, chance: Double) -> HeldOutMeasures {
        var truths = SeededGenerator(seed: 20)
        var generator = SeededGenerator(seed: seed)
        var table = ScoreTable()
        var raw: [[Double]] = []
        var selected: [[Bool]] = []
        for _ in 0..<documents {
            let fits = (0..<8).map { _ in truths.nextUnit() < 0.2 }
            let isSeen = fits.map { generator.nextUnit() < chance ? $0 : !$0 }
            raw.append(isSeen.map { ($0 ? 1 : 0) + 0.1 * generator.nextUnit() })
            selected.append(isSeen)
            table.rows.append(
                ScoreTable.Row(
                    scores: CandidateScores(labels: (0..<8).map { Int32($0) }, scores: []),
                    truth: fits.map { $0 ? .fits : .doesNot }, scarcity: [], missedPositives: 0, half: 0))
        }
        return HeldOutMeasures(table, raw: raw, selected: selected)
    }

    @Test("what documents speak for has the measured quality as its mean", arguments: [0.6, 0.9, 1])
    func mean(chance: Double) {
        let measures = Self.measures(documents: 300, seed: 21, chance: chance)
        #expect(abs(measures.byDocument.reduce(0, +) / 300 - measures.quality) < 1e-9)
        #expect(chance < 1 || abs(measures.quality - 2) < 1e-9)
    }

    @Test("those that are clearly worse leave, near ones stay")
    func race() {
        let near = [22, 23, 24].map { Self.measures(documents: 400, seed: $0, chance: 0.9) }
        #expect(ModelTraining.undecided(near).count > 1)
        let worse = Self.measures(documents: 400, seed: 25, chance: 0.8)
        #expect(!ModelTraining.undecided(near + [worse]).contains(3))
        #expect(ModelTraining.undecided([worse]) == [0])
    }
}
