import FoundationEssentials

@testable import SabilTaxonomy

/// Turtle and taxonomies made up for one test.
enum Fixture {
    static let prefixes = """
        @prefix : <https://sabil.example/taxonomy/> .
        @prefix scheme: <https://sabil.example/taxonomy/scheme/> .
        @prefix sabil: <https://sabil.example/ns#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        scheme:topic a skos:ConceptScheme . scheme:region a skos:ConceptScheme . scheme:country a skos:ConceptScheme .

        """
    /// Lines that `prefixes` takes: the first line of a test's own text is this one plus 1.
    static let prefixLines = 7

    static func graph(_ turtle: String, file: String = "test.ttl") throws -> SKOSGraph {
        var graph = SKOSGraph()
        try graph.read(turtle: Array((prefixes + turtle).utf8), file: file)
        return graph
    }

    static func findings(
        _ turtle: String, registry: ConceptRegistry? = nil, ambiguous: String? = nil
    ) throws -> [SchemeFinding] {
        let rows = try ambiguous.map { try AmbiguousRow.rows(of: $0, file: "ambiguous.tsv") } ?? []
        return try SchemeValidator().findings(in: graph(turtle), registry: registry, ambiguous: rows)
    }

    static func scheme(_ turtle: String) throws -> ConceptScheme {
        var builder = SchemeBuilder(graph: try graph(turtle), registry: nil)
        return try builder.scheme(ambiguous: [], version: "test")
    }

    /// Runs `body` with a directory of its own that holds the given files, and removes it afterwards.
    static func withDirectory<T>(_ files: [String: String], _ body: (String) throws -> T) throws -> T {
        let directory = FileManager.default.temporaryDirectory.path + "/sabil-taxonomy-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }  // Leftovers of a test harm nobody.
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(filePath: directory + "/" + name))
        }
        return try body(directory)
    }
}

/// SplitMix64: the same numbers for the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
