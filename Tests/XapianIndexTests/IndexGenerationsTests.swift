import Foundation
import Testing

@testable import XapianIndex

extension IndexSuites {
    @Suite struct IndexGenerationsTests {
        private func make(_ path: String, _ id: String) async throws {
            try await makeIndex(path, [SampleDocument(id: id, words: ["cash"])])
        }

        private func rebuild(_ path: String, _ id: String) async throws {
            let builder = try BulkIndexBuilder(path: path, lanes: 2, holdsIndex: true, keepsPrevious: true)
            try await builder.add([SampleDocument(id: id, words: ["cash"]).indexDocument])
            _ = try await builder.finish()
        }

        private func ids(_ path: String) throws -> [String] {
            try IndexReader(path: path).search(IndexQuery(.term("cash"))).ids
        }

        private func names(_ directory: TemporaryDirectory) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        }

        @Test func `a rebuild keeps the index it replaces, and one only`() async throws {
            let directory = try TemporaryDirectory()
            try await rebuild(directory.index, "first")
            #expect(try names(directory) == ["index"], "nothing was there to be kept")
            try await rebuild(directory.index, "second")
            try await rebuild(directory.index + "/", "third")
            #expect(try names(directory) == ["index", "index.previous"])
            #expect(try ids(directory.index) == ["third"])
            #expect(try ids(IndexGenerations(path: directory.index).previous) == ["second"])
        }

        @Test(arguments: [false, true])
        func `the next index takes the place of the current one under its readers`(keepsPrevious: Bool) async throws {
            let directory = try TemporaryDirectory()
            let generations = IndexGenerations(path: directory.index)
            try await make(generations.current, "old")
            try await make(generations.next, "new")
            try await make(generations.previous, "oldest")
            let pool = try ReaderPool(path: directory.index, lanes: 1)
            try await generations.switchToNext(keepsPrevious: keepsPrevious, whileMarked: generations.commitMark())
            #expect(try await pool.search(IndexQuery(.term("cash"))).ids == ["new"])
            #expect(try ids(generations.previous) == [keepsPrevious ? "old" : "oldest"])
            #expect(try names(directory) == ["index", "index.previous"])
        }

        @Test func `the first index is put in place as any other`() async throws {
            let directory = try TemporaryDirectory()
            let generations = IndexGenerations(path: directory.index)
            try await make(generations.next, "new")
            try await generations.switchToNext(keepsPrevious: true, whileMarked: generations.commitMark())
            #expect(try ids(directory.index) == ["new"])
            #expect(try names(directory) == ["index"])
        }

        @Test func `a commit changes the mark, and so does another index of the same records; reading does not`()
            async throws
        {
            let directory = try TemporaryDirectory()
            let generations = IndexGenerations(path: directory.index)
            var marks = [generations.commitMark()]
            for _ in 0..<3 {
                try await rebuild(directory.index, "same")
                marks.append(generations.commitMark())
            }
            try await make(directory.index, "other")
            marks.append(generations.commitMark())
            #expect(Set(marks).count == marks.count)
            _ = try ids(directory.index)
            let idle = try IndexWriter(path: directory.index, opening: .existing)
            await idle.abandon()
            #expect(generations.commitMark() == marks.last)
        }

        @Test func `a switch is refused, and nothing moved, while somebody writes or after somebody wrote`()
            async throws
        {
            let directory = try TemporaryDirectory()
            let generations = IndexGenerations(path: directory.index)
            try await make(generations.current, "old")
            let mark = generations.commitMark()
            try await make(generations.next, "new")
            func code(_ mark: String?) async -> IndexError.Code? {
                do throws(IndexError) {
                    try await generations.switchToNext(keepsPrevious: true, whileMarked: mark)
                    return nil
                } catch {
                    return error.code
                }
            }
            for path in [generations.current, generations.next] {
                let writer = try IndexWriter(path: path, opening: .existing)
                #expect(await code(mark) == .locked)
                await writer.abandon()
            }
            try await make(generations.current, "later")
            #expect(await code(mark) == .outdated)
            try Data("Dear friend".utf8).write(to: URL(filePath: generations.previous))
            #expect(await code(nil) == .notAnIndex)
            try FileManager.default.removeItem(atPath: generations.previous)
            #expect(try ids(generations.current).sorted() == ["later", "old"])
            #expect(try ids(generations.next) == ["new"])
            #expect(await code(nil) == nil)
            #expect(await code(nil) == .notFound, "there is no next one any more")
        }

        @Test func `somebody's folder is never made the previous index`() async throws {
            let directory = try TemporaryDirectory()
            let place = IndexGenerations(path: directory.index).previous
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            try Data("Dear friend".utf8).write(to: URL(filePath: place + "/letter.txt"))
            let error = indexError { () throws(IndexError) in
                _ = try BulkIndexBuilder(path: directory.index, keepsPrevious: true)
            }
            #expect(error?.code == .notAnIndex)
            #expect(try names(directory) == ["index.previous"])
        }
    }
}
