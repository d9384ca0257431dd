import SabilAnalysis
public import SabilRecords
import SabilTaxonomy
import XapianIndex

/// A record that people gave a concept, and what it has in common with a text.
public struct ConfirmedRecord: Sendable, Hashable {
    public var id: RecordID
    public var work: WorkID
    public var title: String
    public var language: Language
    /// 0…1: of the weight of what the text is looked for by, the share that the record holds too.
    public var likeness: Double
    /// Words of the text as it has them, and concepts it names, that the record holds too; weightiest first.
    public var shared: [String]
}

/// A text whose nearest confirmed records are wanted, and for which concepts.
public struct ConfirmedRequest: Sendable, Hashable {
    public var title: String
    public var text: String
    /// `undetermined` = found from the text.
    public var language: Language
    public var concepts: [ConceptID]
    /// The record that the text is of: it is not evidence of itself.
    public var except: RecordID?
    /// Records of each concept at most, 1…``maximumLimit``; versions of one work count once.
    public var limit = Self.usualLimit
    /// Language that shared concepts are named in.
    public var readerLanguage: Language = .english
    /// Only records that may be seen by those asked for.
    public var visibility: Set<Visibility> = [.public]

    public static let usualLimit = 2
    public static let maximumLimit = 10

    public init(
        title: String = "", text: String, language: Language = .undetermined, concepts: [ConceptID],
        except: RecordID? = nil
    ) {
        self.title = title
        self.text = text
        self.language = language
        self.concepts = concepts
        self.except = except
    }
}

extension SearchService {
    /// Records less like a text than this, or sharing only one thing with it, are no evidence.
    static let leastLikeness = 0.15

    /// Bytes of a text in which named concepts are looked for, after the title.
    private static let namingBytes = 2_000

    /// For each concept the records most like a text among those that people gave it; no entry where none is like it.
    ///
    /// A concept's own tags count, not those of narrower ones. Likeness goes by the text's weightiest words and the concepts it
    /// names, so that texts in other languages can be found; what records are tagged with does not count towards it.
    /// - Throws: `overloaded`, `timedOut`, `cancelled`, `invalidRequest`, `unreadableRecord`, `index`.
    /// - Complexity: one search a concept within its records, and one within those found for each concept that the text names.
    public func confirmed(_ request: ConfirmedRequest) async throws(SearchError) -> [ConceptID: [ConfirmedRecord]] {
        guard (1...ConfirmedRequest.maximumLimit).contains(request.limit) else {
            throw SearchError(
                code: .invalidRequest, operation: "find confirmed records",
                message: "Could not find confirmed records: the limit \(request.limit) must be between 1 and "
                    + "\(ConfirmedRequest.maximumLimit); correct the request.")
        }
        return try await read { reader in
            var session = analyzer.makeSession()
            let (beginning, rest) = Self.split(request.text)
            let declared = request.language == .undetermined ? nil : request.language
            let language = session.detect(request.title + "\n" + beginning, declared: declared).language
            // A text has no abstract: its beginning is read for names as one.
            let record = ResourceRecord(
                id: RecordID(""), type: "", language: language, title: request.title, abstract: beginning,
                body: rest)
            var likeness = Likeness(expander, readerLanguage: request.readerLanguage, analyzer: analyzer)
            let units = try likeness.units(of: record, language: language, withTags: false, reader: reader)
            guard !units.isEmpty else { return [:] }
            let finder = ConfirmedFinder(
                request: request, units: units, weighting: ranking.weighting, stored: stored)
            let numbers = request.concepts.unique.compactMap { id in
                taxonomy.concept(id).map { (id: id, number: $0.number) }
            }
            return try finder.found(carrying: numbers, reader: reader)
        }
    }

    /// A text cut behind the word that ``namingBytes`` reach.
    private static func split(_ text: String) -> (beginning: String, rest: String) {
        guard text.utf8.count > namingBytes else { return (text, "") }
        let reached = text.utf8.index(text.startIndex, offsetBy: namingBytes)
        guard let cut = text.utf8[reached...].firstIndex(where: { $0 == 0x20 || $0 == 0x0A }) else { return (text, "") }
        return (String(text[..<cut]), String(text[cut...]))
    }
}

/// Looks among the records of each concept for those that hold most of a text's words.
private struct ConfirmedFinder {
    let request: ConfirmedRequest
    let units: [Likeness.WeighedUnit]
    let weighting: Weighting
    let stored: StoredRecord

