import SabilEvaluation
import SabilRecords
import Testing

/// Each finding is provoked by one fault in a folder that is otherwise sound, and is the only one.
@Suite struct FixtureCheckTests {
    @Test func `the sound folder has no findings`() throws {
        #expect(try SmallFixtures().found() == [])
    }

    @Test(arguments: FixtureFault.all) func `a fault is found, and nothing else`(fault: FixtureFault) throws {
        var fixtures = SmallFixtures()
        fault.make(&fixtures)
        let found = try fixtures.found()
        #expect(found.count == fault.findings.count, "\(found.joined(separator: "\n"))")
        for (finding, expected) in zip(found, fault.findings) { #expect(finding.hasPrefix(expected)) }
    }

    @Test func `a finding says where, what and what to do`() throws {
        var fixtures = SmallFixtures()
        fixtures.noise = ["fr-0009\tdraft\tx"]
        #expect(
            try fixtures.check().findings().map(\.description)
                == ["records/noise.tsv:2: noise: There is no record fr-0009. Mend the id, or drop the line."])
    }

    @Test func `tables count what is there`() throws {
        let tables = try SmallFixtures().check().tables()
        let types = try #require(tables.first { $0.title.hasPrefix("Records by type") })
        #expect(
            types.rows == [
                ["news", "3", "3", "3", "3", "12"], ["event", "0", "0", "0", "0", "0"],
                ["all", "3", "3", "3", "3", "12"],
            ])
        let grades = try #require(tables.first { $0.title == "Judgements by grade" })
        #expect(grades.rows == [["3", "1", "1", "2"], ["0", "1", "1", "2"], ["all", "2", "2", "4"]])
        let agreement = try #require(tables.last)
        #expect(agreement.rows.map { $0[0] } == ["en", "fr", "es", "ar", "all"])
        // Record 1 carries c2 and c1, which is what the second reader gave.
        #expect(agreement.rows.last?[2] == "1.000 [1.000, 1.000]")
        #expect(types.description.hasPrefix("## Records by type and language of the text\n\n| type | en | fr |"))
    }
}
