public import SabilRecords
import XapianIndex

/// Everything that a search finds, in its order, some hundred records at a time.
///
/// What is found is settled when the stream is made; each record is given as it is when its turn comes. One that was deleted
/// meanwhile, or that the reader may no longer see, is left out; after an index was built anew in the place of this one the
/// stream fails with `staleCursor`.
///
/// ```swift
/// var stream = try await service.records(matching: SearchRequest("pensions"))
/// while let records = try await stream.next() { for record in records { … } }
/// ```
public struct RecordStream: Sendable {
    /// Records found when the stream was made.
    public let count: Int
    /// What the query was understood as, as in ``FacetedPage/notes``.
    public let notes: [QueryNote]

    private let read: @Sendable ([UInt64]) async throws(SearchError) -> [ResourceRecord]
    private var left: ArraySlice<UInt64>

    private static let step = 250

    init(
        _ documents: [UInt64], notes: [QueryNote],
        read: @escaping @Sendable ([UInt64]) async throws(SearchError) -> [ResourceRecord]
    ) {
        count = documents.count
        left = documents[...]
        self.notes = notes
        self.read = read
    }

    /// The next records; `nil` at the end.
    /// - Throws: `staleCursor`, `overloaded`, `index`, `unreadableRecord`.
    /// - Complexity: one look into the table of records each.
    public mutating func next() async throws(SearchError) -> [ResourceRecord]? {
        while !left.isEmpty {
            let documents = Array(left.prefix(Self.step))
            left = left.dropFirst(Self.step)
            let records = try await read(documents)
            // A step of which all was deleted is not the end.
            if !records.isEmpty { return records }
        }
        return nil
    }
}

extension Answering {
    /// What is found, in order, and of which index.
    struct Found: Sendable {
        var documents: [UInt64]
        var index: UInt64
        /// What is to be said of them.
        var notes: [QueryNote] = []
    }

    /// The numbers of all documents that the question finds, in the order of its pages.
    /// - Complexity: O(n log n), n = documents found.
    /// - Throws: `timedOut` where not all could be seen in time.
    func everything(_ reader: borrowing IndexReader) throws(IndexError) -> Found {
        let weights = try ranking.weights(of: plan, reader: reader)
        let pins: [RankedSearch.RankedHit]
        do {
            pins = try pinnedHits(reader)
        } catch let error as IndexError {
            throw error
        } catch {
            // A pinned record that cannot be read is told when its turn comes.
            pins = []
        }
        let node = weights.resolve(plan.node)
        let matching = unpinned(matching(node), pins: pins)
        var query = baseQuery(matching, offset: 0, limit: 0)
        // One limit: what it cuts is told, and what is late but whole is no failure.
        query.timeLimitSeconds = streamSeconds
        query.hardTimeLimitSeconds = streamSeconds
        query.sort = sortKeys
        var documents: [UInt64] = []
        if isByRelevance {
            query.limit = ranking.parameters.poolSize
            let best = try ranking.run(query, plan: plan, weights: weights, reader: reader, boosting: boosting)
            try checkWhole(best.result)
            documents = best.hits.map(\.hit.documentID)
            let first = Set(documents)
            // As pages have it: hits of one score in the order of their ids.
            query.ties = TieOrder.byID(from: 0)
            query.valueSlots = []
            query.wantData = false
            query.limit = Int(try reader.statistics().documentCount)
            let all = try reader.search(query)
            try checkWhole(all)
            documents += all.hits.map(\.documentID).filter { !first.contains($0) }
        } else {
            if !query.sort.isEmpty { query.weighting = .boolean }
            for tier in hasTiers ? tiers(of: matching) : [matching] {
                query.query = tier
                documents += try reader.documentIDs(of: query)
            }
        }
        documents = pins.map(\.hit.documentID) + documents
        let notes = try [hiddenNote(node, reader: reader)].compactMap(\.self)
        return Found(documents: documents, index: try reader.statistics().identity, notes: notes)
    }

    /// What is cut must not pass for everything.
    private func checkWhole(_ result: ResultPage) throws(IndexError) {
        guard result.timedOut else { return }
        throw IndexError(
            code: .timedOut, operation: "list everything that a search finds",
            message: "not all matches were seen within \(streamSeconds) s")
    }

    /// Records by the numbers of their documents; missing ones are left out.
    func records(
        _ documents: [UInt64], of index: UInt64, reader: borrowing IndexReader
    ) throws(IndexError) -> Result<[ResourceRecord], SearchError> {
        guard try reader.statistics().identity == index else {
            return .failure(
                SearchError(
                    code: .staleCursor, operation: "read what a search found",
                    message:
                        "Could not read all that the search found: the index was built anew meanwhile; begin again."))
        }
        var records: [ResourceRecord] = []
        for data in try Self.data(documents, reader: reader) {
            do {
                var hit = SearchHit(record: try stored.decode(data), language: .undetermined, score: 0)
                hit.language = hit.record.language
                guard request.visibility.contains(hit.record.visibility) else { continue }
                if request.collapsesTranslations { try gatherTranslations(&hit, reader: reader) }
                records.append(hit.record)
            } catch let error as IndexError {
                throw error
            } catch let error as SearchError {
                return .failure(error)
            } catch {
                return .failure(
                    SearchError(code: .index, operation: "read what a search found", message: "\(error)"))
            }
        }
        return .success(records)
    }

    private static func data(
        _ documents: [UInt64], reader: borrowing IndexReader
    ) throws(IndexError) -> [[UInt8]] {
        do {
            return try reader.data(ofDocuments: documents)
        } catch {
            guard error.code == .notFound else { throw error }
        }
        var found: [[UInt8]] = []
        for document in documents {
            do {
                found += try reader.data(ofDocuments: [document])
            } catch {
                guard error.code == .notFound else { throw error }
            }
        }
        return found
    }
}
