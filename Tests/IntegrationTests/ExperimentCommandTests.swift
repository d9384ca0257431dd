import Foundation
import Testing

/// `sabil eval run` and `sabil eval tune` as a shell would call them.
@Suite struct ExperimentCommandTests {
    /// A collection of made-up documents and queries, and an experiment on it.
    private func makeExperiment(_ name: String, queries: Int, in runner: CommandRunner) throws -> String {
        let words = ["cash", "transfer", "pension", "school", "meal", "child", "family", "tax", "law", "rural", "fund"]
        func text(_ seed: Int, _ count: Int) -> String {
            (0..<count).map { words[(seed * 7 + $0 * $0 * 3 + seed / 5) % words.count] }.joined(separator: " ")
        }
        let folder = runner.folder.appending(path: "collections/\(name)/qrels")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func line(_ id: String, _ text: String) -> String {
            #"{"_id": "\#(id)", "text": "\#(text)", "lang": "en"}"# + "\n"
        }
        let corpus = (0..<50).map { line("d\($0)", text($0, 5 + $0)) }.joined()
        let asked = (0..<queries).map { line("q\($0)", text($0 + 3, 3)) }.joined()
        let judged = (0..<queries).map { "q\($0)\td\($0 * 13 % 50)\t1\n" }.joined()
        _ = try runner.write(corpus, to: "collections/\(name)/corpus.jsonl")
        _ = try runner.write(asked, to: "collections/\(name)/queries.jsonl")
        _ = try runner.write("query-id\tcorpus-id\tscore\n" + judged, to: "collections/\(name)/qrels/test.tsv")
        return try runner.write(
            "name: \(name)\nkind: rank\ncollection: ${COLLECTIONS}/\(name)\nlanguage: en\nmeasures: [nDCG@10, R@100]\n",
            to: "\(name).yaml")
    }

    @Test func aKilledCallLosesOnlyTheExperimentItWasIn() throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        let quick = try makeExperiment("quick", queries: 5, in: runner)
        let long = try makeExperiment("long", queries: 600, in: runner)
        let output = runner.path("eval")
        let call = ["eval", "run", quick, long, "--collections", runner.path("collections"), "--output", output]

        let process = try runner.start(call, errors: "killed")
        let deadline = Date.now.addingTimeInterval(120)
        while !FileManager.default.fileExists(atPath: output + "/quick.json"), process.isRunning, Date.now < deadline {
            usleep(2_000)
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(FileManager.default.fileExists(atPath: output + "/quick.json"))
        #expect(!FileManager.default.fileExists(atPath: output + "/long.json"), "killed too late to say anything")

        let again = try runner.run(call)
        #expect(again.status == 0, "\(again.errors)")
        #expect(again.errors.contains("quick: nothing has changed"), "\(again.errors)")
        #expect(again.errors.contains("1 run, 1 unchanged"), "\(again.errors)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: output).sorted() == ["long.json", "quick.json", "runs"])

        // As if nobody had killed anything: a third folder, in one go, gives the same runs.
        let whole = runner.path("whole")
        let straight = try runner.run(call.dropLast() + [whole])
        #expect(straight.output == again.output)
        let runs = try FileManager.default.contentsOfDirectory(atPath: whole + "/runs").sorted()
        #expect(try FileManager.default.contentsOfDirectory(atPath: output + "/runs").sorted() == runs)
        for run in runs { #expect(try runner.read("whole/runs/\(run)") == runner.read("eval/runs/\(run)")) }

        // One judgement more: that experiment runs again, the other does not.
        let qrels = "collections/quick/qrels/test.tsv"
        _ = try runner.write(runner.read(qrels) + "q0\td1\t1\n", to: qrels)
        let changed = try runner.run(call)
        #expect(changed.errors.contains("long: nothing has changed"), "\(changed.errors)")
        #expect(changed.errors.contains("1 run, 1 unchanged"), "\(changed.errors)")
        #expect(try runner.run(call + ["--fresh"]).errors.contains("2 run, 0 unchanged"))
    }

    @Test func everyFaultIsToldBeforeAnythingRuns() throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        let good = try makeExperiment("good", queries: 5, in: runner)
        let bad = try runner.write("name: bad\nkind: rank\ncolection: x\n", to: "bad.yaml")
        let worse = try runner.write("name: [\n", to: "worse.yaml")
        let places = ["--collections", runner.path("collections"), "--output", runner.path("eval")]
        let outcome = try runner.run(["eval", "run", good, bad, worse] + places)
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("line 3: there is no key \"colection\"; did you mean collection?"))
        #expect(outcome.errors.contains("worse.yaml"))
        #expect(!FileManager.default.fileExists(atPath: runner.path("eval")))

        let twice = try runner.run(["eval", "run", good, good] + places)
        #expect(twice.status == 65)
        #expect(twice.errors.contains("has the name good too"))

        let homeless = try runner.run(["eval", "run", good, "--output", runner.path("eval")])
        #expect(homeless.status == 64)
        #expect(homeless.errors.contains("--collections"))

        // A collection that is not there fails alone.
        let lost = try runner.write(
            "name: lost\nkind: rank\ncollection: ${COLLECTIONS}/lost\nlanguage: en\n", to: "lost.yaml")
        let partly = try runner.run(["eval", "run", lost, good] + places)
        #expect(partly.status == 74)
        #expect(partly.output.contains("good"))
        #expect(partly.errors.contains("1 run, 0 unchanged, 1 failed"), "\(partly.errors)")
    }

    @Test func aSearchIsTheSameWhenItIsCalledInParts() throws {
        let runner = try CommandRunner()
        defer { runner.remove() }
        let file = try makeExperiment("tuned", queries: 40, in: runner)
        func tune(_ budget: Int, _ folder: String) throws -> CommandRunner.Outcome {
            try runner.run([
                "eval", "tune", file, "--collections", runner.path("collections"), "--output", runner.path(folder),
                "--parameters", "k1=0:3,b=0:1,poolSize=10:100", "--method", "random", "--budget", "\(budget)",
            ])
        }
        func trials(_ folder: String) throws -> [String] {
            try runner.read("\(folder)/tune.tsv").split(separator: "\n").map(String.init).filter {
                !$0.hasPrefix("# held")
            }
        }
        let straight = try tune(6, "straight")
        #expect(straight.status == 0, "\(straight.errors)")
        #expect(try tune(2, "parts").status == 0)
        let rest = try tune(6, "parts")
        #expect(rest.errors.contains("going on with 3 trials"), "\(rest.errors)")
        #expect(try trials("parts") == trials("straight"))
        #expect(try trials("straight").count == 2 + 7, "two lines of heading, the start, six trials")
        let winner = { (output: String) in output.split(separator: "\n").filter { $0.hasPrefix("winner") } }
        #expect(winner(rest.output) == winner(straight.output))

        let other = try runner.run([
            "eval", "tune", file, "--collections", runner.path("collections"), "--output", runner.path("parts"),
            "--parameters", "k1=0:2",
        ])
        #expect(other.status == 65)
        #expect(other.errors.contains("--fresh"))
    }
}
