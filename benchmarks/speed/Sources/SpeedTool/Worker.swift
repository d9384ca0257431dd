import ArgumentParser
import Foundation
import SabilClassification
import SabilRecords

/// What is measured as a process of its own: `sabil-speed` starts itself so.
struct Worker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One thing in a process of its own; prints one JSON object.", shouldDisplay: false)

    @Argument(help: "fts-index RECORDS DATABASE, fts-query DATABASE QUERIES, train ROOT")
    var words: [String]

    @Flag var quick = false

    func run() async throws {
        switch (words.first, words.count) {
        case ("fts-index", 3):
            let started = Clocks.wall
            let count = Double(try FTSYardstick.build(records: words[1], at: words[2]))
            let seconds = Clocks.wall - started
            try tell([
                "documents": count, "seconds": seconds, "documents_per_second": count / seconds,
                "cpu_seconds": Clocks.processor, "documents_per_cpu_second": count / Clocks.processor,
                "index_bytes": Double(Self.bytes(of: words[2])),
            ])
        case ("fts-query", 3):
            let index = try FTSYardstick(path: words[1])
            var hits = 0
            for line in try Lines(path: words[2]) {
                let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
                let query = TimedQuery(
                    language: .undetermined, words: (parts.last ?? "").split(separator: " ").map(String.init))
                hits += try index.answer(query, facets: false, highlights: false)
            }
            try tell(["hits": Double(hits)])
        case ("train", 2):
            let material = try Material(root: words[1], seed: 1)
            _ = try await ConceptClassifier.trainInBackground(
                ClassificationFigures.examples(of: material, quick: quick), scheme: material.scheme, seed: 1)
            try tell([:])
        default: throw ValidationError("fts-index RECORDS DATABASE, fts-query DATABASE QUERIES, or train ROOT")
        }
    }

    private func tell(_ figures: [String: Double]) throws {
        var figures = figures
        figures["max_rss_kilobytes"] = Double(XapianYardstick.peakKilobytes)
        print(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
    }

    /// The database with what lies beside it.
    private static func bytes(of database: String) -> Int {
        ["", "-wal", "-shm", "-journal"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: database + suffix)
            return sum + (attributes?[.size] as? Int ?? 0)
        }
    }
}
