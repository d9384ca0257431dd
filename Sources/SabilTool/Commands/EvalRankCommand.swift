import ArgumentParser
import Foundation
import SabilEvaluation
import SabilRecords
import SabilSearch
import SabilTaxonomy

/// `sabil eval rank`: a TREC run of the engine on a BEIR collection.
struct EvalRankCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rank",
        abstract: "Index a BEIR folder, run its queries, write a TREC run.",
        discussion: """
            Indexes DIR/corpus.jsonl (`_id`, `title`, `text`, optional `lang`) into a temporary index, runs every line of \
            DIR/queries.jsonl (`_id`, `text`, optional `lang`) with the engine's default settings, and writes \
            `qid Q0 docid rank score sabil`, scores strictly decreasing. Languages that are not given are detected.

            With --taxonomy, concepts, countries and programmes named in a query are expanded over the languages.
            """)

    @Option(help: "The collection's folder.")
    var beir: String

    @Option(help: "Where the run goes.")
    var run: String

    @Option(help: "A taxonomy folder or Turtle file.")
    var taxonomy: String?

    @Option(help: "Results per query at most.")
    var top = 100

    func validate() throws {
        guard (1...100_000).contains(top) else {
            throw ValidationError("--top must be between 1 and 100000, it is \(top).")
        }
    }

    func run() async throws {
        let dataset = BEIRDataset(directory: beir)
        let queries = try dataset.queries()
        guard !queries.isEmpty else { throw CommandError(.data, "\(beir)/queries.jsonl holds no query") }
        var reader = try dataset.documents()
        var documents: [RankingSession.Document] = []
        while let entry = try reader.next() {
            documents.append(
                RankingSession.Document(
                    id: entry.id, title: entry.title, text: entry.text, language: entry.language))
        }
        guard !documents.isEmpty else { throw CommandError(.data, "\(beir)/corpus.jsonl holds no document") }

        let folder = FileManager.default.temporaryDirectory.appending(path: "sabil-rank-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "index").path
        let scheme = try taxonomy.map(SchemeSource.load)

        let started = ContinuousClock.now
        try await RankingSession.build(documents, at: path, taxonomy: scheme)
        let indexed = ContinuousClock.now
        let top = top
        let ranked = try await BlockingWork.run {
            let session = try RankingSession(path: path, taxonomy: scheme)
            let bar = ProgressBar("ranking", total: queries.count)
            var result = Run(tag: "sabil")
            for query in queries {
                let language = query.language == .undetermined ? nil : query.language
                let ranking = try session.rank(query.text, language: language, limit: top)
                result.setRanking(ranking.map { ScoredDocument($0.id, score: $0.score) }, ofQuery: query.id)
                bar.advance()
            }
            bar.finish()
            return result
        }
        let finished = ContinuousClock.now
        do {
            try Data(ranked.trec().utf8).write(to: URL(filePath: run))
        } catch {
            throw CommandError(.inputOutput, "writing the run to \(run) failed: \(ExitStatus.reason(of: error))")
        }
        let seconds = { (duration: Duration) in String(format: "%.1f", duration / .seconds(1)) }
        Console.diagnose(
            "\(documents.count) documents indexed in \(seconds(indexed - started)) s, "
                + "\(queries.count) queries in \(seconds(finished - indexed)) s")
    }
}
