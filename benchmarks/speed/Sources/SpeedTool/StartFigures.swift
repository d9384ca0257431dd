import SabilRecords

/// From nothing to the first answer: a process that opens the index, answers one query and ends.
struct StartFigures {
    static let subject = Subject(
        name: "start.first_answer", unit: "ms", beside: [.xapian: "reads no taxonomy", .fts5: "reads no taxonomy"])

    static func measure(_ bench: Bench) throws -> [Figure] {
        guard bench.wants(subject.name) else { return [] }
        try bench.needIndexes()
        bench.tell("first answers")
        guard let query = bench.material.words(2, queries: 1).first else { throw SpeedError("no query could be made") }
        let file = try bench.write([query], to: "first.txt")
        func program(_ contestant: Contestant) -> Program {
            switch contestant {
            case .sabil:
                Program(
                    path: bench.options.sabil,
                    arguments: [
                        "search", query.text, "--language", query.language.rawValue, "--expand", "none", "--all",
                        "--index", bench.path(of: .sabil), "--taxonomy", bench.taxonomy,
                    ])
            case .xapian: Program(path: bench.options.yardstick, arguments: ["query", bench.path(of: .xapian), file])
            case .fts5:
                Program(path: bench.options.itself, arguments: ["worker", "fts-query", bench.path(of: .fts5), file])
            }
        }
        let starts = bench.settings.quick ? 5 : 11
        var values: [Contestant: [Double]] = [:]
        for round in -1..<bench.settings.rounds {
            for contestant in Sample.turns(Contestant.allCases, round: max(0, round)) {
                var milliseconds: [Double] = []
                for _ in 0..<starts { milliseconds.append(try program(contestant).run().seconds * 1000) }
                if round >= 0 { values[contestant, default: []].append(Sample.median(milliseconds)) }
            }
        }
        return subject.figures(values)
    }
}
