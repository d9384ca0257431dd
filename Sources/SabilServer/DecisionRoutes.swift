import Foundation
import Hummingbird
import SabilRecords
import SabilReview

/// Storing and reading decisions for programs.
struct DecisionRoutes: Sendable {
    let services: ServerServices

    var endpoints: [Endpoint] {
        [
            Endpoint(.post, "/v1/decisions") { request, _ in
                let desk = try services.openDesk(for: request)
                try request.refuseOtherOrigins()
                try request.parameters().refuseUnknown(known: [])
                let body = try await request.json(upTo: services.configuration.maximumBodyBytes)
                let receipt = try await desk.take(try DecisionBody.read(body))
                return JSONAnswer.response(ReceiptAnswer(receipt), status: receipt.isRepeated ? .ok : .created)
            },
            Endpoint(.get, "/v1/decisions") { request, _ in
                let desk = try services.openDesk(for: request)
                let parameters = try request.parameters()
                try parameters.refuseUnknown(known: ["record", "until"])
                guard let record = parameters["record"] else {
                    throw Problem(
                        .invalidParameter, "The parameter record is missing; name the record whose decisions you want.",
                        defects: [Problem.Defect(parameter: "record", detail: "It must not be missing.")])
                }
                var until: Instant?
                if let text = parameters["until"] {
                    guard let instant = Instant(text) else {
                        throw QueryParameters.refusal("until", text, "write a moment like 2026-11-21T09:30:00.250Z.")
                    }
                    until = instant
                }
                let decisions = try await desk.store.decisions(about: RecordID(record), upTo: until)
                let inForce = DecidedConcepts(decisions).decisions(about: RecordID(record))
                return JSONAnswer.response(
                    DecisionsAnswer(record: record, decisions: decisions, inForce: inForce.map(\.id.rawValue)))
            },
        ]
    }
}

/// A decision as programs send it: without a time, which is the server's to say.
private struct DecisionBody: Decodable {
    var id: String?
    var record: String
    var concept: String
    var verdict: String
    var by: String
    var score: Double?
    var model: String?
    var note: String?

    private static let keys = ["id", "record", "concept", "verdict", "by", "score", "model", "note"]

    /// - Throws: `malformedRequest`, `invalidDecision`.
    static func read(_ data: Data) throws(Problem) -> Decision {
        let body: DecisionBody
        do {
            let unknown = try JSONDecoder().decode([String: AnyValue].self, from: data).keys
                .filter { !keys.contains($0) }.sorted()
            if let first = unknown.first {
                let nearest = NearestName(keys).nearest(to: first).map { "did you mean \"\($0)\"?" }
                throw Problem(
                    .invalidDecision, "The body has a key that is not read here: \(first).",
                    defects: unknown.map {
                        Problem.Defect(
                            pointer: "/\($0)",
                            detail: "There is no such key; \(nearest ?? "there are: \(keys.joined(separator: ", ")).")")
                    })
            }
            body = try JSONDecoder().decode(DecisionBody.self, from: data)
        } catch let problem as Problem {
            throw problem
        } catch {
            let isSyntax = if case .dataCorrupted = error as? DecodingError { true } else { false }
            let sentence = (error as? DecodingError)?.sentence ?? "\(error)"
            throw Problem(isSyntax ? .malformedRequest : .invalidDecision, "The body is no decision: \(sentence).")
        }
        guard let verdict = Verdict(rawValue: body.verdict) else {
            let names = Verdict.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(
                .invalidDecision, "There is no verdict \"\(body.verdict.prefix(40))\"; write one of: \(names).",
                defects: [Problem.Defect(pointer: "/verdict", detail: "Write one of: \(names).")])
        }
        return Decision(
            id: body.id.map { DecisionID($0) } ?? DecisionID(), record: RecordID(body.record),
            concept: ConceptID(body.concept), verdict: verdict,
            by: body.by.trimmingCharacters(in: .whitespacesAndNewlines), score: body.score,
            model: body.model.map { ModelID($0) }, note: body.note)
    }

    private struct AnyValue: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}

/// What became of a decision as JSON.
private struct ReceiptAnswer: Encodable {
    struct Index: Encodable {
        /// `updated` or `pending`.
        var state: String
        var reason: String?
    }
    /// What the model in force made of the decisions since its training.
    struct Learning: Encodable {
        /// Decisions in force that it learnt.
        var learnt: Int
        /// Decisions it cannot learn from: the record is not in the index, or the concept none it can suggest.
        var waiting: Int
        /// Changes since training per example; the linear member knows none of them until the next training.
        var newerShare: Double
        /// Why nothing is learnt.
        var reason: String?
    }
    var decision: Decision
    var sequence: Int64
    var index: Index
    var model: Learning

    init(_ receipt: DecisionDesk.Receipt) {
        decision = receipt.decision
        sequence = receipt.sequence
        let learning = receipt.learning
        model = Learning(
            learnt: learning.learnt, waiting: learning.waiting, newerShare: learning.newerShare,
            reason: learning.reason)
        switch receipt.index {
        case .updated: index = Index(state: "updated")
        case .pending(let reason): index = Index(state: "pending", reason: reason)
        }
    }
}

private struct DecisionsAnswer: Encodable {
    var record: String
    /// In the order in which they were taken.
    var decisions: [Decision]
    /// Ids of those that hold: the last about each concept.
    var inForce: [String]
}
