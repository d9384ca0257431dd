import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import SabilClassification
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy
import Synchronization
import Testing

@testable import SabilServer

/// A server over a small index of its own, in a directory that goes when the test ends.
struct ServerFixture {
    let directory: String
    var configuration: ServerConfiguration
    let services: ServerServices
    let store: DecisionStore?

    var indexPath: String { configuration.indexPath }

    static let taxonomyDirectory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../taxonomy").standardizedFileURL.path
    static let taxonomy = Result { try ConceptScheme.load(directory: taxonomyDirectory) }
    static let contentTypes = Result {
        try ContentTypeCatalogue(
            json: Array(try Data(contentsOf: URL(fileURLWithPath: taxonomyDirectory + "/content-types.json"))))
    }

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs a test against a server in process.
    ///
    /// - Parameters:
    ///   - records: what the index holds; `nil` makes no index.
    ///   - models: where models come from.
    ///   - engine: serves instead of the index.
    static func run(
        records: [ResourceRecord]? = Records.all, models: (any ModelSource)? = nil,
        engine: (any SearchEngine)? = nil, hasDecisions: Bool = true,
        configure: (inout ServerConfiguration) -> Void = { _ in },
        _ test: @Sendable (any TestClientProtocol, ServerFixture) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("sabil-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let taxonomy = try taxonomy.get()
        let contentTypes = try contentTypes.get()
        var configuration = ServerConfiguration(
            port: 0, indexPath: directory + "/index", taxonomyDirectory: taxonomyDirectory,
            decisionsPath: directory + "/decisions.sqlite", searchLanes: 1, upkeepSeconds: 3_600)
        configure(&configuration)
        let indexer = Indexer(path: configuration.indexPath, taxonomy: taxonomy, contentTypes: contentTypes)
        if let records { _ = try await indexer.update(records) }
        let store = hasDecisions ? try DecisionStore(path: directory + "/decisions.sqlite") : nil
        let path = configuration.indexPath
        let services = ServerServices(
            configuration: configuration, taxonomy: taxonomy, contentTypes: contentTypes,
            opening: {
                if let engine { return engine }
                return try SearchService(indexPath: path, taxonomy: taxonomy, contentTypes: contentTypes, lanes: 1)
            }, indexer: indexer, models: models, decisions: store, indexRetry: .zero, logger: logger)
        let fixture = ServerFixture(
            directory: directory, configuration: configuration, services: services, store: store)
        let application = try await buildApplication(services: services)
        try await application.test(.router) { client in try await test(client, fixture) }
    }
}

/// The records of the test index.
enum Records {
    static let hostileTitle = "<script>alert(\"x\")</script> & 'cash' \"\u{301} onmouseover=\"y"

    static let all: [ResourceRecord] = [
        ResourceRecord(
            id: RecordID("en/1"), work: WorkID("w1"), type: "publication", language: .english,
            title: "Cash transfers in Egypt",
            abstract: "Cash transfers reached poor households.",
            body: "The Takaful programme pays cash.\n\nIt began in 2015.",
            organisations: ["Ministério, Família e Combate"], date: PartialDate("2018-05"), countries: ["EGY"],
            concepts: [
                ConceptTag(ConceptID("cash-transfers"), source: .machine),
                ConceptTag(ConceptID("poverty"), source: .human),
            ], url: "https://example.org/1"),
        ResourceRecord(
            id: RecordID("fr-1"), work: WorkID("w1"), type: "publication", language: .french,
            title: "Transferts monétaires en Égypte", abstract: "Les transferts ont atteint les ménages pauvres.",
            date: PartialDate("2018"), countries: ["EGY"], concepts: [ConceptTag(ConceptID("cash-transfers"))]),
        ResourceRecord(
            id: RecordID("ar-1"), type: "news", language: .arabic, title: "التحويلات النقدية في المغرب",
            abstract: "وصلت التحويلات إلى الأسر الفقيرة.", date: PartialDate("2021"), countries: ["MAR"]),
        ResourceRecord(
            id: RecordID("hostile"), type: "news", language: .english, title: hostileTitle,
            abstract: "<img src=x onerror=alert(1)> hostile text", organisations: ["<b>Org</b>"],
            url: "https://example.org/?a=1&b=\"2\""),
        ResourceRecord(
            id: RecordID("secret"), type: "news", language: .english, title: "Secret cash paper",
            visibility: .unpublished),
    ]
}

/// A model that says what it is told to.
struct ScriptedModel: Suggesting {
    var id = ModelID("scripted")
    var suggestions: [Suggestion]
    var failure: ModelError?

