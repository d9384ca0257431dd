import FoundationEssentials
import SabilEvaluation
import Testing

@testable import SabilExperiments

/// The folder of the checkout.
private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

struct GateRulesTests {
    private static let start = "experiments: [a.yaml]\ndrops:\n"

    private func read(_ text: String) throws(ExperimentError) -> GateRules {
        try GateRules(text: text, path: "gate.yaml")
    }

    @Test func readsEveryKey() throws {
        let rules = try read(
            """
            experiments: [a.yaml, b.yaml]
            drops:
              nDCG@10: {margin: 0.01, languages: 0.03, classification: 0.02, reason: it is the same at every run}
              micro F1:
                margin: 0.02
                seeds: 0.012
                reason: ten seeds differ by half of it
            speed: {records: 10, queries: 5, least-rounds: 2, most-rounds: 3, passes: 6, turn-queries: 7, seed: 4}
            growth:
              query-time: {margin: 0.15, reason: noise of one binary}
            """)
        #expect(rules.experiments == ["a.yaml", "b.yaml"])
        #expect(rules.drops.map(\.measure) == ["nDCG@10", "micro F1"])
        #expect(rules.drops.map(\.margin.languages) == [0.03, nil])
        #expect(rules.drops.map(\.margin.classification) == [0.02, nil])
        #expect(rules.drops.map(\.margin.seeds) == [0, 0.012])
        #expect(rules.growth.map(\.figure) == [.queryTime])
        #expect(
            [rules.speed.records, rules.speed.queries, rules.speed.leastRounds, rules.speed.mostRounds] == [
                10, 5, 2, 3,
            ])
        #expect([rules.speed.passes, rules.speed.turnQueries] == [6, 7])
    }

    @Test(arguments: [
        ("  nDCG@10: {margin: 0.01}\n", "\"drops.nDCG@10.reason\" is missing", "a margin without a reason"),
        ("  nDCG@10: {margin: 0.01, reason: because}\n", "says nothing", "no sentence"),
        ("  nDCG@10: {reason: it is so at every run}\n", "\"drops.nDCG@10\" has no margin", "no number"),
        ("  nDCG@10: {margin: -1, reason: it is so at every run}\n", "must be from 0 to 10", "below 0"),
        ("  nDCG@10: {margn: 1, reason: it is so at every run}\n", "did you mean margin?", "a slip"),
        (
            "  nDCG@10: {margin: 1, reason: it is so at every run}\ngrowth:\n  query-tim: {}\n",
            "line 5: there is no key \"growth.query-tim\"; did you mean query-time?", "a figure that is none"
        ),
        (
            "  nDCG@10: {margin: 1, reason: it is so at every run}\nspeed: {least-rounds: 9, most-rounds: 2}\n",
            "\"speed.most-rounds\" is less than least-rounds", "no round would do"
        ),
    ])
    func namesTheFault(rest: String, needle: String, reason: String) {
        let error = #expect(throws: ExperimentError.self, "\(reason)") { try read(Self.start + rest) }
        #expect(error?.message.contains(needle) == true, "\(reason): \(error?.message ?? "")")
        #expect(error?.message.hasPrefix("Reading the rules \"gate.yaml\" failed: ") == true)
    }

    @Test func rulesThatLookAtNothingAreRefused() {
        #expect(throws: ExperimentError.self) { try read("speed: {records: 10}") }
        #expect(throws: ExperimentError.self) { try read("experiments: [a.yaml]") }
    }

    @Test func rulesForOtherMachinesLookAtTheSameSpeedAndAllowNoLess() throws {
        let own = try GateRules(path: root.appending(path: "benchmarks/gate/gate.yaml").path)
        let elsewhere = try GateRules(path: root.appending(path: "benchmarks/gate/elsewhere.yaml").path)
        #expect(elsewhere.speed == own.speed && elsewhere.growth.map(\.figure) == own.growth.map(\.figure))
        for (wide, narrow) in zip(elsewhere.growth, own.growth) {
            #expect(wide.margin.value >= narrow.margin.value, "\(wide.figure)")
        }
        #expect(elsewhere.experiments.isEmpty, "quality is the same on every machine")
    }

    @Test func theCommittedRulesAreReadable() throws {
        let path = root.appending(path: "benchmarks/gate/gate.yaml").path
        let rules = try GateRules(path: path)
        #expect(Set(rules.growth.map(\.figure)) == Set(SpeedFigure.allCases))
        #expect(rules.drops.map(\.measure) == ["nDCG@10", "micro F1", "macro F1"])
        for file in rules.experiments {
            let experiment = try ExperimentFile(path: root.appending(path: file).path).experiment
            #expect(!experiment.needsCollections, "\(file) cannot run in a clone")
            #expect(!rules.drops.allSatisfy { !experiment.measures.contains($0.measure) }, "\(file)")
        }
    }
}

