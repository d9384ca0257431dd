import Foundation
import Synchronization

/// A progress bar on standard error: on a terminal only, and only for work that takes over a second.
///
/// Any thread may advance it.
final class ProgressBar: Sendable {
    private struct State {
        var done = 0
        var total: Int?
        var lastDrawn: ContinuousClock.Instant?
        var isDrawn = false
    }

    private let title: String
    private let started = ContinuousClock.now
    private let state: Mutex<State>

    /// - Parameter total: units of work in all; `nil` when nobody knows.
    init(_ title: String, total: Int? = nil) {
        self.title = title
        state = Mutex(State(total: total))
    }

    /// Shows how long work has been going on whose progress nobody can tell.
    static func during<Value: Sendable>(_ title: String, _ work: () async throws -> Value) async rethrows -> Value {
        let bar = ProgressBar(title)
        let ticking = Task {
            // The sleep ends early only when the work has ended.
            while !Task.isCancelled {
                bar.advance(by: 0)
                try? await Task.sleep(for: .milliseconds(250))
            }
        }
        defer {
            ticking.cancel()
            bar.finish()
        }
        return try await work()
    }

    func advance(by count: Int = 1) {
        state.withLock { state in
            state.done += count
            draw(&state)
        }
    }

    func update(done: Int, total: Int? = nil) {
        state.withLock { state in
            state.done = done
            if let total { state.total = total }
            draw(&state)
        }
    }

    /// Takes the bar off the terminal.
    func finish() {
        state.withLock { state in
            guard state.isDrawn else { return }
            state.isDrawn = false
            try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
        }
    }

    private func draw(_ state: inout State) {
        guard Console.errorIsTerminal else { return }
        let now = ContinuousClock.now
        guard now - started > .seconds(1) else { return }
        if let last = state.lastDrawn, now - last < .milliseconds(100) { return }
        state.lastDrawn = now
        state.isDrawn = true
        var line = "\r\u{1B}[K\(title) "
        let elapsed = (now - started) / .seconds(1)
        if let total = state.total, total > 0 {
            let share = min(1, Double(state.done) / Double(total))
            let filled = Int(share * 30)
            line += "[" + String(repeating: "█", count: filled) + String(repeating: "·", count: 30 - filled) + "] "
            line += "\(Int(share * 100)) % (\(state.done)/\(total))"
            if share > 0.02 { line += ", \(Int(elapsed / share - elapsed)) s left" }
        } else if state.done > 0 {
            line += "\(state.done) (\(Int(Double(state.done) / elapsed))/s)"
        } else {
            line += "… \(Int(elapsed)) s"
        }
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }
}
