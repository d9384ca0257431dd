import Glibc
import SabilAnalysis
public import SabilRecords
import SabilTaxonomy
import XapianIndex

/// Records like another one.
public struct SimilarPage: Sendable {
    /// Best first, each explained; no translation of the record among them.
    public var hits: [SearchHit]
    /// What was looked for, weightiest first: words of the record as it has them, names of concepts.
    public var terms: [String]
    public var revision: UInt64
    public var timedOut: Bool
}

/// What makes a record what it is: its weightiest words and its concepts.
struct Likeness: ~Copyable {
    private var session: AnalysisSession
    private let expander: ConceptExpander
    private let readerLanguage: Language

    /// Words and concepts of a record that are looked for.
    static let maximumWords = 25
    static let maximumConcepts = 20
    /// What counts for a word of the title.
    private static let titleFactor = 3.0
    /// What a concept counts beside a word of as many records: words find no other language.
    private static let conceptFactor = 2.0
    /// Text that is read of a record, in bytes.
    private static let maximumBytes = 50_000

    init(_ expander: ConceptExpander, readerLanguage: Language, analyzer: Analyzer) {
        self.expander = expander
        self.readerLanguage = readerLanguage
        session = analyzer.makeSession()
    }

    /// The record as a query.
    mutating func plan(
        of record: ResourceRecord, language: Language, reader: borrowing IndexReader
    ) throws -> QueryPlan {
        var plan = QueryPlan(language: language)
        let units = try units(of: record, language: language, withTags: true, reader: reader)
        plan.units = units.map(\.unit)
        plan.hasWords = !units.isEmpty
        let any = QueryNode.or(plan.units.map(\.node))
        plan.node = units.isEmpty ? .nothing : .andNot(any, .term(IndexSchema.work(record.work)))
        return plan
    }

    /// A word or concept that is looked for.
    struct WeighedUnit {
        /// How much it says: rarer and more frequent in the record, more.
        var weight: Double
        var unit: PlannedUnit
        /// Of a word.
        var stem: String?
    }

    /// What the record is looked for by, weightiest first.
    ///
    /// - Parameter withTags: whether a concept is also found where it is only tagged, and not named.
    mutating func units(
        of record: ResourceRecord, language: Language, withTags: Bool, reader: borrowing IndexReader
    ) throws -> [WeighedUnit] {
        let documents = Double(max(1, try reader.documentCount()))
        let units =
            try words(of: record, language: language, documents: documents, reader: reader)
            + concepts(of: record, withTags: withTags, documents: documents, reader: reader)
        return units.sorted { ($1.weight, $0.unit.name) < ($0.weight, $1.unit.name) }
    }

    private mutating func words(
        of record: ResourceRecord, language: Language, documents: Double, reader: borrowing IndexReader
    ) throws -> [WeighedUnit] {
        var counts: [String: (count: Double, shown: String)] = [:]
        let body = String(decoding: record.body.utf8.prefix(Self.maximumBytes), as: UTF8.self)
        for (text, factor) in [(record.title, Self.titleFactor), (record.abstract, 1), (body, 1)] {
            for token in try session.tokens(in: text, language: language)
            where token.kind == .word && !token.isStopword && !token.isQuestionWord && token.surface.utf8.count > 2 {
                counts[token.stem, default: (0, token.surface)].count += factor
            }
        }
        let stems = counts.keys.sorted()
        let frequencies = try reader.frequencies(of: stems.map(IndexSchema.stem)).map { Double($0.documents) }
        var weighed: [WeighedUnit] = []
        for (stem, frequency) in zip(stems, frequencies) {
            // A word of one record finds no other, one of a quarter of them says nothing.
            guard let (count, shown) = counts[stem], frequency > 1, frequency <= max(10, documents / 4) else {
                continue
            }
            let part = count / (count + 2)
            let node = QueryNode.scale(part, .term(IndexSchema.stem(stem)))
            weighed.append(
                WeighedUnit(
                    weight: part * Self.idf(frequency, documents),
                    unit: PlannedUnit(name: shown, kind: .word, node: node), stem: stem))
        }
        weighed.sort { ($1.weight, $0.unit.name) < ($0.weight, $1.unit.name) }
        return Array(weighed.prefix(Self.maximumWords))
    }

