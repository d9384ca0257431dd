import FoundationEssentials

/// An index and the two that may lie beside it: the previous one, kept to compare with or to go back to, and the next
/// one, built and waiting to be put in its place.
///
/// Each is a folder of its own and an index like any other. There is at most one of either: a newer one replaces it.
public struct IndexGenerations: Sendable, Hashable {
    public let current: String

    public init(path: String) { current = IndexPlace.normalised(path) }

    public var previous: String { current + ".previous" }
    public var next: String { current + ".next" }

    /// What the last commit of the current index is known by: any commit, and any index put in its place, changes it.
    ///
    /// A digest of the engine's version file, which holds an identity of the index and the revision; `none` without one.
    public func commitMark() -> String {
        guard let bytes = FileManager.default.contents(atPath: current + "/iamglass") else { return "none" }
        return String(FNV1a.digest(of: bytes), radix: 16)
    }

    /// Puts the next index in the place of the current one in one step; readers go on with the new one.
    ///
    /// Writers of both are kept out meanwhile.
    /// - Parameters:
    ///   - keepsPrevious: whether what was in place is kept as the previous index; otherwise it is removed.
    ///   - mark: the ``commitMark()`` that the current index must still have; `nil`: any.
    /// - Throws: `notFound` without a next index, `locked` while a writer has either, `outdated` when the mark is another,
    ///   `notAnIndex` if something else lies where the previous one shall be, `denied`, `engine`.
    public func switchToNext(keepsPrevious: Bool, whileMarked mark: String? = nil) async throws(IndexError) {
        try IndexPlace.check(current)
        if keepsPrevious { try IndexPlace.check(previous) }
        let writerOfNext = try IndexWriter(path: next, opening: .existing)
        var holder: IndexWriter?
        do throws(IndexError) {
            holder = try Self.hold(current)
            if let mark, mark != commitMark() {
                throw IndexError(
                    code: .outdated, operation: "put \(next) in the place of \(current)",
                    message: "the index was written to after the next one was begun, which may lack those records")
            }
            try await offPool { () throws(IndexError) in
                try putInPlace(next, keepsPrevious: keepsPrevious)
                try IndexPlace.remove(next)
            }
        } catch {
            await holder?.abandon()
            await writerOfNext.abandon()
            throw error
        }
        await holder?.abandon()
        await writerOfNext.abandon()
    }

    /// Puts an index in place in one step. Whatever is left over is at `fresh` afterwards, to be removed.
    ///
    /// Killed between the two steps of keeping the previous one, what was in place is still at `fresh`.
    func putInPlace(_ fresh: String, keepsPrevious: Bool) throws(IndexError) {
        guard try IndexFiles.exchange(fresh, with: current), keepsPrevious else { return }
        _ = try IndexFiles.exchange(fresh, with: previous)
    }

    /// The lock of an index to be replaced; nil if there is none, or none that opens.
    static func hold(_ path: String) throws(IndexError) -> IndexWriter? {
        do throws(IndexError) {
            return try IndexWriter(path: path, opening: .existing)
        } catch {
            // A damaged or outdated index is a reason to build anew, not an obstacle.
            if error.code == .locked { throw error }
            return nil
        }
    }
}

/// FNV-1a, 64 bits: the same on every run, unlike `Hasher`.
enum FNV1a {
    static func digest(of bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }
}
