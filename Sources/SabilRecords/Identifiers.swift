/// The name of a record, unique in an index; never empty.
///
/// Names are compared byte by byte, as an index does: an accent written in two ways gives two.
public struct RecordID: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }
    public static func == (lhs: RecordID, rhs: RecordID) -> Bool { lhs.rawValue.hasBytes(of: rhs.rawValue) }
    public static func != (lhs: RecordID, rhs: RecordID) -> Bool { !(lhs == rhs) }
    public static func < (lhs: RecordID, rhs: RecordID) -> Bool { lhs.rawValue.comesBefore(bytesOf: rhs.rawValue) }
    /// What is equal byte by byte is equal as text.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

/// The name of a work: translations of one work are records that share it.
///
/// Names are compared byte by byte, as an index does: an accent written in two ways gives two.
public struct WorkID: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }
    public static func == (lhs: WorkID, rhs: WorkID) -> Bool { lhs.rawValue.hasBytes(of: rhs.rawValue) }
    public static func != (lhs: WorkID, rhs: WorkID) -> Bool { !(lhs == rhs) }
    public static func < (lhs: WorkID, rhs: WorkID) -> Bool { lhs.rawValue.comesBefore(bytesOf: rhs.rawValue) }
    /// What is equal byte by byte is equal as text.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

/// The local name of a concept in the taxonomy, such as `cash-transfers`.
public struct ConceptID: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }
    public static func < (lhs: ConceptID, rhs: ConceptID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// The permanent number of a concept in the registry; never reused.
public struct ConceptNumber: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }
    public var description: String { String(rawValue) }
    public static func < (lhs: ConceptNumber, rhs: ConceptNumber) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// The name of a trained model: the first sixteen hexadecimal digits of the digest of its files.
public struct ModelID: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }
    public static func < (lhs: ModelID, rhs: ModelID) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension String {
    /// Whether the other has the same bytes, not only the same letters.
    fileprivate func hasBytes(of other: String) -> Bool { self == other && utf8.elementsEqual(other.utf8) }

    /// The order of letters; where these are the same, that of bytes.
    fileprivate func comesBefore(bytesOf other: String) -> Bool {
        self < other || (self == other && utf8.lexicographicallyPrecedes(other.utf8))
    }
}
