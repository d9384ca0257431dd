import Dispatch
import Foundation
import Glibc
import Testing

@testable import XapianIndex

extension IndexSuites {
    /// A writer that dies or runs out of disk leaves the last commit. The writers run in processes of their own.
    @Suite struct CrashTests {
        static let documentsInBatch = 60

        /// Batch n: always the same number of documents, all saying n.
        static func batch(_ number: Int) -> [IndexDocument] {
            (0..<documentsInBatch).map { index in
                let words = (0..<40).map { "w\(($0 &* 7919 &+ index &* 31 &+ number) % 997)" }
                return SampleDocument(id: "\(number)-\(index)", words: ["all", "batch\(number)"] + words).indexDocument
            }
        }

        @Test func `killed in mid-commit twenty times, it always opens with a whole commit`() async throws {
            let directory = try TemporaryDirectory()
            let path = directory.path
            for round in 0..<20 {
                let delay = UInt64(round * 400)
                await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, delay = delay as UInt64] in
                    try await IndexSuites.CrashTests.writeUntilKilled(directory: path, delayMicroseconds: delay)
                }
                let progress = try String(contentsOfFile: path + "/progress", encoding: .utf8).split(separator: "\n")
                let begun = progress.last { $0.hasPrefix("begin ") }.flatMap { Int($0.dropFirst(6)) } ?? -1
                let done = progress.last { $0.hasPrefix("done ") }.flatMap { Int($0.dropFirst(5)) } ?? -1
                let reader = try IndexReader(path: directory.index)
                let batch = try Self.committedBatch(directory.index) ?? -1
                #expect(done <= batch && batch <= begun, "round \(round)")
                #expect(try reader.documentCount() == (batch + 1) * Self.documentsInBatch, "round \(round)")
                let all = try reader.search(IndexQuery(.term("all"), limit: 0, checkAtLeast: .max))
                #expect(all.total.lower == (batch + 1) * Self.documentsInBatch)
                try IndexFiles.check(directory.index)
            }
        }

        /// The batch of the last commit; nil before the first.
        static func committedBatch(_ path: String) throws -> Int? {
            try IndexReader(path: path).metadata("batch").flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        }

        /// Commits batch after batch, and is killed some time after a commit has begun.
        static func writeUntilKilled(directory: String, delayMicroseconds: UInt64) async throws {
            let writer = try IndexWriter(path: directory + "/index", flushThreshold: 25)
            let committed = (try committedBatch(directory + "/index")) ?? -1
            let progress = open(directory + "/progress", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            func tell(_ line: String) { _ = line.withCString { write(progress, $0, strlen($0)) } }
            for number in (committed + 1)... {
                try await writer.replace(batch(number))
                try await writer.setMetadata("batch", Array("\(number)".utf8))
                tell("begin \(number)\n")
                if number == committed + 2 {
                    Thread.detachNewThread {
                        let start = DispatchTime.now().uptimeNanoseconds
                        while DispatchTime.now().uptimeNanoseconds - start < delayMicroseconds * 1_000 {}
                        kill(getpid(), SIGKILL)
                    }
                }
                _ = try await writer.commit()
                tell("done \(number)\n")
            }
        }

        @Test func `a full disk arrives as such, loses the batch, and after a rollback the writer goes on`()
            async throws
        {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "old", words: ["cash"])])
            await #expect(processExitsWith: .exitCode(0)) { [path = directory.index as String] in
                exit(try await IndexSuites.CrashTests.fillDisk(path))
            }
            let reader = try IndexReader(path: directory.index)
            #expect(try reader.search(IndexQuery(.term("cash"), limit: 10)).ids == ["old", "new"])
            try IndexFiles.check(directory.index)
        }

        /// 0 if everything went as it shall, else the number of the step that did not.
        static func fillDisk(_ path: String) async throws -> Int32 {
            func limitFileSize(_ bytes: rlim_t) {
                var limit = rlimit(rlim_cur: bytes, rlim_max: rlim_t.max); setrlimit(__rlimit_resource_t(1), &limit)
            }
            signal(SIGXFSZ, SIG_IGN)
            let writer = try IndexWriter(path: path, opening: .existing, flushThreshold: 20)
            limitFileSize(400_000)
            var code: IndexError.Code?
            do throws(IndexError) {
                for number in 0..<200 { try await writer.replace(batch(number)) }
                _ = try await writer.commit()
            } catch {
                code = error.code
            }
            guard code == .diskFull else { return 1 }
            do throws(IndexError) {
                _ = try await writer.commit()
                return 2
            } catch {
                guard error.code == .batchLost else { return 3 }
            }
            limitFileSize(rlim_t.max)
            try await writer.rollback()
            try await writer.replace([SampleDocument(id: "new", words: ["cash"]).indexDocument])
            try await writer.finish()
            return 0
        }
    }
}
