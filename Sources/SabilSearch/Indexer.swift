public import SabilAnalysis
public import SabilRecords
public import SabilTaxonomy
import XapianIndex

/// Brings validated records into an index: a whole one built anew, or changes to one that is there.
public struct Indexer: Sendable {
    /// Where a new index goes, and what becomes of the old one.
    public enum Placement: Sendable, Hashable {
        /// In the place of the old one, which is removed.
        case replacing
        /// In the place of the old one, which is kept as `<path>.previous`; one that was kept before goes.
        case keepingPrevious
        /// Beside the old one, as `<path>.next`, until ``Indexer/switchToStaged(keepsPrevious:)``.
        case staged
    }

    public let path: String
    let taxonomy: ConceptScheme
    let analyzer: Analyzer
    private let tags: TagIndex
    private let tagTable: TagTable
    let contentTypes: ContentTypeCatalogue?
    /// Another one than the standard for tests.
    var recount = GramRecount()
    /// The names of the taxonomy, where they are at hand: else they are read before the first record is.
    var names: ConceptNames?
    /// What the taxonomy teaches of translations, where it is at hand: else it is learnt when needed.
    var taught: TaxonomyTranslations?
    /// Learns translations; another one for tests.
    var learner: @Sendable (ParallelText) throws(IndexError) -> TranslationTable = { TranslationLearner().learn($0) }
    /// Works in several languages that translations are learnt from; less for tests.
    var worksToLearnFrom = AlignedWorks.maximum

    /// - Parameters:
    ///   - path: the directory of the index.
    ///   - contentTypes: what tells the pillar of a type; without it no record has a pillar.
    public init(
        path: String, taxonomy: ConceptScheme, contentTypes: ContentTypeCatalogue? = nil,
        analyzer: Analyzer = Analyzer()
    ) {
        self.path = path
        self.taxonomy = taxonomy
        self.contentTypes = contentTypes
        self.analyzer = analyzer
        tags = TagIndex(taxonomy, analyzer: analyzer)
        tagTable = TagTable(taxonomy)
    }

    /// Builds the index anew from all records and puts it in the place of the old one in one step.
    ///
    /// Until then readers go on with the old one; if anything fails it stays. Of records with the same id the last wins.
    /// Other writers are kept out from the beginning: what they wrote would go with the old index. (Not while an index is
    /// staged: then a switch tells whether they wrote.)
    /// - Parameters:
    ///   - threads: 1…32 workers, each with a line of shards of its own; merged at the end.
    ///   - placement: where the new index goes.
    ///   - next: gives the next batch of records, `nil` at the end; some hundred a batch are a good number. It is called first
    ///     when other writers are kept out already.
    /// - Throws: `locked` if another writer or build has this path, `diskFull`, `index`, or what `next` throws.
    public func rebuild(
        threads: Int = 2, placement: Placement = .replacing,
        from next: () async throws(SearchError) -> [ResourceRecord]?
    ) async throws(SearchError) -> IndexingReport {
        let clock = ContinuousClock()
        let start = clock.now
        let generations = IndexGenerations(path: path)
        let mark = generations.commitMark()
        let builder: BulkIndexBuilder
        do {
            builder = try BulkIndexBuilder(
                path: placement == .staged ? generations.next : path, lanes: threads, holdsIndex: true,
                keepsPrevious: placement == .keepingPrevious)
        } catch {
            throw SearchError(error)
        }
        var batch = BatchReport()
        var failure: SearchError?
        let builders = makeBuilders()
        do throws(SearchError) {
            batch = try await write(threads: threads, to: builder, builders: builders, from: next)
        } catch {
            failure = error
        }
        if let failure {
            // What the build failed of is what matters, not that its remains could not be removed.
            try? await builder.abandon()
            throw failure
        }
        var metadata = IndexSchema.metadata(analyzer: analyzer.fingerprint, taxonomy: taxonomy.version)
        if placement == .staged { metadata[IndexSchema.Key.stagedOver] = Array(mark.utf8) }
        for (digest, name) in batch.organisations {
            metadata[IndexSchema.Key.organisation(digest)] = Array(name.utf8)
        }
        let grams = builders.grams
        metadata.merge(grams.metadata().filter { !$0.value.isEmpty }) { first, _ in first }
        metadata[IndexSchema.Key.gramChanges] = Array(String(batch.report.replaced).utf8)
        do {
            _ = try await builder.finish(metadata: metadata)
        } catch {
            try? await builder.abandon()
            throw SearchError(error)
        }
        let built = placement == .staged ? generations.next : path
        // The index is in place: if another writer has it already, the next one that changes much will count and learn.
        do {
            let writer = try IndexWriter(path: built, opening: .existing)
            batch.report.learningFailure = await learn(
                in: writer, countsGrams: recount.isDue(changes: batch.report.replaced, counted: grams.documents),
                works: AlignedWorks(repeated: batch.works.repeated, atMost: worksToLearnFrom))
        } catch {
            batch.report.learningFailure = error.description
        }
        batch.report.seconds = (clock.now - start).seconds
        return batch.report
    }

