import Foundation
import Testing

@testable import XapianIndex

extension IndexSuites {
    @Suite struct BulkIndexBuilderTests {
        /// One document a shard and more shards than are merged at once, ids that come again in any shard after.
        @Test(arguments: [(1, 1, 2, 61), (1, 1, 240, 61), (2, 3, 3, 62), (3, 7, 5, 63)] as [(Int, Int, Int, UInt64)])
        func `of documents with one id the last wins, whatever shards they are in`(
            lanes: Int, documentsPerShard: Int, shardsPerMerge: Int, seed: UInt64
        ) async throws {
            var random = SplitMix64(seed: seed)
            let documents = (0..<110).map { _ in
                SampleDocument.random(id: "\(Int.random(in: 0..<50, using: &random))", using: &random)
            }
            var last: [String: SampleDocument] = [:]
            for document in documents { last[document.id] = document }
            let directory = try TemporaryDirectory()
            let builder = try BulkIndexBuilder(
                path: directory.index, lanes: lanes, flushThreshold: 5, documentsPerShard: documentsPerShard,
                shardsPerMerge: shardsPerMerge)
            for start in stride(from: 0, to: 110, by: 11) {
                try await builder.add(documents[start..<min(110, start + 11)].map(\.indexDocument))
            }
            _ = try await builder.finish(metadata: ["schema": [7]])
            let reader = try IndexReader(path: directory.index)
            #expect(try reader.documentCount() == last.count, "seed \(seed)")
            #expect(try reader.metadata("schema") == [7])
            let page = try reader.search(IndexQuery(.all, limit: 200))
            #expect(Set(page.ids) == Set(last.keys))
            for word in SampleDocument.vocabulary {
                let holders = Set(last.values.filter { $0.words.contains(word) }.map(\.id))
                #expect(
                    Set(try reader.search(IndexQuery(.term(word), limit: 200)).ids) == holders, "seed \(seed), \(word)")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["index"])
        }

        /// A process may have 1,024 files open as a rule, and a merge holds two of each shard.
        @Test(arguments: [(lanes: 1, open: 240), (2, 240), (8, 240), (32, 240), (32, 64), (3, 5)])
        func `lanes that merge side by side hold no more shards open than one merge may`(lanes: Int, open: Int) {
            for count in [0, 1, 2, 241, 5_000] {
                let groups = BulkIndexBuilder.mergeGroups(of: count, shardsPerMerge: open, lanes: lanes)
                #expect(groups.flatMap { Array($0) } == Array(0..<count))
                let most = groups.map(\.count).sorted(by: >).prefix(lanes).reduce(0, +)
                #expect(most <= max(open, 2 * lanes), "\(count) shards")
                #expect(count < 2 || groups.count < count, "each pass leaves fewer")
            }
        }

        /// A lane that is batches ahead of the other, and one merge or many: the files are the same but for the UUID.
        @Test(arguments: [2, 7, 240])
        func `lanes of any pace and merges of any width give the same files`(shardsPerMerge: Int) async throws {
            var random = SplitMix64(seed: 64)
            let batches = (0..<12).map { _ in
                (0..<9).map { _ in
                    SampleDocument.random(id: "\(Int.random(in: 0..<70, using: &random))", using: &random).indexDocument
                }
            }
            let directory = try TemporaryDirectory()
            let orders: [[(batch: Int, lane: Int)]] = [
                batches.indices.flatMap { [($0, 0), ($0, 1)] },
                batches.indices.map { ($0, 1) } + batches.indices.map { ($0, 0) },
            ]
            for (name, order) in zip(["even", "uneven"], orders) {
                let builder = try BulkIndexBuilder(
                    path: "\(directory.path)/\(name)", lanes: 2, flushThreshold: 4, documentsPerShard: 6,
                    shardsPerMerge: shardsPerMerge)
                let parted = batches.map(builder.parted)
                for (batch, lane) in order { try await builder.add(parted[batch], lane: lane) }
                _ = try await builder.finish()
            }
            for file in ["postlist.glass", "termlist.glass"] {
                let first = try Data(contentsOf: URL(fileURLWithPath: "\(directory.path)/even/\(file)"))
                let second = try Data(contentsOf: URL(fileURLWithPath: "\(directory.path)/uneven/\(file)"))
                #expect(!first.isEmpty && first == second, "\(file)")
            }
        }

