import ArgumentParser
import Foundation
import SabilEvaluation
import SabilRecords
import SabilSearch

/// `sabil eval speed`: how long indexing and queries take, for comparison with another program on the same input.
struct EvalSpeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speed",
        abstract: "Time indexing or queries, and print one JSON object.",
        discussion: """
            Times mean something only beside another program's on the same machine in the same minutes: \
            `make bench` and benchmarks/scale.sh do that and give ratios.

              sabil eval speed --records records.jsonl --index /tmp/index           validate, analyse, index anew
              sabil eval speed --queries queries.txt --index /tmp/index --facets    one query a line, or language, tab, query
              sabil eval speed --queries queries.txt --index /tmp/index --misspell  the same, mistyped
              sabil eval speed --queries queries.txt --index /tmp/index --ask completion
            """)

    @Option(help: "Records to build a new index from.")
    var records: String?

    @Option(help: "Queries to run one after another.")
    var queries: String?

    @Option(help: "Folder of the index.")
    var index: String

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

    @Option(help: "Threads of indexing.")
    var threads = max(1, ProcessInfo.processInfo.activeProcessorCount)

    func validate() throws {
        guard (records == nil) != (queries == nil) else { throw ValidationError("Give --records or --queries.") }
        guard ask == .search || !(facets || highlight || misspell || expand != .none) else {
            throw ValidationError("--facets, --highlight, --misspell and --expand go with --ask search only.")
        }
        guard rounds > 0, (1...32).contains(threads) else {
            throw ValidationError("--repeat must be 1 or more and --threads between 1 and 32.")
        }
    }

    func run() async throws {
        let workspace = try Workspace(taxonomy: taxonomy)
        if let records { try await timeIndexing(records, workspace) }
        if let queries { try await timeQueries(queries, workspace) }
    }

    private func timeIndexing(_ file: String, _ workspace: Workspace) async throws {
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

    private func timeQueries(_ file: String, _ workspace: Workspace) async throws {
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
        milliseconds.sort()
        func quantile(_ share: Double) -> Double {
            milliseconds[min(milliseconds.count - 1, Int(share * Double(milliseconds.count)))]
        }
        let usage = ResourceUsage.now
        try tell([
            "queries": Double(milliseconds.count), "hits": Double(hits),
            "seconds": milliseconds.reduce(0, +) / 1000, "cpu_seconds": usage.cpuSeconds,
            "query_cpu_seconds": queryCPU, "p50_ms": quantile(0.5),
            "p90_ms": quantile(0.9), "p99_ms": quantile(0.99), "max_ms": quantile(1),
            "max_rss_kilobytes": Double(usage.maximumKilobytes), "index_bytes": Double(try bytes(below: index)),
        ])
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

/// What this process used so far.
private struct ResourceUsage {
    let cpuSeconds: Double
    let maximumKilobytes: Int

    static var now: ResourceUsage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return ResourceUsage(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), maximumKilobytes: usage.ru_maxrss)
    }
}