    /// Reads, analyses and writes at the same time; see ``RebuildPipeline``.
    private func write(
        threads: Int, to builder: BulkIndexBuilder, builders: BuilderPool,
        from next: () async throws(SearchError) -> [ResourceRecord]?
    ) async throws(SearchError) -> BatchReport {
        var seen: Set<RecordID> = []
        var replaced = 0
        var works = MetWorks()
        var pipeline = RebuildPipeline(builder, batchesUnderWay: threads + 3) { [self] records in
            built(records, builders)
        }
        var failure: SearchError?
        reading: while !pipeline.hasFailed {
            do throws(SearchError) {
                guard let records = try await next() else { break reading }
                let (batch, repeated) = Self.lastOfEach(records, seen: &seen)
                replaced += repeated
                for record in batch where record.visibility == .public { works.note(record.work) }
                await pipeline.append(batch)
            } catch {
                failure = error
                break reading
            }
        }
        // What is under way is waited for in any case: nothing may be written any more when the build is given up.
        let written = await pipeline.finish()
        if let failure { throw failure }
        var total = try written.get()
        total.report.replaced += replaced
        total.works = works
        return total
    }

    /// Writes records, each in the place of the one with the same id, and deletes others, in one commit.
    ///
    /// The index is made if there is none. All or nothing: a failure leaves the index as it was. Where much has changed, what is
    /// learnt of the whole index is learnt anew in a second commit; if that fails the records are in, and the report says why.
    /// - Throws: `locked` if there is another writer, `mismatch`, `diskFull`, `index`.
    public func update(
        _ records: [ResourceRecord], deleting ids: [RecordID] = []
    ) async throws(SearchError) -> IndexingReport {
        var rest: [ResourceRecord]? = records
        return try await write(deleting: ids, opening: .newOrExisting) { () throws(SearchError) in
            defer { rest = nil }
            return rest
        }
    }

    /// Writes records as they come, each in the place of the one with the same id, in one commit at the end.
    ///
    /// What is learnt of the whole index follows in a second one, as for ``update(_:deleting:)``.
    ///
    /// No other writer gets in from the first batch on, so a second one is told at once and not after its input is read.
    /// - Parameter next: gives the next batch of records, `nil` at the end; some hundred a batch are a good number.
    /// - Throws: `locked` if there is another writer, `mismatch`, `diskFull`, `index`, or what `next` throws.
    public func update(
        from next: () async throws(SearchError) -> [ResourceRecord]?
    ) async throws(SearchError) -> IndexingReport {
        try await write(deleting: [], opening: .newOrExisting, from: next)
    }

    /// Takes records out of the index, in one commit.
    /// - Throws: `notFound` if there is no index, `locked` if there is another writer, `mismatch`, `diskFull`, `index`.
    public func delete(_ ids: [RecordID]) async throws(SearchError) -> IndexingReport {
        try await write(deleting: ids, opening: .existing) { () throws(SearchError) in nil }
    }

