import Foundation
import Testing

@testable import XapianIndex

extension IndexSuites {
    /// Scores against the formula, worked from the documents.
    @Suite struct ScoreTests {
        private let documents: [SampleDocument]
        private let directory: TemporaryDirectory

        init() throws {
            var random = SplitMix64(seed: 21)
            documents = (0..<120).map { .random(id: "\($0)", using: &random) }
            directory = try TemporaryDirectory()
        }

        private func frequency(_ word: String) -> Double { Double(documents.count { $0.words.contains(word) }) }

        /// The published formula, term by term.
        private func score(_ words: [String: Double], of document: SampleDocument, k1: Double, b: Double, e: Double)
            -> Double
        {
            let n = Double(documents.count)
            let average = Double(documents.reduce(0) { $0 + $1.words.count }) / n
            return words.sorted { $0.key < $1.key }.reduce(0) { sum, entry in
                let wdf = Double(document.words.count { $0 == entry.key })
                guard wdf > 0 else { return sum }
                let df = frequency(entry.key)
                let idf = pow(log(1 + (n - df + 0.5) / (df + 0.5)), e)
                let length: Double = Double(document.words.count) / average
                let part: Double = wdf / (wdf + k1 * (1 - b + b * length))
                return sum + entry.value * idf * part
            }
        }

        @Test func `powered BM25 is its formula, terms repeated and scaled included`() async throws {
            try await makeIndex(directory.index, documents)
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            let byID = Dictionary(uniqueKeysWithValues: documents.map { ($0.id, $0) })
            for (k1, b, e) in [(0.9, 0.85, 1.25), (1.2, 0.75, 1), (0, 0, 2), (2, 1, 0)] {
                var query = IndexQuery(
                    .or([.term("cash"), .term("salud", wqf: 2), .scale(0.5, .term("zone")), .term("nowhere")]),
                    limit: 500)
                query.weighting = .poweredBM25(k1: k1, b: b, idfExponent: e)
                let page = try await pool.search(query)
                #expect(page.hits.count > 20)
                for (hit, id) in zip(page.hits, page.ids) {
                    let document = try #require(byID[id])
                    let expected = score(["cash": 1, "salud": 2, "zone": 0.5], of: document, k1: k1, b: b, e: e)
                    #expect(abs(hit.score - expected) < 1e-9, "k1 \(k1) b \(b) e \(e), document \(id)")
                }
                #expect(zip(page.hits, page.hits.dropFirst()).allSatisfy { $0.score >= $1.score })
            }
        }

        @Test func `stopping early gives the same top hits as visiting everything`() async throws {
            try await makeIndex(directory.index, documents)
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            let node = QueryNode.or([
                .max([.term("cash"), .term("transfer")]), .synonym([.term("pension"), .term("salud")]), .term("w"),
                .stream(.near(["cash", "cash"], window: 4), [.term("cash"), .term("zone")]),
            ])
            let words = SampleDocument.vocabulary.map { QueryNode.term($0) }
            for weighting in [Weighting.poweredBM25(), .poweredBM25(minimumNormalisedLength: 0.5), .xapianBM25()] {
                for node in [node, .or(words)] + words {
                    var query = IndexQuery(node, limit: 500, checkAtLeast: .max)
                    query.weighting = weighting
                    query.streamSlot = Slot.words
                    let all = try await pool.search(query)
                    query.checkAtLeast = nil
                    for limit in [1, 2, 5, 20] {
                        query.limit = limit
                        let top = try await pool.search(query)
                        #expect(top.ids == Array(all.ids.prefix(limit)))
                        #expect(top.hits.map(\.score) == all.hits.prefix(limit).map(\.score))
                    }
                }
            }
        }

        @Test(arguments: [11, 12, 13] as [UInt64])
        func `what passes over weak documents finds the best of any sum, filtered and excluded or not`(seed: UInt64)
            async throws
        {
            var random = SplitMix64(seed: seed)
            let many = (0..<1_500).map { SampleDocument.random(id: "\($0)", using: &random) }
            try await makeIndex(directory.index, many)
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            func word() -> QueryNode { .term(SampleDocument.vocabulary.randomElement(using: &random) ?? "cash") }
            func part() -> QueryNode {
                switch Int.random(in: 0..<4, using: &random) {
                case 0: .synonym([word(), word()])
                case 1: .scale(Double.random(in: 0.01...3, using: &random), .or([word(), word()]))
                case 2: .scale(Double.random(in: 0.01...3, using: &random), word())
                default: word()
                }
            }
            func sum() -> QueryNode { .or((0..<Int.random(in: 2...9, using: &random)).map { _ in part() }) }
            for _ in 0..<60 {
                let node: QueryNode =
                    switch Int.random(in: 0..<5, using: &random) {
                    case 0: .filter(sum(), word())
                    case 1: .andNot(sum(), word())
                    case 2: .and([sum(), sum()])
                    case 3: .or([sum(), .filter(sum(), word())])
                    default: sum()
                    }
                let all = try await pool.search(IndexQuery(node, limit: 1_500, checkAtLeast: .max))
                for limit in [1, 3, 10, 60] {
                    let top = try await pool.search(IndexQuery(node, limit: limit))
                    let expected = all.hits.prefix(limit)
                    #expect(top.hits.count == expected.count, "seed \(seed) \(node)")
                    // Equal scores may change places in the last digit.
                    for (hit, other) in zip(top.hits, expected) {
                        #expect(abs(hit.score - other.score) < 1e-12, "seed \(seed) limit \(limit) \(node)")
                    }
                }
            }
        }

