import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import XapianIndex

/// Turns records into documents of the index: owns an analysis session, and learns words and counts letters as it goes.
///
// Safety: one caller at a time has it; ``BuilderPool`` hands it to one task and takes it back.
final class DocumentBuilder: @unchecked Sendable {
    /// A record as the index holds it, with what is to be reported of it.
    struct Built {
        var document: IndexDocument
        var language: Language
        var contradictsDeclared = false
        var unknownTags = 0
        /// Organisations that the taxonomy does not know: digest → name.
        var organisations: [UInt32: String] = [:]
    }

    private let taxonomy: ConceptScheme
    private let tags: TagIndex
    private let names: ConceptNames
    private let contentTypes: ContentTypeCatalogue?
    private(set) var session: AnalysisSession
    private var words = RecordWords()
    /// Letter sequences of the records built so far.
    private(set) var grams = GramTable.Counter()

    init(
        taxonomy: ConceptScheme, tags: TagIndex, names: ConceptNames, contentTypes: ContentTypeCatalogue?,
        analyzer: Analyzer
    ) {
        self.taxonomy = taxonomy
        self.tags = tags
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
        addTags(of: record, to: &document, unknown: &built.unknownTags)
        try addNames(of: record, to: &document, unknown: &built.organisations)
        document.data = record.jsonLine()
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
        words.add(try session.tokens(in: record.abstract, language: language))
        words.add(try session.tokens(in: record.body, language: language))
        for name in record.fields.keys.sorted() {
            switch record.fields[name] {
            case .text(let text): words.add(try session.tokens(in: text, language: language))
            case .strings(let texts):
                for text in texts { words.add(try session.tokens(in: text, language: language)) }
            default: break
            }
        }
        for author in record.authors {
            let tokens = try session.tokens(in: author, language: .undetermined)
            for token in tokens {
                document.addTerm(prefix: IndexSchema.Prefix.authorWord, utf8: token.surface.utf8.span, wdf: 0)
            }
            words.add(tokens, mark: .authors)
        }
        for name in record.organisations + [record.series].compactMap(\.self) {
            words.add(try session.tokens(in: name, language: .undetermined))
        }
        words.write(to: &document)
        for (number, count) in names.occurrences(in: words, language: language).sorted(by: { $0.key < $1.key }) {
            document.addTerm(IndexSchema.names(ConceptNumber(number)), wdf: count)
        }
        document.setValue(slot: IndexSchema.Slot.wordStream, words.stream)
        document.setValue(slot: IndexSchema.Slot.titleKey, Self.titleKey(title))
    }

    /// The title without its case, accents and punctuation, cut where a sort can do without.
    private static func titleKey(_ title: [Token]) -> [UInt8] {
        Array(title.map(\.surface).joined(separator: " ").utf8.prefix(160))
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
        if let date = record.date {
            document.addBooleanTerm(IndexSchema.year(date.year))
            document.setNumber(slot: Slot.year, Double(date.year))
            document.setNumber(slot: Slot.dateOrdinal, Double(date.ordinal))
        }
        if let documentType = record.documentType {
            document.addBooleanTerm(IndexSchema.documentType(documentType))
            document.setValue(slot: Slot.documentType, documentType)
        }
    }

    // MARK: Tags

    private func addTags(of record: ResourceRecord, to document: inout IndexDocument, unknown: inout Int) {
        typealias Slot = IndexSchema.Slot
        var reached = ReachedTags()
        var subjects: Set<UInt32> = []
        var subjectsByPerson: Set<UInt32> = []
        var populations: Set<UInt32> = []
        var regions: Set<UInt32> = []
        var countries: Set<UInt32> = []
        var sources: Set<LabelSource> = []

        let tagged = record.concepts + record.populationGroups.map { ConceptTag($0) }
        let byPerson = Set(tagged.filter(\.source.isByPerson).map { taxonomy.current($0.concept) })
        for tag in tagged {
            let id = taxonomy.current(tag.concept)
            guard let concept = taxonomy.concept(id) else {
                unknown += 1
                continue
            }
            let isByPerson = tag.source.isByPerson
            // A machine's tag beside a person's one says nothing more.
            if !isByPerson && byPerson.contains(id) { continue }
            document.addBooleanTerm(
                isByPerson ? IndexSchema.assigned(concept.number) : IndexSchema.suggested(concept.number))
            reached.add(tags.withAncestors(id).compactMap(tags.number), byPerson: isByPerson)
            let numbers = tags.withAncestors(id).compactMap { tags.number($0)?.rawValue }
            if concept.facet == Facet.population {
                populations.formUnion(numbers)
            } else {
                subjects.formUnion(numbers)
                if isByPerson { subjectsByPerson.formUnion(numbers) }
            }
        }
        for tag in record.concepts { sources.insert(tag.source) }

        var regionIDs = record.regions
        for code in record.countries {
            guard let country = taxonomy.country(code: code) else {
                unknown += 1
                continue
            }
            countries.insert(country.number.rawValue)
            reached.add([country.number], byPerson: true)
            regionIDs += taxonomy.regions(ofCountry: code)
        }
        for id in Set(regionIDs).sorted() {
            guard tags.number(id) != nil else {
                unknown += 1
                continue
            }
            let numbers = tags.withAncestors(id).compactMap(tags.number)
            regions.formUnion(numbers.map(\.rawValue))
            reached.add(numbers, byPerson: true)
        }

        reached.write(to: &document)
        document.setList(slot: Slot.concepts, subjects)
        document.setList(slot: Slot.conceptsByPerson, subjectsByPerson)
        document.setList(slot: Slot.populations, populations)
        document.setList(slot: Slot.regions, regions)
        document.setList(slot: Slot.countries, countries)
        document.setList(slot: Slot.labelSources, sources.map(IndexSchema.labelSourceNumber))
        for source in sources.sorted(by: { $0.rawValue < $1.rawValue }) {
            document.addBooleanTerm(IndexSchema.labelSource(source))
        }
    }

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
                let digest = UInt32(truncatingIfNeeded: Digest.of(key)) | IndexSchema.organisationDigestBit
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

/// The concepts a record reaches, with what each term shall count: a person's own tag twice, all others once.
private struct ReachedTags {
    private var all: Set<ConceptNumber> = []
    private var byPerson: Set<ConceptNumber> = []
    private var ownByPerson: Set<ConceptNumber> = []

    /// - Parameter chain: the concept first, then all above it.
    mutating func add(_ chain: [ConceptNumber], byPerson isByPerson: Bool) {
        all.formUnion(chain)
        guard isByPerson else { return }
        byPerson.formUnion(chain)
        if let own = chain.first { ownByPerson.insert(own) }
    }

    func write(to document: inout IndexDocument) {
        for number in all.sorted() { document.addTerm(IndexSchema.reaches(number)) }
        for number in byPerson.sorted() {
            document.addTerm(IndexSchema.reachesByPerson(number), wdf: ownByPerson.contains(number) ? 1 : 0)
        }
    }
}
