import Foundation
import SabilEvaluation
import SabilRecords
import SabilSearch
import Synchronization
import Testing

@testable import SabilExperiments

struct ParameterSearchTests {
    private static let space = (try? ParameterSpace("k1=0.5:2.5,b=0:1,poolSize=10:20")).map { [$0] } ?? []

    /// A hill whose top is at k1 1.7, b 0.3, poolSize 14.
    private func hill(_ values: [Double]) -> Double {
        1 - pow(values[0] - 1.7, 2) - 2 * pow(values[1] - 0.3, 2) - pow((values[2] - 14) / 10, 2)
    }

    @Test(arguments: space)
    func coordinatesClimbToTheTop(space: ParameterSpace) async throws {
        let search = ParameterSearch(space: space, method: .coordinate, budget: 200, seed: 1)
        let trials = try await search.run(from: [0.9, 0.85, 18]) { _, values in hill(values) }
        let winner = try #require(ParameterSearch.winner(of: trials))
        #expect(abs(winner.values[0] - 1.7) < 0.04, "\(winner.values)")
        #expect(abs(winner.values[1] - 0.3) < 0.02, "\(winner.values)")
        #expect(winner.values[2] == 14)
        #expect(trials.count < 200, "it ends by itself at the smallest step")
        #expect(Set(trials.map(\.values)).count == trials.count, "no point is tried twice")
        #expect(trials.allSatisfy { $0.values[2] == $0.values[2].rounded() })
    }

    @Test(arguments: space, ParameterSearch.Method.allCases)
    func theSameSeedGivesTheSameTrialsAndTheBudgetOnlyCutsThem(
        space: ParameterSpace, method: ParameterSearch.Method
    ) async throws {
        func trials(seed: UInt64, budget: Int) async throws -> [ParameterSearch.Trial] {
            try await ParameterSearch(space: space, method: method, budget: budget, seed: seed)
                .run(from: [0.9, 0.85, 18]) { _, values in hill(values) }
        }
        let long = try await trials(seed: 5, budget: 20)
        #expect(long.count == 21, "the start and the budget")
        #expect(try await trials(seed: 5, budget: 20) == long)
        #expect(try await trials(seed: 5, budget: 8) == Array(long.prefix(9)))
        let other = try await trials(seed: 6, budget: 20)
        #expect((other == long) == (method == .coordinate), "only random points depend on the seed")
        for trial in long.dropFirst() {
            for (axis, value) in zip(space.axes, trial.values) { #expect(axis.range.contains(value)) }
        }
    }

    @Test func aSmallSpaceIsUsedUpWithoutEnd() async throws {
        let search = ParameterSearch(
            space: try ParameterSpace("nearPairReach=1:3"), method: .random, budget: 50, seed: 1)
        let trials = try await search.run(from: [2]) { _, values in values[0] }
        #expect(Set(trials.map { $0.values[0] }) == [1, 2, 3])
    }

    @Test func equallyGoodPointsDoNotMoveTheStart() async throws {
        let search = ParameterSearch(space: try ParameterSpace("b=0:1"), method: .coordinate, budget: 30, seed: 1)
        let trials = try await search.run(from: [0.5]) { _, _ in 0.25 }
        #expect(ParameterSearch.winner(of: trials)?.number == 0)
    }

    @Test(arguments: [
        ("k1", "lower and a higher bound", "no bounds"), ("k1=1", "lower and a higher bound", "one bound"),
        ("k1=2:1", "lower and a higher bound", "the wrong way round"), ("kk1=1:2", "did you mean k1?", "a slip"),
        ("b=0:2", "from 0 to 1", "beyond what it can be"), ("b=0:1,b=0:1", "given twice", "twice"),
        ("", "names none", "nothing"), ("poolSize=1.5:3", "whole number", "no whole bound"),
    ])
    func whatIsNoSpaceIsRefused(text: String, needle: String, reason: String) {
        let error = #expect(throws: ExperimentError.self, "\(reason)") { try ParameterSpace(text) }
        #expect(error?.message.contains(needle) == true, "\(reason): \(error?.message ?? "")")
        for twice in ["..", "?."] { #expect(error?.message.contains(twice) == false, "\(error?.message ?? "")") }
    }
}

struct QueryHalvesTests {
    /// Values worked out with another program (Python): a change of the hash would let old winners see their test queries.
    @Test(arguments: [
        ("", QueryHalf.first), ("q1", .first), ("ar-969331847966", .second), ("q-en-01", .first),
        ("56beb4343aeaaa14008c925b", .first), ("é", .second),
    ])
    func theHalfOfAQueryNeverChanges(id: String, half: QueryHalf) {
        #expect(QueryHalf(ofQuery: id) == half)
    }

    @Test func halvesAreAboutEqualAndDisjointAndWhole() {
        let ids = (0..<2_000).map { "q\($0)" }
        let first = ids.count { QueryHalf(ofQuery: $0) == .first }
        // Five standard deviations of a fair coin.
        #expect(abs(first - 1_000) < 112, "\(first)")
    }

    /// The queries that are ranked while points are tried are those of the development half, and no others.
    @Test func theSearchAsksNoQueryOfTheHeldOutHalf() async throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let queries = try BEIRReader.all(of: small.collection + "/queries.jsonl")
        let judgements = try Judgements(path: small.collection + "/qrels/test.tsv")
        for half in QueryHalf.allCases {
            let halves = QueryHalves(queries, judgements: judgements, development: half)
            let seen = Set(halves.development.queries.map(\.id))
            #expect(seen == Set(queries.map(\.id).filter { QueryHalf(ofQuery: $0) == half }))
            #expect(Set(halves.development.judgements.queries) == seen, "nor its judgements")
            let heldOut = halves.takeHeldOut()
            #expect(heldOut.count == queries.count - seen.count)
            let asked = Mutex<[Set<String>]>([])
            let values = try await heldOut.compare(.standard, .standard, measure: Measure(named: "P@5")) { queries, _ in
                asked.withLock { $0.append(Set(queries.map(\.id))) }
                return Run(tag: "none")
            }
            let all = asked.withLock { $0 }
            #expect(all.count == 2, "start and winner, once each")
            #expect(all.allSatisfy { $0.isDisjoint(with: seen) && $0.count == queries.count - seen.count })
            #expect(values.count == queries.count - seen.count)
        }
    }
}

struct TuningTests {
    private func tuning(_ small: SmallCollection, _ files: [ExperimentFile], lanes: Int = 2) async throws -> Tuning {
        var tuning = Tuning(
            space: try ParameterSpace("k1=0:3,b=0:1"), measure: try Measure(named: "nDCG@10"), lanes: lanes)
        for (place, file) in files.enumerated() {
            try await tuning.add(
                file.experiment, places: small.places, development: .first,
                indexAt: small.folder.appending(path: "index-\(place)").path)
        }
        return tuning
    }

