import FoundationEssentials
import Glibc
public import SabilEvaluation

/// The folder of results: `NAME.json` for each experiment, and under `runs/` the run or suggestions it refers to.
///
/// A result is taken up again when its digest is the one of today's inputs. Files are written beside their place and renamed
/// into it, the result last, and the name of the run holds the digest: whenever the program is killed, a result that stands
/// there is whole and refers to its own run.
public struct ResultStore: Sendable {
    public let folder: String

    /// - Throws: `unwritable` where the folder cannot be made.
    public init(folder: String) throws(ExperimentError) {
        self.folder = folder
        for path in [folder, "\(folder)/runs"] {
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw Self.fault(path, "the folder cannot be made, \(Self.reason(error))")
            }
        }
    }

    public func path(of experiment: String) -> String { "\(folder)/\(experiment).json" }

    /// The result of an earlier run with the same digest; `nil` where there is none that is whole.
    public func result(of experiment: String, digest: String) -> ExperimentResult? {
        guard let result = latest(of: experiment), result.experiment == experiment, result.digest == digest,
            let run = result.run, FileManager.default.fileExists(atPath: "\(folder)/\(run)")
        else { return nil }
        return result
    }

    /// Whatever result stands there; `nil` where there is none that can be read: it is made anew.
    public func latest(of experiment: String) -> ExperimentResult? {
        let path = path(of: experiment)
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try? ExperimentResult(json: [UInt8](data), name: path)
    }

    /// Writes the run, then the result that names it, then takes away the runs of earlier results.
    ///
    /// - Returns: the result as it was written.
    /// - Throws: `unwritable`.
    @discardableResult
    public func write(_ outcome: ExperimentRunner.Outcome) throws(ExperimentError) -> ExperimentResult {
        var result = outcome.result
        let ending = result.kind == .rank ? "trec" : "jsonl"
        let name = "\(result.experiment)@\(result.digest.prefix(16)).\(ending)"
        result.run = "runs/\(name)"
        try Self.put(outcome.file, at: "\(folder)/runs/\(name)")
        let json: [UInt8]
        do {
            json = try result.json()
        } catch {
            throw Self.fault(path(of: result.experiment), error.message)
        }
        try Self.put(json, at: path(of: result.experiment))
        // An older run that stays is only room lost.
        for other in (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/runs")) ?? []
        where other != name && other.hasPrefix("\(result.experiment)@") {
            try? FileManager.default.removeItem(atPath: "\(folder)/runs/\(other)")
        }
        return result
    }

    /// Writes a file beside its place and renames it, so that a reader finds the old content or the new one.
    static func put(_ bytes: [UInt8], at path: String) throws(ExperimentError) {
        let partial = "\(path).\(getpid()).partial"
        do {
            try Data(bytes).write(to: URL(filePath: partial))
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw fault(path, reason(error))
        }
        guard rename(partial, path) == 0 else {
            let reason = String(cString: strerror(errno))
            try? FileManager.default.removeItem(atPath: partial)
            throw fault(path, reason)
        }
    }

    static func reason(_ error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileWriteNoPermission: "there is no right to write there"
        case .fileWriteOutOfSpace: "no space is left"
        case .fileWriteVolumeReadOnly: "the disk is read-only"
        case .fileWriteFileExists: "a file of that name is in the way"
        case .some(let code): "error \(code.rawValue)"
        case nil: "\(error)"
        }
    }

    private static func fault(_ path: String, _ reason: String) -> ExperimentError {
        ExperimentError(
            code: .unwritable, operation: "write a result",
            message: "Writing \(path) failed: \(reason). Check the folder and the room on its disk.")
    }
}

/// A folder for the index of one experiment, below the folder of results.
///
/// It is named after the process, so that one which was killed can be told and cleared away.
public struct ScratchFolder: Sendable {
    private let parent: String
    /// Exists and is empty after ``make()``.
    public let path: String

    public init(in folder: String) {
        parent = "\(folder)/scratch"
        path = "\(parent)/\(getpid())"
    }

    /// Makes it anew, and removes those of processes that are no more.
    public func make() throws(ExperimentError) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
            guard let owner = pid_t(name), owner == getpid() || kill(owner, 0) != 0 && errno == ESRCH else { continue }
            try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
        }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw ExperimentError(
                code: .unwritable, operation: "make a scratch folder",
                message:
                    "Making \(path) failed: \(ResultStore.reason(error)). Check the folder and the room on its disk.")
        }
    }

    public func remove() {
        // What cannot be removed now is removed by the next run.
        try? FileManager.default.removeItem(atPath: path)
        // Goes only when no other process has a folder there.
        rmdir(parent)
    }
}