    /// Records that are compared more closely for each one wanted.
    private static let candidatesEach = 3

    private struct Candidate {
        var document: UInt64
        /// Places in `units`.
        var shared: [Int]
    }

    func found(
        carrying concepts: [(id: ConceptID, number: ConceptNumber)], reader: borrowing IndexReader
    ) throws -> [ConceptID: [ConfirmedRecord]] {
        let visible = FilterPlanner.visibility(request.visibility)
        var pages: [(concept: ConceptID, page: ResultPage)] = []
        for concept in concepts {
            let carriers = QueryNode.filter(.term(IndexSchema.assigned(concept.number)), visible)
            var node = QueryNode.filter(.or(units.map(\.unit.node)), carriers)
            if let except = request.except { node = .andNot(node, .term(IndexSchema.record(except))) }
            var query = IndexQuery(node, limit: request.limit * Self.candidatesEach)
            query.weighting = weighting
            query.collapseSlot = IndexSchema.Slot.work
            query.valueSlots = [IndexSchema.Slot.wordStream]
            query.wantData = false
            query.ties = TieOrder.byID(from: 0)
            pages.append((concept.id, try reader.search(query)))
        }
        var shared = wordsShared(by: pages.map(\.page))
        try addConcepts(to: &shared, reader: reader)
        var found: [ConceptID: [ConfirmedRecord]] = [:]
        for (concept, page) in pages {
            let own = try records(page.hits.map(\.documentID), shared: shared, reader: reader)
            if !own.isEmpty { found[concept] = own }
        }
        return found
    }

    /// The words each document shares with the text, by places in `units`.
    private func wordsShared(by pages: [ResultPage]) -> [UInt64: Set<Int>] {
        var places: [UInt32: [Int]] = [:]
        for (place, unit) in units.enumerated() {
            if let stem = unit.stem { places[WordStream.code(of: stem), default: []].append(place) }
        }
        var shared: [UInt64: Set<Int>] = [:]
        for page in pages {
            for (place, hit) in page.hits.enumerated() where shared[hit.documentID] == nil {
                let stream = page.values.value(ofHit: place, slot: IndexSchema.Slot.wordStream).span
                let codes = WordStream.parts(of: stream).codes
                var own: Set<Int> = []
                for at in stride(from: codes.lowerBound, to: codes.upperBound, by: 3) {
                    let code = UInt32(stream[at]) | UInt32(stream[at + 1]) << 8 | UInt32(stream[at + 2]) << 16
                    if let found = places[code & (WordStream.stopwordBit - 1)] { own.formUnion(found) }
                }
                shared[hit.documentID] = own
            }
        }
        return shared
    }

    /// Adds the concepts that both the text and a document name.
    private func addConcepts(to shared: inout [UInt64: Set<Int>], reader: borrowing IndexReader) throws {
        guard !shared.isEmpty else { return }
        let documents = shared.keys.sorted()
        let terms = try reader.data(ofDocuments: documents).map { data in
            QueryNode.term(IndexSchema.record(try stored.decode(data).id))
        }
        for (place, unit) in units.enumerated() where unit.stem == nil {
            var query = IndexQuery(.filter(.or(terms), unit.unit.node), limit: terms.count)
            query.weighting = .boolean
            query.wantData = false
            for hit in try reader.search(query).hits { shared[hit.documentID]?.insert(place) }
        }
    }

    private func records(
        _ documents: [UInt64], shared: [UInt64: Set<Int>], reader: borrowing IndexReader
    ) throws -> [ConfirmedRecord] {
        let whole = units.reduce(0) { $0 + $1.weight }
        var likely: [(document: UInt64, likeness: Double, shared: [Int])] = []
        for document in documents {
            let own = (shared[document] ?? []).sorted()
            let likeness = own.reduce(0) { $0 + units[$1].weight } / whole
            if own.count > 1, likeness >= SearchService.leastLikeness { likely.append((document, likeness, own)) }
        }
        let data = try reader.data(ofDocuments: likely.map(\.document))
        let records = try zip(likely, data).map { likely, data in
            let record = try stored.decode(data)
            return ConfirmedRecord(
                id: record.id, work: record.work, title: record.title, language: record.language,
                likeness: likely.likeness, shared: likely.shared.map { units[$0].unit.name })
        }
        return Array(
            records.sorted { ($1.likeness, $0.id) < ($0.likeness, $1.id) }.prefix(request.limit))
    }
}
