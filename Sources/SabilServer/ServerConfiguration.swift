public import SabilRecords
public import SabilSearch

/// Where a server listens and what it serves.
public struct ServerConfiguration: Sendable {
    /// Who may see the review pages and store decisions.
    public enum Curation: String, Sendable, Hashable, CaseIterable {
        /// Whoever reaches a server that listens on the loopback address only, under a name of this machine; nobody if it
        /// listens elsewhere, nobody who comes by a foreign name that leads here, and nobody whom a proxy says it brought.
        ///
        /// Not for servers behind a proxy: one that names this machine as the host and says nothing of itself makes every
        /// visitor look like somebody at this machine.
        case loopback
        /// Whoever reaches the server: for servers behind a proxy that asks for a password.
        case everyone
        /// Nobody.
        case nobody
    }

    /// Address to listen on.
    public var host: String
    /// Port to listen on; 0 takes a free one.
    public var port: Int
    /// Directory of the index; it may be missing when the server starts.
    public var indexPath: String
    /// Folder of models, as ``ModelStore`` keeps it; `nil` serves no suggestions.
    public var modelDirectory: String?
    /// Folder of the taxonomy, with `content-types.json`.
    public var taxonomyDirectory: String
    /// File of the decisions; made if missing. `nil` serves no review.
    public var decisionsPath: String?
    public var curation: Curation
    /// Records of other visibilities are neither found nor shown.
    public var visibility: Set<Visibility>
    /// Searches at the same time, each on a thread of its own.
    public var searchLanes: Int
    /// Searches that may wait for one lane before the next is refused.
    public var maximumWaiting: Int
    /// Threads for suggestions and other work that blocks.
    public var workerThreads: Int
    /// Pieces of such work that may wait before the next is refused.
    public var maximumWorkWaiting: Int
    /// Largest body of a request.
    public var maximumBodyBytes: Int
    /// Seconds between looks at what the index and the review queue lack.
    public var upkeepSeconds: Double
    /// Records, newest first, whose suggestions the review queue keeps ready; further ones are not in it, and the page says so.
    public var queueRecords: Int
    /// What readers ask, for completing what others type; those asked fewer than `leastAskings` times are shown to nobody.
    public var frequentQueries: [FrequentQuery]
    public var leastAskings: Int

    public init(
        host: String = "127.0.0.1", port: Int = 8080, indexPath: String, modelDirectory: String? = nil,
        taxonomyDirectory: String, decisionsPath: String? = nil, curation: Curation = .loopback,
        visibility: Set<Visibility> = [.public], searchLanes: Int = 4, maximumWaiting: Int = 64, workerThreads: Int = 2,
        maximumWorkWaiting: Int = 256, maximumBodyBytes: Int = 10 * 1024 * 1024, upkeepSeconds: Double = 30,
        queueRecords: Int = ServerConfiguration.usualQueueRecords, frequentQueries: [FrequentQuery] = [],
        leastAskings: Int = FrequentQuery.usualMinimum
    ) {
        self.host = host
        self.port = port
        self.indexPath = indexPath
        self.modelDirectory = modelDirectory
        self.taxonomyDirectory = taxonomyDirectory
        self.decisionsPath = decisionsPath
        self.curation = curation
        self.visibility = visibility
        self.searchLanes = searchLanes
        self.maximumWaiting = maximumWaiting
        self.workerThreads = workerThreads
        self.maximumWorkWaiting = maximumWorkWaiting
        self.maximumBodyBytes = maximumBodyBytes
        self.upkeepSeconds = upkeepSeconds
        self.queueRecords = queueRecords
        self.frequentQueries = frequentQueries
        self.leastAskings = leastAskings
    }

    /// Beyond any collection this is meant for; each record costs one suggestion, again when it or the model changes.
    public static let usualQueueRecords = 100_000

    /// Whether only this machine can reach the server.
    public var isLoopback: Bool { Self.isLoopback(host) }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// Whether a request to this address may review.
    ///
    /// - Parameters:
    ///   - authority: name and port the request was sent to. A name that another site points at this machine (DNS
    ///     rebinding) is not one of this machine's.
    ///   - isForwarded: whether a proxy says that it handed the request on.
    func isCurationOpen(to authority: String?, isForwarded: Bool = false) -> Bool {
        guard isCurationOpen else { return false }
        guard curation == .loopback else { return true }
        guard !isForwarded else { return false }
        let authority = authority ?? ""
        let name =
            authority.hasPrefix("[")
            ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        return Self.isLoopback(name.lowercased())
    }

    /// Whether review pages and decisions are served.
    var isCurationOpen: Bool {
        switch curation {
        case .loopback: isLoopback
        case .everyone: true
        case .nobody: false
        }
    }
}
