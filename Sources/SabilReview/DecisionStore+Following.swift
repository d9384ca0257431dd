import GRDB

/// A decision and its place in the log.
public struct LoggedDecision: Sendable, Hashable {
    public var sequence: Int64
    public var decision: Decision

    public init(sequence: Int64, decision: Decision) {
        self.sequence = sequence
        self.decision = decision
    }
}

extension DecisionStore {
    /// The decisions stored after a place of the log, in the order in which they were stored: what a follower has not seen.
    ///
    /// - Parameter sequence: 0 = from the beginning.
    public func log(after sequence: Int64 = 0) async throws(ReviewError) -> [LoggedDecision] {
        try await read("follow the decisions") { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM decision WHERE sequence > ? ORDER BY sequence", arguments: [sequence]
            ).map { LoggedDecision(sequence: $0["sequence"], decision: DecisionRow.decision($0)) }
        }
    }
}
