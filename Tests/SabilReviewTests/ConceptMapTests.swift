import SabilClassification
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilReview

@Suite struct ConceptMapTests {
    private static func row(_ old: String, _ new: String?, _ reason: String = "because") -> ConceptMap.Row {
        ConceptMap.Row(old: ConceptID(old), new: new.map { ConceptID($0) }, reason: reason)
    }

    /// renamed → a renaming; one, two → a merging; three → known, which was there before; wide → two parts; gone → nothing.
    private static let rows = [
        row("renamed", "name"), row("one", "both"), row("two", "both"), row("three", "known"), row("wide", "part-a"),
        row("wide", "part-b"), row("gone", nil, "out of use"),
    ]

    private static func map() throws -> ConceptMap { try ConceptMap(rows) }

    private static func record(_ tags: [(String, LabelSource)], groups: [String] = []) -> ResourceRecord {
        ResourceRecord(
            id: RecordID("r"), type: "news", title: "t", populationGroups: groups.map { ConceptID($0) },
            concepts: tags.map { ConceptTag(ConceptID($0.0), source: $0.1) })
    }

    @Test func `what becomes of a concept`() throws {
        let map = try Self.map()
        #expect(map.fate(of: ConceptID("renamed")) == .replaced(ConceptID("name")))
        #expect(map.fate(of: ConceptID("two")) == .replaced(ConceptID("both")))
        #expect(map.fate(of: ConceptID("wide")) == .split([ConceptID("part-a"), ConceptID("part-b")]))
        #expect(map.fate(of: ConceptID("gone")) == .retired)
        #expect(map.fate(of: ConceptID("name")) == .kept)
        #expect(map.sources(of: ConceptID("both")) == [ConceptID("one"), ConceptID("two")])
        #expect(try ConceptMap(Self.rows.reversed()).digest == map.digest)
        #expect(try ConceptMap(Self.rows.dropLast()).digest != map.digest)
    }

    /// Rows, what the message names, why.
    static let contradictions: [(rows: [ConceptMap.Row], names: String, reason: String)] = [
        ([row("a", "a")], "becomes itself", "nothing changes"),
        ([row("a", "b"), row("a", "b")], "stands twice", "a row too many"),
        ([row("a", nil), row("a", nil)], "a → nothing stands twice", "also of retired ones"),
        ([row("a", "b"), row("a", nil)], "with and without", "retired or replaced"),
        ([row("a", "b"), row("b", "c")], "last concept in both", "applied twice, a chain goes further each time"),
        ([row("a", "b"), row("b", "a")], "last concept in both", "two that change places never end"),
    ]

    @Test(arguments: contradictions.indices) func `a map that contradicts itself is refused`(place: Int) throws {
        let (rows, names, reason) = Self.contradictions[place]
        let error = #expect(throws: ReviewError.self, "\(reason)") { try ConceptMap(rows) }
        #expect(error?.code == .invalidMap)
        #expect(error?.message.contains(names) == true, "\(error?.message ?? "")")
    }

    private static let scheme = Result {
        try ConceptScheme(concepts: [
            Concept(
                id: ConceptID("name"), number: ConceptNumber(1), uri: "https://example.org/name", notation: "7.1",
                prefLabels: [.english: "Name"]),
            Concept(
                id: ConceptID("old-name"), number: ConceptNumber(2), uri: "https://example.org/old-name",
                prefLabels: [.english: "Old"], isDeprecated: true, replacedBy: ConceptID("name")),
            Concept(
                id: ConceptID("old-gone"), number: ConceptNumber(3), uri: "https://example.org/old-gone",
                prefLabels: [.english: "Gone"], isDeprecated: true),
        ])
    }

    @Test func `a table is read by names, URIs and notations; the taxonomy adds what it knows itself`() throws {
        let map = try ConceptMap(
            tsv: "old\tnew\treason\r\n# a remark\n\nformer\t7.1\tshorter\nlapsed\t\tnot used\n"
                + "older\thttps://example.org/name\tmerged\n",
            scheme: Self.scheme.get())
        #expect(map.fate(of: ConceptID("former")) == .replaced(ConceptID("name")))
        #expect(map.fate(of: ConceptID("older")) == .replaced(ConceptID("name")))
        #expect(map.fate(of: ConceptID("lapsed")) == .retired)
        #expect(map.reason(for: ConceptID("lapsed")) == "not used")
        #expect(map.fate(of: ConceptID("old-name")) == .kept)
        let whole = try map.completed(by: Self.scheme.get())
        #expect(whole.fate(of: ConceptID("old-name")) == .replaced(ConceptID("name")))
        #expect(whole.fate(of: ConceptID("old-gone")) == .retired)
        let again = try whole.completed(by: Self.scheme.get())
        #expect(again == whole)
    }