struct BaselineFolderTests {
    private func withFolder(_ body: (BaselineFolder) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "sabil-gate-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(BaselineFolder(path: path))
    }

    private var sample: GateBaseline {
        var baseline = GateBaseline()
        baseline.findings["rank"] = .init(material: "m1", values: ["nDCG@10": ["q1": 0.25, "q2": 1, "q3": 0]])
        baseline.findings["classify"] = .init(material: "m2", choices: ["d1": ["a", "b"], "d2": []])
        baseline.ratios[.queryTime] = .init(
            ratio: 1.25, low: 1.2, high: 1.3, rounds: 7, value: 0.5, yardstick: 0.4)
        return baseline
    }

    @Test func whatWasAcceptedIsReadBack() throws {
        try withFolder { folder in
            try folder.accept(sample, reason: "the first\tone  there is", date: "2026-11-21", commit: "abc")
            let (baseline, acceptance) = try folder.read()
            #expect(baseline == sample)
            #expect(acceptance.reason == "the first one there is", "one line, one column")
            var other = sample
            other.findings["rank"]?.values["nDCG@10"]?["q1"] = 0.5
            try folder.accept(other, reason: "another ranking of ours", date: "2026-11-22", commit: "def")
            #expect(try folder.read().baseline == other)
            #expect(try folder.acceptances().map(\.commit) == ["abc", "def"], "earlier reasons stay")
        }
    }

    @Test(arguments: ["", "   ", "because", "wordwithoutanyspaceatall"])
    func noBaselineWithoutAReason(reason: String) throws {
        try withFolder { folder in
            let error = #expect(throws: ExperimentError.self) {
                try folder.accept(sample, reason: reason, date: "2026-11-21", commit: "abc")
            }
            #expect(error?.code == .invalidRequest)
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/baseline.tsv"))
        }
    }

    /// Each change of the folder by hand, and what the refusal says.
    @Test(arguments: [
        ("baseline.tsv", "0.250000", "0.200000", "is not what the last line of accepted.tsv accepts"),
        ("accepted.tsv", "the first one there is", "", "gives no reason"),
        ("accepted.tsv", "\tthe first one there is", "", "has not four columns"),
    ])
    func whatNobodyAcceptedIsRefused(file: String, old: String, new: String, needle: String) throws {
        try withFolder { folder in
            try folder.accept(sample, reason: "the first one there is", date: "2026-11-21", commit: "abc")
            let path = "\(folder.path)/\(file)"
            let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
            #expect(text.contains(old))
            try Data(text.replacing(old, with: new).utf8).write(to: URL(filePath: path))
            let error = #expect(throws: ExperimentError.self) { try folder.read() }
            #expect(error?.code == .invalidBaseline)
            #expect(error?.message.contains(needle) == true, "\(error?.message ?? "")")
        }
    }

    @Test func acceptingOnePartKeepsTheOthers() {
        var old = GateBaseline()
        old.ratios = [.queryTime: .init(ratio: 2, low: 1.9, high: 2.1, rounds: 6, value: 1, yardstick: 0.5)]
        old.findings = [
            "rank": .init(material: "r"), "classify": .init(material: "c", choices: ["d": ["a"]]),
            "classify-gone": .init(material: "g", choices: ["d": ["a"]]),
        ]
        let now = GateFindings(material: "c2", choices: ["d": ["b"]])
        let classified = old.replacing(ranking: false, classification: true, by: ["classify": now])
        #expect(classified.findings == ["rank": .init(material: "r"), "classify": now])
        #expect(classified.ratios == old.ratios)
        let ranked = old.replacing(ranking: true, classification: false, by: ["rank": .init(material: "r2")])
        #expect(ranked.findings["rank"]?.material == "r2" && ranked.findings["classify-gone"]?.material == "g")
        // Speed alone was looked at.
        #expect(old.replacing(ranking: false, classification: false, by: [:]).findings == old.findings)
    }

    @Test func linesThatAreNoneAreNamed() {
        for line in ["value\tx\tm\tq\tmany", "ratio\tnothing\t1\t1\t1\t1\t1\t1", "other\tx", "labels\tx"] {
            let error = #expect(throws: ExperimentError.self) { try GateBaseline(text: "# x\n\(line)\n", name: "b") }
            #expect(error?.message.contains("line 2 is not in its format") == true)
        }
    }
}

