/// The number of a commit: a page or a cache entry made at one revision is stale at another.
///
/// Revisions grow within one index; an index built anew starts again.
public struct IndexRevision: RawRepresentable, Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    public let rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    public var description: String { String(rawValue) }
    public static func < (left: IndexRevision, right: IndexRevision) -> Bool { left.rawValue < right.rawValue }
}
