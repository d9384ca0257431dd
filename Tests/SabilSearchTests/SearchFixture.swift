import FoundationEssentials
import SabilAnalysis
public import SabilRecords
import SabilTaxonomy

@testable import SabilSearch

/// What the tests of search share: the shipped taxonomy, the hand-written records, directories of their own.
enum SearchFixture {
    static let root = String(#filePath.split(separator: "/").dropLast(3).joined(separator: "/")).prefixed("/")
    static let analyzer = Analyzer()

    static let taxonomy: ConceptScheme = {
        do { return try ConceptScheme.load(directory: root + "/taxonomy") } catch { fatalError("\(error)") }
    }()

    static let names = ConceptNames(ConceptExpander(taxonomy, analyzer: analyzer))
    static let taught = TaxonomyTranslations(taxonomy, analyzer: analyzer)

    static let contentTypes: ContentTypeCatalogue = {
        do { return try ContentTypeCatalogue(json: bytes("taxonomy/content-types.json")) } catch {
            fatalError("\(error)")
        }
    }()

    /// The records of the fixtures, in four languages.
    static let records: [ResourceRecord] = {
        let vocabulary = RecordVocabulary(scheme: taxonomy, contentTypes: contentTypes)
        var records: [ResourceRecord] = []
        for language in ["en", "fr", "es", "ar"] {
            do {
                var reader = try JSONLinesReader(
                    path: "\(root)/corpus-fixtures/records/\(language).jsonl",
                    validator: RecordValidator(vocabulary: vocabulary))
                while let line = try reader.next() {
                    if let record = line.record { records.append(record) }
                }
            } catch {
                fatalError("\(error)")
            }
        }
        return records
    }()

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(root)/\(path)")))
    }

    /// Runs a body with a directory of its own, removed afterwards.
    static func withDirectory<Answer>(_ body: (String) async throws -> Answer) async throws -> Answer {
        let path = FileManager.default.temporaryDirectory.path + "/sabil-search-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }

    static func indexer(_ path: String, taxonomy: ConceptScheme = taxonomy) -> Indexer {
        var indexer = Indexer(path: path, taxonomy: taxonomy, contentTypes: contentTypes, analyzer: analyzer)
        // Learning from all works of the fixtures takes seconds in a debug build.
        indexer.worksToLearnFrom = 10
        if taxonomy.version == Self.taxonomy.version {
            indexer.names = names
            indexer.taught = taught
        }
        return indexer
    }

    static func service(
        _ path: String, taxonomy: ConceptScheme = taxonomy, parameters: RankingParameters = .standard
    ) throws -> SearchService {
        try SearchService(
            indexPath: path, taxonomy: taxonomy, contentTypes: contentTypes, analyzer: analyzer, lanes: 2,
            parameters: parameters)
    }

    /// Runs a body with a service over records.
    static func withService<Answer>(
        _ records: [ResourceRecord], _ body: (SearchService) async throws -> Answer
    ) async throws -> Answer {
        try await withDirectory { directory in
            let path = directory + "/index"
            var batches = [records][...]
            _ = try await indexer(path).rebuild(threads: 2) { () throws(SearchError) in batches.popFirst() }
            return try await body(service(path))
        }
    }

    static func ids(_ page: FacetedPage) -> [String] { page.hits.map(\.record.id.rawValue) }
}

extension String {
    func prefixed(_ prefix: String) -> String { prefix + self }
}

extension RecordID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}

extension WorkID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}

extension ConceptID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
