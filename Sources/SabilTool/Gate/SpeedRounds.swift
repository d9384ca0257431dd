import Foundation
import SabilEvaluation
import SabilExperiments

/// Sabil and a plain C++ Xapian program taking turns at the same generated records and queries.
///
/// Each is a process of its own, so that memory is its own too. Blocks the thread.
struct SpeedRounds {
    private let sabil: ChildProgram
    private let yardstick: ChildProgram
    private let speed: GateRules.Speed
    private let folder: String
    private let places: ExperimentPlaces

    /// - Parameter folder: exists; what is made lies there.
    init(
        sabil: String, yardstick: String, speed: GateRules.Speed, places: ExperimentPlaces, folder: String
    ) throws {
        for (path, remedy) in [
            (sabil, "build it: swift build -c release"), (yardstick, "build it: make -C benchmarks/xapian-yardstick"),
        ] where !FileManager.default.isExecutableFile(atPath: path) {
            throw CommandError(.unavailable, "\(path) is no program; \(remedy)")
        }
        self.sabil = ChildProgram(path: sabil, scratch: folder)
        self.yardstick = ChildProgram(path: yardstick, scratch: folder)
        self.speed = speed
        self.places = places
        self.folder = folder
    }

    /// Runs rounds until the gate knows enough.
    func measure(_ gate: inout SpeedGate, progress: (String) -> Void) throws {
        try prepare()
        let indexing: Set<SpeedFigure> = [.indexingTime, .indexBytes, .indexingMemory]
        var round = 0
        // The first round of indexing makes what the queries are put to.
        repeat {
            round += 1
            progress("indexing, round \(round)")
            try indexOnce(&gate)
        } while gate.needsMore(of: indexing)
        for kind in QueryKind.all where gate.needsMore(of: kind.figures) {
            try ask(kind, &gate, progress: progress)
        }
    }

    // MARK: Input

    private var records: String { "\(folder)/records.jsonl" }
    private var titles: String { "\(folder)/titles.txt" }
    private var needs: String { "\(folder)/needs.txt" }

    private func prepare() throws {
        let like = ["--like", "\(places.fixtures)/records", "--taxonomy", places.taxonomy]
        func generate(_ count: Int, seed: UInt64) throws -> Data {
            try sabil.run(["fixtures", "generate", "--count", "\(count)", "--seed", "\(seed)"] + like)
        }
        try put(generate(speed.records, seed: speed.seed), at: records)
        // Words of titles of records that are not indexed.
        let others = try lines(generate(speed.queries, seed: speed.seed &+ 1), as: Title.self)
        let asked = others.enumerated().map { place, line in
            let words = line.title.split(separator: " ").map { $0.trimmingCharacters(in: .punctuationCharacters) }
                .filter { $0.count > 3 }
            return "\(line.language)\t"
                + (words.isEmpty ? "protection" : words.prefix(2 + place % 2).joined(separator: " "))
        }
        try put(Data((asked.joined(separator: "\n") + "\n").utf8), at: titles)
        let path = "\(places.fixtures)/search/queries.jsonl"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError(.inputOutput, "reading \(path) failed; name the fixtures with --fixtures")
        }
        let judged = try lines(data, as: Query.self).map { query in
            "\(query.lang)\t" + query.text.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
        }
        try put(Data((judged.joined(separator: "\n") + "\n").utf8), at: needs)
    }

    private struct Title: Decodable {
        let title: String
        let language: String
    }

    private struct Query: Decodable {
        let text: String
        let lang: String
    }

    private func lines<Line: Decodable>(_ data: Data, as type: Line.Type) throws -> [Line] {
        do {
            return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(type, from: $0) }
        } catch {
            throw CommandError(.data, "a line is not what the speed rounds need: \(error)")
        }
    }

    private func put(_ data: Data, at path: String) throws { try data.write(to: URL(filePath: path)) }

    // MARK: Rounds

    private func indexOnce(_ gate: inout SpeedGate) throws {
        for name in ["sabil", "plain"] { try? FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
        let own = try sabil.figures([
            "eval", "speed", "--records", records, "--index", "\(folder)/sabil", "--taxonomy", places.taxonomy,
        ])
        let plain = try yardstick.figures(["index", records, "\(folder)/plain", "--compact"])
        func each(_ key: String, _ figures: [String: Double], unit: Double) -> Double {
            (figures[key] ?? 0) / max(1, figures["documents"] ?? 0) * unit
        }
        func add(_ figure: SpeedFigure, _ key: String, unit: Double) {
            gate.add(.init(value: each(key, own, unit: unit), yardstick: each(key, plain, unit: unit)), of: figure)
        }
        add(.indexingTime, "cpu_seconds", unit: 1000)
        add(.indexBytes, "index_bytes", unit: 1)
        gate.add(
            .init(value: (own["max_rss_kilobytes"] ?? 0) / 1024, yardstick: (plain["max_rss_kilobytes"] ?? 0) / 1024),
            of: .indexingMemory)
    }

    /// A kind of query: what each program is given.
    private struct QueryKind {
        let time: SpeedFigure
        var memory: SpeedFigure?
        /// Whether the judged queries are asked, and not words of titles.
        var asksNeeds = false
        var own: [String] = []
        var plain: [String] = []

        var figures: Set<SpeedFigure> { Set([time, memory].compactMap(\.self)) }

        static let all = [
            QueryKind(time: .queryTime),
            QueryKind(time: .facetTime, memory: .queryMemory, own: ["--facets"], plain: ["--facets"]),
            QueryKind(time: .highlightTime, own: ["--highlight"], plain: ["--highlight"]),
            QueryKind(time: .conceptTime, asksNeeds: true, own: ["--expand", "concepts"]),
        ]
    }

    /// Both programs stay open and take turns of a few queries each; a turn is a pair of figures.
    private func ask(_ kind: QueryKind, _ gate: inout SpeedGate, progress: (String) -> Void) throws {
        let file = kind.asksNeeds ? needs : titles
        let turns = ["--turns", "\(speed.turnQueries)"]
        let own = try TurnProgram(
            path: sabil.path,
            arguments: [
                "eval", "speed", "--queries", file, "--index", "\(folder)/sabil", "--taxonomy", places.taxonomy,
            ] + kind.own + turns)
        defer { own.end() }
        let plain = try TurnProgram(
            path: yardstick.path, arguments: ["query", "\(folder)/plain", file] + kind.plain + turns)
        defer { plain.end() }
        // Once through all queries unmeasured: files, caches and tables are those of a program that has been running.
        for _ in 0..<max(1, speed.queries / speed.turnQueries) { _ = (try own.turn(), try plain.turn()) }
        var round = 0
        repeat {
            round += 1
            progress("\(kind.time.rawValue), round \(round)")
            var last: (own: [String: Double], plain: [String: Double]) = ([:], [:])
            for _ in 0..<speed.turns {
                last = (try own.turn(), try plain.turn())
                func milliseconds(_ figures: [String: Double]) -> Double {
                    1000 * (figures["query_cpu_seconds"] ?? 0) / Double(speed.turnQueries)
                }
                gate.add(.init(value: milliseconds(last.own), yardstick: milliseconds(last.plain)), of: kind.time)
            }
            guard let memory = kind.memory else { continue }
            func megabytes(_ figures: [String: Double]) -> Double { (figures["max_rss_kilobytes"] ?? 0) / 1024 }
            gate.add(.init(value: megabytes(last.own), yardstick: megabytes(last.plain)), of: memory)
        } while gate.needsMore(of: kind.figures)
    }
}
