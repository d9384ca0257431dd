import ArgumentParser
import Foundation
import Hummingbird
import Logging
import NIOCore
import SabilRecords
import SabilServer

/// `sabil serve`: the daemon.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve search, suggestions and review over HTTP.",
        discussion: """
            GET /v1/search, /v1/autocomplete, POST /v1/suggest, GET /v1/records/{id} and /similar, POST /v1/decisions, /livez, /readyz, /openapi.json; a search \
            page at /, the review of suggestions at /review.

              sabil serve
              sabil serve --port 9000 --index /srv/sabil/index --model /srv/sabil/model

            The index and the model may be missing at the start: /readyz says so, and they are taken into use when they appear. \
            A new model is taken up while serving. SIGTERM or SIGINT stops accepting, answers what is under way, closes. \
            Review is open to whoever reaches a server on the loopback address under a name of this machine, and comes by no proxy; \
            elsewhere, and always behind a proxy, --curation says who: a proxy that hides itself makes every visitor look like \
            somebody at this machine.
            """)

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 8080

    @Option(help: "Who may review: loopback, everyone (behind a proxy that asks for a password) or nobody.")
    var curation = ServerConfiguration.Curation.loopback

    @Flag(help: "Serve community records too.")
    var community = false

    @Option(help: "Searches at the same time, each on a thread of its own.")
    var lanes = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))

    @Option(help: "Records, newest first, whose suggestions the review queue keeps ready.")
    var queueRecords = ServerConfiguration.usualQueueRecords

    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel = Logger.Level.info

    @OptionGroup var frequent: FrequentQueryOptions
    @OptionGroup var locations: LocationOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be between 0 and 65535.") }
        guard queueRecords >= 0 else { throw ValidationError("--queue-records must be 0 or more.") }
        guard (1...64).contains(lanes) else { throw ValidationError("--lanes must be between 1 and 64.") }
    }

    func run() async throws {
        var logger = Logger(label: "sabil") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        try locations.makeParent(of: locations.decisions)
        let configuration = ServerConfiguration(
            host: host, port: port, indexPath: locations.index, modelDirectory: locations.model,
            taxonomyDirectory: locations.taxonomy, decisionsPath: locations.decisions, curation: curation,
            visibility: community ? [.public, .community] : [.public], searchLanes: lanes,
            queueRecords: queueRecords, frequentQueries: try frequent.queries(), leastAskings: frequent.queryMinimum)
        let host = host
        let application = try await buildApplication(configuration: configuration, logger: logger) { port in
            Console.diagnose("sabil: serving http://\(host.contains(":") ? "[\(host)]" : host):\(port)/")
        }
        do {
            try await application.runService()
        } catch let error as IOError {
            throw CommandError(.unavailable, sentence(of: error))
        } catch is SocketAddressError.UnknownHost {
            throw CommandError(.unavailable, "nobody knows the address of \(host): choose another with --host")
        }
    }

    private func sentence(of error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE:
            "port \(port) of \(host) is taken: stop what listens there, or choose another with --port"
        case EACCES: "port \(port) may not be used by this user: choose one above 1023 with --port"
        case EADDRNOTAVAIL: "\(host) is no address of this machine: choose another with --host"
        default: "listening on \(host):\(port) failed: \(error.localizedDescription)"
        }
    }
}
