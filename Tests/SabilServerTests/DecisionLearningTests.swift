import Foundation
import HTTPTypes
import HummingbirdTesting
import SabilClassification
import SabilRecords
import SabilReview
import SabilTaxonomy
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

    @Test func `after a restart the log gives the same model again, and training takes the decisions over`()
        async throws
    {
        let model = try Self.trained()
        try await ServerFixture.run(models: TrainedModels(model: model)) { client, fixture in
            _ = try await Self.decide("reject", "cash-transfers", client)
            _ = try await Self.decide("add", "gender", on: "fr-1", client)
            let learnt = try await Self.score("gender", client)
            let store = try #require(fixture.store)

            func learner(_ model: ConceptClassifier) -> (ModelAccess, DecisionLearner) {
                let access = ModelAccess(
                    source: TrainedModels(model: model), pool: fixture.services.pool, logger: ServerFixture.logger)
                let learner = DecisionLearner(
                    store: store, index: fixture.services.index, models: access, taxonomy: fixture.services.taxonomy,
                    logger: ServerFixture.logger)
                return (access, learner)
            }
            let (access, again) = learner(model)
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
            let (_, third) = learner(newer)
            #expect(await third.round() == DecisionLearner.Progress())
        }
    }

    @Test func `what cannot be learnt is counted and said`() async throws {
        let taxonomy = try ServerFixture.taxonomy.get()
        let groups = taxonomy.concepts(inFacet: "population").map(\.id.rawValue)
        let group = try #require(groups.first)
        try await ServerFixture.run(
            models: TrainedModels(model: try Self.trained()), engine: nil
        ) { client, fixture in
            let store = try #require(fixture.store)
            // The record of this decision is not in the index.
            try await store.append(
                Decision(record: RecordID("elsewhere"), concept: ConceptID(group), verdict: .accept, by: "A"))
            let answer = try await Self.decide("accept", "poverty", client)
            #expect(answer["learnt"] as? Int == 1 && answer["waiting"] as? Int == 1)
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
