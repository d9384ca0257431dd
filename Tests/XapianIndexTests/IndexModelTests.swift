import Foundation
import Testing

@testable import XapianIndex

extension IndexSuites {
    /// The index against a dictionary that is too simple to be wrong.
    @Suite struct IndexModelTests {
        /// A random query over the vocabulary.
        static func query(depth: Int, using random: inout SplitMix64) -> QueryNode {
            func word() -> String { SampleDocument.vocabulary.randomElement(using: &random) ?? "cash" }
            guard depth > 0 else {
                switch Int.random(in: 0..<8, using: &random) {
                case 0: return .term("Tnews")
                case 1:
                    let words = [word(), word()]
                    return .stream(
                        .phrase(words, window: Int.random(in: 0...4, using: &random)), words.map { .term($0) })
                case 2: return .stream(.near([word(), word(), word()], window: 5), [.all])
                case 3:
                    let year = Double(Int.random(in: 1990...2024, using: &random))
                    let bounds = [(year, nil), (nil, year), (year, year + 5), (nil, nil)] as [(Double?, Double?)]
                    let (low, high) = bounds.randomElement(using: &random) ?? (nil, nil)
                    return .valueRange(slot: Slot.year, low, high)
                case 4:
                    let types = ["news", "event", "absent"].shuffled(using: &random)
                    return [.all, .nothing, .valueIn(slot: Slot.type, Array(types.prefix(2)))]
                        .randomElement(using: &random) ?? .all
                case 5: return .prefix(String(word().prefix(1)), maxExpansion: 100)
                default: return .term(word(), wqf: UInt32.random(in: 1...3, using: &random))
                }
            }
            func part() -> QueryNode { query(depth: depth - 1, using: &random) }
            func parts() -> [QueryNode] { (0..<Int.random(in: 0...4, using: &random)).map { _ in part() } }
            switch Int.random(in: 0..<8, using: &random) {
            case 0: return .and(parts())
            case 1: return .or(parts())
            case 2: return .andNot(part(), part())
            case 3: return .andMaybe(part(), part())
            case 4: return .filter(part(), part())
            case 5: return .synonym(parts().filter { !hasRange($0) })
            case 6: return .max(parts())
            default: return .scale(Double.random(in: 0...3, using: &random), part())
            }
        }

        /// Whether a value range or a pattern is inside, which a synonym refuses.
        static func hasRange(_ query: QueryNode) -> Bool {
            switch query {
            case .valueRange, .valueIn, .stream: true
            case .and(let parts), .or(let parts), .synonym(let parts), .max(let parts): parts.contains { hasRange($0) }
            case .andNot(let a, let b), .andMaybe(let a, let b), .filter(let a, let b): hasRange(a) || hasRange(b)
            case .scale(_, let part): hasRange(part)
            case .term, .prefix, .all, .nothing: false
            }
        }

        @Test(arguments: [1, 2, 3, 4] as [UInt64])
        func `every committed state equals the dictionary`(seed: UInt64) async throws {
            print("seed \(seed)")
            var random = SplitMix64(seed: seed)
            let directory = try TemporaryDirectory()
            let writer = try IndexWriter(path: directory.index, flushThreshold: 7)
            _ = try await writer.commit()
            var committed: [String: SampleDocument] = [:]
            var pending = committed
            let pool = try ReaderPool(path: directory.index, lanes: 2)
            for step in 0..<60 {
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<6:
                    let documents = (0..<Int.random(in: 1...20, using: &random)).map { _ in
                        SampleDocument.random(id: "\(Int.random(in: 0..<60, using: &random))", using: &random)
                    }
                    for document in documents { pending[document.id] = document }
                    try await writer.replace(documents.map(\.indexDocument))
                case 6:
                    let id = "\(Int.random(in: 0..<60, using: &random))"
                    pending[id] = nil
                    try await writer.delete(uniqueTerms: ["Q" + id])
                case 7:
                    try await writer.rollback()
                    pending = committed
                default:
                    _ = try await writer.commit()
                    committed = pending
                }
                try await compare(pool, committed, step: step, &random)
            }
        }

