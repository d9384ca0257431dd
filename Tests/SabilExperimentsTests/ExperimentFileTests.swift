import SabilClassification
import SabilEvaluation
import SabilExperiments
import SabilSearch
import Testing

struct ExperimentFileTests {
    private static let path = "benchmarks/experiments/x.yaml"

    private func read(_ text: String) throws(ExperimentError) -> Experiment {
        try ExperimentFile(bytes: [UInt8](text.utf8), path: Self.path).experiment
    }

    @Test func readsEveryKeyOfRanking() throws {
        let experiment = try read(
            """
            name: rank-x_1.a
            about: "for people"
            kind: rank
            collection: ${COLLECTIONS}/x
            language: ar
            taxonomy: ${COLLECTIONS}/x/labels.tsv
            expansion: concepts
            parameters: {k1: 1.2, poolSize: 50}
            measures: [nDCG@10, "R@100", NDCG@10]
            groups: lang
            sample: 20
            depth: 50
            seed: 7
            """)
        #expect(experiment.name == "rank-x_1.a")
        #expect(experiment.collection == .folder("${COLLECTIONS}/x"))
        #expect(experiment.collectionName == "x")
        #expect(experiment.needsCollections)
        #expect(experiment.parameters.changes == ["k1": 1.2, "poolSize": 50])
        #expect(experiment.measures == ["nDCG@10", "R@100"], "another spelling of the same measure is the same")
        #expect(experiment.groups == ["lang"])
        #expect(experiment.settings.expand == "concepts")
        #expect([experiment.sample, experiment.depth] == [20, 50])
        #expect(experiment.seed == 7)
    }

