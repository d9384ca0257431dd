import ArgumentParser
import Foundation
import SabilEvaluation
import SabilRecords
import SabilSearch
import SabilTaxonomy

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
        let index = folder.appending(path: "index").path
        let outcome: Outcome
        if let beir {
            outcome = try await rank(collection: beir, index: index)
        } else {
            outcome = try await rankRecords(index: index)
        }
        do {
            try Data(outcome.run.trec().utf8).write(to: URL(filePath: run))
        } catch {
            throw CommandError(.inputOutput, "writing the run to \(run) failed: \(ExitStatus.reason(of: error))")
        }
        let seconds = { (duration: Duration) in String(format: "%.1f", duration / .seconds(1)) }
        Console.diagnose(
            "\(outcome.documents) documents indexed in \(seconds(outcome.indexing)) s, "
                + "\(outcome.run.queries.count) queries with results in \(seconds(outcome.ranking)) s")
    }

    private struct Outcome {
        let run: Run
        let documents: Int
        let indexing: Duration
        let ranking: Duration
    }

    private func queries(of path: String) throws -> [BEIREntry] {
        var reader = try BEIRReader(path: path)
        var queries: [BEIREntry] = []
        while let query = try reader.next() { queries.append(query) }
        guard !queries.isEmpty else { throw CommandError(.data, "\(path) holds no query") }
        return queries
    }

    private func rank(collection: String, index: String) async throws -> Outcome {
        let dataset = BEIRDataset(directory: collection)
        let queries = try queries(of: "\(collection)/queries.jsonl")
        var reader = try dataset.documents()
        var documents: [RankingSession.Document] = []
        while let entry = try reader.next() {
            documents.append(
                RankingSession.Document(
                    id: entry.id, title: entry.title, text: entry.text, language: entry.language))
        }
        guard !documents.isEmpty else { throw CommandError(.data, "\(collection)/corpus.jsonl holds no document") }
        let scheme = try taxonomy.map(SchemeSource.load)

        let started = ContinuousClock.now
        try await RankingSession.build(documents, at: index, taxonomy: scheme)
        let indexed = ContinuousClock.now
        let top = top
        let ranked = try await BlockingWork.run {
            let session = try RankingSession(path: index, taxonomy: scheme)
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
        return Outcome(
            run: ranked, documents: documents.count, indexing: indexed - started, ranking: .now - indexed)
    }

    private func rankRecords(index: String) async throws -> Outcome {
        guard let file = queries, let taxonomy else {
            throw ValidationError("--records needs --queries and --taxonomy.")
        }
        let workspace = try Workspace(taxonomy: taxonomy)
        let queries = try queries(of: file)
        let input = RecordInput(files: records, vocabulary: workspace.vocabulary)
        try input.requireReadable()

        let started = ContinuousClock.now
        let indexer = Indexer(path: index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes)
        let report = try await indexer.rebuild { () throws(SearchError) in
            do {
                return try input.next()
            } catch {
                throw SearchError(code: .source, operation: "read records", message: "\(error)", underlying: error)
            }
        }
        input.finish()
        let indexed = ContinuousClock.now
        let service = try SearchService(
            indexPath: index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes, lanes: 1)
        let bar = ProgressBar("ranking", total: queries.count)
        var result = Run(tag: "sabil")
        for query in queries {
            let page = try await service.search(
                SearchRequest(
                    query.text, language: query.language == .undetermined ? nil : query.language, limit: top,
                    highlight: false, expansion: expand ?? .concepts, visibility: Set(Visibility.allCases),
                    timeLimitSeconds: 60))
            result.setRanking(
                page.hits.map { ScoredDocument($0.record.id.rawValue, score: $0.score) }, ofQuery: query.id)
            bar.advance()
        }
        bar.finish()
        return Outcome(
            run: result, documents: report.indexed, indexing: indexed - started, ranking: .now - indexed)
    }
}
