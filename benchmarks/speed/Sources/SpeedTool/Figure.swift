import Foundation

/// Who takes turns in a round.
enum Contestant: String, CaseIterable, Encodable, Sendable {
    case sabil, xapian, fts5

    static let yardsticks: [Contestant] = [.xapian, .fts5]
}

/// One measured thing beside one yardstick: a row of the table, an object of the file. `README.md` says what the keys mean.
struct Figure: Encodable {
    enum Better: String, Encodable, Sendable {
        case lower, higher
    }

    var name: String
    var beside: Contestant?
    var unit: String
    var better: Better
    var sabil: Double
    var yardstick: Double?
    /// Sabil's figure by the yardstick's, round by round.
    var ratios: [Double]
    var rounds: Int
    var note: String

    /// The middle of the rounds' ratios.
    var ratio: Double? { ratios.isEmpty ? nil : Sample.median(ratios) }
    /// The least and the greatest of them.
    var spread: [Double]? {
        guard let least = ratios.min(), let greatest = ratios.max() else { return nil }
        return [least, greatest]
    }

    private enum Key: String, CodingKey {
        case name, beside, unit, better, sabil, yardstick, ratio, spread, rounds, ratios, note
    }

    /// Every key every time: what is not there is `null`.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try container.encode(beside, forKey: .beside)
        try container.encode(unit, forKey: .unit)
        try container.encode(better, forKey: .better)
        try container.encode(sabil, forKey: .sabil)
        try container.encode(yardstick, forKey: .yardstick)
        try container.encode(ratio, forKey: .ratio)
        try container.encode(spread, forKey: .spread)
        try container.encode(rounds, forKey: .rounds)
        try container.encode(ratios, forKey: .ratios)
        try container.encode(note, forKey: .note)
    }
}

/// A thing to measure, and what each yardstick does in its place.
struct Subject: Sendable {
    var name: String
    var unit: String
    var better = Figure.Better.lower
    /// Yardsticks that have a counterpart, with a remark where it is not the same thing.
    var beside: [Contestant: String] = [:]

    /// The rows of this thing.
    ///
    /// - Parameter values: by contestant, one value a round, all of the same length.
    func figures(_ values: [Contestant: [Double]]) -> [Figure] {
        let own = values[.sabil] ?? []
        var rows: [Figure] = []
        for yardstick in Contestant.yardsticks {
            guard let note = beside[yardstick], let theirs = values[yardstick], theirs.count == own.count else {
                continue
            }
            rows.append(
                Figure(
                    name: name, beside: yardstick, unit: unit, better: better, sabil: Sample.median(own),
                    yardstick: Sample.median(theirs), ratios: zip(own, theirs).map { $0 / $1 }, rounds: own.count,
                    note: note))
        }
        if rows.isEmpty {
            rows.append(
                Figure(
                    name: name, beside: nil, unit: unit, better: better, sabil: Sample.median(own), yardstick: nil,
                    ratios: [], rounds: own.count, note: "nothing to compare with"))
        }
        return rows
    }
}

/// What is written at the end.
struct SpeedReport: Encodable {
    struct Settings: Encodable {
        var records: Int
        var queries: Int
        var rounds: Int
        var seed: UInt64
        var quick: Bool
    }

    struct Machine: Encodable {
        var cores: Int
        var system: String
    }

    var schema = 1
    var started: String
    var settings: Settings
    var versions: [String: String]
    var machine: Machine
    var figures: [Figure]

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    /// One row a name, the yardsticks side by side.
    var markdown: String {
        var lines = [
            "\(settings.records) generated records, \(settings.queries) queries a kind, \(settings.rounds) rounds taking turns; "
                + "Xapian \(versions["xapian"] ?? "?"), SQLite \(versions["sqlite"] ?? "?"), \(machine.cores) cores, \(started).",
            "",
            "| figure | unit | Sabil | plain Xapian | ratio (least–greatest) | SQLite FTS5 | ratio (least–greatest) |",
            "|---|---|---:|---:|---:|---:|---:|",
        ]
        var names: [String] = []
        for figure in figures where !names.contains(figure.name) { names.append(figure.name) }
        for name in names {
            let rows = figures.filter { $0.name == name }
            var cells = ["`\(name)`", rows[0].unit, Self.short(rows[0].sabil)]
            for yardstick in Contestant.yardsticks {
                let row = rows.first { $0.beside == yardstick }
                cells.append(row?.yardstick.map(Self.short) ?? "–")
                if let row, let ratio = row.ratio, let spread = row.spread {
                    cells.append("\(Self.short(ratio)) (\(Self.short(spread[0]))–\(Self.short(spread[1])))")
                } else {
                    cells.append("–")
                }
            }
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Three digits that matter.
    static func short(_ value: Double) -> String {
        let size = abs(value)
        let places = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
        return String(format: "%.\(places)f", value)
    }
}
