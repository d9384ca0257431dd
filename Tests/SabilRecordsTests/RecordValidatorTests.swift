import SabilRecords
import Testing

@Suite struct RecordValidatorTests {
    private func issues(_ json: String) throws -> [RecordIssue] {
        RecordValidator(vocabulary: try Fixtures.vocabulary()).validate(json: json.utf8).issues
    }

    @Test func `each line of the invalid fixtures is reported once, at its path, and refused or kept accordingly`()
        throws
    {
        let table = String(decoding: try Fixtures.bytes("corpus-fixtures/records/invalid.tsv"), as: UTF8.self)
        let rows = table.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
        #expect(rows.count == 30)
        var reader = try JSONLinesReader(
            path: Fixtures.root + "/corpus-fixtures/records/invalid.jsonl",
            validator: RecordValidator(vocabulary: try Fixtures.vocabulary()))
        for row in rows {
            let line = try #require(try reader.next())
            #expect(String(line.number) == row[0])
            let found = line.issues.map { [$0.path, $0.severity.rawValue, $0.code.rawValue] }
            #expect(found == [[row[1], row[2], row[3]]], "line \(row[0]): \(line.issues)")
            #expect((line.record != nil) == (row[2] == "warning"), "line \(row[0])")
            #expect(line.issues.allSatisfy { !$0.message.isEmpty && !$0.remedy.isEmpty && $0.line == line.number })
        }
        #expect(try reader.next() == nil)
    }

