/// Names what an analyzer does: two analyzers with the same fingerprint give the same terms for every text.
///
/// Sixteen hexadecimal digits, kept in index metadata and model manifests; another fingerprint asks for a rebuild.
public struct AnalyzerFingerprint: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }
}