    private mutating func concepts(
        of record: ResourceRecord, withTags: Bool, documents: Double, reader: borrowing IndexReader
    ) throws -> [WeighedUnit] {
        let taxonomy = expander.taxonomy
        var ids = record.concepts.map { taxonomy.current($0.concept) } + record.populationGroups.map(taxonomy.current)
        ids += record.countries.compactMap { taxonomy.country(code: $0)?.id }
        for text in [record.title, record.abstract] {
            for recognition in try expander.recognise(text, at: 0, session: &session)
            where recognition.isExact && recognition.concepts.count == 1 {
                ids.append(recognition.concepts[0])
            }
        }
        var weighed: [WeighedUnit] = []
        for id in ids.unique {
            guard let number = taxonomy.concept(id)?.number else { continue }
            let terms = [IndexSchema.names(number)] + (withTags ? [IndexSchema.reaches(number)] : [])
            let frequency = Double(try reader.frequencies(of: terms).map(\.documents).max() ?? 0)
            guard frequency > 1 else { continue }
            let node = QueryNode.scale(Self.conceptFactor, expander.node(of: id, withTags: withTags))
            weighed.append(
                WeighedUnit(
                    weight: Self.conceptFactor * Self.idf(frequency, documents),
                    unit: PlannedUnit(name: taxonomy.label(id, in: readerLanguage), kind: .concept, node: node)))
        }
        weighed.sort { ($1.weight, $0.unit.name) < ($0.weight, $1.unit.name) }
        return Array(weighed.prefix(Self.maximumConcepts))
    }

    private static func idf(_ frequency: Double, _ documents: Double) -> Double {
        log(1 + documents / (frequency + 0.5))
    }
}

extension SearchService {
    /// Records like another one, in every language; `nil` if there is no such record, or the reader may not see it.
    ///
    /// - Parameter limit: 1…``SearchRequest/maximumLimit``.
    /// - Throws: `overloaded`, `timedOut`, `cancelled`, `invalidRequest`, `unreadableRecord`, `index`.
    /// - Complexity: one search of at most 45 words and concepts, and one over the hits for each to explain them.
    public func similar(
        to id: RecordID, limit: Int = 10, readerLanguage: Language = .english, visibility: Set<Visibility> = [.public]
    ) async throws(SearchError) -> SimilarPage? {
        guard (1...SearchRequest.maximumLimit).contains(limit) else {
            throw SearchError(
                code: .invalidRequest, operation: "find similar records",
                message: "Could not find similar records: the limit \(limit) must be between 1 and "
                    + "\(SearchRequest.maximumLimit); correct the request.")
        }
        return try await read { reader in
            guard
                let hit = try reader.document(
                    uniqueTerm: IndexSchema.record(id), valueSlots: [IndexSchema.Slot.language])
            else { return nil }
            let record = try stored.decode(hit.data)
            guard visibility.contains(record.visibility) else { return nil }
            let name = String(decoding: hit.values[IndexSchema.Slot.language] ?? [], as: UTF8.self)
            var likeness = Likeness(expander, readerLanguage: readerLanguage, analyzer: analyzer)
            let plan = try likeness.plan(
                of: record, language: Language(rawValue: name) ?? .undetermined, reader: reader)
            var request = SearchRequest(
                limit: limit, highlight: false, collapsesTranslations: true, readerLanguage: readerLanguage,
                visibility: visibility, explain: true)
            request.discovery = []
            request.countsAll = false
            let page = try answer(request, plan, reader: reader)
            return SimilarPage(
                hits: page.hits, terms: plan.units.map(\.name),
                revision: page.revision, timedOut: page.timedOut)
        }
    }
}
