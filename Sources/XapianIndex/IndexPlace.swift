import FoundationEssentials

/// Where an index is made: a directory of its own, since whatever is there goes when the index is replaced.
enum IndexPlace {
    /// The path without slashes at its end: names beside it are made by adding to it.
    static func normalised(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// Whether there is an index to open, damaged or not.
    static func holdsIndex(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path + "/iamglass") }

    /// Refuses a place that holds anything but an index.
    /// - Throws: `notAnIndex`, `denied`, `invalidArgument` for an empty path.
    static func check(_ path: String) throws(IndexError) {
        let operation = "make an index at \(path)"
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw IndexError(
                code: .invalidArgument, operation: "make an index", message: "its path is empty or holds a NUL")
        }
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return }
        guard isDirectory else {
            throw IndexError(code: .notAnIndex, operation: operation, message: "what is there is no directory")
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw failure(error, operation: operation)
        }
        if let other = names.sorted().first(where: { !isPartOfIndex($0) }) {
            throw IndexError(
                code: .notAnIndex, operation: operation, message: "the directory holds \(other), no part of an index")
        }
    }

    /// Removes a folder of ours with all that is in it, if it is there.
    static func remove(_ path: String) throws(IndexError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw failure(error, operation: "remove \(path)")
        }
    }

    /// `v.tmp` and `v.rtmp` are what a commit writes before it renames them: a writer killed between the two leaves one.
    private static func isPartOfIndex(_ name: String) -> Bool {
        name.hasSuffix(".glass") || name.hasPrefix("iamglass") || name == "flintlock" || name == "v.tmp"
            || name == "v.rtmp"
    }

    /// What Foundation says about a directory, with the kind of failure on which a caller decides.
    static func failure(_ error: any Error, operation: String) -> IndexError {
        let (code, reason): (IndexError.Code, String) =
            switch (error as? CocoaError)?.code {
            case .fileWriteNoPermission, .fileReadNoPermission: (.denied, "there is no right to do so")
            case .fileWriteVolumeReadOnly: (.denied, "the file system is read-only")
            case .fileWriteOutOfSpace: (.diskFull, "no space is left")
            case .fileNoSuchFile, .fileReadNoSuchFile: (.notFound, "the directory above it does not exist")
            case .fileWriteFileExists: (.notAnIndex, "a file of that name is in the way")
            default: (.engine, String(describing: error))
            }
        return IndexError(code: code, operation: operation, message: reason)
    }
}
