/// Whole indexes: merging, checking.
public enum Compaction {
    /// Merges indexes, one or many, into a new compact one.
    ///
    /// Documents are renumbered; of metadata with the same key the first index wins. Uncommitted changes of a writer
    /// are not part of it.
    /// - Throws: `invalidArgument` if there is something at `destination`, `notFound`, `corrupt`, `diskFull`.
    public static func compact(shards: [String], to destination: String) async throws(IndexError) {
        try await offPool { () throws(IndexError) in try IndexFiles.compact(shards, to: destination) }
    }

    /// Makes a compact copy of one index.
    public static func compact(from source: String, to destination: String) async throws(IndexError) {
        try await compact(shards: [source], to: destination)
    }

    /// Reads every block of an index, as after a crash of the machine.
    /// - Throws: `corrupt` if one is wrong.
    public static func check(path: String) async throws(IndexError) {
        try await offPool { () throws(IndexError) in try IndexFiles.check(path) }
    }
}
