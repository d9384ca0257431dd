import Dispatch

/// Blocking work, away from the cooperative pool.
enum BlockingWork {
    /// Runs one piece of work on a thread of its own and waits without holding a thread of the pool.
    static func run<Output: Sendable>(_ work: @escaping @Sendable () throws -> Output) async throws -> Output {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async { continuation.resume(with: Result { try work() }) }
        }
    }
}
