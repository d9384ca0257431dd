import NIOPosix
import Synchronization

/// Threads for work that blocks or counts for long, so that it never holds up other requests.
package final class WorkPool: Sendable {
    private let pool: NIOThreadPool
    private let limit: Int
    private let inside = Mutex(0)

    /// - Parameters:
    ///   - threads: at least 1.
    ///   - waiting: pieces of work that may wait; the next one is refused.
    package init(threads: Int, waiting: Int) {
        pool = NIOThreadPool(numberOfThreads: max(1, threads))
        limit = max(1, threads) + max(0, waiting)
        pool.start()
    }

    /// Does the work on one of the threads.
    /// - Throws: `Problem.overloaded` if too much is waiting, or what the work throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let isAdmitted = inside.withLock { inside in
            guard inside < limit else { return false }
            inside += 1
            return true
        }
        guard isAdmitted else {
            throw Problem(.overloaded, "Too much work is waiting; ask again in a moment.")
        }
        defer { inside.withLock { $0 -= 1 } }
        return try await pool.runIfActive(work)
    }

    /// Finishes what is running and ends the threads.
    func stop() async throws { try await pool.shutdownGracefully() }
}
