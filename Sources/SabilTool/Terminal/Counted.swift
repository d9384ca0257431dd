/// A count with its noun: `1 scheme`, `12 schemes`.
struct Counted: CustomStringConvertible {
    private let count: Int
    private let noun: String
    private let plural: String

    /// - Parameter plural: where it is not the noun with an s.
    init(_ count: Int, _ noun: String, plural: String? = nil) {
        self.count = count
        self.noun = noun
        self.plural = plural ?? noun + "s"
    }

    var description: String { "\(count) \(count == 1 ? noun : plural)" }
}
