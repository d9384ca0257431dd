import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SabilRecords
import SabilSearch
import ServiceLifecycle
import Synchronization
import Testing

@testable import SabilServer

@Suite struct LiveServerTests {
    @Test func `a server on a free port answers, and is ready to stop`() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("sabil-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let configuration = ServerConfiguration(
            port: 0, indexPath: directory + "/index", modelDirectory: directory + "/models",
            taxonomyDirectory: ServerFixture.taxonomyDirectory, decisionsPath: directory + "/d.sqlite")
        let application = try await buildApplication(configuration: configuration, logger: ServerFixture.logger)
        try await application.test(.live) { client in
            #expect(client.port ?? 0 > 0)
            #expect(try await client.get("/livez").status == .ok)
            #expect(try await client.get("/readyz").problem() == "not-ready")
            let large = ByteBuffer(repeating: 0x20, count: 10 * 1024 * 1024 + 1)
            let response = try await client.execute(
                uri: "/v1/suggest", method: .post, headers: [.contentType: "application/json"], body: large
            ) { $0 }
            #expect(response.status.code == 413)
        }
    }

    @Test func `a request that is under way when the server stops is answered`() async throws {
        let engine = GatedEngine()
        try await ServerFixture.run(records: nil, hasDecisions: false) { _, fixture in
            var services = fixture.services
            services.index = IndexAccess(pool: services.pool) { engine }
            let router = try await buildRouter(services: services).router
            let (ports, portSource) = AsyncStream.makeStream(of: Int.self)
            let application = Application(
                router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { portSource.yield($0.localAddress?.port ?? 0) }, logger: ServerFixture.logger)
            let group = ServiceGroup(configuration: .init(services: [application], logger: ServerFixture.logger))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                let port = try #require(await ports.first { _ in true })
                let client = TestClient(
                    host: "127.0.0.1", port: port, configuration: .init(timeout: .seconds(20)))
                client.connect()
                async let answer = client.get("/v1/search?q=x")
                await engine.waitUntilAsked()
                await group.triggerGracefulShutdown()
                engine.open()
                #expect(try await answer.status == .ok)
                try await client.shutdown()
                try await tasks.waitForAll()
            }
        }
    }
}

/// An engine that answers when it is told to.
private final class GatedEngine: SearchEngine {
    private let asked = AsyncStream.makeStream(of: Void.self)
    private let opened = AsyncStream.makeStream(of: Void.self)

    func waitUntilAsked() async { for await _ in asked.stream { break } }
    func open() { opened.continuation.yield() }

    func search(_ request: SearchRequest) async throws(SearchError) -> FacetedPage {
        asked.continuation.yield()
        for await _ in opened.stream { break }
        return FacetedPage()
    }
    func records(matching request: SearchRequest) async throws(SearchError) -> RecordStream {
        throw SearchError(code: .cancelled, operation: "export", message: "nobody exports here")
    }
    func record(_ id: RecordID) async throws(SearchError) -> ResourceRecord? { nil }
    func recordCount() async throws(SearchError) -> Int { 0 }
    func complete(_ request: CompletionRequest) async throws(SearchError) -> CompletionPage {
        throw SearchError(code: .cancelled, operation: "complete", message: "nobody completes here")
    }
    func similar(
        to id: RecordID, limit: Int, readerLanguage: Language, visibility: Set<Visibility>
    ) async throws(SearchError) -> SimilarPage? { nil }
    func confirmed(_ request: ConfirmedRequest) async throws(SearchError) -> [ConceptID: [ConfirmedRecord]] { [:] }
}
