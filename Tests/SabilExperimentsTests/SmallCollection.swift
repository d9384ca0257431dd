import Foundation
import SabilExperiments
import SabilRecords

/// A collection of made-up documents and queries in a folder of its own.
struct SmallCollection {
    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    let folder: URL

    var collection: String { folder.appending(path: "collection").path }
    var places: ExperimentPlaces {
        ExperimentPlaces(
            collections: folder.path, fixtures: Self.fixtures.appending(path: "corpus-fixtures").path,
            taxonomy: Self.fixtures.appending(path: "taxonomy").path)
    }

    /// Documents of random words; each query asks for words of one of them.
    init(documents: Int = 60, queries: Int = 40, seed: UInt64 = 3) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "sabil-experiments-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "collection/qrels"), withIntermediateDirectories: true)
        let words = [
            "cash", "transfer", "pension", "school", "meal", "child", "family", "tax", "law", "rural", "work", "fund",
            "health", "care", "price", "food", "grant", "old", "age", "job",
        ]
        var random = SeededGenerator(seed: seed)
        func some(_ count: Int) -> String {
            (0..<count).map { _ in words[random.nextIndex(below: words.count)] }.joined(separator: " ")
        }
        var corpus = ""
        for place in 0..<documents {
            corpus +=
                #"{"_id": "d\#(place)", "title": "\#(some(2))", "text": "\#(some(5 + place % 40))", "lang": "en"}"#
            corpus += "\n"
        }
        var asked = ""
        var judged = "query-id\tcorpus-id\tscore\n"
        var run = ""
        for place in 0..<queries {
            asked += #"{"_id": "q\#(place)", "text": "\#(some(3))", "lang": "en"}"# + "\n"
            for _ in 0..<4 { judged += "q\(place)\td\(random.nextIndex(below: documents))\t1\n" }
            for rank in 0..<10 {
                run += "q\(place) Q0 d\((place + rank * 7) % documents) \(rank + 1) \(10 - rank) other\n"
            }
        }
        // A pair judged twice alike is no fault.
        try write(corpus, to: "collection/corpus.jsonl")
        try write(asked, to: "collection/queries.jsonl")
        try write(judged, to: "collection/qrels/test.tsv")
        try write(run, to: "collection/lucene.trec")
        try write("id\ten\nx\tcash transfer\n", to: "labels.tsv")
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    func append(_ text: String, to name: String) throws {
        let url = folder.appending(path: name)
        try Data(try Data(contentsOf: url) + Data(text.utf8)).write(to: url)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func file(_ rest: String = "", name: String = "small") throws -> ExperimentFile {
        let text = "name: \(name)\nkind: rank\ncollection: ${COLLECTIONS}/collection\nlanguage: en\n\(rest)"
        return try ExperimentFile(bytes: [UInt8](text.utf8), path: "\(name).yaml")
    }
}
