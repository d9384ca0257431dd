import Dispatch
import Foundation
import Testing

@testable import XapianIndex

extension IndexSuites {
    @Suite struct ReaderTests {
        @Test func `a reader keeps its snapshot until it is refreshed`() async throws {
            let directory = try TemporaryDirectory()
            let writer = try IndexWriter(path: directory.index)
            try await writer.replace([SampleDocument(id: "a", words: ["cash"]).indexDocument])
            let first = try await writer.commit()
            let reader = try IndexReader(path: directory.index)
            try await writer.replace([SampleDocument(id: "b", words: ["cash"]).indexDocument])
            let second = try await writer.commit()
            #expect(first < second)
            let old = try reader.search(IndexQuery(.term("cash")))
            #expect(old.ids == ["a"] && old.revision == first)
            #expect(try reader.refresh() == second)
            let new = try reader.search(IndexQuery(.term("cash")))
            #expect(new.ids == ["a", "b"] && new.revision == second)
        }

        @Test func `searches during commits see whole commits, without an error, and never go back`() async throws {
            let directory = try TemporaryDirectory()
            func generation(_ number: Int) -> [IndexDocument] {
                (0..<40).map { index in
                    var document = SampleDocument(id: "\(index)", words: ["cash", "g\(number)", "school"]).indexDocument
                    document.data = Array("\(number)".utf8)
                    return document
                }
            }
            let writer = try IndexWriter(path: directory.index, flushThreshold: 10)
            try await writer.replace(generation(0))
            _ = try await writer.commit()
            let pool = try ReaderPool(path: directory.index, lanes: 2)
            let finished = Counter()
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        var last = 0
                        var searches = 0
                        repeat {
                            var query = IndexQuery(.and([.term("cash"), .term("school")]), limit: 100)
                            query.wantLengths = true
                            query.valueSlots = [Slot.words]
                            let page = try await pool.search(query)
                            let generations = Set(page.ids)
                            #expect(page.hits.count == 40 && generations.count == 1)
                            let current = generations.first.flatMap { Int($0) } ?? -1
                            // Two lanes refresh on their own, but each before it answers.
                            #expect(current >= last)
                            last = current
                            searches += 1
                        } while !finished.isPositive
                        return searches
                    }
                }
                for number in 1...40 {
                    try await writer.replace(generation(number))
                    _ = try await writer.commit()
                }
                finished.increment()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.allSatisfy { $0 > 0 })
            #expect(Set(try await pool.search(IndexQuery(.all, limit: 100)).ids) == ["40"])
        }

        @Test func `a full lane refuses at once, a cancelled search never starts`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "a", words: ["cash"])])
            let pool = try ReaderPool(path: directory.index, lanes: 1, maximumWaiting: 2)
            let entered = AsyncStream<Void>.makeStream()
            let gate = DispatchSemaphore(value: 0)
            let busy = Task {
                try await pool.read { (_) throws(IndexError) in
                    entered.continuation.yield()
                    gate.wait()
                }
            }
            for await _ in entered.stream { break }
            // The lane is busy: the next waits, is cancelled, and finds out when its turn comes.
            let cancelled = Task { () -> IndexError.Code? in
                do throws(IndexError) {
                    _ = try await pool.search(IndexQuery(.all))
                    return nil
                } catch {
                    return error.code
                }
            }
            cancelled.cancel()
            while pool.waiting < 2 { await Task.yield() }
            do throws(IndexError) {
                _ = try await pool.search(IndexQuery(.all))
                Issue.record("a third search was let in")
            } catch {
                #expect(error.code == .overloaded)
            }
            gate.signal()
            try await busy.value
            #expect(await cancelled.value == .cancelled)
            #expect(pool.waiting == 0)
            #expect(try await pool.search(IndexQuery(.all)).ids == ["a"])
        }

        @Test(arguments: [(1, nil), (2, .modifiedDuringRead)] as [(Int, IndexError.Code?)])
        func `a read overtaken by commits is repeated once`(failures: Int, outcome: IndexError.Code?) async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "a", words: ["cash"])])
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            let runs = Counter()
            do throws(IndexError) {
                let ids = try await pool.read { (reader) throws(IndexError) -> [String] in
                    guard runs.increment() > failures else {
                        throw IndexError(code: .modifiedDuringRead, operation: "test", message: "overwritten")
                    }
                    return try reader.search(IndexQuery(.all)).ids
                }
                #expect(ids == ["a"] && outcome == nil)
            } catch {
                #expect(error.code == outcome)
            }
            #expect(runs.value == 2)
        }

        @Test func `an old snapshot overwritten by later commits is told as modified, or still right`() async throws {
            let directory = try TemporaryDirectory()
            var random = SplitMix64(seed: 41)
            let writer = try IndexWriter(path: directory.index)
            for _ in 0..<3 {
                try await writer.replace(
                    (0..<200).map { SampleDocument.random(id: "\($0)", using: &random).indexDocument })
                _ = try await writer.commit()
            }
            let reader = try IndexReader(path: directory.index)
            for _ in 0..<6 {
                try await writer.replace(
                    (0..<200).map { SampleDocument.random(id: "\($0)", using: &random).indexDocument })
                _ = try await writer.commit()
            }
            let error = indexError { () throws(IndexError) in _ = try reader.search(IndexQuery(.all, limit: 200)) }
            #expect(error == nil || error?.code == .modifiedDuringRead)
            try reader.refresh()
            #expect(try reader.search(IndexQuery(.all, limit: 500)).hits.count == 200)
        }

        @Test func `hits carry their lengths and values when asked to`() async throws {
            var random = SplitMix64(seed: 42)
            let documents = (0..<80).map { SampleDocument.random(id: "\($0)", using: &random) }
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, documents)
            let byID = Dictionary(uniqueKeysWithValues: documents.map { ($0.id, $0) })
            let reader = try IndexReader(path: directory.index)
            var query = IndexQuery(.or([.term("cash"), .term("salud"), .term("card")]), limit: 60)
            #expect(try reader.search(query).hits.allSatisfy { $0.length == 0 && $0.values[Slot.type] == nil })
            query.wantLengths = true
            query.valueSlots = [Slot.words, Slot.type, 200]
            // Look-ups first, then what was read into memory.
            for _ in 0..<4 {
                let page = try reader.search(query)
                #expect(page.hits.count > 20 && page.documentCount == 80)
                for (row, id) in page.ids.enumerated() {
                    let document = try #require(byID[id])
                    #expect(page.hits[row].length == document.words.count)
                    #expect(page.values.value(ofHit: row, slot: Slot.words).elementsEqual(document.wordStream))
                    #expect(page.hits[row].values[Slot.words] == document.wordStream)
                    #expect(page.hits[row].values[Slot.type] == document.type.map { Array($0.utf8) })
                    // A slot without values, and one that was not asked for.
                    for slot in [200, Slot.work] { #expect(page.values.value(ofHit: row, slot: slot).isEmpty) }
                }
            }
        }

        @Test func `data is read by document number, in the order asked for, and a number without document is told`()
            async throws
        {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, ["a", "b", "c"].map { SampleDocument(id: $0, words: [$0]) })
            let reader = try IndexReader(path: directory.index)
            let numbers = try reader.search(IndexQuery(.all, limit: 3)).hits.map(\.documentID)
            #expect(
                try reader.data(ofDocuments: [numbers[2], numbers[0], numbers[2]]).map {
                    String(decoding: $0, as: UTF8.self)
                } == ["c", "a", "c"])
            #expect(try reader.data(ofDocuments: []).isEmpty)
            for missing in [99, 0, UInt64.max] {
                #expect(throws: IndexError.self) { try reader.data(ofDocuments: [numbers[0], missing]) }
            }
        }

        @Test
        func `hits of one score come by the bytes of a slot, whatever the page, and facets count each match once`()
            async throws
        {
            let directory = try TemporaryDirectory()
            // 50 of a higher score, 1,300 of one score, in the opposite order of the slot; some have nothing in it and come first.
            let documents = (0..<1_350).map { number in
                SampleDocument(
                    id: "\(number)", words: number < 50 ? ["cash", "cash"] : ["cash", "food"], type: "news",
                    work: number % 100 == 60 ? nil : "w\(20_000 - number)")
            }
            try await makeIndex(directory.index, documents)
            let reader = try IndexReader(path: directory.index)
            func page(_ offset: Int, _ limit: Int, from: Int = 0) throws -> ResultPage {
                var query = IndexQuery(.term("cash"), offset: offset, limit: limit)
                query.ties = TieBreak(slot: Slot.work, from: from)
                query.facets = [FacetRequest(slot: Slot.type, kind: .single)]
                query.valueSlots = [Slot.work]
                return try reader.search(query)
            }
            func works(_ page: ResultPage) -> [String] {
                page.hits.map { String(decoding: $0.values[Slot.work] ?? [], as: UTF8.self) }
            }
            let high = documents[..<50].map { $0.work ?? "" }.sorted()
            let low = documents[50...].map { $0.work ?? "" }.sorted()
            let all = high + low
            for (offset, limit) in [(0, 10), (45, 10), (60, 100), (1_340, 50), (0, 2_000)] {
                let found = try page(offset, limit)
                #expect(works(found) == Array(all.dropFirst(offset).prefix(limit)), "from \(offset), \(limit)")
                #expect(found.facets.first?.counts.map(\.count) == [1_350])
                #expect(found.total.estimate == 1_350)
            }
            // Stretches before the place asked for stay as they come; one that reaches beyond is sorted whole.
            let late = works(try page(0, 100, from: 60))
            #expect(Set(late.prefix(50)) == Set(high) && late.suffix(50) == low.prefix(50))
            #expect(late.prefix(50) == documents[..<50].map { $0.work ?? "" }[...])
            var query = IndexQuery(.term("cash"))
            query.ties = TieBreak(slot: Slot.work)
            query.sort = [SortKey(slot: Slot.work)]
            #expect(throws: IndexError.self, "an order by keys has no ties") { try reader.search(query) }
            let numbers = try page(0, 2).hits.map(\.documentID)
            #expect(
                try reader.values(ofDocuments: [numbers[1], numbers[0]], slot: Slot.work)
                    == [high[1], high[0]].map { Array($0.utf8) })
            #expect(try reader.values(ofDocuments: [numbers[0]], slot: 77) == [[]], "no document has a value there")
            #expect(throws: IndexError.self) { try reader.values(ofDocuments: numbers, slot: 255) }
        }

        @Test func `the lexicon goes by prefix, in order, in parts`() async throws {
            let directory = try TemporaryDirectory()
            let words = ["cash", "card", "cat", "dog", "école", "حماية"]
            try await makeIndex(
                directory.index, [SampleDocument(id: "a", words: words), SampleDocument(id: "b", words: ["cat"])])
            let reader = try IndexReader(path: directory.index)
            func list(_ lexicon: Lexicon) -> [String] { (0..<lexicon.terms.count).map { lexicon.terms[$0] } }
            let whole = try reader.lexicon(prefix: "ca", limit: 10)
            #expect(list(whole) == ["card", "cash", "cat"] && !whole.isCut && whole.documentFrequencies == [1, 1, 2])
            let first = try reader.lexicon(prefix: "ca", limit: 2)
            #expect(list(first) == ["card", "cash"] && first.isCut)
            #expect(list(try reader.lexicon(prefix: "ca", after: "cash", limit: 2)) == ["cat"])
            #expect(list(try reader.lexicon(prefix: "ca", after: "cb", limit: 2)).isEmpty)
            #expect(
                list(try reader.lexicon(prefix: "", limit: 100)) == ["Qa", "Qb"] + list(whole) + [
                    "dog", "école", "حماية",
                ])
            let cut = try reader.search(IndexQuery(.prefix("c", maxExpansion: 1)))
            #expect(cut.ids.count == 2 && cut.cutPrefixes == 1)  // "cat", the most frequent
            #expect(try reader.search(IndexQuery(.prefix("c", maxExpansion: 3))).cutPrefixes == 0)
        }

        @Test func `a malformed list is counted as such`() async throws {
            let directory = try TemporaryDirectory()
            var document = IndexDocument(uniqueTerm: "Q1")
            document.setValue(slot: Slot.concepts, [5, 0x80] as [UInt8])
            let writer = try IndexWriter(path: directory.index)
            try await writer.replace([document])
            try await writer.finish()
            var query = IndexQuery(.all)
            query.facets = [FacetRequest(slot: Slot.concepts, kind: .list)]
            let facet = try IndexReader(path: directory.index).search(query).facets[0]
            #expect(facet.malformedLists == 1 && facet.documentsWithValue == 1)
        }
    }
}
