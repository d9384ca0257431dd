/// Indexing by whole programs, each a process of its own.
struct IndexFigures {
    private static let readings: [(subject: Subject, key: String, scale: @Sendable (_ records: Double) -> Double)] = [
        (
            Subject(
                name: "index.records_per_second", unit: "1/s", better: .higher,
                beside: [.xapian: "one thread", .fts5: "one thread"]),
            "documents_per_second", { _ in 1 }
        ),
        (
            Subject(
                name: "index.records_per_cpu_second", unit: "1/s", better: .higher, beside: [.xapian: "", .fts5: ""]),
            "documents_per_cpu_second", { _ in 1 }
        ),
        (
            Subject(name: "index.bytes_per_record", unit: "bytes", beside: [.xapian: "", .fts5: ""]), "index_bytes",
            { 1 / $0 }
        ),
        (
            Subject(name: "index.peak_memory", unit: "MB", beside: [.xapian: "", .fts5: ""]), "max_rss_kilobytes",
            { _ in 1.024e-3 }
        ),
    ]

    static var subjects: [Subject] { readings.map(\.subject) }

    static func measure(_ bench: Bench) throws -> [Figure] {
        let wanted = readings.filter { bench.wants($0.subject.name) }
        guard !wanted.isEmpty else { return [] }
        var values: [String: [Contestant: [Double]]] = [:]
        for round in 0..<bench.settings.rounds {
            for contestant in Sample.turns(Contestant.allCases, round: round) {
                bench.tell("indexing, round \(round + 1) of \(bench.settings.rounds): \(contestant.rawValue)")
                let numbers = try bench.buildIndex(contestant)
                let records = numbers["documents"] ?? .nan
                guard records == Double(bench.settings.records) else {
                    throw SpeedError("\(contestant.rawValue) indexed \(records) records of \(bench.settings.records)")
                }
                for reading in wanted {
                    let value = (numbers[reading.key] ?? .nan) * reading.scale(records)
                    values[reading.subject.name, default: [:]][contestant, default: []].append(value)
                }
            }
        }
        return wanted.flatMap { $0.subject.figures(values[$0.subject.name] ?? [:]) }
    }
}
