import ArgumentParser
import Foundation
import SabilEvaluation
import SabilExperiments
import SabilSearch

/// `sabil eval rank`: a TREC run of the engine on a BEIR collection or on records.
struct EvalRankCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rank",
        abstract: "Index documents or records, run queries, write a TREC run.",
        discussion: """
            With --beir: indexes DIR/corpus.jsonl (`_id`, `title`, `text`, optional `lang`) into a temporary index and runs \
            every line of DIR/queries.jsonl (`_id`, `text`, optional `lang`) with the engine's default settings. With \
            --taxonomy, concepts, countries and programmes named in a query are expanded over the languages.

            With --records and --queries: indexes records with all their tags and fields and searches them as the daemon \
            does, for a reader who may see everything, expanding as --expand says.

            Writes `qid Q0 docid rank score sabil`, scores strictly decreasing. Languages that are not given are detected.

              sabil eval rank --beir collections/xquad_ar --run run.trec
              sabil eval rank --records corpus-fixtures/records/??.jsonl --queries corpus-fixtures/search/queries.jsonl \
                  --taxonomy taxonomy --expand concepts --run run.trec
            """)

    @Option(help: "The collection's folder.")
    var beir: String?

    @Option(parsing: .upToNextOption, help: "Files of records.")
    var records: [String] = []

    @Option(help: "Queries for the records: JSON Lines with `_id`, `text` and optional `lang`.")
    var queries: String?

    @Option(help: "Concepts and names found in the queries over records: none, labels or concepts (the default).")
    var expand: Expansion?

    @Option(help: "Words that no document has: off (the default), suggest, correct (search for the nearest word).")
    var spelling = SpellingMode.off

    @Option(help: "Where the run goes.")
    var run: String

    @Option(help: "A taxonomy folder or, with --beir, Turtle file.")
    var taxonomy: String?

    @Option(help: "Results per query at most.")
    var top = 100

    func validate() throws {
        guard (1...100_000).contains(top) else {
            throw ValidationError("--top must be between 1 and 100000, it is \(top).")
        }
        guard (beir == nil) != records.isEmpty else { throw ValidationError("Give --beir or --records.") }
        if beir == nil {
            guard queries != nil, taxonomy != nil else {
                throw ValidationError("--records needs --queries and --taxonomy.")
            }
            guard top <= SearchRequest.maximumLimit else {
                throw ValidationError("--top must be \(SearchRequest.maximumLimit) or less with --records.")
            }
        } else {
            guard queries == nil, expand == nil else {
                throw ValidationError("--queries and --expand go with --records.")
            }
        }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sabil-rank-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let place = folder.appending(path: "index").path
        let queries = try BEIRReader.all(of: beir.map { "\($0)/queries.jsonl" } ?? queries ?? "")
        var refusedLines = 0
        let index =
            if let beir {
                try await build(collection: beir, at: place)
            } else {
                try await buildRecords(at: place, refusedLines: &refusedLines)
            }
        let started = ContinuousClock.now
        let bar = ProgressBar("ranking", total: queries.count)
        let ranked = try await index.rank(queries, depth: top, spelling: spelling) { bar.advance() }
        bar.finish()
        let ranking = ContinuousClock.now - started
        do {
            try Data(ranked.trec().utf8).write(to: URL(filePath: run))
        } catch {
            throw CommandError(.inputOutput, "writing the run to \(run) failed: \(ExitStatus.reason(of: error))")
        }
        let seconds = { (duration: Duration) in String(format: "%.1f", duration / .seconds(1)) }
        Console.diagnose(
            "\(index.documents) documents indexed in \(seconds(index.building)) s, "
                + "\(ranked.queries.count) queries with results in \(seconds(ranking)) s")
        try RecordInput.requireNoneRefused(refusedLines, told: "the others were ranked")
    }

    private func build(collection: String, at place: String) async throws -> RankingIndex {
        try await RankingIndex.build(
            documents: try RankingSession.Document.all(of: collection), taxonomy: try taxonomy.map(SchemeSource.load),
            at: place)
    }

    private func buildRecords(at place: String, refusedLines: inout Int) async throws -> RankingIndex {
        guard let taxonomy else { throw ValidationError("--records needs --queries and --taxonomy.") }
        let workspace = try Workspace(taxonomy: taxonomy)
        let input = RecordInput(files: records, vocabulary: workspace.vocabulary)
        try input.requireReadable()
        let index = try await RankingIndex.build(
            taxonomy: workspace.scheme, contentTypes: workspace.contentTypes, expansion: expand ?? .concepts, at: place
        ) { () throws(SearchError) in
            do {
                return try input.next()
            } catch {
                throw SearchError(code: .source, operation: "read records", message: "\(error)", underlying: error)
            }
        }
        input.finish()
        refusedLines = input.tally.refusedLines
        return index
    }
}