    @Test func `a sound record next to each broken one survives`() throws {
        let sound = Array(#"{"id":"sound","type":"news","title":"Sound"}"#.utf8)
        let lines = try Fixtures.bytes("corpus-fixtures/records/invalid.jsonl").split(separator: 0x0A)
        for (number, line) in lines.enumerated() {
            var reader = JSONLinesReader(
                bytes: line + [0x0A] + sound, validator: RecordValidator(vocabulary: try Fixtures.vocabulary()))
            _ = try reader.next()
            let second = try #require(try reader.next(), "line \(number + 1)")
            #expect(second.number == 2)
            #expect(second.record?.id == RecordID("sound"))
            #expect(second.issues.isEmpty)
        }
    }

    @Test func `all defects of one record are reported together, in the order of the keys`() throws {
        let found = try issues(
            #"""
            {"zz":1,"id":"","type":"newz","title":5,"date":"2020-13","countries":["ZZZ",4],"concepts":[{"source":"x"}],
            "visibility":3,"fields":[]}
            """#)
        #expect(
            found.map(\.path) == [
                "$.id", "$.type", "$.title", "$.date", "$.countries[0]", "$.countries[1]", "$.concepts[0].source",
                "$.concepts[0].id", "$.visibility", "$.fields", "$.zz",
            ])
    }

    @Test(arguments: [
        // (JSON members besides id, type, title; words of the remedy; why)
        (#""langauge":"en""#, "\"language\"", "two letters swapped"),
        (#""Titel":"x""#, "\"title\"", "case and a swap"),
        (#""lang":"en""#, "\"language\"", "what Drupal and BEIR call it"),
        (#""tags":[]"#, "\"concepts\"", "what blogs call it"),
        (#""population-groups":[]"#, "\"population_groups\"", "hyphen for underscore"),
        (#""outlet":"BBC""#, "under \"fields\"", "a typed field at the wrong level"),
        (#""concepts":["conditional_cash_transfer"]"#, "\"conditional-cash-transfers\"", "underscore, singular"),
        (#""concepts":["Gender"]"#, "\"gender\"", "capital"),
        (#""concepts":["welfare"]"#, "Write \"cash-transfers\"", "a retired concept has a successor"),
        (#""fields":{"outlat":"BBC"}"#, "\"outlet\"", "typo in a field"),
        (#""visibility":"Public""#, "\"public\"", "capital"),
        (#""qqqqqq":1"#, "Take it out", "nothing near: no guess"),
    ])
    func `a mistyped name is answered with the nearest known one`(member: String, words: String, why: String) throws {
        let found = try issues(#"{"id":"a","type":"news","title":"t",\#(member)}"#)
        #expect(found.count == 1)
        #expect(found.first?.remedy.contains(words) == true, "\(why): \(found)")
    }

    @Test func `hyphens, underscores, spaces and case do not count as typing errors`() throws {
        var vocabulary = try Fixtures.vocabulary()
        vocabulary.concepts = ["a-b-c"]
        for typed in ["a_b_c", "A B C", "a-B_c"] {
            let found = RecordValidator(vocabulary: vocabulary).validate(
                json: #"{"id":"a","type":"news","title":"t","concepts":["\#(typed)"]}"#.utf8
            ).issues
            #expect(found.first?.remedy.contains("\"a-b-c\"") == true, "\(typed)")
        }
    }

    @Test(arguments: [
        ("https://a.org/x?y=é#z", true), ("HTTP://A.ORG", true), ("https://", false), ("a.org", false),
        ("https://a.org/b c", false), ("https://a.org/\\u0007", false), ("javascript:alert(1)//https://a.org", false),
        ("data:text/html,x", false), ("//a.org", false),
    ])
    func `only clean addresses of the web become links`(url: String, isKept: Bool) throws {
        let outcome = RecordValidator(vocabulary: nil).validate(
            json: #"{"id":"a","type":"news","title":"t","url":"\#(url)"}"#.utf8)
        #expect((outcome.record?.url == url) == isKept)
        #expect(outcome.issues.map(\.code) == (isKept ? [] : [.invalidURL]))
    }

    @Test func `warnings keep the record without what they name`() throws {
        let outcome = RecordValidator(vocabulary: try Fixtures.vocabulary()).validate(
            json: #"""
                {"id":"a","type":"blog","language":"fr-CA","title":"t","countries":["eg","EGY","XX"],"regions":["nowhere"],
                "concepts":["gender","nothing","gender",{"id":"welfare","source":"confirmed"}],"url":"file:///etc/passwd",
                "series":null,"fields":{"linked_webinar":"w","extra":[1],"more":2}}
                """#.utf8)
        let record = try #require(outcome.record)
        #expect(record.type == "blog_post", "an alias is read as its type")
        #expect(record.language == .french)
        #expect(record.countries == ["EGY"])
        #expect(record.regions.isEmpty)
        #expect(
            record.concepts == [ConceptTag("gender"), ConceptTag("cash-transfers", source: .confirmed)])
        #expect(record.url == nil)
        #expect(record.fields == ["linked_webinar": .text("w"), "more": .integer(2)])
        #expect(outcome.issues.allSatisfy { $0.severity == .warning })
        #expect(outcome.issues.count == 9)
    }

    @Test func `a visibility nobody knows refuses the record rather than publishing it`() throws {
        let outcome = RecordValidator(vocabulary: nil).validate(
            json: #"{"id":"a","type":"news","title":"t","visibility":"internal"}"#.utf8)
        #expect(outcome.record == nil)
        #expect(outcome.issues.map(\.code) == [.unknownVisibility])
    }

    @Test(arguments: ["\"\"", #"" ""#, #""\u00a0\t""#])
    func `an empty visibility does not publish a record, a missing one does`(blank: String) throws {
        for validator in [RecordValidator(vocabulary: nil), RecordValidator(vocabulary: try Fixtures.vocabulary())] {
            func outcome(_ member: String) -> RecordValidator.Outcome {
                validator.validate(json: #"{"id":"a","type":"news","title":"t"\#(member)}"#.utf8)
            }
            let refused = outcome(#","visibility":\#(blank)"#)
            #expect(refused.record == nil)
            #expect(refused.issues.map { [$0.code.rawValue, $0.path] } == [["empty-value", "$.visibility"]])
            for absent in ["", #","visibility":null"#] {
                #expect(outcome(absent) == .init(record: outcome("").record, issues: []))
                #expect(outcome(absent).record?.visibility == .public)
            }
        }
    }

    /// Members beside id, type and title; all issues; whether one is an error; what the last one says; why.
    private static let crowded: [(String, Int, Bool, String, String)] = [
        (#""concepts":[\#(Self.names(1000))]"#, 1000, false, "no concept", "all are told"),
        (#""concepts":[\#(Self.names(1001))]"#, 1001, false, "1 more issue is not listed", "one is not"),
        (#""concepts":[\#(Self.names(5000))]"#, 5000, false, "4000 more issues are not listed", "most are not"),
        (
            #""concepts":[\#(Self.names(5000))],"visibility":3"#, 5001, true,
            "4001 more issues are not listed, 1 of them an error at $.visibility: Here stands", "a late error refuses"
        ),
        (
            #""concepts":[\#(Self.names(1000))],"visibility":3,"fields":[]"#, 1002, true,
            "2 more issues are not listed, 2 of them errors, the first at $.visibility", "two late errors"
        ),
        (
            #""visibility":3,"fields":{\#(Self.members(3000))}"#, 3001, true, "2001 more issues are not listed.",
            "an error that is listed is not told twice"
        ),
        (#""authors":[\#(Self.names(3000, "\" \""))]"#, 3000, false, "2000 more issues", "empty entries"),
        (Self.members(3000), 3000, false, "2000 more issues", "unknown keys"),
        (
            #""fields":{\#(Array(repeating: #""a":1"#, count: 3000).joined(separator: ","))}"#, 3000, false,
            "2000 more issues", "a key again and again"
        ),
    ]

    @Test(arguments: crowded.indices)
    func `of very many issues the first thousand are told, the others counted`(row: Int) throws {
        let (members, count, isRefused, words, why) = Self.crowded[row]
        let outcome = RecordValidator(vocabulary: try Fixtures.vocabulary()).validate(
            json: #"{"id":"a","type":"news","title":"t",\#(members)}"#.utf8)
        #expect(outcome.issues.count == (count > 1000 ? 1001 : count), "\(why)")
        #expect((outcome.record == nil) == isRefused, "\(why)")
        #expect(outcome.issues.contains { $0.severity == .error } == isRefused, "\(why)")
        let last = try #require(outcome.issues.last)
        #expect(last.message.contains(words) && !last.remedy.isEmpty, "\(why): \(last)")
        #expect((last.code.rawValue == "more-issues") == (count > 1000), "\(why)")
    }

    private static func names(_ count: Int, _ name: String = "\"x\"") -> String {
        Array(repeating: name, count: count).joined(separator: ",")
    }

    private static func members(_ count: Int) -> String {
        (0..<count).map { #""k\#($0)":[{}]"# }.joined(separator: ",")
    }

    @Test func `long keys do not make long paths`() throws {
        let key = String(repeating: "k", count: 10_000)
        let twice = Array(repeating: #""a":1"#, count: 500).joined(separator: ",")
        let found = try issues(#"{"id":"a","type":"news","title":"t","\#(key)":{"\#(key)":{\#(twice)}}}"#)
        #expect(found.count == 500)
        #expect(found.allSatisfy { $0.path.utf8.count < 200 && $0.path.hasPrefix("$['kkk") })
    }

    @Test func `fields are checked against the kinds of their content type`() throws {
        let kinds: [(type: String, field: String, good: String, bad: String)] = [
            ("publication", "isbn", #""978""#, "978"), ("publication", "publishers", #"["a"]"#, #""a""#),
            ("programme", "objectives", #""long""#, "[]"), ("publication", "pages", "12", "12.5"),
            ("country_profile", "hdi", "1", #""1""#), ("event", "virtual", "true", "1"),
            ("event", "start", #""2020-02""#, #""2020-2""#), ("event", "start", #""2020""#, "2020"),
            ("publication", "files", #"["https://a.org/b.pdf"]"#, #""https://a.org""#),
        ]
        for (type, field, good, bad) in kinds {
            func found(_ value: String) throws -> [RecordIssue] {
                try issues(#"{"id":"a","type":"\#(type)","title":"t","fields":{"\#(field)":\#(value)}}"#)
            }
            #expect(try found(good).isEmpty, "\(field)")
            let refusal = try found(bad)
            #expect(refusal.map(\.path) == ["$.fields.\(field)"], "\(field)")
            #expect(refusal.first?.severity == .error, "\(field)")
        }
    }

    @Test func `without a vocabulary shapes are checked and names pass`() throws {
        let outcome = RecordValidator(vocabulary: nil).validate(
            json: #"{"id":"a","type":"x","title":"t","concepts":["any"],"countries":["ken","KE"],"fields":{"a":1.5}}"#
                .utf8)
        #expect(outcome.record?.concepts == [ConceptTag("any")])
        #expect(outcome.record?.countries == ["KEN"])
        #expect(outcome.record?.fields == ["a": .number(1.5)])
        #expect(outcome.issues.map(\.path) == ["$.countries[1]"], "alpha-2 needs a table")
    }

    @Test func `quoted values are short and hold no control characters`() throws {
        let long = String(repeating: "x", count: 300)
        let found = try issues(#"{"id":"a","type":"\u001b[31m\#(long)","title":"t","a\u0007'b":1}"#)
        for issue in found {
            let controls = (issue.message + issue.path + issue.remedy).unicodeScalars.filter { $0.value < 0x20 }
            #expect(controls.isEmpty)
            #expect(issue.message.count < 120)
        }
        #expect(found.count == 2)
    }

    @Test func `the hand-written records are sound in all but what the small vocabulary does not know`() throws {
        let unknown: Set<RecordIssue.Code> = [
            .unknownConcept, .unknownCountry, .unknownRegion, .unknownPopulationGroup,
        ]
        for language in ["en", "fr", "es", "ar"] {
            var reader = try JSONLinesReader(
                path: Fixtures.root + "/corpus-fixtures/records/\(language).jsonl",
                validator: RecordValidator(vocabulary: try Fixtures.vocabulary()))
            var count = 0
            while let line = try reader.next() {
                count += 1
                #expect(line.record != nil, "\(language) line \(line.number): \(line.issues)")
                #expect(line.issues.allSatisfy { unknown.contains($0.code) }, "\(language) \(line.issues)")
            }
            #expect(count >= 170, "each line of \(language).jsonl was read")
        }
    }

    @Test func `random damage never crashes, and a record is refused exactly when an error says so`() throws {
        let validator = RecordValidator(vocabulary: try Fixtures.vocabulary())
        let lines = try Fixtures.bytes("corpus-fixtures/records/ar.jsonl").split(separator: 0x0A)
        let seed: UInt64 = 20_261_121
        var random = SeededGenerator(seed: seed)
        for round in 0..<400 {
            var bytes = Array(lines[random.nextIndex(below: lines.count)])
            for _ in 0..<(1 + random.nextIndex(below: 4)) {
                bytes[random.nextIndex(below: bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            let outcome = validator.validate(json: bytes)
            let isRefused = outcome.issues.contains { $0.severity == .error }
            #expect((outcome.record == nil) == isRefused, "seed \(seed), round \(round)")
        }
    }
}
