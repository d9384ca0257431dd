import Foundation
import SabilEvaluation
import SabilExperiments
import SabilRecords
import SabilSearch
import Testing

struct ExperimentRunnerTests {
    private func run(_ rest: String, _ small: SmallCollection, lanes: Int = 1) async throws -> ExperimentRunner.Outcome
    {
        let file = try small.file(rest)
        let scratch = small.folder.appending(path: "scratch-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        let runner = ExperimentRunner(places: small.places, engine: "0", commit: nil, lanes: lanes)
        return try await runner.run(file.experiment, digest: "00", scratch: scratch) { _ in }
    }

    @Test func scoresWhatTheEngineAnswersAsTheEvaluationOfItsRunSays() async throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let outcome = try await run("measures: [nDCG@10, R@100, P@5]\n", small)
        let run = try Run(bytes: outcome.file, name: "run")
        let judgements = try Judgements(path: small.collection + "/qrels/test.tsv")
        let measures = try Measure.list("nDCG@10,R@100,P@5")
        let evaluation = try RunEvaluation(run, judgements: judgements, measures: measures)
        for measure in measures {
            let own = try #require(outcome.result.measures[measure.name])
            #expect(own.mean == evaluation.mean(of: measure))
            #expect(evaluation.queries.map { own.perQuery[$0] } == evaluation.values(of: measure))
        }
        // The reference run holds ten results a query: it says nothing about the first hundred.
        let baseline = try #require(outcome.result.baseline)
        #expect(baseline.measures.keys.sorted() == ["P@5", "nDCG@10"])
        #expect(baseline.notes.contains { $0.contains("R@100 cannot be compared") })
    }

    @Test func theLanesDoNotChangeARunAndParametersDo() async throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let one = try await run("", small)
        #expect(try await run("", small, lanes: 3).file == one.file)
        #expect(try await run("parameters: {k1: 3, b: 0, gramWeight: 0}\n", small).file != one.file)
    }

    @Test func aSampleTakesTheFirstJudgedQueries() async throws {
        let small = try SmallCollection()
        defer { small.remove() }
        let outcome = try await run("sample: 7\n", small)
        #expect(outcome.result.counts.queries == 7)
        #expect(outcome.result.measures["nDCG@10"]?.perQuery.keys.sorted() == (0..<7).map { "q\($0)" })
    }

    @Test func languagesAndTheirCollectionsCountTheSame() {
        var pairs = MeanOfMeans()
        // English .5 (of two collections, .4 and .6), Arabic 1: the mean is .75 however many queries each has.
        pairs.add([0.4, 0.4, 0.4, 0.4], reference: [0, 0, 0, 0], language: "en", collection: "a")
        pairs.add([0.6], reference: [0], language: "en", collection: "b")
        pairs.add([1, 1], reference: [0, 1], language: "ar", collection: "c")
        #expect(abs(pairs.mean - 0.75) < 1e-12)
        #expect(pairs.byLanguage.map(\.language) == ["ar", "en"])
        let comparison = pairs.comparison()
        #expect(comparison.map { abs($0.difference - 0.5) < 1e-12 } == true, "(1 − .5 + .5 − 0) / 2")
        #expect(comparison?.count == 7)
    }
}
