import Foundation
import Testing

@testable import XapianIndex

extension IndexSuites {
    /// Every way an index fails arrives as an error of the right kind.
    @Suite struct FaultTests {
        @Test func `a missing index, an empty directory and an unused path are not found`() throws {
            let directory = try TemporaryDirectory()
            for path in [directory.index, directory.path, directory.path + "/a/b/c"] {
                #expect(indexError { () throws(IndexError) in _ = try IndexReader(path: path) }?.code == .notFound)
                #expect(indexError { () throws(IndexError) in _ = try ReaderPool(path: path) }?.code == .notFound)
                #expect(
                    indexError { () throws(IndexError) in _ = try IndexWriter(path: path, opening: .existing) }?.code
                        == .notFound)
            }
            let orphan = directory.path + "/a/b"
            #expect(indexError { () throws(IndexError) in _ = try IndexWriter(path: orphan) }?.code == .notFound)
            #expect(indexError { () throws(IndexError) in _ = try IndexReader(path: "") }?.code == .invalidArgument)
            #expect(
                indexError { () throws(IndexError) in _ = try IndexReader(path: "a\u{0}b") }?.code == .invalidArgument)
        }

        @Test func `a second writer is told that the index is locked, and may open it afterwards`() async throws {
            let directory = try TemporaryDirectory()
            let first = try IndexWriter(path: directory.index)
            let error = indexError { () throws(IndexError) in _ = try IndexWriter(path: directory.index) }
            #expect(error?.code == .locked)
            #expect(error?.engineType == "DatabaseLockError")
            #expect(error?.description.contains("wait for the other writer") == true)
            try await first.finish()
            #expect(indexError { () throws(IndexError) in _ = try IndexWriter(path: directory.index) } == nil)
        }

        @Test func `making an index anew where there is one is refused unless asked for`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "a", words: ["cash"])])
            let error = indexError { () throws(IndexError) in _ = try IndexWriter(path: directory.index, opening: .new)
            }
            #expect(error?.code == .invalidArgument)
            let writer = try IndexWriter(path: directory.index, opening: .overwriting)
            try await writer.finish()
            #expect(try IndexReader(path: directory.index).documentCount() == 0)
        }

        @Test(arguments: [0, -1, 1_000_001])
        func `a flush threshold out of range is refused`(threshold: Int) throws {
            let directory = try TemporaryDirectory()
            let error = indexError { () throws(IndexError) in
                _ = try IndexWriter(path: directory.index, flushThreshold: threshold)
            }
            #expect(error?.code == .invalidArgument)
        }

        @Test func `queries out of range are refused and the reader stays usable`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "a", words: ["cash"])])
            let reader = try IndexReader(path: directory.index)
            var deep = QueryNode.term("cash")
            for _ in 0..<QueryNode.maximumDepth { deep = .scale(1, deep) }
            let long = String(repeating: "x", count: 300)
            let nodes: [QueryNode] = [
                .term(""), .term(long), .term("cash", wqf: 0),
                .prefix("", maxExpansion: 5),
                .prefix("c", maxExpansion: 0), .prefix("c", maxExpansion: 1_000_000), .scale(-1, .term("cash")),
                .scale(.nan, .term("cash")), .scale(.infinity, .term("cash")), .valueRange(slot: .max, 1, 2), deep,
                .synonym([.term("cash"), .valueRange(slot: 0, 1, 2)]),
                .synonym([.term("cash"), .valueIn(slot: Slot.type, ["news"])]),
                .synonym([.filter(.term("cash"), .valueIn(slot: Slot.type, ["news"])), .term("zone")]),
                .valueIn(slot: .max, ["news"]), .valueIn(slot: Slot.type, [""]), .valueIn(slot: Slot.type, ["a\nb"]),
                .or(Array(repeating: .term("cash"), count: QueryNode.maximumNodes + 1)),
            ]
            for node in nodes {
                let error = indexError { () throws(IndexError) in _ = try reader.search(IndexQuery(node)) }
                #expect(error?.code == .invalidArgument, "\(String(describing: node).prefix(80))")
            }
            var queries = [
                IndexQuery(.all, offset: -1), IndexQuery(.all, limit: -1), IndexQuery(.all, checkAtLeast: -1),
                IndexQuery(.all, limit: .max),
            ]
            let changes: [(inout IndexQuery) -> Void] = [
                { $0.timeLimitSeconds = 0 }, { $0.timeLimitSeconds = .nan }, { $0.hardTimeLimitSeconds = 0.001 },
                { $0.weighting = .poweredBM25(k1: -1) }, { $0.weighting = .poweredBM25(b: 2) },
                { $0.weighting = .xapianBM25(k3: .nan) }, { $0.sort = [SortKey(slot: .max)] },
                { $0.facets = [FacetRequest(slot: .max, kind: .list)] }, { $0.valueSlots = [.max] },
                { $0.collapseSlot = .max },
                { $0.facets = Array(repeating: FacetRequest(slot: 1, kind: .single), count: 65) },
            ]
            for change in changes {
                var query = IndexQuery(.all)
                change(&query)
                queries.append(query)
            }
            for query in queries {
                let error = indexError { () throws(IndexError) in _ = try reader.search(query) }
                #expect(error?.code == .invalidArgument, "\(query)")
            }
            #expect(
                indexError { () throws(IndexError) in _ = try reader.frequencies(of: [""]) }?.code == .invalidArgument)
            #expect(indexError { () throws(IndexError) in _ = try reader.metadata("") }?.code == .invalidArgument)
            let none = indexError { () throws(IndexError) in _ = try reader.lexicon(prefix: "", limit: 0) }
            #expect(none?.code == .invalidArgument)
            #expect(try reader.search(IndexQuery(.term("cash"))).ids == ["a"])
        }

        @Test func `malformed programs are refused`() async throws {
            typealias Instruction = QueryProgram.Instruction
            typealias Operation = QueryProgram.Operation
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "a", words: ["cash"])])
            let reader = try IndexReader(path: directory.index)
            let cash = Instruction(operation: Operation.term, number: 1, textLength: 4)
            let programs: [[Instruction]] = [
                [],
                [cash, cash],
                [Instruction(operation: 0)],
                [Instruction(operation: 99)],
                [Instruction(operation: Operation.and, count: 1)],
                [cash, Instruction(operation: Operation.or, count: .max)],
                [cash, cash, cash, Instruction(operation: Operation.andNot, count: 3)],
                [Instruction(operation: Operation.scale, count: 1, low: 1)],
                [cash, Instruction(operation: Operation.phrase, count: 2, number: 1, textLength: 4)],
                [cash, Instruction(operation: Operation.phrase, count: 1, number: 1, textLength: 4, low: 9)],
                [cash, Instruction(operation: Operation.near, count: 1, number: 1, textLength: 4, low: .nan)],
                [cash, Instruction(operation: Operation.near, count: 1, number: 1, textLength: 5)],
                [cash, Instruction(operation: Operation.near, count: 1, number: 1)],
                [Instruction(operation: Operation.term, number: 1, textOffset: 5, textLength: 1)],
                [Instruction(operation: Operation.term, number: 1, textOffset: -1, textLength: 4)],
                [Instruction(operation: Operation.term, number: 1, textLength: 5)],
                [Instruction(operation: Operation.term, number: 1, textLength: .max)],
            ]
            for instructions in programs {
                let program = QueryProgram(instructions: instructions, text: Array("cash".utf8))
                var query = IndexQuery(.all)
                query.streamSlot = Slot.words
                let error = indexError { () throws(IndexError) in _ = try reader.search(query, program: program) }
                #expect(error?.code == .invalidArgument, "\(instructions)")
                #expect(error?.message.isEmpty == false)
            }
            let right = QueryProgram(instructions: [cash], text: Array("cash".utf8))
            #expect(try reader.search(IndexQuery(.all), program: right).ids == ["a"])
        }

        @Test func `an error says nothing of the text that was sought`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "a", words: ["cash"])])
            let reader = try IndexReader(path: directory.index)
            let secret = String(repeating: "secret", count: 60)
            let error = indexError { () throws(IndexError) in _ = try reader.search(IndexQuery(.term(secret))) }
            #expect(error?.description.contains("secret") == false)
        }

        @Test func `time limits stop a search softly, then hard`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(
                directory.index, (0..<400).map { SampleDocument(id: "\($0)", words: ["cash", "w"], type: "news") })
            let reader = try IndexReader(path: directory.index)
            var query = IndexQuery(.term("cash"), limit: 10)
            query.facets = [FacetRequest(slot: Slot.type, kind: .single)]
            query.timeLimitSeconds = 1e-9
            query.hardTimeLimitSeconds = 60
            let soft = try reader.search(query)
            #expect(soft.timedOut)
            #expect(soft.hits.count == 10)
            #expect(soft.facets[0].documentsWithValue < 400)
            query.hardTimeLimitSeconds = 1e-9
            #expect(indexError { () throws(IndexError) in _ = try reader.search(query) }?.code == .timedOut)
            // A phrase that rejects every candidate is seen by no spy, and ends all the same.
            var phrase = IndexQuery(.stream(.phrase(["w", "cash"]), [.term("w"), .term("cash")]), checkAtLeast: .max)
            phrase.streamSlot = Slot.words
            phrase.timeLimitSeconds = 1e-9
            phrase.hardTimeLimitSeconds = 60
            #expect(try reader.search(phrase).timedOut)
            // A list that claims to be whole is none then.
            var list = phrase
            list.weighting = .boolean
            list.hardTimeLimitSeconds = 1e-9
            #expect(indexError { () throws(IndexError) in _ = try reader.documentIDs(of: list) }?.code == .timedOut)
            phrase.timeLimitSeconds = 60
            let whole = try reader.search(phrase)
            #expect(!whole.timedOut && whole.hits.isEmpty)
        }

        @Test func `without facets a long search is stopped too: ranked, of rejected candidates, or unranked`()
            async throws
        {
            let directory = try TemporaryDirectory()
            var random = SplitMix64(seed: 32)
            try await makeIndex(directory.index, (0..<3_000).map { .random(id: "\($0)", using: &random) })
            let reader = try IndexReader(path: directory.index)
            let words = SampleDocument.vocabulary.map { QueryNode.term($0) }
            // Far more postings than pass between two looks at the clock.
            let queries: [(QueryNode, Weighting)] = [
                (.or(words), .poweredBM25()), (.or(words), .xapianBM25()), (.or(words), .boolean),
                (.and([.or(words), .or(words.reversed())]), .poweredBM25()), (.all, .poweredBM25()),
                (.synonym(words), .poweredBM25()), (.filter(.all, .or(words)), .poweredBM25()),
                (.or([.term("cash"), .valueRange(slot: Slot.year, nil, nil)]), .poweredBM25()),
            ]
            for (node, weighting) in queries {
                var query = IndexQuery(node, limit: 10, checkAtLeast: .max)
                query.weighting = weighting
                let whole = try reader.search(query)
                #expect(!whole.timedOut && whole.total.isExact && whole.total.lower > 1_000)
                query.timeLimitSeconds = 1e-9
                query.hardTimeLimitSeconds = 60
                let soft = try reader.search(query)
                #expect(soft.timedOut && soft.hits.count == 10, "\(node)")
                // The hits need no more than the rest of the time allows: they are the same ones.
                #expect(soft.ids == whole.ids, "\(node)")
                query.hardTimeLimitSeconds = 1e-9
                #expect(indexError { () throws(IndexError) in _ = try reader.search(query) }?.code == .timedOut)
            }
        }

        @Test func `truncated and overwritten files give errors, never a crash`() async throws {
            let directory = try TemporaryDirectory()
            var random = SplitMix64(seed: 31)
            try await makeIndex(directory.index, (0..<300).map { .random(id: "\($0)", using: &random) })
            let allowed: Set<IndexError.Code> = [.corrupt, .notFound, .schemaMismatch, .engine]
            var codes: [IndexError.Code: Int] = [:]
            let names = try FileManager.default.contentsOfDirectory(atPath: directory.index).sorted()
            #expect(names.contains("postlist.glass") && names.contains("iamglass"))
            for name in names where name != "flintlock" {
                let whole = try Data(contentsOf: URL(fileURLWithPath: directory.index + "/" + name))
                var damaged: [Data] = [Data(), whole.prefix(1), whole.prefix(whole.count / 2), whole.dropLast(1)]
                damaged.append(Data(repeating: 0, count: whole.count))
                damaged.append(Data("this is not an index".utf8))
                for (number, content) in damaged.enumerated() {
                    let copy = directory.path + "/damaged-\(name)-\(number)"
                    try FileManager.default.copyItem(atPath: directory.index, toPath: copy)
                    try content.write(to: URL(fileURLWithPath: copy + "/" + name))
                    var failed = false
                    for error in try await Self.errorsOfEveryUse(of: copy) {
                        failed = true
                        codes[error.code, default: 0] += 1
                        #expect(allowed.contains(error.code), "\(name) \(number): \(error)")
                    }
                    if content.count < whole.count, !whole.isEmpty, name == "iamglass" {
                        #expect(failed, "\(name) \(number)")
                    }
                }
            }
            #expect((codes[.corrupt] ?? 0) > 10, "\(codes)")
        }

        /// Opens, searches, checks and writes; gives the errors.
        private static func errorsOfEveryUse(of path: String) async throws -> [IndexError] {
            var errors: [IndexError] = []
            do throws(IndexError) {
                let reader = try IndexReader(path: path)
                for node in [
                    QueryNode.term("cash"), .stream(.phrase(["cash", "transfer"], window: 3), [.term("cash")]),
                    .prefix("c", maxExpansion: 9),
                ] {
                    var query = IndexQuery(node, limit: 300)
                    query.facets = [FacetRequest(slot: Slot.concepts, kind: .list)]
                    query.streamSlot = Slot.words
                    query.valueSlots = [Slot.words]
                    query.wantLengths = true
                    _ = try reader.search(query)
                }
                _ = try reader.lexicon(prefix: "", limit: 1_000)
            } catch {
                errors.append(error)
            }
            do throws(IndexError) { try IndexFiles.check(path) } catch { errors.append(error) }
            do throws(IndexError) {
                let writer = try IndexWriter(path: path, opening: .existing)
                try await writer.replace([SampleDocument(id: "1", words: ["cash", "pension"]).indexDocument])
                try await writer.finish()
            } catch {
                errors.append(error)
            }
            return errors
        }

        @Test func `a file in the place of an index is no index, whatever other index it may point to`() throws {
            let directory = try TemporaryDirectory()
            try Data("auto elsewhere\n".utf8).write(to: URL(fileURLWithPath: directory.index))
            let error = indexError { () throws(IndexError) in _ = try IndexReader(path: directory.index) }
            #expect(error?.code == .notFound)
            #expect(error?.message.contains("a file") == true)
        }
    }
}
