import ArgumentParser
import Foundation
import SabilAnalysis
import SabilEvaluation
import SabilRecords
import SabilSearch
import SabilTaxonomy

/// `sabil diff`: what changes for searchers between two indexes.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what changes for searchers between two indexes.",
        discussion: """
            For looking before an index that was built with another taxonomy, analyzer, set of records or program is put in \
            place, or after. A generation is the folder of an index that is kept beside the current one:

              sabil index --rebuild --stage records.jsonl      var/index.next, not in use yet
              sabil diff --from var/index --to var/index.next --queries queries.jsonl
              sabil index --switch --keep-previous             var/index.previous is what was in use
              sabil diff --from var/index.previous --to var/index

            Tells which records one side alone has or which changed, which terms of unchanged records changed (through \
            analysis, then), and for each query which of the first results were gained, lost or moved, with rank-biased \
            overlap (RBO, p = 0.9) and overlap of the first results, how many are found, and what returns nothing now.

            Files of queries: .jsonl with `_id`, `text` and optional `lang`; .tsv with a first line that names columns \
            (`text` or `query`; `id`, `lang`, `count`) or with `id` and text; anything else has a query a line. The same \
            query twice counts as asked twice.

            What can be compared: records and terms always, as they are stored. Queries, when both indexes were built with \
            this program's analyzer, and the taxonomy of each is given. For an index of another analyzer the words of the \
            queries are counted as this program analyses them. An index of another layout is refused.

            Exits with 0 whether or not something differs, with 1 when something that was asked for could not be compared.
            """)

    @Option(name: [.customLong("from"), .customLong("from-generation")], help: "Folder of the index as it was.")
    var from: String

    @Option(name: [.customLong("to"), .customLong("to-generation")], help: "Folder of the index as it will be.")
    var to: String

    @Option(help: "File of queries: a set or a log (.jsonl, .tsv, .txt).")
    var queries: String?

    @Option(help: "Results compared per query.")
    var top = 10

    @Option(help: "Concepts and names found in the query: none, labels (all languages), concepts (labels and tags).")
    var expand = Expansion.concepts

    @Flag(help: "Also community and unpublished records.")
    var all = false

    @Option(help: "Folder of the taxonomy both were built with.")
    var taxonomy = "taxonomy"

    @Option(help: "Folder of the taxonomy that --from was built with, if it is another.")
    var fromTaxonomy: String?

    @Option(help: "Folder of the taxonomy that --to was built with, if it is another.")
    var toTaxonomy: String?

    @Option(help: "Changed queries told in text and Markdown; JSON has all.")
    var changes = 20

    @Option(help: "Terms of one side looked at, the most frequent first.")
    var terms = 1000

    @Option(help: "text, json or markdown.")
    var format = Format.text

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }

    func validate() throws {
        guard (1...SearchRequest.maximumLimit).contains(top) else {
            throw ValidationError("--top must be between 1 and \(SearchRequest.maximumLimit), it is \(top).")
        }
        guard changes >= 0, terms >= 0 else { throw ValidationError("--changes and --terms must be 0 or more.") }
    }

    func run() async throws {
        let analyzer = Analyzer()
        let log = try queries.map { (path) throws(EvaluationError) in try QueryLog(path: path) }
        let stored = try await BlockingWork.run { [from, to, terms] in
            let comparison = try IndexComparison(from: from, to: to)
            let bar = ProgressBar(
                "comparing records", total: max(comparison.from.recordCount, comparison.to.recordCount))
            let changes = try comparison.changes(termLimit: terms) { bar.update(done: $0) }
            bar.finish()
            let words = try comparison.counts(
                ofWordsIn: (log?.entries ?? []).map { ($0.text, $0.language == .undetermined ? nil : $0.language) },
                analyzer: analyzer)
            return Stored(
                from: comparison.from, to: comparison.to, records: changes.records, words: changes.words,
                queryWords: words.filter { $0.from != $0.to })
        }
        let diff = IndexDiff(
            from: stored.from, to: stored.to, analyzer: analyzer.fingerprint.rawValue, records: stored.records,
            words: stored.words, queries: try await answers(to: log, stored, analyzer), queryWords: stored.queryWords)
        switch format {
        case .text: for line in diff.text(changes: changes) { Console.output(line) }
        case .markdown: for line in diff.markdown(changes: changes) { Console.output(line) }
        case .json: try Console.write(bytes: [UInt8]((try diff.json() + "\n").utf8))
        }
        if diff.isPartial {
            Console.diagnose("not everything could be compared; the report says what and why")
            throw ExitCode(ExitStatus.checkFailed.rawValue)
        }
    }

    /// What is read from the indexes as they are stored.
    private struct Stored: Sendable {
        let from: IndexFacts
        let to: IndexFacts
        let records: RecordChanges
        let words: WordChanges
        let queryWords: [QueryWordCount]
    }

    // MARK: Queries

    private func answers(to log: QueryLog?, _ stored: Stored, _ analyzer: Analyzer) async throws -> IndexDiff.Queries {
        guard let log, let file = queries else { return .notAsked }
        let older = try service(of: stored.from, taxonomy: fromTaxonomy ?? taxonomy, "--from-taxonomy", analyzer)
        let newer = try service(of: stored.to, taxonomy: toTaxonomy ?? taxonomy, "--to-taxonomy", analyzer)
        let reasons = [older.reason, newer.reason].compactMap(\.self)
        guard let older = older.service, let newer = newer.service else { return .impossible(reasons) }

        let bar = ProgressBar("asking", total: log.entries.count)
        var entries: [AnswerChanges.Entry] = []
        var failures: [IndexDiff.Failure] = []
        var titles: [String: String] = [:]
        for query in log.entries {
            do {
                let before = try await answer(query, older, titles: &titles)
                let after = try await answer(query, newer, titles: &titles)
                entries.append(AnswerChanges.Entry(query: query, change: AnswerChange(from: before, to: after)))
            } catch let error as SearchError where error.code == .unreadableRecord || error.code == .timedOut {
                failures.append(IndexDiff.Failure(query: query, reason: error.message))
            }
            bar.advance()
        }
        bar.finish()
        return .compared(
            IndexDiff.Answers(
                file: file, top: top, expansion: expand, changes: AnswerChanges(entries), failures: failures,
                titles: titles))
    }

    /// The service of one index, or why there can be none.
    private func service(
        of facts: IndexFacts, taxonomy: String, _ flag: String, _ analyzer: Analyzer
    ) throws -> (service: SearchService?, reason: String?) {
        guard facts.analyzer == analyzer.fingerprint.rawValue else {
            return (
                nil,
                "\(facts.path) was built with the analyzer \(facts.analyzer), and this program would ask it for terms "
                    + "of \(analyzer.fingerprint)."
            )
        }
        let workspace = try Workspace(taxonomy: taxonomy)
        guard facts.taxonomy == workspace.scheme.version else {
            return (
                nil,
                "\(facts.path) was built with the taxonomy \(facts.taxonomy), and \(taxonomy) is "
                    + "\(workspace.scheme.version); name the folder of the one it was built with: \(flag)."
            )
        }
        let service = try SearchService(
            indexPath: facts.path, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes, analyzer: analyzer,
            lanes: 1)
        return (service, nil)
    }

    private func answer(
        _ query: QueryLog.Entry, _ service: SearchService, titles: inout [String: String]
    ) async throws -> ShownAnswer {
        let page = try await service.search(
            SearchRequest(
                query.text, language: query.language == .undetermined ? nil : query.language, limit: top,
                highlight: false, expansion: expand, visibility: all ? Set(Visibility.allCases) : [.public],
                timeLimitSeconds: 60))
        for hit in page.hits { titles[hit.record.id.rawValue] = hit.record.title }
        return ShownAnswer(
            page.hits.map { ScoredDocument($0.record.id.rawValue, score: $0.score) }, found: page.total.lowerBound,
            isExact: page.total.isExact)
    }
}