struct QualityGateTests {
    private let queries = (1...40).map { "q\($0)" }
    private let drops = [
        GateRules.Drop(
            measure: "nDCG@10", margin: .init(value: 0.01, languages: 0.05, reason: "made up for the test")),
        GateRules.Drop(measure: "micro F1", margin: .init(value: 0.02, languages: nil, reason: "made up for the test")),
    ]

    private func gate(_ then: [Double], _ now: [Double], material: String = "m") -> QualityGate {
        var baseline = GateBaseline()
        func values(_ list: [Double]) -> [String: [String: Double]] {
            ["nDCG@10": Dictionary(uniqueKeysWithValues: zip(queries, list))]
        }
        baseline.findings["x"] = .init(material: "m", values: values(then))
        return QualityGate(
            [
                .init(
                    experiment: "x", now: .init(material: material, values: values(now)),
                    members: [
                        "lang=ar": Set(queries.prefix(10)), "lang=en": Set(queries.dropFirst(10)), "kind=k": ["q1"],
                    ])
            ], baseline: baseline, drops: drops)
    }

    @Test func nothingChanged() {
        let values = queries.indices.map { Double($0) / 40 }
        let gate = gate(values, values)
        #expect(gate.failures == 0)
        #expect(gate.lines.map(\.group) == ["all", "lang=ar", "lang=en"])
        #expect(gate.lines.allSatisfy { $0.verdict == .identical && $0.words == "passed: the same" })
    }

    @Test func aSmallDropOfManyQueriesIsShown() {
        let then = queries.map { _ in 0.5 }
        // 0.008 on each query is below the margin of 0.01, and no chance.
        let gate = gate(then, then.map { $0 - 0.008 })
        #expect(gate.lines[0].verdict == .shownWorse)
        #expect(gate.lines[0].words == "FAILED: a drop that is told from chance")
        #expect(gate.failures >= 1)
    }

    @Test func aLargeDropOfFewQueriesIsOverTheMargin() {
        let then = queries.map { _ in 0.5 }
        var now = then
        // 0.02 over all and 0.08 for Arabic: no test shows two queries.
        (now[0], now[1]) = (0.1, 0.1)
        let gate = gate(then, now)
        #expect(gate.lines.map(\.verdict) == [.droppedMore, .droppedMore, .identical])
        #expect(gate.lines[1].words == "FAILED: dropped by more than the margin of 0.0500")
    }

    @Test func aDropWithinTheMarginAndAGainPass() {
        let then = queries.map { _ in 0.5 }
        var now = then
        now[0] = 0.3
        #expect(gate(then, now).failures == 0)
        #expect(gate(then, then.map { $0 + 0.1 }).lines[0].verdict == .better)
        #expect(gate(then, then.map { $0 + 0.1 }).failures == 0)
    }

    @Test func otherMaterialIsNoComparison() {
        let values = queries.map { _ in 0.5 }
        let gate = gate(values, values.map { $0 + 0.3 }, material: "other")
        #expect(gate.lines.isEmpty && gate.failures == 1)
        #expect(gate.faults[0].contains("changed since the baseline"))
    }