        @Test(arguments: [31, 32, 33] as [UInt64])
        func `words that count in documents with some values only score as filtered by their terms`(seed: UInt64)
            async throws
        {
            var random = SplitMix64(seed: seed)
            let many = (0..<1_500).map { SampleDocument.random(id: "\($0)", using: &random) }
            try await makeIndex(directory.index, many)
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            func word() -> QueryNode { .term(SampleDocument.vocabulary.randomElement(using: &random) ?? "cash") }
            for _ in 0..<60 {
                var byValue: [QueryNode] = []
                var byTerm: [QueryNode] = []
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    var scored = word()
                    if Bool.random(using: &random) {
                        scored = .or([scored, .scale(0.4, word()), .synonym([word(), word()])])
                    }
                    let types = ["news", "publication", "event", "absent"].shuffled(using: &random).prefix(2)
                    let isRestricted = Int.random(in: 0..<3, using: &random) > 0
                    byValue.append(isRestricted ? .filter(scored, .valueIn(slot: Slot.type, Array(types))) : scored)
                    byTerm.append(isRestricted ? .filter(scored, .or(types.map { .term("T" + $0) })) : scored)
                }
                for limit in [1, 10, 1_500] {
                    let all = limit == 1_500 ? Int.max : nil
                    let expected = try await pool.search(IndexQuery(.or(byTerm), limit: limit, checkAtLeast: all))
                    let found = try await pool.search(IndexQuery(.or(byValue), limit: limit, checkAtLeast: all))
                    #expect(found.hits.count == expected.hits.count, "seed \(seed) \(byValue)")
                    // Equal scores may change places in the last digit.
                    for (hit, other) in zip(found.hits, expected.hits) {
                        #expect(abs(hit.score - other.score) < 1e-12, "seed \(seed) limit \(limit) \(byValue)")
                    }
                    if limit == 1_500 {
                        #expect(found.total == expected.total && Set(found.ids) == Set(expected.ids), "seed \(seed)")
                    }
                }
            }
        }

        @Test func `maximum takes the better operand and synonym scores like one term`() async throws {
            try await makeIndex(directory.index, documents)
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            let page = try await pool.search(
                IndexQuery(.max([.term("cash"), .term("health")]), limit: 500, checkAtLeast: .max))
            let byID = Dictionary(uniqueKeysWithValues: documents.map { ($0.id, $0) })
            for (hit, id) in zip(page.hits, page.ids) {
                let document = try #require(byID[id])
                let better = max(
                    score(["cash": 1], of: document, k1: 0.9, b: 0.85, e: 1.25),
                    score(["health": 1], of: document, k1: 0.9, b: 0.85, e: 1.25))
                #expect(abs(hit.score - better) < 1e-9)
            }
            // A synonym of one term is that term; of several, one with both frequencies: never better than the rarer alone.
            let one = try await pool.search(IndexQuery(.synonym([.term("health")]), limit: 500))
            let plain = try await pool.search(IndexQuery(.term("health"), limit: 500))
            #expect(one.hits == plain.hits)
            let both = try await pool.search(IndexQuery(.synonym([.term("cash"), .term("health")]), limit: 500))
            #expect(both.hits.count == documents.count { $0.words.contains("cash") || $0.words.contains("health") })
            let n = Double(documents.count)
            let rarer = pow(log(1 + (n - frequency("health") + 0.5) / (frequency("health") + 0.5)), 1.25)
            #expect(both.hits.allSatisfy { $0.score > 0 && $0.score < rarer })
        }

