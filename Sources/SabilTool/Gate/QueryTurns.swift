import Foundation
import SabilEvaluation
import SabilExperiments

/// A kind of query: what each program is given.
struct QueryKind {
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

/// The two programs, open, with the queries of one kind: each answers a turn of a few queries, then the other does.
///
/// A round goes through all queries several times; of each turn the fastest pass counts, for each program (see ``RatioSeries``).
/// Each round has processes of its own: how memory happens to lie in one is then no part of the others.
final class QueryTurns {
    private let kind: QueryKind
    private let own: TurnProgram
    private let plain: TurnProgram
    private let turns: Int
    private let speed: GateRules.Speed

    /// Opens both and puts every query to them once, unmeasured: files, caches and tables are those of a program that has
    /// been running. Blocks the thread.
    ///
    /// - Parameters:
    ///   - index: folder of the indexes `sabil` and `plain`.
    ///   - queries: a file of whole turns.
    init(
        _ kind: QueryKind, sabil: String, yardstick: String, index: String, taxonomy: String, queries: String,
        speed: GateRules.Speed
    ) throws {
        self.kind = kind
        self.speed = speed
        let count = try String(contentsOfFile: queries, encoding: .utf8).split(separator: "\n").count
        turns = count / speed.turnQueries
        let inTurns = ["--turns", "\(speed.turnQueries)"]
        own = try TurnProgram(
            path: sabil,
            arguments: ["eval", "speed", "--queries", queries, "--index", "\(index)/sabil", "--taxonomy", taxonomy]
                + kind.own + inTurns)
        plain = try TurnProgram(
            path: yardstick, arguments: ["query", "\(index)/plain", queries] + kind.plain + inTurns)
        for _ in 0..<turns { _ = (try own.turn(), try plain.turn()) }
    }

    /// A round of turns, told to the gate. Blocks the thread.
    func round(_ gate: inout SpeedGate) throws {
        var fastest = Array(repeating: (own: Double.infinity, plain: Double.infinity), count: turns)
        var last: (own: [String: Double], plain: [String: Double]) = ([:], [:])
        for _ in 0..<speed.passes {
            for turn in 0..<turns {
                last = (try own.turn(), try plain.turn())
                fastest[turn].own = min(fastest[turn].own, last.own["query_cpu_seconds"] ?? 0)
                fastest[turn].plain = min(fastest[turn].plain, last.plain["query_cpu_seconds"] ?? 0)
            }
        }
        func milliseconds(_ seconds: [Double]) -> [Double] { seconds.map { 1000 * $0 / Double(speed.turnQueries) } }
        gate.add(
            .init(values: milliseconds(fastest.map(\.own)), yardsticks: milliseconds(fastest.map(\.plain))),
            of: kind.time)
        guard let memory = kind.memory else { return }
        func megabytes(_ figures: [String: Double]) -> Double { (figures["max_rss_kilobytes"] ?? 0) / 1024 }
        gate.add(.init(value: megabytes(last.own), yardstick: megabytes(last.plain)), of: memory)
    }

    /// Ends both. Blocks the thread.
    func end() {
        own.end()
        plain.end()
    }
}