    @Test func classificationMayHaveAMarginOfItsOwn() {
        let drop = GateRules.Drop(
            measure: "nDCG@10",
            margin: .init(value: 0.01, languages: 0.01, classification: 0.03, reason: "made up for the test"))
        var baseline = GateBaseline()
        func finding(_ first: Double) -> GateFindings {
            .init(
                material: "m",
                values: [
                    "nDCG@10": Dictionary(
                        uniqueKeysWithValues: queries.enumerated().map { ($1, $0 == 0 ? first : 0.7) })
                ])
        }
        baseline.findings["x"] = finding(1)
        // One of them falls: a fortieth of what it loses is the drop of the mean.
        func verdicts(_ first: Double, gold: [String: Set<String>]) -> [QualityGate.Line.Verdict] {
            QualityGate(
                [.init(experiment: "x", now: finding(first), members: ["lang=ar": Set(queries)], gold: gold)],
                baseline: baseline, drops: [drop]
            ).lines.map(\.verdict)
        }
        let lost = 0.02 * Double(queries.count)
        #expect(verdicts(1 - lost, gold: [:]) == [.droppedMore, .droppedMore], "a ranking")
        #expect(verdicts(1 - lost, gold: ["d": ["a"]]) == [.within, .within], "a classification")
        #expect(verdicts(1 - 2 * lost, gold: ["d": ["a"]]) == [.droppedMore, .droppedMore])
    }

    @Test func whatSeedsMoveFailsNoClassification() {
        let drop = GateRules.Drop(
            measure: "nDCG@10", margin: .init(value: 0.03, languages: nil, seeds: 0.012, reason: "made up for the test")
        )
        var baseline = GateBaseline()
        func finding(_ lost: Double) -> GateFindings {
            .init(
                material: "m",
                values: ["nDCG@10": Dictionary(uniqueKeysWithValues: queries.map { ($0, 0.7 - lost) })])
        }
        baseline.findings["x"] = finding(0)
        // Every query loses the same, so chance is excluded at any size.
        func line(_ lost: Double, gold: [String: Set<String>]) -> QualityGate.Line {
            QualityGate(
                [.init(experiment: "x", now: finding(lost), gold: gold)], baseline: baseline, drops: [drop]
            ).lines[0]
        }
        #expect(line(0.01, gold: [:]).verdict == .shownWorse, "a ranking has no seeds")
        let small = line(0.01, gold: ["d": ["a"]])
        #expect(small.verdict == .asSeeds && !small.isFailure)
        #expect(small.words == "passed: a drop told from chance, no larger than seeds make (0.0120)")
        #expect(line(0.02, gold: ["d": ["a"]]).verdict == .shownWorse)
    }

    @Test func anExperimentThatDisappearsIsAFailure() {
        var baseline = GateBaseline()
        baseline.findings["gone"] = .init(material: "m")
        #expect(QualityGate([], baseline: baseline, drops: drops).failures == 1)
        #expect(
            QualityGate([.init(experiment: "new", now: .init(material: "m"))], baseline: .init(), drops: drops).failures
                == 1)
    }

    @Test func chosenLabelsAreComparedDocumentByDocument() {
        let documents = (0..<30).map { "d\($0)" }
        let gold = Dictionary(uniqueKeysWithValues: documents.map { ($0, Set(["a", $0])) })
        func finding(_ wrong: Int) -> GateFindings {
            .init(
                material: "m",
                choices: Dictionary(
                    uniqueKeysWithValues: documents.enumerated().map { ($1, $0 < wrong ? ["b"] : Set(["a", $1])) }))
        }
        var baseline = GateBaseline()
        baseline.findings["c"] = finding(2)
        func gate(_ wrong: Int) -> QualityGate {
            QualityGate([.init(experiment: "c", now: finding(wrong), gold: gold)], baseline: baseline, drops: drops)
        }
        #expect(gate(2).lines.map(\.verdict) == [.identical])
        #expect(gate(3).lines.map(\.verdict) == [.droppedMore], "one document of thirty is 0.04")
        #expect(gate(12).lines.map(\.verdict) == [.shownWorse])
        #expect(gate(0).failures == 0)
    }
}

struct SpeedGateTests {
    private let growth = [
        GateRules.Growth(figure: .queryTime, margin: .init(value: 0.15, languages: nil, reason: "made up for the test"))
    ]
    private var speed: GateRules.Speed {
        var speed = GateRules.Speed()
        (speed.leastRounds, speed.mostRounds) = (3, 6)
        return speed
    }
    private let baseline: [SpeedFigure: RatioSeries.Estimate] = [
        .queryTime: .init(ratio: 2, low: 1.95, high: 2.05, rounds: 9, value: 1, yardstick: 0.5)
    ]

