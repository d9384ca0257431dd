import Dispatch
import Synchronization

/// Work spread over threads of Dispatch, outside the cooperative pool; results come back in order.
enum Parallel {
    /// As many threads as asked for; 0 = as many as the machine has cores, at most 8.
    static func threadCount(_ asked: Int) -> Int { asked > 0 ? asked : min(8, max(1, coreCount())) }

    /// `body` of 0..<count, each thread with a state of its own; the first error stops the rest.
    ///
    /// Which thread takes which index is left open: `body` must not depend on what its state saw before.
    static func map<State: ~Copyable, Value: Sendable>(
        _ count: Int, threads: Int, state makeState: @Sendable () throws(ModelError) -> State,
        _ body: @Sendable (inout State, Int) throws(ModelError) -> Value
    ) throws(ModelError) -> [Value] {
        let next = Atomic<Int>(0)
        let outcome = Mutex<(values: [Value?], error: ModelError?)>(([Value?](repeating: nil, count: count), nil))
        let batch = max(1, min(64, count / (threads * 8)))
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
            do throws(ModelError) {
                var state = try makeState()
                while outcome.withLock({ $0.error == nil }) {
                    let first = next.add(batch, ordering: .relaxed).oldValue
                    if first >= count { return }
                    var done: [Value] = []
                    for index in first..<min(count, first + batch) { done.append(try body(&state, index)) }
                    outcome.withLock { for (offset, value) in done.enumerated() { $0.values[first + offset] = value } }
                }
            } catch {
                outcome.withLock { $0.error = $0.error ?? error }
            }
        }
        let (values, error) = outcome.withLock { ($0.values, $0.error) }
        if let error { throw error }
        return values.compactMap { $0 }
    }

    /// ``map(_:threads:state:_:)`` for work without a state.
    static func map<Value: Sendable>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) throws(ModelError) -> Value
    ) throws(ModelError) -> [Value] {
        try map(count, threads: threads, state: { () throws(ModelError) in 0 }) {
            (_: inout Int, index: Int) throws(ModelError) in try body(index)
        }
    }

    /// Runs blocking work on a thread of Dispatch and awaits it.
    static func detached<Value: Sendable>(
        _ work: @escaping @Sendable () throws(ModelError) -> Value
    ) async throws(ModelError) -> Value {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Value, ModelError>, Never>) in
            DispatchQueue.global().async {
                do throws(ModelError) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