        private func compare(
            _ pool: ReaderPool, _ documents: [String: SampleDocument], step: Int, _ random: inout SplitMix64
        ) async throws {
            let all = documents.values.sorted { $0.id < $1.id }
            #expect(try await pool.documentCount() == all.count, "step \(step)")
            for _ in 0..<8 {
                let query = Self.query(depth: Int.random(in: 0...3, using: &random), using: &random)
                var request = IndexQuery(query, limit: 1_000, checkAtLeast: .max)
                request.streamSlot = Slot.words
                request.weighting = [.boolean, .poweredBM25(), .xapianBM25()].randomElement(using: &random) ?? .boolean
                request.facets = [
                    FacetRequest(slot: Slot.type, kind: .single), FacetRequest(slot: Slot.concepts, kind: .list),
                ]
                let page = try await pool.search(request)
                let expected = all.filter { $0.matches(query) }
                #expect(Set(page.ids) == Set(expected.map(\.id)), "step \(step), \(query)")
                #expect(
                    page.total == MatchTotal(lower: expected.count, estimate: expected.count, upper: expected.count))
                #expect(page.facets == Self.facets(of: expected), "step \(step), \(query)")
                #expect(page.hits.allSatisfy { $0.score.isFinite && $0.score >= 0 })
                #expect(!page.timedOut)
            }
            for word in SampleDocument.vocabulary.prefix(4) {
                let frequency = try await pool.frequencies(of: [word])[0]
                #expect(frequency.documents == all.count { $0.words.contains(word) })
                #expect(frequency.occurrences == all.reduce(0) { $0 + $1.words.count { $0 == word } })
            }
        }

        /// Facets by definition: by falling count, then by value.
        static func facets(of documents: [SampleDocument]) -> [FacetResult] {
            var types: [String: Int] = [:]
            var concepts: [UInt32: Int] = [:]
            for document in documents {
                if let type = document.type { types[type, default: 0] += 1 }
                for concept in document.concepts { concepts[concept, default: 0] += 1 }
            }
            return [
                FacetResult(
                    counts: types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                        .map { FacetCount(value: .bytes(Array($0.key.utf8)), count: $0.value) },
                    documentsWithValue: documents.count { $0.type != nil }, malformedLists: 0),
                FacetResult(
                    counts: concepts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                        .map { FacetCount(value: .number($0.key), count: $0.value) },
                    documentsWithValue: documents.count { !$0.concepts.isEmpty }, malformedLists: 0),
            ]
        }

        @Test func `hits in pages are the hits in one`() async throws {
            var random = SplitMix64(seed: 11)
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, (0..<200).map { .random(id: "\($0)", using: &random) })
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            let query = QueryNode.or([.term("cash"), .term("school"), .term("meal")])
            let whole = try await pool.search(IndexQuery(query, limit: 500)).ids
            var paged: [String] = []
            for offset in stride(from: 0, to: 500, by: 17) {
                paged += try await pool.search(IndexQuery(query, offset: offset, limit: 17)).ids
            }
            #expect(whole.count > 50)
            #expect(paged == whole)
        }

        @Test func `a sort goes by the slots in turn and puts missing values last`() async throws {
            var random = SplitMix64(seed: 12)
            let directory = try TemporaryDirectory()
            let documents = (0..<150).map { SampleDocument.random(id: "\($0)", using: &random) }
            try await makeIndex(directory.index, documents)
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            for (yearDown, typeDown) in [(false, false), (true, false), (false, true), (true, true)] {
                var query = IndexQuery(.all, limit: 500)
                query.sort = [
                    SortKey(slot: Slot.type, descending: typeDown), SortKey(slot: Slot.year, descending: yearDown),
                ]
                let expected = documents.enumerated().sorted { left, right in
                    let (a, b) = (left.element, right.element)
                    if a.type != b.type {
                        guard let x = a.type, let y = b.type else { return a.type != nil }
                        return typeDown ? x > y : x < y
                    }
                    if a.year != b.year {
                        guard let x = a.year, let y = b.year else { return a.year != nil }
                        return yearDown ? x > y : x < y
                    }
                    return left.offset < right.offset
                }
                #expect(try await pool.search(query).ids == expected.map(\.element.id))
            }
        }

        @Test func `a sorted list goes on behind any of its hits, with a second slot for values that are missing`()
            async throws
        {
            var random = SplitMix64(seed: 14)
            let directory = try TemporaryDirectory()
            let documents = (0..<150).map { SampleDocument.random(id: "\($0)", using: &random) }
            try await makeIndex(directory.index, documents)
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            for descending in [false, true] {
                var query = IndexQuery(.all, limit: 500)
                query.wantKeys = true
                query.sort = [SortKey(slot: Slot.type, descending: descending, fallback: Slot.work)]
                let whole = try await pool.search(query)
                let expected = documents.enumerated().sorted { left, right in
                    let (a, b) = (left.element.type ?? left.element.work, right.element.type ?? right.element.work)
                    if a == b { return left.offset < right.offset }
                    guard let a, let b else { return a != nil }
                    return descending ? Array(a.utf8).lexicographicallyPrecedes(Array(b.utf8)) == false : a < b
                }
                #expect(whole.ids == expected.map(\.element.id))
                #expect(
                    zip(whole.hits, whole.hits.dropFirst()).allSatisfy {
                        !$1.sortKey.lexicographicallyPrecedes($0.sortKey)
                    })
                for place in [0, 1, 40, 148, 149] {
                    query.after = SortPlace(key: whole.hits[place].sortKey, documentID: whole.hits[place].documentID)
                    #expect(try await pool.search(query).ids == Array(whole.ids[(place + 1)...]))
                }
                query.after = nil
                let sorted = query
                let numbers = try await pool.read { (reader) throws(IndexError) in try reader.documentIDs(of: sorted) }
                #expect(numbers == whole.hits.map(\.documentID))
            }
        }

        @Test func `going on without sort keys is refused`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [])
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            var query = IndexQuery(.all)
            query.after = SortPlace(key: [], documentID: 1)
            await #expect { try await pool.search(query) } throws: { ($0 as? IndexError)?.code == .invalidArgument }
        }

        @Test func `collapsing keeps the best hit of each value`() async throws {
            var random = SplitMix64(seed: 13)
            let directory = try TemporaryDirectory()
            let documents = (0..<150).map { SampleDocument.random(id: "\($0)", using: &random) }
            try await makeIndex(directory.index, documents)
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            let node = QueryNode.or([.term("cash"), .term("pension"), .term("card")])
            let plain = try await pool.search(IndexQuery(node, limit: 500)).ids
            var query = IndexQuery(node, limit: 500)
            query.collapseSlot = Slot.work
            query.valueSlots = [Slot.work]
            query.facets = [FacetRequest(slot: Slot.type, kind: .single)]
            let page = try await pool.search(query)
            let works = Dictionary(uniqueKeysWithValues: documents.map { ($0.id, $0.work) })
            var seen: Set<String> = []
            let expected = plain.filter { id in (works[id] ?? nil).map { seen.insert($0).inserted } ?? true }
            #expect(page.ids == expected)
            #expect(expected.count < plain.count)
            let matching = documents.filter { $0.matches(node) }
            for hit in page.hits {
                guard let work = hit.values[Slot.work].map({ String(decoding: $0, as: UTF8.self) }) else {
                    #expect(hit.collapseCount == 0)
                    continue
                }
                #expect(hit.collapseCount <= matching.count { $0.work == work } - 1)
            }
            let hits = expected.count
            #expect(page.total == MatchTotal(lower: hits, estimate: hits, upper: hits))
            let all = matching.count
            #expect(page.uncollapsedTotal == MatchTotal(lower: all, estimate: all, upper: all))
            // Facets are of all matches, not of those left over.
            #expect(page.facets[0].documentsWithValue == matching.count { $0.type != nil })
        }
    }
}
