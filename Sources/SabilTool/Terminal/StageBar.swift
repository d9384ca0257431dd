import Synchronization

/// A progress bar that starts anew with each stage of a longer work.
final class StageBar: Sendable {
    private let title: String
    private let bar: Mutex<ProgressBar?> = Mutex(nil)

    init(_ title: String) { self.title = title }

    /// - Parameter steps: of the stage; `nil` when nobody knows.
    func begin(_ stage: String, steps: Int?) {
        finish()
        bar.withLock { $0 = ProgressBar("\(title): \(stage)", total: steps) }
    }

    func step() { bar.withLock { $0 }?.advance() }

    func finish() {
        bar.withLock { $0 }?.finish()
    }
}
