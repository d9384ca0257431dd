import Benchmark
import Foundation
import SabilAnalysis
import SabilClassification
import SabilEvaluation
import SabilRecords
import SabilReview
import SabilSearch
import SabilTaxonomy

/// Single operations with their percentiles, for looking closer and for baselines on one machine:
/// `swift package --package-path benchmarks/speed benchmark`. There are no thresholds: absolute times are no gates; ratios are
/// made by `sabil-speed`.
nonisolated let benchmarks: @Sendable () -> Void = {
    let configuration = Benchmark.Configuration(
        metrics: [.wallClock, .cpuTotal, .throughput, .peakMemoryResident], maxDuration: .seconds(3),
        maxIterations: 100_000)

    for language in Language.known {
        Benchmark(
            "analysis of a record's text, \(language.rawValue)", configuration: configuration,
            closure: { (benchmark: Benchmark, workshop: Workshop) in
                let texts = workshop.texts(language)
                var session = workshop.analyzer.makeSession()
                var place = 0
                benchmark.startMeasurement()
                for _ in benchmark.scaledIterations {
                    blackHole(try session.tokens(in: texts[place % texts.count], language: language))
                    place += 1
                }
                benchmark.stopMeasurement()
            }, setup: { try Workshop() })
    }

    Benchmark(
        "reading and validating a line", configuration: configuration,
        closure: { (benchmark: Benchmark, workshop: Workshop) in
            var place = 0
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                blackHole(workshop.validator.validate(json: workshop.lines[place % workshop.lines.count]))
                place += 1
            }
            benchmark.stopMeasurement()
        }, setup: { try Workshop() })

    for (name, facets, highlights, expansion) in [
        ("plain", false, false, Expansion.none), ("with five facets", true, false, .none),
        ("with highlights", false, true, .none), ("with concepts", false, false, .concepts),
    ] {
        Benchmark(
            "query of two words, \(name)", configuration: configuration,
            closure: { (benchmark: Benchmark, shop: IndexedWorkshop) in
                var place = 0
                benchmark.startMeasurement()
                for _ in benchmark.scaledIterations {
                    var request = shop.requests[place % shop.requests.count]
                    request.facets = facets ? [.type, .language, .concept, .country, .year] : []
                    request.highlight = highlights
                    request.expansion = expansion
                    blackHole(try await shop.service.search(request))
                    place += 1
                }
                benchmark.stopMeasurement()
            }, setup: { try await IndexedWorkshop() }, teardown: { IndexedWorkshop.remove() })
    }

    Benchmark(
        "suggestion for a record", configuration: configuration,
        closure: { (benchmark: Benchmark, shop: TrainedWorkshop) in
            var place = 0
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                let record = shop.records[place % shop.records.count]
                blackHole(
                    try shop.classifier.suggest(
                        title: record.title, text: record.textToClassify, language: record.language))
                place += 1
            }
            benchmark.stopMeasurement()
        }, setup: { try await TrainedWorkshop() })
}

/// Fixtures, taxonomy and generated lines.
struct Workshop {
    let scheme: ConceptScheme
    let contentTypes: ContentTypeCatalogue
    let validator: RecordValidator
    let analyzer = Analyzer()
    let fixtures: [ResourceRecord]
    /// Generated records, a line each.
    let lines: [[UInt8]]

    init(lines count: Int = 500) throws {
        // …/benchmarks/speed/Benchmarks/Operations/Operations.swift
        let root = (0..<5).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }.path
        scheme = try ConceptScheme.load(directory: root + "/taxonomy")
        contentTypes = try ContentTypeCatalogue(
            json: [UInt8](try Data(contentsOf: URL(filePath: root + "/taxonomy/content-types.json"))))
        validator = RecordValidator(vocabulary: RecordVocabulary(scheme: scheme, contentTypes: contentTypes))
        var fixtures: [ResourceRecord] = []
        for language in Language.known {
            var reader = try JSONLinesReader(
                path: "\(root)/corpus-fixtures/records/\(language.rawValue).jsonl", validator: validator)
            while let line = try reader.next() {
                if let record = line.record { fixtures.append(record) }
            }
        }
        self.fixtures = fixtures
        var generator = SyntheticRecords(like: fixtures, seed: 20)
        lines = (0..<count).map { _ in
            var line: [UInt8] = []
            generator.appendNext(to: &line)
            return line
        }
    }

    func texts(_ language: Language) -> [String] {
        fixtures.filter { $0.language == language }.map { [$0.title, $0.abstract, $0.body].joined(separator: "\n") }
    }
}

/// An index of 2,000 generated records, and queries from other generated titles.
struct IndexedWorkshop {
    let service: SearchService
    let requests: [SearchRequest]

    private static let path = FileManager.default.temporaryDirectory
        .appending(path: "sabil-operations-\(ProcessInfo.processInfo.processIdentifier)").path

    static func remove() { try? FileManager.default.removeItem(atPath: path) }

    init() async throws {
        let workshop = try Workshop(lines: 2200)
        let path = Self.path
        let records = workshop.lines.compactMap { workshop.validator.validate(json: $0).record }
        var batches = [Array(records.prefix(2000))]
        let indexer = Indexer(path: path, taxonomy: workshop.scheme, contentTypes: workshop.contentTypes)
        _ = try await indexer.rebuild(threads: 2) { () throws(SearchError) in batches.popLast() }
        service = try SearchService(
            indexPath: path, taxonomy: workshop.scheme, contentTypes: workshop.contentTypes, lanes: 1)
        var requests: [SearchRequest] = []
        for record in records[min(2000, records.count)...] {
            let words = record.title.lowercased().split { !$0.isLetter }.filter { $0.count > 3 }.map(String.init)
            guard words.count > 1 else { continue }
            requests.append(
                SearchRequest(
                    words[0] + " " + words[1], language: record.language, highlight: false, expansion: .none,
                    visibility: Set(Visibility.allCases), timeLimitSeconds: 60))
        }
        self.requests = requests
    }
}

/// A model of a fifth of the fixtures.
struct TrainedWorkshop {
    let classifier: ConceptClassifier
    let records: [ResourceRecord]

    init() async throws {
        let workshop = try Workshop(lines: 0)
        let some = workshop.fixtures.enumerated().filter { $0.offset.isMultiple(of: 5) }.map(\.element)
        let examples = TrainingSet(records: some, scheme: workshop.scheme).examples
        classifier = try await ConceptClassifier.trainInBackground(examples, scheme: workshop.scheme, seed: 1)
        records = workshop.fixtures
    }
}
