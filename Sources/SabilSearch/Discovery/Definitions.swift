import SabilAnalysis
public import SabilRecords
import SabilTaxonomy
import XapianIndex

/// What a term means that a query asks for.
public struct Definition: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
        /// A record of the glossary.
        case record(RecordID)
        /// The scope note of a concept.
        case concept(ConceptID)
    }

    public var term: String
    public var text: String
    public var language: Language
    public var source: Source
}

/// Finds the definition of a term where a query is one: "what is a proxy means test", or "proxy means test".
struct DefinitionFinder: Sendable {
    let taxonomy: ConceptScheme
    let expander: ConceptExpander
    let analyzer: Analyzer
    let stored: StoredRecord
    /// What the reader may see, without what curators left out for this query.
    let shown: QueryNode
    let readerLanguage: Language

    /// The content type of glossary terms, and its field that holds a definition.
    private static let type = "glossary_term"
    private static let field = "definition"
    /// Longer queries are no term.
    private static let maximumWords = 8
    /// Definitions given, and glossary records looked at.
    private static let maximumDefinitions = 3
    private static let maximumRecords = 50

    /// Definitions of what a plan asks for: in the reader's language first, glossary before taxonomy.
    ///
    /// - Complexity: one search over the glossary records whose titles have the words, or which name the concept.
    func definitions(of plan: QueryPlan, reader: borrowing IndexReader) throws -> [Definition] {
        // A term alone: one run of words, no fields, no operators.
        guard plan.isPlain, plan.runs.count == 1, let run = plan.runs.first, run.count <= Self.maximumWords else {
            return []
        }
        let content = run.filter { !$0.isStopword }
        guard !content.isEmpty else { return [] }
        var session = analyzer.makeSession()
        let concepts = Self.named(plan)
        var titles = [QueryNode.and(content.map { word in .or(word.stems.map { .term(IndexSchema.titleStem($0)) }) })]
        titles += concepts.compactMap { taxonomy.concept($0)?.number }.map { .term(IndexSchema.names($0)) }
        var query = IndexQuery(
            Question.filtered(.and([.term(IndexSchema.type(Self.type)), .or(titles)]).unweighted, by: shown),
            limit: Self.maximumRecords)
        query.weighting = .boolean
        query.valueSlots = [IndexSchema.Slot.language]
        query.sort = [SortKey(slot: IndexSchema.Slot.titleKey), SortKey(slot: IndexSchema.Slot.work)]
        let names = Set(concepts.flatMap { expander.names(of: $0).map(\.surfaces) })
        var found: [Definition] = []
        for hit in try reader.search(query).hits {
            let name = String(decoding: hit.values[IndexSchema.Slot.language] ?? [], as: UTF8.self)
            let language = Language(rawValue: name) ?? .undetermined
            let record = try stored.decode(hit.data)
            let title = try session.tokens(in: record.title, language: language)
            let said = title.filter { !$0.isStopword }
            let isSame =
                said.count == content.count
                && said.allSatisfy { token in content.contains { $0.stems.contains(token.stem) } }
            let isTerm = isSame || names.contains(title.map(\.surface))
            guard isTerm, let text = Self.text(of: record) else { continue }
            found.append(Definition(term: record.title, text: text, language: language, source: .record(record.id)))
        }
        for id in concepts {
            guard let notes = taxonomy.concept(id)?.scopeNotes,
                let language = [readerLanguage, plan.language, .english].first(where: { notes[$0] != nil }),
                let text = notes[language]
            else { continue }
            found.append(
                Definition(
                    term: taxonomy.label(id, in: language), text: text, language: language, source: .concept(id)))
        }
        // In one language: the reader's or the query's where there is one; by the taxonomy where no record does it.
        func order(_ definition: Definition) -> Int {
            definition.language == readerLanguage ? 0 : definition.language == plan.language ? 1 : 2
        }
        let best = found.map(order).min()
        let own = found.filter { order($0) == best }
        let ofRecords = own.filter { if case .record = $0.source { true } else { false } }
        return Array((ofRecords.isEmpty ? own : ofRecords).prefix(Self.maximumDefinitions))
    }

    /// The concepts whose name is the whole query, function words and question words apart.
    private static func named(_ plan: QueryPlan) -> [ConceptID] {
        let notes = plan.notes.filter { $0.code == .expanded }
        // Words outside of names are those that may be misspelt: there is none if the name is all.
        guard notes.count == 1, plan.typed.isEmpty else { return [] }
        return notes[0].concepts
    }

    private static func text(of record: ResourceRecord) -> String? {
        if case .text(let text) = record.fields[field], !text.isEmpty { return text }
        return record.abstract.isEmpty ? nil : record.abstract
    }
}
