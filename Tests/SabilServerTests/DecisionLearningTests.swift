import Foundation
import HTTPTypes
import HummingbirdTesting
import SabilClassification
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy
import Synchronization
import Testing

@testable import SabilServer

/// Decisions over HTTP and the model that learns from them.
@Suite struct DecisionLearningTests {
    /// A real model, trained on a few records and none of the log.
    private struct TrainedModels: ModelSource {
        let model: ConceptClassifier
        func currentModel() throws(ModelError) -> ModelID? { model.id }
        func model(_ id: ModelID) throws(ModelError) -> any Suggesting { model }
    }

    /// Trained once: no test changes it.
    private static let shared = Result { () throws(ModelError) in
        let texts = [
            ("cash-transfers", "cash transfers paid monthly to households"),
            ("poverty", "poverty lines and poor households measured"),
            ("gender", "women and men, girls and boys, equality"),
        ]
        let examples = (0..<30).map { index in
            let (label, text) = texts[index % 3]
            return TrainingExample(
                id: "t\(index)", text: "\(text) report \(index)", language: .english, labels: [label])
        }
        var options = TrainingOptions()
        options.task = .multiLabel
        options.costs = [1]
        return try ConceptClassifier.train(examples, options: options, decisionsThrough: 0)
    }

    private static func trained() throws -> ConceptClassifier { try shared.get() }

    private static let text = #"{"text":"Cash transfers in Egypt. The Takaful programme pays cash.","language":"en"}"#

    private static func score(_ concept: String, _ client: any TestClientProtocol) async throws -> Double {
        let json = try await client.post("/v1/suggest?about=\(concept)&limit=1", text).json()
        let about = try #require(json["about"] as? [[String: Any]])
        return try #require(about.first?["raw_score"] as? Double)
    }