    private func write(
        deleting ids: [RecordID], opening: IndexWriter.Opening,
        from next: () async throws(SearchError) -> [ResourceRecord]?
    ) async throws(SearchError) -> IndexingReport {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let writer = try IndexWriter(path: path, opening: opening)
            do {
                let isNew = try await prepare(writer)
                let committed = try IndexReader(path: path)
                var seen: Set<RecordID> = []
                var total = BatchReport()
                let builders = makeBuilders()
                while let records = try await next() {
                    if !isNew {
                        let new = Set(records.map(\.id)).subtracting(seen)
                        total.report.replaced += try Self.count(of: new, in: committed)
                    }
                    let (kept, repeated) = Self.lastOfEach(records, seen: &seen)
                    total.report.replaced += repeated
                    let (documents, batch) = await offload { built(kept, builders) }
                    total.add(batch)
                    try await writer.replace(documents)
                }
                let doomed = Set(ids).subtracting(seen)
                if !isNew { total.report.deleted = try Self.count(of: doomed, in: committed) }
                try await writer.delete(uniqueTerms: doomed.sorted().map(IndexSchema.record))
                for (digest, name) in total.organisations.sorted(by: { $0.key < $1.key }) {
                    try await writer.setMetadata(IndexSchema.Key.organisation(digest), Array(name.utf8))
                }
                let change = try await noteChange(
                    total.report, isNew: isNew, builders.grams, in: writer, before: committed)
                if try change != .little || committed.metadata(IndexSchema.Key.translationStamp) == nil {
                    _ = try await writer.commit()
                    total.report.learningFailure = await learn(in: writer, countsGrams: change == .much)
                } else {
                    try await writer.finish()
                }
                total.report.seconds = (clock.now - start).seconds
                return total.report
            } catch {
                await writer.abandon()
                throw error
            }
        } catch let error as IndexError {
            throw SearchError(error)
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(
                code: .index, operation: "update the index at \(path)", message: "\(error)", underlying: error)
        }
    }

    /// How many of these records the index has.
    private static func count(of ids: Set<RecordID>, in reader: borrowing IndexReader) throws(IndexError) -> Int {
        try reader.frequencies(of: ids.sorted().map(IndexSchema.record)).count { $0.documents > 0 }
    }

    /// Checks that the index is one to write to, or marks a new one as ours.
    private func prepare(_ writer: IndexWriter) async throws -> Bool {
        let isNew: Bool
        do {
            let reader = try IndexReader(path: path)
            let count = try reader.documentCount()
            isNew = try count == 0 && reader.metadata(IndexSchema.Key.version) == nil
            if !isNew {
                try IndexSchema.check(
                    reader, path: path, analyzer: analyzer.fingerprint, taxonomy: taxonomy.version)
            }
        }
        if isNew {
            let metadata = IndexSchema.metadata(analyzer: analyzer.fingerprint, taxonomy: taxonomy.version)
            for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { try await writer.setMetadata(key, value) }
        }
        return isNew
    }

    private func makeBuilders() -> BuilderPool {
        let names = names ?? ConceptNames(ConceptExpander(taxonomy, analyzer: analyzer))
        return BuilderPool { [tags, tagTable, names, contentTypes, analyzer] in
            DocumentBuilder(
                tags: tags, tagTable: tagTable, names: names, contentTypes: contentTypes, analyzer: analyzer)
        }
    }

    /// How much of the index changes with a commit.
    private enum Change {
        case little
        /// All of it; the letter sequences were counted on the way.
        case all
        case much
    }

    /// Keeps the number of changes since letter sequences were counted, and the counts themselves where all is new.
    private func noteChange(
        _ report: IndexingReport, isNew: Bool, _ grams: GramTable, in writer: IndexWriter,
        before: borrowing IndexReader
    ) async throws -> Change {
        if isNew, report.replaced == 0 {
            for (key, value) in grams.metadata() where !value.isEmpty { try await writer.setMetadata(key, value) }
            return .all
        }
        let stamp = try before.metadata(IndexSchema.Key.gramStamp)
        let counted = GramTable.documents(inStamp: stamp ?? [])
        let earlier = try before.metadata(IndexSchema.Key.gramChanges).flatMap {
            Int(String(decoding: $0, as: UTF8.self))
        }
        let changes = (earlier ?? 0) + report.indexed + report.deleted
        if changes == 0 { return .little }
        try await writer.setMetadata(IndexSchema.Key.gramChanges, Array(String(changes).utf8))
        return stamp == nil || recount.isDue(changes: changes, counted: counted) ? .much : .little
    }

    /// Counts and learns what is told of the whole index, from what is committed, and finishes the writer.
    ///
    /// The records are in whatever becomes of it; the next change that is much does it again.
    /// - Parameter works: those that may stand in several languages; `nil`: every public record is looked at.
    /// - Returns: why it failed; `nil` where it did not.
    private func learn(in writer: IndexWriter, countsGrams: Bool, works: AlignedWorks? = nil) async -> String? {
        do {
            if countsGrams { try await recountGrams(in: writer) }
            try await learnTranslations(in: writer, works: works)
            try await writer.finish()
            return nil
        } catch {
            await writer.abandon()
            return "\(error)"
        }
    }

    /// Counts what is committed; the table goes into the next commit.
    private func recountGrams(in writer: IndexWriter) async throws {
        let path = writer.path
        let table = try await offload { () -> Result<GramTable, IndexError> in
            do throws(IndexError) {
                return .success(try GramTable(counting: try IndexReader(path: path)))
            } catch {
                return .failure(error)
            }
        }.get()
        for (key, value) in table.metadata() { try await writer.setMetadata(key, value) }
        try await writer.setMetadata(IndexSchema.Key.gramChanges, [])
    }

    /// Builds the documents of a batch with one analysis session.
    private func built(_ records: [ResourceRecord], _ builders: BuilderPool) -> ([IndexDocument], BatchReport) {
        let builder = builders.take()
        defer { builders.put(back: builder) }
        let cutWords = builder.session.cutWords
        var documents: [IndexDocument] = []
        documents.reserveCapacity(records.count)
        var batch = BatchReport()
        for record in records {
            do {
                let built = try builder.build(record)
                documents.append(built.document)
                batch.report.indexed += 1
                batch.report.droppedTerms += built.document.droppedTerms
                batch.report.unknownTags += built.unknownTags
                batch.report.languages[built.language, default: 0] += 1
                if built.contradictsDeclared { batch.report.contradictedLanguages += 1 }
                batch.organisations.merge(built.organisations) { first, _ in first }
            } catch {
                batch.report.refused.append(IndexingReport.Refusal(id: record.id, reason: error.description))
            }
        }
        batch.report.cutWords = builder.session.cutWords - cutWords
        return (documents, batch)
    }

    /// Of records with one id the last, in the place of the first.
    private static func lastOfEach(
        _ records: [ResourceRecord], seen: inout Set<RecordID>
    ) -> (records: [ResourceRecord], replaced: Int) {
        var kept: [ResourceRecord] = []
        var places: [RecordID: Int] = [:]
        var replaced = 0
        for record in records {
            if let place = places[record.id] {
                kept[place] = record
                replaced += 1
            } else {
                places[record.id] = kept.count
                kept.append(record)
                if !seen.insert(record.id).inserted { replaced += 1 }
            }
        }
        return (kept, replaced)
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
