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
        // A round of each kind in turn: what slows the machine for some seconds is then no part of most rounds of any.
        round = 0
        while case let open = QueryKind.all.filter({ gate.needsMore(of: $0.figures) }), !open.isEmpty {
            round += 1
            for kind in open {
                progress("\(kind.time.rawValue), round \(round)")
                let turns = try QueryTurns(
                    kind, sabil: sabil.path, yardstick: yardstick.path, index: folder, taxonomy: places.taxonomy,
                    queries: kind.asksNeeds ? needs : titles, speed: speed)
                defer { turns.end() }
                try turns.round(&gate)
            }
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
        try put(asked, at: titles)
        let path = "\(places.fixtures)/search/queries.jsonl"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError(.inputOutput, "reading \(path) failed; name the fixtures with --fixtures")
        }
        let judged = try lines(data, as: Query.self).map { query in
            "\(query.lang)\t" + query.text.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
        }
        guard !judged.isEmpty else {
            throw CommandError(.data, "\(path) holds no query; name the fixtures with --fixtures")
        }
        try put(judged, at: needs)
    }

    /// Whole turns: the first queries stand at the end again where the last turn has room.
    private func put(_ queries: [String], at path: String) throws {
        let room = (speed.turnQueries - queries.count % speed.turnQueries) % speed.turnQueries
        let lines = queries + (0..<room).map { queries[$0 % queries.count] }
        try put(Data((lines.joined(separator: "\n") + "\n").utf8), at: path)
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
}
