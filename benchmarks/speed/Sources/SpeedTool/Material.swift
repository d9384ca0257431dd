import Foundation
import SabilEvaluation
import SabilRecords
import SabilTaxonomy

/// A query with its words, as each contestant needs it.
struct TimedQuery {
    var language: Language
    var words: [String]
    var isPhrase = false
    /// As far as the reader has typed it, where that is what is asked.
    var typed: String?

    /// As a reader types it.
    var text: String { isPhrase ? "\"\(words.joined(separator: " "))\"" : words.joined(separator: " ") }
}

/// The records and queries of a run: the same for the same seed.
struct Material {
    let scheme: ConceptScheme
    let contentTypes: ContentTypeCatalogue
    /// The fixtures in all languages, in the order of their files.
    let fixtures: [ResourceRecord]
    private let seed: UInt64

    /// - Parameter root: the checkout.
    init(root: String, seed: UInt64) throws {
        scheme = try ConceptScheme.load(directory: root + "/taxonomy")
        contentTypes = try ContentTypeCatalogue(
            json: [UInt8](try Data(contentsOf: URL(filePath: root + "/taxonomy/content-types.json"))))
        let validator = RecordValidator(vocabulary: RecordVocabulary(scheme: scheme, contentTypes: contentTypes))
        var fixtures: [ResourceRecord] = []
        for language in Language.known {
            var reader = try JSONLinesReader(
                path: "\(root)/corpus-fixtures/records/\(language.rawValue).jsonl", validator: validator)
            while let line = try reader.next() {
                if let record = line.record { fixtures.append(record) }
            }
        }
        guard !fixtures.isEmpty else { throw SpeedError("\(root)/corpus-fixtures/records holds no record") }
        self.fixtures = fixtures
        self.seed = seed
    }

    /// Writes generated records as JSON Lines.
    func generate(_ count: Int, to path: String) throws {
        var records = SyntheticRecords(like: fixtures, seed: seed)
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else { throw SpeedError("\(path) cannot be written") }
        var buffer: [UInt8] = []
        for number in 1...max(1, count) {
            records.appendNext(to: &buffer)
            if buffer.count > 1 << 20 || number == count {
                try file.write(contentsOf: buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        try file.close()
    }

    /// Texts that queries take their words from: `unseen` ones follow the same distributions and are not indexed.
    private func texts(_ count: Int, unseen: Bool) -> [ResourceRecord] {
        var records = SyntheticRecords(like: fixtures, seed: unseen ? seed &+ 1 : seed)
        let validator = RecordValidator(vocabulary: nil)
        return (0..<count).compactMap { _ in
            var line: [UInt8] = []
            records.appendNext(to: &line)
            return validator.validate(json: line).record
        }
    }

    /// Queries of so many different words of four letters or more, from texts that are not in the index.
    func words(_ width: Int, queries count: Int) -> [TimedQuery] {
        var queries: [TimedQuery] = []
        for record in texts(count * 2 + 50, unseen: true) where queries.count < count {
            // Short queries come from titles, as readers' do.
            let text = width <= 2 ? record.title : record.title + " " + record.abstract
            var seen: Set<String> = []
            let words = Self.words(of: text).filter { $0.count > 3 && seen.insert($0).inserted }
            guard words.count >= width else { continue }
            queries.append(TimedQuery(language: record.language, words: Array(words.prefix(width))))
        }
        return queries
    }

    /// Two neighbouring words of the title of an indexed record.
    func phrases(queries count: Int) -> [TimedQuery] {
        var queries: [TimedQuery] = []
        for (number, record) in texts(count * 2 + 50, unseen: false).enumerated() where queries.count < count {
            let words = record.title.lowercased().split(separator: " ").map(String.init)
            let places = words.indices.dropLast().filter { place in
                [words[place], words[place + 1]].allSatisfy { $0.count > 1 && $0.allSatisfy(\.isLetter) }
            }
            guard !places.isEmpty else { continue }
            let place = places[number % places.count]
            queries.append(
                TimedQuery(language: record.language, words: [words[place], words[place + 1]], isPhrase: true))
        }
        return queries
    }

    /// Names of concepts, languages in turn.
    func names(queries count: Int) -> [TimedQuery] {
        let concepts = scheme.concepts.filter { concept in
            !concept.isDeprecated && Facet.subjects.contains(concept.facet ?? "")
        }
        guard !concepts.isEmpty else { return [] }
        return (0..<count).compactMap { number in
            let language = Language.known[number % Language.known.count]
            guard let name = concepts[number % concepts.count].prefLabels[language] else { return nil }
            return TimedQuery(language: language, words: Self.words(of: name))
        }.filter { !$0.words.isEmpty }
    }

    /// Runs of letters in lower case.
    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter }.map(String.init)
    }
}
