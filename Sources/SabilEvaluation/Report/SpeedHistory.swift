import SabilRecords

/// What speed and size were at earlier revisions: `benchmarks/history.tsv`.
public struct SpeedHistory: Sendable, Hashable {
    /// A line of the table.
    public struct Entry: Sendable, Hashable {
        public let date: String
        public let commit: String
        /// What was measured, with its unit.
        public let what: String
        public let value: Double
        /// The same of the program compared with, in the same run; `nil` when the line has none.
        public let yardstick: Double?
        public let note: String
    }

    /// In the order of the lines.
    public let entries: [Entry]
    /// Lines that were left out, a sentence each.
    public let faults: [String]

    /// Reads lines of six columns with tabs: date, commit, what, value, yardstick, note; the last two may be empty or
    /// missing. A first line that begins with `date`, empty lines and those that begin with `#` are skipped.
    ///
    /// - Parameter name: stands in the sentences.
    public init(_ text: String, name: String) {
        var entries: [Entry] = []
        var faults: [String] = []
        for (position, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.isEmpty || line.hasPrefix("#") || (position == 0 && line.hasPrefix("date\t")) { continue }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
            let fault = { (what: String) in faults.append("Line \(position + 1) of \(name) \(what); it is left out.") }
            guard columns.count >= 4 else {
                fault("has \(columns.count) columns where at least 4 are needed (date, commit, what, value)")
                continue
            }
            guard let value = Self.number(columns[3]) else {
                fault("has the value \"\(columns[3])\", which is no number")
                continue
            }
            let yardstick = columns.count > 4 ? columns[4] : ""
            if !yardstick.isEmpty, Self.number(yardstick) == nil {
                fault("has the yardstick \"\(yardstick)\", which is no number")
                continue
            }
            entries.append(
                Entry(
                    date: columns[0], commit: columns[1], what: columns[2], value: value,
                    yardstick: Self.number(yardstick), note: columns.count > 5 ? columns[5] : ""))
        }
        self.entries = entries
        self.faults = faults
    }

    /// What was measured, in the order of first mention.
    var subjects: [String] {
        var seen: Set<String> = []
        return entries.map(\.what).filter { seen.insert($0).inserted }
    }

    private static func number(_ text: String) -> Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