    @Test func readsOptionsOfTraining() throws {
        let experiment = try read(
            """
            name: c
            kind: classify
            collection: fixtures:by_date/dev
            language: many
            model:
              folds: 3
              calibration: sigmoid
              usesWordPairs: false
              costs: [1, 2.5]
              members: [linear]
            """)
        #expect(experiment.collection == .fixtureLabels(division: "by_date", part: "dev"))
        #expect(experiment.training.folds == 3)
        #expect(experiment.training.calibration == .sigmoid)
        #expect(experiment.training.costs == [1, 2.5])
        #expect(
            experiment.settings.model == [
                "folds": "3", "calibration": "sigmoid", "usesWordPairs": "false", "costs": "1,2.5", "members": "linear",
            ])
        #expect(experiment.depth == 10)
        #expect(experiment.groups == ["lang"])
        #expect(!experiment.needsCollections)
    }

    @Test func readsWordsOfACollectionWithItsOwnVocabulary() throws {
        let start = "name: c\nkind: classify\nlanguage: many\nwords: taxonomy\n"
        let experiment = try read(start + "collection: folder\n")
        #expect(experiment.words == "taxonomy" && !experiment.needsCollections)
        #expect(try read("name: c\nkind: classify\nlanguage: en\ncollection: folder\n").words == nil)
        let error = #expect(throws: ExperimentError.self) { try read(start + "collection: fixtures:by_date/dev\n") }
        #expect(error?.message.contains("\"words\" has no meaning with fixtures") == true)
    }

    /// Each fault: the lines after `name: x`, what the message must say, and why.
    @Test(arguments: [
        ("kind: rank\ncollection: c", "\"language\" is missing; give one of en, fr, es, ar, many, cross", "required"),
        ("collection: c\nlanguage: en", "\"kind\" is missing; give rank or classify", "required"),
        ("kind: rnak", "line 2: \"kind\" is \"rnak\" and must be one of rank, classify; did you mean rank?", "a slip"),
        ("kind: rank\ncolection: c", "line 3: there is no key \"colection\"; did you mean collection?", "unknown key"),
        ("kind: rank\nxyzzy: c", "line 3: there is no key \"xyzzy\"; known are name, about, kind", "nothing is near"),
        ("kind: rank\ncollection: c\nlanguage: de", "line 4: \"language\" is \"de\" and must be one of", "no chain"),
        (
            "kind: rank\ncollection: fixtures:train\nlanguage: en", "must be fixtures:dev or fixtures:test",
            "no such part"
        ),
        ("kind: classify\ncollection: fixtures:dev\nlanguage: en", "fixtures:by_date/dev", "queries are no labels"),
        (
            "kind: rank\ncollection: c\nlanguage: en\nparameters: {b: 1.5}",
            "line 5: \"parameters.b\" is 1.5 and must be from 0 to 1", "out of range"
        ),
        (
            "kind: rank\ncollection: c\nlanguage: en\nparameters:\n  k1: 1\n  poolSize: 1.5",
            "line 7: \"parameters.poolSize\" is 1.5 and must be a whole number from 1 to 2000", "no whole number"
        ),
        (
            "kind: rank\ncollection: c\nlanguage: en\nparameters:\n  k1: 1\n  bb: 1",
            "line 7: there is no key \"parameters.bb\"; did you mean b?", "unknown parameter"
        ),
        (
            "kind: rank\ncollection: c\nlanguage: en\nparameters: {k1: \"1\"}",
            "\"parameters.k1\" is \"1\" and must be a number", "text in quotation marks is no number"
        ),
        (
            "kind: rank\ncollection: c\nlanguage: en\nparameters: {k1: .inf}",
            "\"parameters.k1\" is \".inf\" and must be a number", "no infinity"
        ),
        ("kind: rank\ncollection: c\nlanguage: en\nparameters: 3", "\"parameters\" is not a mapping", "wrong type"),
        (
            "kind: rank\ncollection: c\nlanguage: en\nmodel: {folds: 3}",
            "\"model\" has no meaning in an experiment of kind rank", "of the other kind"
        ),
        (
            "kind: classify\ncollection: c\nlanguage: en\nmodel: {folds: 1}",
            "line 5: \"model.folds\" cannot have that value: folds must be 2…100", "out of range"
        ),
        (
            "kind: classify\ncollection: c\nlanguage: en\nmodel: {folds: many}",
            "\"model.folds\" cannot have that value",
            "wrong type"
        ),
        (
            "kind: classify\ncollection: c\nlanguage: en\nmodel: {fold: 3}", "did you mean folds?", "unknown option"
        ),
        (
            "kind: rank\ncollection: c\nlanguage: en\nmeasures: [nDGC@10]",
            "line 5: \"measures\" cannot be read: \"nDGC@10\"",
            "unknown measure"
        ),
        (
            "kind: rank\ncollection: c\nlanguage: en\nmeasures: []", "\"measures\" is an empty list",
            "nothing to measure"
        ),
        (
            "kind: rank\ncollection: c\nlanguage: en\nsample: 0",
            "\"sample\" is \"0\" and must be a whole number, 1 or more", "none"
        ),
        ("kind: rank\ncollection: c\nlanguage: en\nsample: many", "\"sample\" is \"many\"", "wrong type"),
        ("kind: rank\ncollection: [c]\nlanguage: en", "\"collection\" is not a single value", "wrong type"),
        ("kind: rank\ncollection:\nlanguage: en", "line 3: \"collection\" is empty", "a key without a value"),
        (
            "kind: rank\ncollection: c\nlanguage: en\nexpansion: labels",
            "\"expansion\" is labels, which needs a taxonomy",
            "nothing to expand with"
        ),
        ("kind: rank\nkind: rank", "has a key twice", "which one counts?"),
        ("kind: [rank", "line 3: it is not YAML", "not closed"),
        ("kind: rank\n\tx: 1", "it is not YAML", "a tab as indentation"),
    ])
    func namesTheLineTheKeyAndTheRemedy(rest: String, needle: String, reason: String) {
        let error = #expect(throws: ExperimentError.self, "\(reason)") { try read("name: x\n\(rest)\n") }
        #expect(error?.code == .invalidExperiment)
        #expect(error?.message.contains(needle) == true, "\(reason): \(error?.message ?? "")")
        for twice in ["..", "?.", ".?"] { #expect(error?.message.hasSuffix(twice) == false, "\(error?.message ?? "")") }
        #expect(error?.message.hasPrefix("Reading the experiment \"\(Self.path)\" failed: ") == true)
    }

    @Test(arguments: ["../x", "X", "", ".x", "a b", "é", String(repeating: "x", count: 101)])
    func aNameThatIsNoNameOfAFileIsRefused(name: String) {
        #expect(throws: ExperimentError.self) {
            try read("name: \"\(name)\"\nkind: rank\ncollection: c\nlanguage: en\n")
        }
    }

    @Test func refusesWhatIsNoText() {
        #expect(throws: ExperimentError.self) { try ExperimentFile(bytes: [0x6E, 0xFF], path: Self.path) }
        #expect(throws: ExperimentError.self) { try ExperimentFile(bytes: [], path: Self.path) }
        #expect(throws: ExperimentError.self) { try ExperimentFile(bytes: [UInt8]("- a\n- b\n".utf8), path: Self.path) }
        let missing = #expect(throws: ExperimentError.self) { try ExperimentFile(path: "/nowhere/x.yaml") }
        #expect(missing?.code == .unreadable)
    }
}