    private func run(_ ratios: [Double]) -> (gate: SpeedGate, rounds: Int) {
        var gate = SpeedGate(baseline: baseline, growth: growth, speed: speed)
        var rounds = 0
        while gate.needsMore(of: [.queryTime]), rounds < ratios.count {
            gate.add(.init(value: ratios[rounds], yardstick: 1), of: .queryTime)
            rounds += 1
        }
        return (gate, rounds)
    }

    /// Ratios of the rounds (2 is the baseline's, 2.3 the limit), rounds taken, whether it fails.
    @Test(arguments: [
        ([2.0, 2.05, 1.95, 2, 2, 2], 3, false, "the interval lies below the limit at once"),
        ([2.6, 2.65, 2.55, 2.6, 2.65, 2.6], 6, true, "thirty per cent slower: a failure takes all rounds"),
        ([2.6, 2.0, 2.1, 2.0, 2.05, 2.1], 4, false, "one round was disturbed: one more tells"),
        ([2.6, 2.6, 2.6, 2.6, 2.0, 2.6], 6, false, "busy in all rounds but one"),
        ([1.0, 1.0, 1.0, 1, 1, 1], 3, false, "twice as fast"),
    ])
    func roundsGoOnUntilItIsDecided(ratios: [Double], rounds: Int, fails: Bool, reason: String) {
        let outcome = run(ratios)
        #expect(outcome.rounds == rounds, "\(reason)")
        #expect((outcome.gate.failures > 0) == fails, "\(reason)")
    }

    @Test func anUndecidedLineSaysSo() {
        let line = run([2.6, 2.6, 2.6, 2.6, 2.2, 2.6]).gate.lines[0]
        #expect(line.words == "passed: within the margin of 15 % (the interval holds the limit; the ratio decided)")
        #expect(line.growthText == "+10 %")
    }

    @Test func aRatioThatIsMissingIsAFailure() {
        #expect(SpeedGate(baseline: baseline, growth: growth, speed: speed).failures == 1, "not measured")
        var gate = SpeedGate(baseline: [:], growth: growth, speed: speed)
        gate.add(.init(value: 1, yardstick: 1), of: .queryTime)
        #expect(gate.failures == 1, "not in the baseline")
    }

    @Test func aNewBaselineIsMeasuredUntilItIsKnownWell() {
        var gate = SpeedGate(baseline: [:], growth: growth, speed: speed)
        for _ in 0..<3 { gate.add(.init(value: 2, yardstick: 1), of: .queryTime) }
        #expect(!gate.needsMore(of: [.queryTime]))
        gate = SpeedGate(baseline: [:], growth: growth, speed: speed)
        for value in [1.0, 2, 3] { gate.add(.init(value: value, yardstick: 1), of: .queryTime) }
        #expect(gate.needsMore(of: [.queryTime]))
        #expect(!gate.needsMore(of: [.indexBytes]), "no rule, no rounds")
    }
}

struct HistoryLineTests {
    @Test func linesAreAppendedAndReadByTheReport() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString).tsv").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let lines = HistoryLine.lines([
            .queryTime: .init(ratio: 2, low: 1.9, high: 2.1, rounds: 5, value: 1, yardstick: 0.5)
        ])
        try HistoryLine.append(lines, date: "2026-11-20", commit: "abc", to: path)
        try HistoryLine.append(
            [HistoryLine(what: "a\tb\nc", value: -0.25)], date: "2026-11-21", commit: "def", to: path)
        let history = SpeedHistory(try String(contentsOf: URL(filePath: path), encoding: .utf8), name: "h")
        #expect(history.faults.isEmpty)
        #expect(history.entries.map(\.what) == ["query, CPU ms", "a b c"])
        #expect(history.entries.map(\.value) == [1, -0.25])
        #expect(history.entries.map(\.yardstick) == [0.5, nil])
        #expect(history.entries[0].note == "ratio 2.0000 [1.9000, 2.1000], 5 rounds")
    }
}
