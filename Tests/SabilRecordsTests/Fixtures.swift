import FoundationEssentials
public import SabilRecords

/// Files of the repository that several suites read.
enum Fixtures {
    static var root: String {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: root + "/" + path)))
    }

    static func catalogue() throws -> ContentTypeCatalogue {
        try ContentTypeCatalogue(json: bytes("taxonomy/content-types.json"))
    }

    /// A small vocabulary, enough for the fixtures.
    static func vocabulary() throws -> RecordVocabulary {
        RecordVocabulary(
            contentTypes: try catalogue(),
            countries: ["BRA", "EGY", "MAR", "TUN", "KEN", "IND"],
            alpha3ByAlpha2: ["BR": "BRA", "EG": "EGY", "MA": "MAR", "TN": "TUN", "KE": "KEN", "IN": "IND"],
            concepts: [
                "cash-transfers", "conditional-cash-transfers", "social-registries", "gender", "school-feeding",
                "social-pensions",
            ],
            regions: ["latin-america-caribbean", "sub-saharan-africa"],
            populationGroups: ["children", "women"],
            replacements: ["welfare": "cash-transfers"])
    }
}

extension ConceptID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
