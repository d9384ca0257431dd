import ArgumentParser
import Foundation
import SabilClassification
import SabilEvaluation
import SabilExperiments
import SabilRecords
import SabilReview
import SabilSearch

/// `sabil eval speed`: how long indexing, queries and suggestions take, for comparison with another program on the same input.
struct EvalSpeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speed",
        abstract: "Time indexing, queries or suggestions, and print one JSON object.",
        discussion: """
            Times mean something only beside another program's on the same machine in the same minutes: \
            `make bench` and benchmarks/scale.sh do that and give ratios.

              sabil eval speed --records records.jsonl --index /tmp/index           validate, analyse, index anew
              sabil eval speed --queries queries.txt --index /tmp/index --facets    one query a line, or language, tab, query
              sabil eval speed --queries queries.txt --index /tmp/index --misspell  the same, mistyped
              sabil eval speed --queries queries.txt --index /tmp/index --ask completion
              sabil eval speed --suggest records.jsonl --model var/model            load the model, suggest one by one
            """)

    @Option(help: "Records to build a new index from.")
    var records: String?

    @Option(help: "Queries to run one after another.")
    var queries: String?

    @Option(help: "Records to suggest concepts for, ten each with their evidence.")
    var suggest: String?

    @Option(help: "Folder of the index; needed for records and queries.")
    var index: String?

    @Option(help: "Folder of the trained models, or of one of them (with --suggest).")
    var model = "var/model"

    @Option(help: "Folder of the taxonomy.")
    var taxonomy = "taxonomy"

    @Flag(help: "Count the facets type, language, concept, country and year over all matches.")
    var facets = false

    @Flag(help: "Highlight the hits.")
    var highlight = false

    @Option(help: "Concepts and names found in the query: none, labels or concepts.")
    var expand = Expansion.none

    @Option(
        help:
            "What each query is put to: search, completion (its beginnings, as if typed) or similar (records like its best)."
    )
    var ask = Ask.search

    @Flag(help: "Exchange two letters within the longest word of each query.")
    var misspell = false

    @Option(name: .customLong("repeat"), help: "How often the queries are run.")
    var rounds = 1

    @Option(
        help: "So many queries, round and round, for each line read from standard input, with the figures of each turn."
    )
    var turns: Int?

    @Option(help: "Threads of indexing.")
    var threads = ThreadCount.usual()

    func validate() throws {
        guard [records, queries, suggest].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("Give one of --records, --queries and --suggest.")
        }
        guard suggest != nil || index != nil else { throw ValidationError("Give --index.") }
        guard ask == .search || !(facets || highlight || misspell || expand != .none) else {
            throw ValidationError("--facets, --highlight, --misspell and --expand go with --ask search only.")
        }
        guard rounds > 0, turns ?? 1 > 0, ThreadCount.allowed.contains(threads) else {
            throw ValidationError("--repeat and --turns must be 1 or more and --threads between 1 and 32.")
        }
    }

    func run() async throws {
        let workspace = try Workspace(taxonomy: taxonomy)
        if let suggest { try timeSuggestions(suggest, workspace) }
        guard let index else { return }
        if let records { try await timeIndexing(records, into: index, workspace) }
        if let queries { try await timeQueries(queries, on: index, workspace) }
    }

    private func timeSuggestions(_ file: String, _ workspace: Workspace) throws {
        let input = RecordInput(files: [file], vocabulary: workspace.vocabulary)
        try input.requireReadable()
        let requests = try input.all().map {
            SuggestionRequest(title: $0.title, text: $0.textToClassify, language: $0.language)
        }
        guard let first = requests.first else { throw CommandError(.data, "\(file) holds no record") }
        var usage = ResourceUsage.now
        let started = ContinuousClock.now
        let classifier =
            FileManager.default.fileExists(atPath: model + "/manifest.json")
            ? try ConceptClassifier.load(from: model) : try ModelStore(directory: model).load()
        let loading = (ContinuousClock.now - started) / .seconds(1)
        let loadingCPU = ResourceUsage.now.cpuSeconds - usage.cpuSeconds
        // What is worked out once for all requests is no part of a suggestion.
        _ = try classifier.suggest(first)
        usage = .now
        var milliseconds: [Double] = []
        for _ in 0..<rounds {
            for request in requests {
                let started = ContinuousClock.now
                _ = try classifier.suggest(request)
                milliseconds.append((ContinuousClock.now - started) / .milliseconds(1))
            }
        }
        let cpu = ResourceUsage.now.cpuSeconds - usage.cpuSeconds
        var figures = Self.quantiles(of: milliseconds)
        figures.merge([
            "records": Double(milliseconds.count), "concepts": Double(classifier.labels.count),
            "load_seconds": loading, "load_cpu_seconds": loadingCPU,
            "cpu_ms_a_record": 1000 * cpu / Double(milliseconds.count),
            "max_rss_kilobytes": Double(ResourceUsage.now.maximumKilobytes),
        ]) { _, new in new }
        try tell(figures)
    }

    private static func quantiles(of milliseconds: [Double]) -> [String: Double] {
        let sorted = milliseconds.sorted()
        func quantile(_ share: Double) -> Double { sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))] }
        return ["p50_ms": quantile(0.5), "p90_ms": quantile(0.9), "p99_ms": quantile(0.99), "max_ms": quantile(1)]
    }

    private func timeIndexing(_ file: String, into index: String, _ workspace: Workspace) async throws {
        let started = ContinuousClock.now
        let input = RecordInput(files: [file], vocabulary: workspace.vocabulary)
        let indexer = Indexer(path: index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes)
        let report = try await indexer.rebuild(threads: threads) { () throws(SearchError) in
            do {
                return try input.next()
            } catch {
                throw SearchError(
                    code: .source, operation: "read records", message: "\(error)", underlying: error)
            }
        }
        input.finish()
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        let usage = ResourceUsage.now
        try tell([
            "documents": Double(report.indexed), "seconds": seconds, "cpu_seconds": usage.cpuSeconds,
            "documents_per_second": Double(report.indexed) / seconds,
            "documents_per_cpu_second": Double(report.indexed) / usage.cpuSeconds,
            "index_bytes": Double(try bytes(below: index)), "max_rss_kilobytes": Double(usage.maximumKilobytes),
        ])
    }

    private func timeQueries(_ file: String, on index: String, _ workspace: Workspace) async throws {
        let text: String
        do {
            text = try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw CommandError(.inputOutput, "reading the queries of \(file) failed: \(ExitStatus.reason(of: error))")
        }
        let lines = text.split(whereSeparator: \.isNewline)
        let asked = lines.map { line in
            let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
            let text = parts.last ?? ""
            return (
                text: misspell ? Mistyping.mistyped(text) : text,
                language: parts.count == 2 ? Language(bcp47: parts[0]) : nil
            )
        }
        guard !asked.isEmpty else { throw CommandError(.data, "\(file) holds no query") }
        let service = try SearchService(
            indexPath: index, taxonomy: workspace.scheme, contentTypes: workspace.contentTypes, lanes: 1)
        let calls = try await calls(asked, of: service)
        guard let turns else {
            return try tell(try await figures(of: calls, rounds: rounds))
        }
        var next = 0
        while try await BlockingWork.run({ readLine() }) != nil {
            let turn = (0..<turns).map { calls[(next + $0) % calls.count] }
            next = (next + turns) % calls.count
            try tell(try await figures(of: turn, rounds: 1))
        }
    }

    private func figures(of calls: [Call], rounds: Int) async throws -> [String: Double] {
        var milliseconds: [Double] = []
        var hits = 0
        let before = ResourceUsage.now.cpuSeconds
        for _ in 0..<rounds {
            for call in calls {
                let started = ContinuousClock.now
                let found = try await call()
                milliseconds.append((ContinuousClock.now - started) / .milliseconds(1))
                hits += found
            }
        }
        let queryCPU = ResourceUsage.now.cpuSeconds - before
        let usage = ResourceUsage.now
        var figures = Self.quantiles(of: milliseconds)
        figures.merge([
            "queries": Double(milliseconds.count), "hits": Double(hits),
            "seconds": milliseconds.reduce(0, +) / 1000, "cpu_seconds": usage.cpuSeconds,
            "query_cpu_seconds": queryCPU,
            "max_rss_kilobytes": Double(usage.maximumKilobytes),
        ]) { _, new in new }
        return figures
    }

    private typealias Call = () async throws -> Int

    /// What is timed, each answering how much it found.
    private func calls(
        _ asked: [(text: String, language: Language?)], of service: SearchService
    ) async throws -> [Call] {
        let everybody = Set(Visibility.allCases)
        let requests = asked.map { text, language in
            SearchRequest(
                text, language: language, facets: facets ? [.type, .language, .concept, .country, .year] : [],
                highlight: highlight, expansion: expand, visibility: everybody, timeLimitSeconds: 60)
        }
        switch ask {
        case .search:
            return requests.map { request in { try await service.search(request).hits.count } }
        case .completion:
            return asked.flatMap { text, language in
                Mistyping.beginnings(text).map { typed in
                    let request = CompletionRequest(typed, language: language ?? .english, visibility: everybody)
                    return { try await service.complete(request).completions.count }
                }
            }
        case .similar:
            var calls: [Call] = []
            for request in requests {
                guard let best = try await service.search(request).hits.first?.record.id else { continue }
                calls.append { try await service.similar(to: best, visibility: everybody)?.hits.count ?? 0 }
            }
            guard !calls.isEmpty else {
                throw CommandError(.data, "no query finds a record to look for others like it")
            }
            return calls
        }
    }

    private func tell(_ figures: [String: Double]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try Console.write(bytes: [UInt8](try encoder.encode(figures)) + [UInt8(ascii: "\n")])
    }

    private func bytes(below folder: String) throws -> Int {
        var total = 0
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            if attributes[.type] as? FileAttributeType == .typeRegular { total += attributes[.size] as? Int ?? 0 }
        }
        return total
    }
}

extension EvalSpeedCommand {
    /// What a query is put to.
    enum Ask: String, ExpressibleByArgument, CaseIterable {
        case search
        case completion
        case similar
    }
}
