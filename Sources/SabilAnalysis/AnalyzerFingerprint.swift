/// Names what an analyzer does: two analyzers with the same fingerprint give the same terms for every text.
///
/// Sixteen hexadecimal digits, kept in index metadata and model manifests; another fingerprint asks for a rebuild.
public struct AnalyzerFingerprint: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// Raised whenever the code of the chain changes what comes out of it.
    static let chainVersion = 5

    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }

    /// The digest of profiles, the versions of ICU and of the stemmers, and of the chain's own version.
    init(of profiles: [LanguageProfile], without filters: [String] = []) {
        let parts = ["chain \(Self.chainVersion)", UnicodeForms.versions, SnowballStemmer.version]
        self.init(digestOf: parts + profiles.map(\.content) + filters)
    }

    /// FNV-1a, 64 bits, over the parts with a separator between.
    init(digestOf parts: [String]) {
        let bytes = Array(parts.joined(separator: "\u{1E}").utf8)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        rawValue = String(repeating: "0", count: 16 - digits.count) + digits
    }
}