    @Test(arguments: [
        ("a\tb\n", "line 1 has 2 columns"), ("\n\ta\tx\n", "line 2 names no old concept"), ("a\t\t\n", "no reason"),
        ("a\tnowhere\tx\n", "no concept \"nowhere\""), ("a\told-name\tx\n", "write name"),
        ("a\told-gone\tx\n", "old-gone is retired"),
    ])
    func `a row that cannot be used is refused with its line`(_ text: String, _ names: String) throws {
        let scheme = try Self.scheme.get()
        let error = #expect(throws: ReviewError.self) { try ConceptMap(tsv: text, scheme: scheme) }
        #expect(error?.message.contains(names) == true, "\(error?.message ?? "")")
    }

    @Test func `labels follow the map; the strongest source holds; what is uncertain is listed`() throws {
        let map = try Self.map()
        let record = Self.record(
            [
                ("renamed", .confirmed), ("one", .machine), ("two", .human), ("wide", .human), ("gone", .human),
                ("stays", .machine), ("strange", .human),
            ], groups: ["renamed", "name", "gone"])
        let mapped = map.mapped(record, isKnown: { $0.rawValue != "strange" })
        #expect(
            mapped.record.concepts == [
                ConceptTag(ConceptID("name"), source: .confirmed), ConceptTag(ConceptID("both"), source: .human),
                ConceptTag(ConceptID("stays"), source: .machine), ConceptTag(ConceptID("strange"), source: .human),
            ])
        #expect(mapped.record.populationGroups == [ConceptID("name")])
        #expect(mapped.choices.map(\.rawValue) == ["part-a", "part-b"])
        #expect(
            mapped.left.map(\.line) == [
                "r\twide\thuman\tsplit\tpart-a|part-b\tbecause", "r\tgone\thuman\tretired\t\tout of use",
                "r\tstrange\thuman\tunknown\t\t", "r\tgone\tpopulation\tretired\t\tout of use",
            ])
        let again = map.mapped(mapped.record, isKnown: { $0.rawValue != "strange" })
        #expect(again.record == mapped.record, "twice changes nothing more")
        let machine = map.mapped(Self.record([("gone", .machine), ("wide", .machine)]), isKnown: { _ in true })
        #expect(machine.left.isEmpty && machine.record.concepts.isEmpty, "a machine's label is made anew")
        #expect(machine.choices.count == 2)
    }

    private static func decision(_ concept: String, _ verdict: Verdict, at: Int64 = 1, record: String = "r") -> Decision
    {
        Decision(
            record: RecordID(record), concept: ConceptID(concept), verdict: verdict, by: "Amal",
            at: Instant(milliseconds: at), note: "seen")
    }

    /// Decisions, what holds afterwards under new names (+ on the record, - off), causes of what is left, why.
    static let decisions:
        [(taken: [(String, Verdict)], inUse: [String], holds: [String], left: [String], why: String)] =
            [
                ([("renamed", .accept)], [], ["+name"], [], "a renamed concept keeps an accept"),
                ([("renamed", .reject)], [], ["-name"], [], "and a reject"),
                ([("one", .reject)], [], [], ["partly-rejected"], "not being one says nothing about the other"),
                ([("one", .reject), ("two", .remove)], [], ["-both"], [], "neither is"),
                ([("one", .reject), ("two", .add)], [], ["+both"], [], "one of them is"),
                ([("three", .reject)], ["known"], [], ["partly-rejected"], "the new one meant something before"),
                ([("three", .reject)], [], ["-known"], [], "it did not: a renaming"),
                (
                    [("known", .reject), ("three", .accept)], ["known"], ["+known"], [],
                    "accepted later, under the old name"
                ),
                ([("three", .accept), ("known", .reject)], ["known"], ["-known"], [], "rejected later"),
                ([("three", .reject), ("known", .accept)], ["known"], ["+known"], [], "accepted under the new name"),
                ([("wide", .accept)], [], [], ["split"], "a person says which part"),
                ([("wide", .reject)], [], ["-part-a", "-part-b"], [], "not the whole, so no part"),
                (
                    [("wide", .reject), ("part-a", .add)], [], ["+part-a", "-part-b"], [],
                    "what was said of a part stands"
                ),
                ([("gone", .accept)], [], [], ["retired"], "nothing takes its place"),
                ([("gone", .reject)], [], [], [], "nothing is lost"),
                ([("stays", .accept)], [], ["+stays"], [], "nothing changed"),
            ]

    @Test(arguments: decisions.indices) func `decisions follow the map as far as they are certain`(place: Int) throws {
        let (taken, inUse, holds, left, why) = Self.decisions[place]
        let map = try Self.map()
        var log = taken.enumerated().map { Self.decision($1.0, $1.1, at: Int64($0)) }
        let carried = map.carried(DecidedConcepts(log), inUse: Set(inUse.map { ConceptID($0) }))
        #expect(carried.left.map(\.cause.rawValue) == left, "\(why)")
        log += carried.decisions
        let decided = DecidedConcepts(log)
        let record = RecordID("r")
        let today = decided.decisions(about: record).filter { map.fate(of: $0.concept) == .kept }
        #expect(
            today.map { ($0.verdict.isOnRecord ? "+" : "-") + $0.concept.rawValue }
                == holds.sorted {
                    $0.dropFirst() < $1.dropFirst()
                }, "\(why)")
        for row in map.rows {
            #expect(
                decided.decision(about: row.old, on: record)?.verdict.isOnRecord != true,
                "\(why): \(row.old) puts nothing on a record any more")
        }
        #expect(
            carried.decisions.allSatisfy { $0.by == "Amal" && $0.defects.isEmpty && $0.note?.contains("seen") == true })
        // Again, with what was carried in the log.
        let again = map.carried(decided, inUse: Set(inUse.map { ConceptID($0) }))
        #expect(DecidedConcepts(log + again.decisions).decisions(about: record) == decided.decisions(about: record))
        let same = map.carried(DecidedConcepts(log.prefix(taken.count)), inUse: Set(inUse.map { ConceptID($0) }))
        #expect(same.decisions.map(\.id) == carried.decisions.map(\.id), "ids follow from what was decided")
    }

    @Test func `what is decided later about the new concept holds`() throws {
        let map = try Self.map()
        let log = [Self.decision("renamed", .accept, at: 5), Self.decision("name", .remove, at: 9)]
        let carried = map.carried(DecidedConcepts(log), inUse: [])
        let decided = DecidedConcepts(log + carried.decisions)
        #expect(decided.decision(about: ConceptID("name"), on: RecordID("r"))?.verdict == .remove)
    }

    /// Decisions before the first of two maps, and after both what holds (+ on the record, - off), why.
    static let twice: [(taken: [(String, Verdict)], holds: [String], why: String)] = [
        ([("a", .accept)], ["+c"], "renamed and renamed again"),
        ([("a", .add)], ["+c"], "as one that nobody had suggested"),
        ([("a", .reject)], ["-c"], "a rejection under both new names"),
        ([("a", .remove)], ["-c"], "a removal by a person is no removal of an old name"),
        ([("b", .accept)], ["+c"], "taken under the name between"),
        ([("a", .accept), ("b", .reject)], ["-c"], "rejected later under the new name"),
        ([("w", .reject)], ["-p", "-r", "-s"], "a part that is split again"),
        ([("m", .reject), ("n", .remove)], ["-d"], "merged and renamed"),
        ([("m", .reject), ("n", .accept)], ["+d"], "one of those merged"),
    ]

    @Test(arguments: twice.indices) func `decisions follow one map after another`(place: Int) throws {
        let (taken, holds, why) = Self.twice[place]
        let first = try ConceptMap([
            Self.row("a", "b"), Self.row("w", "p"), Self.row("w", "q"), Self.row("m", "o"), Self.row("n", "o"),
        ])
        let second = try ConceptMap([
            Self.row("b", "c"), Self.row("q", "r"), Self.row("q", "s"), Self.row("o", "d"),
        ])
        var log = taken.enumerated().map { Self.decision($1.0, $1.1, at: Int64($0)) }
        for map in [first, second] {
            let carried = map.carried(DecidedConcepts(log), inUse: [])
            #expect(carried.left.isEmpty, "\(why)")
            log += carried.decisions
            let again = map.carried(DecidedConcepts(log), inUse: [])
            #expect(again.decisions.isEmpty && again.left.isEmpty, "\(why): the same map again")
        }
        #expect(Set(log.map(\.id)).count == log.count, "\(why): each has its own name")
        let concepts = ["c", "d", "p", "r", "s"]
        let scheme = try ConceptScheme(
            concepts: concepts.enumerated().map { number, id in
                Concept(id: ConceptID(id), number: ConceptNumber(UInt32(number + 1)), uri: "https://example.org/\(id)")
            })
        // The record carries nothing itself: all that is learnt of it comes from the log.
        let set = TrainingSet(records: [Self.record([])], decisions: DecidedConcepts(log), scheme: scheme)
        let learnt = set.examples.flatMap { $0.labels.map { "+" + $0 } + $0.negative.map { "-" + $0 } }
        #expect(learnt == holds, "\(why)")
    }
}
