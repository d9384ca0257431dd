import Foundation
import SabilEvaluation
import SabilExperiments
import Testing

struct ResultStoreTests {
    private func withStore(_ body: (ResultStore) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sabil-store-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(try ResultStore(folder: folder.path))
    }

    private func outcome(_ digest: String, mean: Double = 0.5, run: String = "q Q0 d 1 1 sabil\n")
        -> ExperimentRunner.Outcome
    {
        let result = ExperimentResult(
            experiment: "x", digest: digest, kind: .rank, collection: "c", language: "en", engine: "0",
            finished: Date(timeIntervalSince1970: 0), counts: .init(documents: 1),
            measures: ["nDCG@10": .init(mean: mean)])
        return ExperimentRunner.Outcome(result: result, file: [UInt8](run.utf8))
    }

    @Test func takesUpOnlyWhatHasTheSameDigestAndItsRun() throws {
        try withStore { store in
            #expect(store.result(of: "x", digest: "aa") == nil)
            let written = try store.write(outcome("aa"))
            #expect(store.result(of: "x", digest: "aa") == written)
            #expect(store.result(of: "x", digest: "ab") == nil, "other inputs")
            let run = try #require(written.run)
            #expect(try String(contentsOfFile: "\(store.folder)/\(run)", encoding: .utf8) == "q Q0 d 1 1 sabil\n")
            try FileManager.default.removeItem(atPath: "\(store.folder)/\(run)")
            #expect(store.result(of: "x", digest: "aa") == nil, "its run is gone")
        }
    }

    @Test func aTornOrForeignFileIsNoResult() throws {
        try withStore { store in
            try store.write(outcome("aa"))
            let path = store.path(of: "x")
            let whole = try Data(contentsOf: URL(filePath: path))
            for length in [0, 1, whole.count / 2, whole.count - 3] {
                try whole.prefix(length).write(to: URL(filePath: path))
                #expect(store.result(of: "x", digest: "aa") == nil, "\(length) of \(whole.count) bytes")
            }
            try store.write(outcome("aa"))
            #expect(store.result(of: "x", digest: "aa") != nil, "written over")
        }
    }

    /// A program killed between the two files leaves a run that no result names.
    @Test func theRunOfAnotherDigestIsNeverTakenForThisOne() throws {
        try withStore { store in
            let first = try store.write(outcome("aa", run: "first\n"))
            // Killed after writing the run of other inputs.
            try Data("second\n".utf8).write(to: URL(filePath: "\(store.folder)/runs/x@bb.trec"))
            let again = try #require(store.result(of: "x", digest: "aa"))
            #expect(try String(contentsOfFile: "\(store.folder)/\(again.run ?? "")", encoding: .utf8) == "first\n")
            try store.write(outcome("cc", run: "third\n"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(store.folder)/runs") == ["x@cc.trec"])
            #expect(store.result(of: "x", digest: "aa") == nil)
            #expect(first.run == "runs/x@aa.trec")
        }
    }

    @Test func nothingIsLeftBesideTheFiles() throws {
        try withStore { store in
            try store.write(outcome("aa"))
            try store.write(outcome("bb"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder).sorted() == ["runs", "x.json"])
        }
    }

    @Test func aFolderThatCannotBeWrittenIsSaid() throws {
        let error = #expect(throws: ExperimentError.self) { try ResultStore(folder: "/proc/none/eval") }
        #expect(error?.code == .unwritable)
    }

    @Test func aScratchFolderClearsAwayThoseOfTheDead() throws {
        try withStore { store in
            // No process has so high a number: the kernel's limit is 2²².
            let dead = "\(store.folder)/scratch/4999999"
            try FileManager.default.createDirectory(atPath: dead, withIntermediateDirectories: true)
            let alive = "\(store.folder)/scratch/1"
            try FileManager.default.createDirectory(atPath: alive, withIntermediateDirectories: true)
            let scratch = ScratchFolder(in: store.folder)
            try scratch.make()
            #expect(!FileManager.default.fileExists(atPath: dead))
            #expect(FileManager.default.fileExists(atPath: alive))
            #expect(FileManager.default.fileExists(atPath: scratch.path))
            scratch.remove()
            #expect(!FileManager.default.fileExists(atPath: scratch.path))
        }
    }
}