        @Test func `what a killed build left is not part of the next one`() async throws {
            let directory = try TemporaryDirectory()
            try FileManager.default.createDirectory(
                atPath: directory.index + ".building", withIntermediateDirectories: true)
            for name in ["shard0-0", "shard0-7", "shard9-1", "merged0-0", "merged"] {
                try await makeIndex(
                    directory.index + ".building/" + name, [SampleDocument(id: name, words: ["lost"])])
            }
            let builder = try BulkIndexBuilder(path: directory.index, lanes: 1, documentsPerShard: 1)
            try await builder.add(["a", "b"].map { SampleDocument(id: $0, words: ["cash"]).indexDocument })
            _ = try await builder.finish()
            #expect(Set(try IndexReader(path: directory.index).search(IndexQuery(.all)).ids) == ["a", "b"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["index"])
        }

        @Test(arguments: [1, 2, 5])
        func `a bulk build answers like an index written one by one`(lanes: Int) async throws {
            var random = SplitMix64(seed: 51)
            let documents = (0..<300).map { SampleDocument.random(id: "\($0 % 250)", using: &random) }
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.path + "/plain", documents)
            let builder = try BulkIndexBuilder(path: directory.index, lanes: lanes, flushThreshold: 20)
            for start in stride(from: 0, to: 300, by: 70) {
                try await builder.add(documents[start..<min(300, start + 70)].map(\.indexDocument))
            }
            #expect(!FileManager.default.fileExists(atPath: directory.index))
            let revision = try await builder.finish(metadata: ["schema": [7], "fingerprint": Array("x".utf8)])
            #expect(!FileManager.default.fileExists(atPath: directory.index + ".building"))
            let plain = try IndexReader(path: directory.path + "/plain")
            let bulk = try IndexReader(path: directory.index)
            #expect(try bulk.documentCount() == 250)
            #expect(try bulk.metadata("schema") == [7])
            #expect(try bulk.statistics().revision == revision)
            for _ in 0..<40 {
                let node = IndexModelTests.query(depth: 2, using: &random)
                var query = IndexQuery(node, limit: 500, checkAtLeast: .max)
                query.facets = [FacetRequest(slot: Slot.concepts, kind: .list)]
                query.streamSlot = Slot.words
                let (a, b) = (try plain.search(query), try bulk.search(query))
                #expect(Set(a.ids) == Set(b.ids))
                #expect(a.facets == b.facets)
                // Equal frequencies give equal scores; document numbers, and so the order of equals, may differ.
                #expect(zip(a.hits, b.hits).allSatisfy { abs($0.score - $1.score) < 1e-9 })
            }
            // Updates go on afterwards.
            let writer = try IndexWriter(path: directory.index, opening: .existing)
            try await writer.replace([SampleDocument(id: "0", words: ["unseen"]).indexDocument])
            try await writer.finish()
            try bulk.refresh()
            #expect(try bulk.search(IndexQuery(.term("unseen"))).ids == ["0"])
            #expect(try bulk.documentCount() == 250)
        }

        @Test func `a new build takes the place of an index under its readers`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "old", words: ["cash"])])
            let pool = try ReaderPool(path: directory.index, lanes: 2)
            #expect(try await pool.search(IndexQuery(.term("cash"))).ids == ["old"])
            let builder = try BulkIndexBuilder(path: directory.index, lanes: 2)
            try await builder.add([SampleDocument(id: "new", words: ["cash"]).indexDocument])
            #expect(try await pool.search(IndexQuery(.term("cash"))).ids == ["old"])
            _ = try await builder.finish()
            for _ in 0..<4 { #expect(try await pool.search(IndexQuery(.term("cash"))).ids == ["new"]) }
        }

        @Test func `an index is not replaced under its writer`() async throws {
            let directory = try TemporaryDirectory()
            let writer = try IndexWriter(path: directory.index)
            try await writer.replace([SampleDocument(id: "old", words: ["cash"]).indexDocument])
            _ = try await writer.commit()
            let builder = try BulkIndexBuilder(path: directory.index)
            try await builder.add([SampleDocument(id: "new", words: ["cash"]).indexDocument])
            do throws(IndexError) {
                _ = try await builder.finish()
                Issue.record("replaced an index that is being written")
            } catch {
                #expect(error.code == .locked)
            }
            #expect(try IndexReader(path: directory.index).search(IndexQuery(.all)).ids == ["old"])
            try await writer.finish()
            _ = try await builder.finish()
            #expect(try IndexReader(path: directory.index).search(IndexQuery(.all)).ids == ["new"])
        }

        @Test func `a build that holds the index keeps other writers out until it is done or given up`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "old", words: ["cash"])])
            func open() -> IndexError? {
                indexError { () throws(IndexError) in _ = try IndexWriter(path: directory.index, opening: .existing) }
            }
            let abandoned = try BulkIndexBuilder(path: directory.index, holdsIndex: true)
            #expect(open()?.code == .locked)
            try await abandoned.abandon()
            #expect(open() == nil)
            let builder = try BulkIndexBuilder(path: directory.index + "/", holdsIndex: true)
            try await builder.add([SampleDocument(id: "new", words: ["cash"]).indexDocument])
            #expect(open()?.code == .locked)
            _ = try await builder.finish()
            #expect(open() == nil)
            #expect(try IndexReader(path: directory.index).search(IndexQuery(.all)).ids == ["new"])
            let writer = try IndexWriter(path: directory.index, opening: .existing)
            let refused = indexError { () throws(IndexError) in
                _ = try BulkIndexBuilder(path: directory.index, holdsIndex: true)
            }
            #expect(refused?.code == .locked)
            await writer.abandon()
        }

        @Test func `whatever is no index is neither replaced nor written to`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "old", words: ["cash"])])
            let letter = URL(fileURLWithPath: directory.path + "/letter.txt")
            try Data("Dear friend".utf8).write(to: letter)
            for place in [directory.path, letter.path] {
                let built = indexError { () throws(IndexError) in _ = try BulkIndexBuilder(path: place) }
                #expect(built?.code == .notAnIndex)
                let written = indexError { () throws(IndexError) in _ = try IndexWriter(path: place) }
                #expect(written?.code == .notAnIndex)
            }
            #expect(indexError { () throws(IndexError) in _ = try IndexReader(path: letter.path) }?.code == .notFound)
            // Something besides the index in its directory: it may be written to, not be replaced.
            try Data("Dear friend".utf8).write(to: URL(fileURLWithPath: directory.index + "/letter.txt"))
            try await IndexWriter(path: directory.index).finish()
            #expect(
                indexError { () throws(IndexError) in _ = try BulkIndexBuilder(path: directory.index) }?.code
                    == .notAnIndex)
            let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            #expect(Set(names) == ["index", "letter.txt"])
            #expect(try Data(contentsOf: letter) == Data("Dear friend".utf8))
        }

        @Test(arguments: ["v.tmp", "v.rtmp"])
        func `what a writer killed in mid-commit left is no stranger`(_ left: String) async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "old", words: ["cash"])])
            // A shard of a killed build without its version file, and a half-written one beside it.
            let shard = directory.index + ".building/header"
            try await makeIndex(directory.path + "/half", [SampleDocument(id: "lost", words: ["cash"])])
            try FileManager.default.createDirectory(
                atPath: directory.index + ".building", withIntermediateDirectories: true)
            try FileManager.default.moveItem(atPath: directory.path + "/half", toPath: shard)
            try FileManager.default.moveItem(atPath: shard + "/iamglass", toPath: shard + "/" + left)
            try Data("half a version".utf8).write(to: URL(fileURLWithPath: directory.index + "/" + left))
            try await IndexWriter(path: directory.index).finish()
            let builder = try BulkIndexBuilder(path: directory.index)
            try await builder.add([SampleDocument(id: "new", words: ["cash"]).indexDocument])
            _ = try await builder.finish()
            #expect(try IndexReader(path: directory.index).search(IndexQuery(.all)).ids == ["new"])
        }

        @Test func `a reader that slept through several builds sees the last one`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "old", words: ["cash"])])
            let reader = try IndexReader(path: directory.index)
            for number in 0..<6 {
                let builder = try BulkIndexBuilder(path: directory.index, lanes: 1)
                try await builder.add([SampleDocument(id: "\(number)", words: ["cash"]).indexDocument])
                _ = try await builder.finish()
                guard number > 0 else { continue }
                try reader.refresh()
                #expect(try reader.search(IndexQuery(.term("cash"))).ids == ["\(number)"])
            }
        }

        @Test func `a damaged index can be replaced`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "old", words: ["cash"])])
            try Data("junk".utf8).write(to: URL(fileURLWithPath: directory.index + "/iamglass"))
            let builder = try BulkIndexBuilder(path: directory.index)
            try await builder.add([SampleDocument(id: "new", words: ["cash"]).indexDocument])
            _ = try await builder.finish()
            #expect(try IndexReader(path: directory.index).search(IndexQuery(.all)).ids == ["new"])
        }

        @Test func `an empty build is an empty index, an abandoned one is nothing`() async throws {
            let directory = try TemporaryDirectory()
            _ = try await BulkIndexBuilder(path: directory.index, lanes: 3).finish(metadata: ["schema": [1]])
            #expect(try IndexReader(path: directory.index).documentCount() == 0)
            #expect(try IndexReader(path: directory.index).metadata("schema") == [1])
            let builder = try BulkIndexBuilder(path: directory.path + "/other")
            try await builder.add([SampleDocument(id: "a", words: ["cash"]).indexDocument])
            try await builder.abandon()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["index"])
        }

        @Test func `two builds for one path do not mix`() async throws {
            let directory = try TemporaryDirectory()
            let first = try BulkIndexBuilder(path: directory.index)
            let error = indexError { () throws(IndexError) in _ = try BulkIndexBuilder(path: directory.index) }
            #expect(error?.code == .locked)
            try await first.abandon()
            #expect(
                indexError { () throws(IndexError) in _ = try BulkIndexBuilder(path: directory.index, lanes: 0) }?.code
                    == .invalidArgument)
        }

        @Test func `compacting keeps everything and refuses what is there`() async throws {
            var random = SplitMix64(seed: 52)
            let documents = (0..<100).map { SampleDocument.random(id: "\($0)", using: &random) }
            let directory = try TemporaryDirectory()
            let writer = try IndexWriter(path: directory.index)
            try await writer.replace(documents.map(\.indexDocument))
            try await writer.setMetadata("key", [3])
            try await writer.finish()
            let target = directory.path + "/compact"
            try IndexFiles.compact([directory.index], to: target)
            try IndexFiles.check(target)
            let reader = try IndexReader(path: target)
            #expect(try reader.documentCount() == 100)
            #expect(try reader.metadata("key") == [3])
            for (source, destination, code) in [
                (directory.index, target, IndexError.Code.invalidArgument),
                (directory.path + "/none", directory.path + "/x", .notFound),
            ] {
                do throws(IndexError) {
                    try IndexFiles.compact([source], to: destination)
                    Issue.record("compacted \(source)")
                } catch {
                    #expect(error.code == code)
                }
            }
            #expect(throws: IndexError.self) { try IndexFiles.compact([], to: directory.path + "/x") }
        }
    }
}
