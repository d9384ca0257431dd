import SabilRecords
import Testing

@testable import SabilEvaluation

struct RatioSeriesTests {
    @Test func takesTheFastestOfEachPartForEachProgram() throws {
        let series = RatioSeries([
            .init(values: [2, 9], yardsticks: [1, 3]), .init(values: [5, 4], yardsticks: [2, 2]),
            .init(values: [3, 6], yardsticks: [4, 5]),
        ])
        let estimate = try #require(series.estimate())
        #expect([estimate.value, estimate.yardstick, estimate.ratio] == [3, 1.5, 2], "(2 + 4) / 2 and (1 + 2) / 2")
        #expect(estimate.low == 1 && estimate.high == 11.0 / 4, "three rounds say little: of one alone")
        #expect(estimate.rounds == 3)
    }

    @Test func leavesOutRoundsThatSayNothing() {
        var series = RatioSeries()
        for pair in [(0.0, 1.0), (1, 0), (-1, 1), (.nan, 1), (1, .infinity)] {
            let counts = series.add(.init(value: pair.0, yardstick: pair.1))
            #expect(!counts, "\(pair)")
        }
        #expect(series.estimate() == nil)
        let first = series.add(.init(values: [1, 2], yardsticks: [1, 2]))
        let other = series.add(.init(values: [1], yardsticks: [1]))
        #expect(first && !other, "a round of other parts")
    }

    @Test func saysOnWhichSideOfALimitTheWholeIntervalLies() {
        let estimate = RatioSeries.Estimate(ratio: 1.1, low: 1.05, high: 1.2, rounds: 5, value: 1, yardstick: 1)
        #expect(estimate.position(to: 1.21) == .below)
        #expect(estimate.position(to: 1.04) == .above)
        #expect(estimate.position(to: 1.15) == .undecided)
        #expect(estimate.position(to: 1.2) == .undecided, "at the bound nothing is decided")
    }

    /// A busy machine slows both, and the program that reads more memory by more; every round is disturbed somewhere.
    @Test func theRatioIsThatOfProgramsLeftInPeace() throws {
        var random = SeededGenerator(seed: 4)
        func chance() -> Double { Double(random.nextIndex(below: 1_000_000)) / 1e6 }
        var medians = 0
        for seed in 0..<50 {
            var series = RatioSeries()
            for _ in 0..<9 {
                let busy = (0..<20).map { _ in chance() < 0.6 ? chance() : 0 }
                series.add(
                    .init(
                        values: busy.map { 3 * (1 + $0) * (1 + chance() / 50) },
                        yardsticks: busy.map { 2 * (1 + $0 / 2) * (1 + chance() / 50) }))
            }
            let estimate = try #require(series.estimate(resamples: 200, seed: UInt64(seed)))
            #expect(abs(estimate.ratio / 1.5 - 1) < 0.02, "seed \(seed): \(estimate.ratio)")
            let ratios = series.rounds.map { $0.values.reduce(0, +) / $0.yardsticks.reduce(0, +) }.sorted()
            if ratios[4] / 1.5 > 1.05 { medians += 1 }
        }
        #expect(medians > 45, "the median of the rounds' ratios is that of a busy machine: \(medians) of 50")
    }
}

struct ChoiceComparisonTests {
    private typealias Document = ChoiceComparison.Document

    @Test func figuresAreThoseOfTheEvaluation() throws {
        var random = SeededGenerator(seed: 9)
        let labels = (0..<12).map { "l\($0)" }
        func some() -> Set<String> { Set((0..<4).map { _ in labels[random.nextIndex(below: labels.count)] }) }
        let documents = (0..<40).map { _ in Document(gold: some(), system: some(), baseline: some()) }
        for (side, path) in [("system", \Document.system), ("baseline", \Document.baseline)] {
            let predictions = documents.enumerated().map {
                LabelPrediction(id: "\($0)", gold: $1.gold, ranked: [LabelPrediction.Scored]())
            }
            let chosen = Dictionary(
                uniqueKeysWithValues: documents.enumerated().map { ("\($0)", Array($1[keyPath: path])) })
            let evaluation = try ClassificationEvaluation(predictions, selection: .given(chosen), labels: Set(labels))
            let micro = ChoiceComparison(documents, figure: .micro, permutations: 1)
            let macro = ChoiceComparison(documents, figure: .macro, permutations: 1)
            let own = side == "system" ? (micro.system, macro.system) : (micro.baseline, macro.baseline)
            #expect(abs(own.0 - evaluation.microF1) < 1e-12, "\(side)")
            #expect(abs(own.1 - evaluation.macroF1) < 1e-12, "\(side)")
        }
    }

    @Test func theSameChoicesAreTheSame() {
        let documents = (0..<5).map { Document(gold: ["a", "\($0)"], system: ["a"], baseline: ["a"]) }
        for figure in ChoiceComparison.Figure.allCases {
            let comparison = ChoiceComparison(documents, figure: figure)
            #expect(comparison.p == 1 && comparison.moved == 0 && comparison.difference == 0)
        }
    }

    /// All sign patterns counted by hand beside the sampled share.
    @Test func pIsTheShareOfExchangesThatDifferAsMuch() {
        var random = SeededGenerator(seed: 21)
        let labels = ["a", "b", "c", "d"]
        func some() -> Set<String> { Set((0..<2).map { _ in labels[random.nextIndex(below: 4)] }) }
        let documents = (0..<10).map { _ in Document(gold: some(), system: some(), baseline: some()) }
        for figure in ChoiceComparison.Figure.allCases {
            let whole = ChoiceComparison(documents, figure: figure, permutations: 1)
            var far = 0
            for pattern in 0..<1024 {
                let exchanged = documents.enumerated().map { place, document in
                    pattern >> place & 1 == 1
                        ? Document(gold: document.gold, system: document.baseline, baseline: document.system) : document
                }
                let other = ChoiceComparison(exchanged, figure: figure, permutations: 1)
                if abs(other.difference) >= abs(whole.difference) - 1e-12 { far += 1 }
            }
            let sampled = ChoiceComparison(documents, figure: figure, permutations: 20_000).p
            #expect(abs(sampled - Double(far) / 1024) < 0.02, "\(figure)")
        }
    }

    /// Where the two systems are drawn alike, p ≤ 0.05 in about a twentieth of the cases.
    @Test func chanceIsCalledADifferenceAsOftenAsItShould() {
        var random = SeededGenerator(seed: 33)
        let labels = (0..<20).map { "l\($0)" }
        func some(_ count: Int) -> Set<String> { Set((0..<count).map { _ in labels[random.nextIndex(below: 20)] }) }
        var shown = 0
        for _ in 0..<200 {
            let documents = (0..<30).map { _ in Document(gold: some(4), system: some(4), baseline: some(4)) }
            if ChoiceComparison(documents, figure: .micro, permutations: 200).p <= 0.05 { shown += 1 }
        }
        #expect((2...22).contains(shown), "\(shown) of 200")
    }
}