    @Test func scoresAreTheMeansOfTheDevelopmentHalfAndTheVerdictThoseOfTheOther() async throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let file = try small.file()
        let tuning = try await tuning(small, [file])
        let scratch = small.folder.appending(path: "whole").path
        let runner = ExperimentRunner(places: small.places, engine: "0", commit: nil, lanes: 1)
        func means(_ parameters: String) async throws -> (first: Double, second: Double) {
            try? FileManager.default.removeItem(atPath: scratch)
            try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
            let whole = try await runner.run(
                small.file(parameters).experiment, digest: "", scratch: scratch
            ) { _ in }
            let values = try #require(whole.result.measures["nDCG@10"]?.perQuery)
            func mean(_ half: QueryHalf) -> Double {
                let part = values.filter { QueryHalf(ofQuery: $0.key) == half }.sorted { $0.key < $1.key }.map(\.value)
                return part.reduce(0, +) / Double(part.count)
            }
            return (mean(.first), mean(.second))
        }
        let start = try await means("")
        let winner = try await means("parameters: {k1: 2.5, b: 0.1}\n")
        #expect(abs(try await tuning.score(tuning.start).mean - start.first) < 1e-12)
        #expect(abs(try await tuning.score([2.5, 0.1]).mean - winner.first) < 1e-12)
        let verdict = try await tuning.finish(start: [0.9, 0.85], winner: [2.5, 0.1], seed: 1)
        #expect(abs(verdict.start - start.second) < 1e-12)
        #expect(abs(verdict.winner - winner.second) < 1e-12)
        #expect(verdict.comparison.map { abs($0.difference - (winner.second - start.second)) < 1e-12 } == true)
    }

    @Test func whatIsNotForChoosingIsRefused() async throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let test = "name: t\nkind: rank\ncollection: fixtures:test\nlanguage: many\n"
        let labels = "name: l\nkind: classify\ncollection: fixtures:by_date/dev\nlanguage: many\n"
        for text in [test, labels] {
            let file = try ExperimentFile(bytes: [UInt8](text.utf8), path: "x.yaml")
            await #expect(throws: ExperimentError.self) { _ = try await tuning(small, [file]) }
        }
    }

    @Test func theLogGivesBackWholeTrialsOfTheSameSearchOnly() throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let space = try ParameterSpace("k1=0:3,b=0:1")
        let path = small.folder.appending(path: "tune.tsv").path
        let log = try TrialLog(path: path, search: "aa", space: space, isFresh: false)
        #expect(log.count == 0)
        try log.append(0, values: [0.9, 0.1 + 0.2], score: 1.0 / 3, languages: [("en", 1.0 / 3)])
        try log.append(1, values: [1, 0], score: 0.5, languages: [("en", 0.5)])
        try small.append("2\t1.5\t0.", to: "tune.tsv")
        let again = try TrialLog(path: path, search: "aa", space: space, isFresh: false)
        #expect(again.count == 2, "the torn line is dropped")
        #expect(again.score(of: [0.9, 0.1 + 0.2]) == 1.0 / 3, "every digit comes back")
        #expect(again.score(of: [0.9, 0.3]) == nil)
        try again.append(2, values: [1.5, 0.5], score: 0.25, languages: [])
        try again.appendLook()
        let third = try TrialLog(path: path, search: "aa", space: space, isFresh: false)
        #expect(third.count == 3)
        #expect(third.earlierLooks == 1)
        let error = #expect(throws: ExperimentError.self) {
            try TrialLog(path: path, search: "bb", space: space, isFresh: false)
        }
        #expect(error?.code == .otherSearch)
        #expect(try TrialLog(path: path, search: "bb", space: space, isFresh: true).count == 0)
    }
}