    init(_ values: [(label: String, confidence: Double)], id: String = "scripted", failure: ModelError? = nil) {
        self.id = ModelID(id)
        self.failure = failure
        suggestions = values.map { label, confidence in
            Suggestion(
                label: label, rawScore: confidence * 4 - 2, confidence: confidence, isSelected: confidence >= 0.5,
                evidence: [
                    Evidence(
                        kind: .word, term: "cash", contribution: 1, member: .linear,
                        places: [
                            Evidence.Place(field: .title, utf8Range: 0..<4),
                            Evidence.Place(field: .text, utf8Range: 0..<4),
                        ])
                ], model: ModelID(id))
        }
    }

    var suggestible: [String] { suggestions.map(\.label).sorted() }

    func suggest(_ request: SuggestionRequest) throws(ModelError) -> SuggestionList {
        if let failure { throw failure }
        let allowed = suggestions.filter { request.allowed?.contains($0.label) ?? true }
        return SuggestionList(
            language: request.language, suggestions: Array(allowed.prefix(request.limit)),
            about: suggestions.filter { request.about.contains($0.label) },
            unknown: request.about.filter { !suggestible.contains($0) })
    }
}

/// Models that can be promoted in the middle of a test.
final class ScriptedModels: ModelSource {
    private let promoted: Mutex<ScriptedModel?>
    private let loads = Mutex(0)
    private let failure = Mutex<ModelError?>(nil)

    init(_ model: ScriptedModel?) { promoted = Mutex(model) }

    func promote(_ model: ScriptedModel) { promoted.withLock { $0 = model } }
    func fail(_ error: ModelError) { failure.withLock { $0 = error } }
    var loadCount: Int { loads.withLock { $0 } }

    func currentModel() throws(ModelError) -> ModelID? { promoted.withLock { $0?.id } }
    func model(_ id: ModelID) throws(ModelError) -> any Suggesting {
        loads.withLock { $0 += 1 }
        if let error = failure.withLock({ $0 }) { throw error }
        guard let model = promoted.withLock({ $0 }) else {
            throw ModelError(code: .notFound, operation: "load", message: "none")
        }
        return model
    }
}

/// An engine of which every call fails in one way.
struct FailingEngine: SearchEngine {
    var error: SearchError
    func search(_ request: SearchRequest) async throws(SearchError) -> FacetedPage { throw error }
    func records(matching request: SearchRequest) async throws(SearchError) -> RecordStream { throw error }
    func record(_ id: RecordID) async throws(SearchError) -> ResourceRecord? { throw error }
    func recordCount() async throws(SearchError) -> Int { throw error }
    func complete(_ request: CompletionRequest) async throws(SearchError) -> CompletionPage { throw error }
    func similar(
        to id: RecordID, limit: Int, readerLanguage: Language, visibility: Set<Visibility>
    ) async throws(SearchError) -> SimilarPage? { throw error }
    func confirmed(_ request: ConfirmedRequest) async throws(SearchError) -> [ConceptID: [ConfirmedRecord]] {
        throw error
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The body as JSON objects.
    func json() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any])
    }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// Last part of the problem's type, after checking that it is a problem of that status.
    func problem(_ location: SourceLocation = #_sourceLocation) throws -> String {
        #expect(header("Content-Type") == "application/problem+json; charset=utf-8", sourceLocation: location)
        let json = try json()
        #expect(json["status"] as? Int == status.code, sourceLocation: location)
        #expect((json["instance"] as? String)?.hasPrefix("urn:sabil:request:") == true, sourceLocation: location)
        #expect((json["detail"] as? String)?.isEmpty == false, sourceLocation: location)
        let type = try #require(json["type"] as? String, sourceLocation: location)
        return String(type.dropFirst("urn:sabil:problem:".count))
    }
}

extension TestClientProtocol {
    func get(_ uri: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await execute(uri: uri, method: .get, headers: headers) { $0 }
    }

    func post(
        _ uri: String, _ body: String, type: String? = "application/json", _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        if let type { headers[.contentType] = type }
        return try await execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: body)) { $0 }
    }
}
