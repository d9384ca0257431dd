import SabilEvaluation
import SabilRecords
import SabilSearch

/// Queries, one after another in this process.
struct QueryFigures {
    enum Kind: String, CaseIterable {
        case terms1, terms2, terms5, terms20, phrase, facets, highlights, labels, concepts, autocomplete

        var expansion: Expansion {
            switch self {
            case .labels: .labels
            case .concepts: .concepts
            default: .none
            }
        }

        func queries(_ material: Material, count: Int) -> [TimedQuery] {
            switch self {
            case .terms1: material.words(1, queries: count)
            case .terms2, .facets, .highlights: material.words(2, queries: count)
            case .terms5: material.words(5, queries: count)
            case .terms20: material.words(20, queries: count)
            case .phrase: material.phrases(queries: count)
            case .labels, .concepts: material.names(queries: count)
            case .autocomplete:
                material.words(2, queries: count).flatMap { query in
                    Mistyping.beginnings(query.text).map { typed in
                        var query = query
                        query.typed = typed
                        return query
                    }
                }
            }
        }

        var note: String {
            switch self {
            case .labels, .concepts: "it has no expansion: its plain query of the same words"
            case .autocomplete: "it completes nothing: its plain query of the whole words"
            case .facets: "one value of each field a record"
            default: ""
            }
        }

        var subjects: [Subject] {
            let beside = [Contestant.xapian: note, .fts5: self == .facets ? "all values, by GROUP BY" : note]
            return ["p50", "p99", "cpu"].map { Subject(name: "query.\(rawValue).\($0)", unit: "ms", beside: beside) }
        }
    }

    static var subjects: [Subject] { Kind.allCases.flatMap(\.subjects) + [memory] }

    static let memory = Subject(name: "query.peak_memory", unit: "MB", beside: [.xapian: "", .fts5: ""])

    static func measure(_ bench: Bench) async throws -> [Figure] {
        let kinds = Kind.allCases.filter { $0.subjects.contains { bench.wants($0.name) } }
        guard !kinds.isEmpty || bench.wants(memory.name) else { return [] }
        try bench.needIndexes()
        var figures: [Figure] = []
        if !kinds.isEmpty {
            let asked = try Asked(bench)
            for kind in kinds { figures += try await measure(kind, asked, bench) }
        }
        if bench.wants(memory.name) { figures += try measureMemory(bench) }
        return figures
    }

    private static func measure(_ kind: Kind, _ asked: Asked, _ bench: Bench) async throws -> [Figure] {
        let queries = kind.queries(bench.material, count: bench.settings.queries)
        guard queries.count * 2 > bench.settings.queries else {
            throw SpeedError("only \(queries.count) queries of the kind \(kind.rawValue) could be made")
        }
        bench.tell("queries: \(kind.rawValue)")
        var values: [[Contestant: [Double]]] = [[:], [:], [:]]
        // The first round brings everything into memory and is not counted.
        for round in -1..<bench.settings.rounds {
            for contestant in Sample.turns(Contestant.allCases, round: max(0, round)) {
                var milliseconds: [Double] = []
                let processor = Clocks.processor
                for query in queries {
                    let started = Clocks.wall
                    _ = try await asked.answer(query, kind, contestant)
                    milliseconds.append((Clocks.wall - started) * 1000)
                }
                let used = (Clocks.processor - processor) * 1000 / Double(queries.count)
                guard round >= 0 else { continue }
                values[0][contestant, default: []].append(Sample.median(milliseconds))
                values[1][contestant, default: []].append(Sample.quantile(0.99, of: milliseconds))
                values[2][contestant, default: []].append(used)
            }
        }
        return zip(kind.subjects, values).filter { bench.wants($0.0.name) }.flatMap { $0.0.figures($0.1) }
    }

    /// Processes of their own that do nothing but the plain queries.
    private static func measureMemory(_ bench: Bench) throws -> [Figure] {
        let file = try bench.write(bench.material.words(2, queries: bench.settings.queries), to: "plain.txt")
        var values: [Contestant: [Double]] = [:]
        for round in 0..<bench.settings.rounds {
            for contestant in Sample.turns(Contestant.allCases, round: round) {
                let program: Program =
                    switch contestant {
                    case .sabil:
                        Program(
                            path: bench.options.sabil,
                            arguments: [
                                "eval", "speed", "--queries", file, "--index", bench.path(of: .sabil), "--taxonomy",
                                bench.taxonomy,
                            ])
                    case .xapian:
                        Program(path: bench.options.yardstick, arguments: ["query", bench.path(of: .xapian), file])
                    case .fts5:
                        Program(
                            path: bench.options.itself, arguments: ["worker", "fts-query", bench.path(of: .fts5), file])
                    }
                let numbers = try program.run(throughShell: true).numbers()
                values[contestant, default: []].append((numbers["max_rss_kilobytes"] ?? .nan) * 1.024e-3)
            }
        }
        return memory.figures(values)
    }
}

/// The three indexes, opened.
final class Asked {
    private let service: SearchService
    private let xapian: XapianYardstick
    private let fts: FTSYardstick

    init(_ bench: Bench) throws {
        service = try SearchService(
            indexPath: bench.path(of: .sabil), taxonomy: bench.material.scheme,
            contentTypes: bench.material.contentTypes, lanes: 1)
        xapian = try XapianYardstick(path: bench.path(of: .xapian))
        fts = try FTSYardstick(path: bench.path(of: .fts5))
    }

    /// - Returns: how many hits.
    func answer(_ query: TimedQuery, _ kind: QueryFigures.Kind, _ contestant: Contestant) async throws -> Int {
        switch contestant {
        case .sabil:
            if let typed = query.typed {
                let request = CompletionRequest(typed, language: query.language, visibility: Set(Visibility.allCases))
                return try await service.complete(request).completions.count
            }
            let request = SearchRequest(
                query.text, language: query.language,
                facets: kind == .facets ? [.type, .language, .concept, .country, .year] : [],
                highlight: kind == .highlights, expansion: kind.expansion, visibility: Set(Visibility.allCases),
                timeLimitSeconds: 60)
            return try await service.search(request).hits.count
        case .xapian:
            return try xapian.answer(
                query.text, language: query.language.rawValue, facets: kind == .facets,
                highlights: kind == .highlights)
        case .fts5: return try fts.answer(query, facets: kind == .facets, highlights: kind == .highlights)
        }
    }
}