    private static func decide(
        _ verdict: String, _ concept: String, on record: String = "en/1", _ client: any TestClientProtocol
    ) async throws -> [String: Any] {
        let response = try await client.post(
            "/v1/decisions", #"{"record":"\#(record)","concept":"\#(concept)","verdict":"\#(verdict)","by":"A"}"#)
        #expect(response.status == .created)
        return try #require(try response.json()["model"] as? [String: Any])
    }

    @Test func `a decision changes the next answer, and the opposite one takes its place`() async throws {
        try await ServerFixture.run(models: TrainedModels(model: try Self.trained())) { client, _ in
            let before = try await Self.score("cash-transfers", client)
            let gender = try await Self.score("gender", client)
            let rejected = try await Self.decide("reject", "cash-transfers", client)
            #expect(rejected["learnt"] as? Int == 1 && rejected["waiting"] as? Int == 0)
            let afterReject = try await Self.score("cash-transfers", client)
            #expect(afterReject < before)
            let same = try await Self.score("gender", client)
            #expect(same == gender, "a rejection is a negative for that concept only")

            let accepted = try await Self.decide("accept", "cash-transfers", client)
            #expect(accepted["learnt"] as? Int == 1, "the later decision holds, not both")
            let afterAccept = try await Self.score("cash-transfers", client)
            #expect(afterAccept > afterReject)
            let share = try #require(accepted["newer_share"] as? Double)
            #expect(abs(share - 1.0 / 31) < 1e-12)
            let answer = try await client.post("/v1/suggest", Self.text).json()
            #expect(answer["newer_share"] as? Double == share)
        }
    }

    @Test func `a concept that the taxonomy renamed after training is learnt under its new name`() async throws {
        let names = ["old-transfers", "poverty", "gender"]
        let before = try ConceptScheme(
            concepts: names.enumerated().map { number, id in
                Concept(
                    id: ConceptID(id), number: ConceptNumber(UInt32(number + 1)), uri: "https://example.org/\(id)",
                    prefLabels: [.english: id])
            }, version: "before")
        let texts = ["cash transfers paid monthly to households", "poverty lines measured", "women and men, equality"]
        let examples = (0..<30).map { index in
            TrainingExample(
                id: "t\(index)", text: "\(texts[index % 3]) report \(index)", language: .english,
                labels: [names[index % 3]])
        }
        var options = TrainingOptions()
        options.task = .multiLabel
        options.costs = [1]
        let model = try ConceptClassifier.train(examples, scheme: before, options: options, decisionsThrough: 0)
            .adapted(to: try ServerFixture.taxonomy.get(), successors: ["old-transfers": "cash-transfers"]).model
        try await ServerFixture.run(models: TrainedModels(model: model)) { client, fixture in
            let suggested = try await Self.score("cash-transfers", client)
            let answer = try await Self.decide("reject", "cash-transfers", client)
            #expect(answer["learnt"] as? Int == 1 && answer["waiting"] as? Int == 0)
            #expect(try await Self.score("cash-transfers", client) < suggested)
        }
    }

    @Test func `after a restart the log gives the same model again, and training takes the decisions over`()
        async throws
    {
        let model = try Self.trained()
        try await ServerFixture.run(models: TrainedModels(model: model)) { client, fixture in
            _ = try await Self.decide("reject", "cash-transfers", client)
            _ = try await Self.decide("add", "gender", on: "fr-1", client)
            let repeated = try await Self.decide("add", "gender", on: "fr-1", client)
            #expect(repeated["learnt"] as? Int == 2, "the same about the same pair is one decision in force")
            let learnt = try await Self.score("gender", client)
            let store = try #require(fixture.store)

            let (access, again) = try Self.learner(TrainedModels(model: model), fixture)
            #expect(await again.round() == DecisionLearner.Progress(learnt: 2, newerShare: 2.0 / 32))
            #expect(await again.round() == DecisionLearner.Progress(learnt: 2, newerShare: 2.0 / 32), "nothing new")
            var request = SuggestionRequest(
                text: "Cash transfers in Egypt. The Takaful programme pays cash.", language: .english)
            request.about = ["gender"]
            let score = try await access.suggest(request).list.about.first?.rawScore
            #expect(try abs(#require(score) - learnt) < 1e-9)

            // A model that was trained with the log has nothing to learn from it.
            var examples = [TrainingExample(id: "a", text: "women", language: .english, labels: ["gender"])]
            examples.append(TrainingExample(id: "b", text: "cash", language: .english, labels: ["cash-transfers"]))
            let through = try await store.log().last?.sequence
            let newer = try ConceptClassifier.train(examples, decisionsThrough: through)
            let (_, third) = try Self.learner(TrainedModels(model: newer), fixture)
            #expect(await third.round() == DecisionLearner.Progress())
        }
    }

    @Test func `a decision on a record that is not indexed waits until it is`() async throws {
        try await ServerFixture.run(models: TrainedModels(model: try Self.trained())) { client, fixture in
            let store = try #require(fixture.store)
            try await store.append(
                Decision(record: RecordID("later"), concept: ConceptID("gender"), verdict: .accept, by: "A"))
            let waiting = try await Self.decide("accept", "poverty", client)
            #expect(waiting["learnt"] as? Int == 1 && waiting["waiting"] as? Int == 1)
            let before = try await Self.score("gender", client)
            let indexer = Indexer(
                path: fixture.indexPath, taxonomy: fixture.services.taxonomy,
                contentTypes: fixture.services.contentTypes)
            _ = try await indexer.update([
                ResourceRecord(
                    id: RecordID("later"), type: "news", language: .english, title: "Cash transfers in Egypt",
                    abstract: "The Takaful programme pays cash.")
            ])
            let learnt = try await Self.decide("accept", "poverty", client)
            #expect(learnt["learnt"] as? Int == 2 && learnt["waiting"] as? Int == 0)
            #expect(try await Self.score("gender", client) > before)
        }
    }

    @Test func `what cannot be learnt is counted and said`() async throws {
        let taxonomy = try ServerFixture.taxonomy.get()
        let group = try #require(taxonomy.concepts(inFacet: "population").map(\.id.rawValue).first { $0 != "gender" })
        try await ServerFixture.run(models: TrainedModels(model: try Self.trained())) { client, _ in
            let answer = try await Self.decide("add", group, client)
            #expect(answer["learnt"] as? Int == 0 && answer["waiting"] as? Int == 1, "none of the model's concepts")
        }
        try await ServerFixture.run(models: ScriptedModels(ScriptedModel([("gender", 0.6)]))) { client, _ in
            let answer = try await Self.decide("accept", "poverty", client)
            #expect((answer["reason"] as? String)?.contains("train") == true)
            #expect(answer["learnt"] as? Int == 0)
        }
        try await ServerFixture.run { client, _ in
            let answer = try await Self.decide("accept", "poverty", client)
            #expect((answer["reason"] as? String)?.contains("no models") == true)
        }
    }

    /// A learner of its own over the log of a server.
    private static func learner(
        _ source: any ModelSource, _ fixture: ServerFixture, index: IndexAccess? = nil
    ) throws -> (ModelAccess, DecisionLearner) {
        let access = ModelAccess(source: source, pool: fixture.services.pool, logger: ServerFixture.logger)
        let learner = DecisionLearner(
            store: try #require(fixture.store), index: index ?? fixture.services.index, models: access,
            taxonomy: fixture.services.taxonomy, logger: ServerFixture.logger)
        return (access, learner)
    }

    /// A real index that cannot be opened at first.
    private final class LateIndex: Sendable {
        let failures: Mutex<Int>
        init(failures: Int) { self.failures = Mutex(failures) }

        func open(_ fixture: ServerFixture) throws -> any SearchEngine {
            let fails = failures.withLock { left in
                defer { left -= 1 }
                return left > 0
            }
            if fails { throw SearchError(code: .index, operation: "open", message: "the disk is slow") }
            return try SearchService(
                indexPath: fixture.indexPath, taxonomy: fixture.services.taxonomy,
                contentTypes: fixture.services.contentTypes, lanes: 1)
        }
    }

    @Test func `decisions that a failure kept from being learnt are learnt in the next round`() async throws {
        let models = TrainedModels(model: try Self.trained())
        try await ServerFixture.run(models: models) { _, fixture in
            let store = try #require(fixture.store)
            try await store.append(
                Decision(record: RecordID("en/1"), concept: ConceptID("gender"), verdict: .accept, by: "A"))
            let late = LateIndex(failures: 1)
            let index = IndexAccess(pool: fixture.services.pool, retryAfter: .zero) { try late.open(fixture) }
            let (_, learner) = try Self.learner(models, fixture, index: index)
            #expect(await learner.round().reason?.contains("the disk is slow") == true)
            #expect(await learner.round() == DecisionLearner.Progress(learnt: 1, newerShare: 1.0 / 31))
        }
    }

    /// Several trained models, one of them promoted.
    private final class TurningModels: ModelSource {
        private let models: [ConceptClassifier]
        private let promoted = Mutex(0)
        init(_ models: [ConceptClassifier]) { self.models = models }
        func promote(_ place: Int) { promoted.withLock { $0 = place } }
        func currentModel() throws(ModelError) -> ModelID? { models[promoted.withLock { $0 }].id }
        func model(_ id: ModelID) throws(ModelError) -> any Suggesting {
            guard let model = models.first(where: { $0.id == id }) else {
                throw ModelError(code: .notFound, operation: "load", message: "none")
            }
            return model
        }
    }

    @Test func `a model that comes back into force learns the log again`() async throws {
        let first = try Self.trained()
        let second = try ConceptClassifier.train(
            [
                TrainingExample(id: "a", text: "women", language: .english, labels: ["gender"]),
                TrainingExample(id: "b", text: "cash", language: .english, labels: ["cash-transfers"]),
            ], decisionsThrough: 0)
        let models = TurningModels([first, second])
        try await ServerFixture.run { _, fixture in
            let store = try #require(fixture.store)
            try await store.append(
                Decision(record: RecordID("en/1"), concept: ConceptID("gender"), verdict: .accept, by: "A"))
            let (access, learner) = try Self.learner(models, fixture)
            let expected = DecisionLearner.Progress(learnt: 1, newerShare: 1.0 / 31)
            #expect(await learner.round() == expected)
            // Another one comes and goes while no decision is taken.
            models.promote(1)
            #expect(try await access.current().id == second.id)
            models.promote(0)
            #expect((try await access.current() as? any Learning)?.newerShare == 0, "loaded anew")
            #expect(await learner.round() == expected)
            #expect((try await access.current() as? any Learning)?.newerShare == 1.0 / 31)
        }
    }

    /// A model whose stack has no use for what it learns.
    private struct Weightless: Learning {
        let model: ConceptClassifier
        var id: ModelID { model.id }
        var suggestible: [String] { model.suggestible }
        var canLearn: Bool { true }
        var learningCounts: Bool { false }
        var learnable: [String] { model.learnable }
        var decisionsThrough: Int64? { 0 }
        var newerShare: Double { model.newerShare }
        func suggest(_ request: SuggestionRequest) throws(ModelError) -> SuggestionList { try model.suggest(request) }
        func afterLearning(
            _ examples: [TrainingExample], forgetting old: [TrainingExample]
        ) throws(ModelError) -> any Learning {
            Weightless(model: try model.learning(examples, forgetting: old, isSealed: false).model)
        }
    }
    private struct WeightlessModels: ModelSource {
        let model: Weightless
        func currentModel() throws(ModelError) -> ModelID? { model.id }
        func model(_ id: ModelID) throws(ModelError) -> any Suggesting { model }
    }

    @Test func `where learning moves nothing before the next training, the answer says so`() async throws {
        let model = Weightless(model: try Self.trained())
        try await ServerFixture.run(models: WeightlessModels(model: model)) { client, _ in
            let answer = try await Self.decide("accept", "poverty", client)
            #expect(answer["learnt"] as? Int == 1)
            #expect((answer["reason"] as? String)?.contains("count at the next training") == true)
        }
        try await ServerFixture.run(models: TrainedModels(model: try Self.trained())) { client, _ in
            let answer = try await Self.decide("accept", "poverty", client)
            #expect(answer["reason"] == nil)
        }
    }

    @Test(arguments: [
        ("rules=exclud%3Dgender", "rules"), ("rules=exclude%3Dgendre", "rules"), ("precision=1.5", "precision"),
        ("precision=high", "precision"), ("least_confidence=-1", "least_confidence"),
        ("about=" + (0..<21).map { "a\($0)" }.joined(separator: ","), "about"),
    ])
    func `wishes that cannot be met are refused by name`(_ query: String, _ parameter: String) async throws {
        try await ServerFixture.run(records: nil, models: TrainedModels(model: try Self.trained())) { client, _ in
            let response = try await client.post("/v1/suggest?\(query)", Self.text)
            #expect(try response.problem() == "invalid-parameter")
            let errors = try response.json()["errors"] as? [[String: String]]
            #expect(errors?.first?["parameter"] == parameter)
        }
    }

    @Test func `rules, zones and notes are in the answer`() async throws {
        try await ServerFixture.run(records: nil, models: TrainedModels(model: try Self.trained())) { client, _ in
            let json = try await client.post(
                "/v1/suggest?rules=exclude%3D*,include%3Dgender%7Cpoverty&precision=0.8&about=nowhere", Self.text
            ).json()
            let suggestions = try #require(json["suggestions"] as? [[String: Any]])
            #expect(Set(suggestions.compactMap { $0["concept"] as? String }) == ["gender", "poverty"])
            #expect(suggestions.allSatisfy { ["accept", "ask", "leave-out"].contains($0["zone"] as? String) })
            #expect((json["zones"] as? [String: Double]) == ["precision": 0.8, "least_confidence": 0.1])
            #expect(json["unknown"] as? [String] == ["nowhere"])
            let empty = try await client.post("/v1/suggest", #"{"text":"…"}"#).json()
            #expect((empty["notes"] as? [[String: String]])?.first?["code"] == "no-words")
        }
    }
}
