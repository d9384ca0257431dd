import Dispatch

/// Work on many values, shared out over lanes, with results in the order of the values.
enum Lanes {
    /// Blocking work on threads of its own: lane i of n has the values i, i + n, i + 2n ….
    static func map<Value: Sendable, Output: Sendable>(
        _ values: [Value], lanes: Int, _ work: @escaping @Sendable ([Value]) throws -> [Output]
    ) async throws -> [Output] {
        let shares = (0..<lanes).map { lane in stride(from: lane, to: values.count, by: lanes).map { values[$0] } }
        let outputs = try await withThrowingTaskGroup(of: (Int, [Output]).self) { group in
            for (lane, share) in shares.enumerated() {
                group.addTask { (lane, try await onThread { try work(share) }) }
            }
            var outputs = [[Output]](repeating: [], count: lanes)
            for try await (lane, output) in group { outputs[lane] = output }
            return outputs
        }
        return (0..<values.count).map { outputs[$0 % lanes][$0 / lanes] }
    }

    /// Asynchronous work, a bounded number at a time.
    static func mapTasks<Value: Sendable, Output: Sendable>(
        _ values: [Value], lanes: Int, _ work: @escaping @Sendable (Value) async throws -> Output
    ) async throws -> [Output] {
        let outputs = try await withThrowingTaskGroup(of: [(Int, Output)].self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    var outputs: [(Int, Output)] = []
                    for place in stride(from: lane, to: values.count, by: lanes) {
                        outputs.append((place, try await work(values[place])))
                    }
                    return outputs
                }
            }
            var outputs: [(Int, Output)] = []
            for try await part in group { outputs += part }
            return outputs
        }
        return outputs.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// Runs blocking work on a thread that is not one of the cooperative pool.
    static func onThread<Output: Sendable>(_ work: @escaping @Sendable () throws -> Output) async throws -> Output {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async { continuation.resume(with: Result { try work() }) }
        }
    }
}
