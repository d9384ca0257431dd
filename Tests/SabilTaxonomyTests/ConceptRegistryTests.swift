import SabilRecords
import Testing

@testable import SabilTaxonomy

@Suite struct ConceptRegistryTests {
    static let header = "number\turi\tstatus\n"

    @Test func `new concepts get the next numbers and missing ones a tombstone`() {
        let first = ConceptRegistry().updated(for: ["x:a", "x:b"])
        let second = first.updated(for: ["x:c", "x:b", "x:c"])
        #expect(second.tsv == Self.header + "1\tx:a\tretired\n2\tx:b\tactive\n3\tx:c\tactive\n")
        #expect(second.extends(first))
        #expect(!first.extends(second))
    }

    @Test func `a concept that returns gets its old number back`() {
        let registry = ConceptRegistry().updated(for: ["x:a", "x:b"]).updated(for: ["x:b"]).updated(for: ["x:b", "x:a"])
        #expect(registry.entry(uri: "x:a") == registry.entry(number: ConceptNumber(1)))
        #expect(registry.entry(uri: "x:a")?.status == .active)
        #expect(registry.entry(number: ConceptNumber(0)) == nil)
        #expect(registry.entry(number: ConceptNumber(3)) == nil)
    }

    @Test func `any series of changes only appends, and survives writing and reading`() throws {
        for seed in 1...50 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            var registry = ConceptRegistry()
            var numbers: [String: ConceptNumber] = [:]
            for _ in 0..<10 {
                let uris = (0..<20).map { "x:\($0)" }.filter { _ in Bool.random(using: &random) }.shuffled(
                    using: &random)
                let next = registry.updated(for: uris)
                #expect(next.extends(registry), "seed \(seed)")
                #expect(try ConceptRegistry(tsv: next.tsv) == next, "seed \(seed)")
                for entry in next.entries {
                    #expect(numbers[entry.uri] == nil || numbers[entry.uri] == entry.number, "seed \(seed)")
                    numbers[entry.uri] = entry.number
                    #expect((entry.status == .active) == uris.contains(entry.uri), "seed \(seed)")
                }
                registry = next
            }
        }
    }

    @Test(
        arguments: [
            ("", nil, "an empty text is an empty registry"),
            (header + "1\tx:a\tactive\r\n2\tx:b\tretired\r\n", nil, "lines may end with CRLF"),
            ("1\tx:a\tactive\n", 1, "no header"),
            (header + "1\tx:a\tactive\n1\tx:b\tactive\n", 3, "a number twice"),
            (header + "1\tx:a\tactive\n3\tx:b\tactive\n", 3, "a number left out: a row was removed"),
            (header + "1\tx:a\tactive\n2\tx:a\tactive\n", 3, "a URI twice"),
            (header + "1\tx:a\tgone\n", 2, "an unknown status"),
            (header + "1\tx:a\n", 2, "a cell missing"),
            (header + "one\tx:a\tactive\n", 2, "a number in words"),
            (header + "1\t\tactive\n", 2, "no URI"),
            (header + "-1\tx:a\tactive\n", 2, "a negative number"),
        ] as [(String, Int?, String)])
    func `a broken registry is refused with its line`(text: String, line: Int?, reason: String) throws {
        if let line {
            let error = #expect(throws: TaxonomyError.self, "\(reason)") { try ConceptRegistry(tsv: text) }
            #expect(error?.code == .registry)
            #expect(error?.line == line, "\(reason)")
        } else {
            _ = try ConceptRegistry(tsv: text)
        }
    }
}