        @Test func `scores stay the same once lengths are kept in memory, and follow commits and deletions`()
            async throws
        {
            var current = documents
            // Longer than the table of lengths holds.
            var long = IndexDocument(uniqueTerm: "Qlong")
            long.addTerm("cash", wdf: 70_000)
            long.addTerm("zone", wdf: 3)
            long.data = Array("long".utf8)
            let writer = try IndexWriter(path: directory.index)
            try await writer.replace(current.map(\.indexDocument) + [long])
            _ = try await writer.commit()
            let reader = try IndexReader(path: directory.index)
            let query = IndexQuery(.or([.term("cash"), .term("zone"), .term("card")]), limit: 500)
            for round in 0..<3 {
                try reader.refresh()
                let first = try reader.search(query)
                // More than enough look-ups for the table to be made.
                for _ in 0..<4 { #expect(try reader.search(query).hits == first.hits, "round \(round)") }
                let fresh = try IndexReader(path: directory.index).search(query)
                #expect(fresh.hits == first.hits, "round \(round)")
                let n = Double(current.count + 1)
                let average = Double(current.reduce(70_003) { $0 + $1.words.count }) / n
                let length = 0.9 * (1 - 0.85 + 0.85 * 70_003 / average)
                let expected = [("cash", 70_000.0), ("zone", 3)].reduce(0.0) { sum, entry in
                    let df = Double(current.count { $0.words.contains(entry.0) } + 1)
                    return sum + pow(log(1 + (n - df + 0.5) / (df + 0.5)), 1.25) * entry.1 / (entry.1 + length)
                }
                let hit = try #require(zip(first.ids, first.hits).first { $0.0 == "long" }?.1)
                #expect(abs(hit.score - expected) < 1e-9, "round \(round)")
                try await writer.delete(uniqueTerms: ["Q\(round)", "Q\(50 + round)"])
                current.removeAll { ["\(round)", "\(50 + round)"].contains($0.id) }
                _ = try await writer.commit()
            }
        }

        @Test
        func `a synonym of terms is one term with their occurrences together and the frequency of independent ones`()
            async throws
        {
            try await makeIndex(directory.index, documents)
            let reader = try IndexReader(path: directory.index)
            let byID = Dictionary(uniqueKeysWithValues: documents.map { ($0.id, $0) })
            let n = Double(documents.count)
            let average = Double(documents.reduce(0) { $0 + $1.words.count }) / n
            let groups = [
                ["cash", "health"], ["zone", "salud", "w", "absent"], ["cash", "cash"], SampleDocument.vocabulary,
            ]
            for words in groups {
                let inner = QueryNode.synonym(words.dropFirst().map { .term($0) })
                let nodes: [QueryNode] = [
                    .synonym(words.map { .term($0) }), .synonym([.term(words[0]), inner, .nothing]),
                ]
                // A repeated one counts once.
                let words = Set(words).sorted()
                let df = (n - words.reduce(n) { $0 * (1 - frequency($1) / n) } + 0.5).rounded(.down)
                let idf = pow(log(1 + (n - df + 0.5) / (df + 0.5)), 1.25)
                for node in nodes {
                    let page = try reader.search(IndexQuery(node, limit: 500, checkAtLeast: .max))
                    #expect(
                        Set(page.ids)
                            == Set(
                                documents.filter { document in
                                    words.contains { document.words.contains($0) }
                                }.map(\.id)))
                    for (hit, id) in zip(page.hits, page.ids) {
                        let document = try #require(byID[id])
                        let wdf = words.reduce(0.0) { sum, word in sum + Double(document.words.count { $0 == word }) }
                        let length = 0.9 * (1 - 0.85 + 0.85 * Double(document.words.count) / average)
                        #expect(abs(hit.score - idf * wdf / (wdf + length)) < 1e-9, "\(words)")
                    }
                    for limit in [1, 3, 10] {
                        #expect(try reader.search(IndexQuery(node, limit: limit)).ids == Array(page.ids.prefix(limit)))
                    }
                }
            }
        }

        @Test func `filters and values add nothing to a score`() async throws {
            try await makeIndex(directory.index, documents)
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            let plain = try await pool.search(IndexQuery(.term("cash"), limit: 500))
            let filtered = try await pool.search(
                IndexQuery(
                    .filter(.term("cash"), .or([.term("Tnews"), .valueRange(slot: Slot.year, nil, nil)])), limit: 500))
            let scores = Dictionary(uniqueKeysWithValues: zip(plain.ids, plain.hits.map(\.score)))
            #expect(!filtered.hits.isEmpty && filtered.hits.count < plain.hits.count)
            for (hit, id) in zip(filtered.hits, filtered.ids) { #expect(hit.score == scores[id]) }
        }

        @Test func `Xapian's own BM25 can be chosen`() async throws {
            try await makeIndex(directory.index, documents)
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            var query = IndexQuery(.term("pension"), limit: 500)
            query.weighting = .xapianBM25(k1: 1, b: 0.5, k3: 1, minimumNormalisedLength: 0.5)
            let page = try await pool.search(query)
            let byID = Dictionary(uniqueKeysWithValues: documents.map { ($0.id, $0) })
            let n = Double(documents.count)
            let average = Double(documents.reduce(0) { $0 + $1.words.count }) / n
            // Xapian: log((N − df + ½) / (df + ½)) · (k3 + 1)·wqf/(k3 + wqf) · (k1 + 1)·wdf / (k1·(b·L + 1 − b) + wdf)
            // and odds below 2 are halved and raised by 1, so that frequent terms do not count negatively.
            let odds = (n - frequency("pension") + 0.5) / (frequency("pension") + 0.5)
            let idf = log(odds < 2 ? odds / 2 + 1 : odds)
            for (hit, id) in zip(page.hits, page.ids) {
                let document = try #require(byID[id])
                let wdf = Double(document.words.count { $0 == "pension" })
                let length = max(Double(document.words.count) / average, 0.5)
                let expected: Double = idf * 2 * wdf / (0.5 * length + 0.5 + wdf)
                #expect(abs(hit.score - expected) < 1e-9)
            }
            #expect(!page.hits.isEmpty)
        }
    }
}
