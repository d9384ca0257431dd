import Foundation
public import Hummingbird
public import Logging
import NIOCore
import SabilClassification
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy
import ServiceLifecycle

/// The server over everything that the configuration names, ready to run in a service group.
///
/// ```swift
/// let application = try await buildApplication(configuration: configuration, logger: logger)
/// try await application.runService()   // until SIGTERM: stops accepting, drains, closes
/// ```
/// The index and a model may be missing: `/readyz` says so, and they are taken into use when they appear.
/// - Parameter onServerRunning: called with the port once the server listens.
/// - Throws: `TaxonomyError` or `RecordError` if the taxonomy cannot be read, `ReviewError` if the decisions cannot be opened,
///   `MissingPages` if the pages' files do not lie beside the program.
public func buildApplication(
    configuration: ServerConfiguration, logger: Logger,
    onServerRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) async throws -> some ApplicationProtocol {
    let taxonomy = try ConceptScheme.load(directory: configuration.taxonomyDirectory)
    let catalogue = URL(fileURLWithPath: configuration.taxonomyDirectory).appendingPathComponent("content-types.json")
    let contentTypes = try ContentTypeCatalogue(json: Array(try Data(contentsOf: catalogue)))
    let decisions = try configuration.decisionsPath.map { path throws(ReviewError) in try DecisionStore(path: path) }
    let placements = try PlacementList.inFolder(configuration.taxonomyDirectory)
    let boosts = try BoostTable.inFolder(configuration.taxonomyDirectory, contentTypes: contentTypes)
    let services = ServerServices(
        configuration: configuration, taxonomy: taxonomy, contentTypes: contentTypes,
        opening: {
            try SearchService(
                indexPath: configuration.indexPath, taxonomy: taxonomy, contentTypes: contentTypes,
                lanes: configuration.searchLanes, maximumWaiting: configuration.maximumWaiting, placements: placements,
                boosts: boosts, keepsWordsReady: true, frequentQueries: configuration.frequentQueries,
                leastAskings: configuration.leastAskings)
        }, indexer: Indexer(path: configuration.indexPath, taxonomy: taxonomy, contentTypes: contentTypes),
        models: configuration.modelDirectory.map {
            StoredModels(store: ModelStore(directory: $0), taxonomy: taxonomy, logger: logger)
        }, decisions: decisions, logger: logger)
    return try await buildApplication(services: services, onServerRunning: onServerRunning)
}

/// The server over given services.
package func buildApplication(
    services: ServerServices, onServerRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) async throws -> some ApplicationProtocol {
    let (router, _) = try await buildRouter(services: services)
    return Application(
        router: router,
        server: .http1(configuration: .init(idleTimeout: .seconds(60))),
        configuration: ApplicationConfiguration(
            address: .hostname(services.configuration.host, port: services.configuration.port), serverName: nil),
        // Ended in the opposite order: first the server, then upkeep, then what both use.
        services: [Closing(services: services), Upkeep(services: services)],
        onServerRunning: { channel in await onServerRunning(channel.localAddress?.port ?? 0) },
        logger: services.logger)
}

/// All routes behind the one middleware, and the list of them.
package func buildRouter(
    services: ServerServices
) async throws -> (router: Router<BasicRequestContext>, table: RouteTable) {
    let pages = try await PageRenderer()
    let endpoints =
        HealthRoutes(services: services, pages: pages).endpoints + SearchRoutes(services: services).endpoints
        + DiscoveryRoutes(services: services).endpoints
        + SuggestionRoutes(services: services).endpoints + DecisionRoutes(services: services).endpoints
        + AnalysisRoutes(services: services).endpoints
        + [
            ExportRoute(services: services).endpoint,
            SearchPage(services: services, pages: pages).endpoint,
            RecordPage(services: services, pages: pages).endpoint,
        ] + ReviewRoutes(services: services, pages: pages).endpoints
    var table = RouteTable()
    for endpoint in endpoints { table.add(endpoint.method, endpoint.path) }
    let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: ResponseMiddleware(pages: pages, routes: table))
    for endpoint in endpoints {
        router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
            try await endpoint.handler(request, context)
        }
    }
    return (router, table)
}
