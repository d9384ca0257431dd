import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import XapianIndex

/// Turns records into documents of the index: owns an analysis session, and learns words and counts letters as it goes.
///
/// One caller at a time has it: ``BuilderPool`` hands it to one task and takes it back.
final class DocumentBuilder: @unchecked Sendable {  // Safety: ``BuilderPool`` gives it to one task at a time.
    /// A record as the index holds it, with what is to be reported of it.
    struct Built {
        var document: IndexDocument
        var language: Language
        var contradictsDeclared = false
        var unknownTags = 0
        /// Organisations that the taxonomy does not know: digest → name.
        var organisations: [UInt32: String] = [:]
    }

    private let tags: TagIndex
    private let tagTable: TagTable
    private let names: ConceptNames
    private let contentTypes: ContentTypeCatalogue?
    private(set) var session: AnalysisSession
    private var titleKeys = TitleKeys()
    private var words = RecordWords()
    /// Letter sequences of the records built so far.
    private(set) var grams = GramTable.Counter()

    init(
        tags: TagIndex, tagTable: TagTable, names: ConceptNames, contentTypes: ContentTypeCatalogue?, analyzer: Analyzer
    ) {
        self.tags = tags
        self.tagTable = tagTable
        self.names = names
        self.contentTypes = contentTypes
        session = analyzer.makeSession()
    }

    func build(_ record: ResourceRecord) throws(AnalysisError) -> Built {
        let text = record.title + "\n" + record.abstract + (record.abstract.isEmpty ? record.body : "")
        let declared = record.language == .undetermined ? nil : record.language
        let guess = session.detect(text, declared: declared)
        var built = Built(document: IndexDocument(uniqueTerm: IndexSchema.record(record.id)), language: guess.language)
        built.contradictsDeclared = guess.contradiction != nil
        var document = built.document

        try addTexts(of: record, language: guess.language, to: &document)
        addProperties(of: record, language: guess.language, to: &document)
        let recordTags = RecordTags(record, tagTable)
        recordTags.write(to: &document)
        built.unknownTags = recordTags.unknown
        try addNames(of: record, to: &document, unknown: &built.organisations)
        document.data = StoredRecord.data(of: record)
        let indexed = words.text
        grams.count(indexed.span)
        built.document = document
        return built
    }

    // MARK: Words

    private func addTexts(
        of record: ResourceRecord, language: Language, to document: inout IndexDocument
    ) throws(AnalysisError) {
        words.removeAll()
        let title = try session.tokens(in: record.title, language: language)
        words.add(title)
        for token in title {
            // wdf 0: the title's words are there to filter by; their weight is that of the text as a whole.
            document.addTerm(prefix: IndexSchema.Prefix.titleWord, utf8: token.surface.utf8.span, wdf: 0)
            document.addTerm(prefix: IndexSchema.Prefix.titleStem, utf8: token.stem.utf8.span, wdf: 0)
        }
        words.add(try session.documentTokens(in: record.abstract, language: language))
        words.add(try session.documentTokens(in: record.body, language: language))
        for name in record.fields.keys.sorted() {
            switch record.fields[name] {
            case .text(let text): words.add(try session.documentTokens(in: text, language: language))
            case .strings(let texts):
                for text in texts { words.add(try session.documentTokens(in: text, language: language)) }
            default: break
            }
        }
        for author in record.authors {
            let tokens = try session.tokens(in: author, language: .undetermined)
            for token in tokens {
                document.addTerm(prefix: IndexSchema.Prefix.authorWord, utf8: token.surface.utf8.span, wdf: 0)
                if token.stem != token.surface {  // Muñoz, also written Munoz
                    document.addTerm(prefix: IndexSchema.Prefix.authorWord, utf8: token.stem.utf8.span, wdf: 0)
                }
            }
            words.add(tokens, mark: .authors)
        }
        for name in record.organisations + [record.series].compactMap(\.self) {
            words.add(try session.tokens(in: name, language: .undetermined))
        }
        words.write(to: &document)
        let named = names.occurrences(in: words, language: language)
        for (number, count) in named.sorted(by: { $0.key < $1.key }) {
            document.addTerm(IndexSchema.names(ConceptNumber(number)), wdf: count)
        }
        document.setList(slot: IndexSchema.Slot.programmes, named.keys.filter(tagTable.isProgramme))
        document.setValue(slot: IndexSchema.Slot.wordStream, words.stream)
        try titleKeys.write(record.title, to: &document)
    }

    // MARK: Fields

    private func addProperties(of record: ResourceRecord, language: Language, to document: inout IndexDocument) {
        typealias Slot = IndexSchema.Slot
        document.addBooleanTerm(IndexSchema.type(record.type))
        document.setValue(slot: Slot.type, record.type)
        if let pillar = contentTypes?.pillar(ofType: record.type)?.id {
            document.addBooleanTerm(IndexSchema.pillar(pillar))
            document.setValue(slot: Slot.pillar, pillar)
        }
        document.addBooleanTerm(IndexSchema.language(language))
        document.setValue(slot: Slot.language, language.rawValue)
        document.addBooleanTerm(IndexSchema.visibility(record.visibility))
        document.addBooleanTerm(IndexSchema.work(record.work))
        document.setValue(slot: Slot.work, record.work.rawValue)
        document.setValue(slot: Slot.id, record.id.rawValue)
        if let date = record.date {
            document.addBooleanTerm(IndexSchema.year(date.year))
            document.setNumber(slot: Slot.year, Double(date.year))
            document.setNumber(slot: Slot.dateOrdinal, Double(date.ordinal))
        }
        if case .date(let start) = record.fields["start"] {
            document.setNumber(slot: Slot.startOrdinal, Double(start.ordinal))
        }
        if let documentType = record.documentType {
            document.addBooleanTerm(IndexSchema.documentType(documentType))
            document.setValue(slot: Slot.documentType, documentType)
        }
    }

    // MARK: Names

    private func addNames(
        of record: ResourceRecord, to document: inout IndexDocument, unknown: inout [UInt32: String]
    ) throws(AnalysisError) {
        var organisations: Set<UInt32> = []
        for name in record.organisations {
            let key = try NameKey.of(name, session: &session)
            guard !key.isEmpty else { continue }
            if let organisation = tags.organisation(key: key) {
                if organisations.insert(organisation.number.rawValue).inserted {
                    document.addTerm(IndexSchema.reaches(organisation.number))
                    document.addBooleanTerm(IndexSchema.organisation(organisation.id.rawValue))
                }
            } else {
                let digest = IndexSchema.organisationDigest(key)
                organisations.insert(digest)
                unknown[digest] = name
                document.addBooleanTerm(IndexSchema.organisation(key))
            }
        }
        document.setList(slot: IndexSchema.Slot.organisations, organisations)
        if let series = record.series {
            let key = try NameKey.of(series, session: &session)
            if !key.isEmpty {
                document.addBooleanTerm(IndexSchema.series(key))
                document.setValue(slot: IndexSchema.Slot.series, series)
            }
        }
    }
}
