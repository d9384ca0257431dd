import SabilEvaluation
import SabilRecords
import Testing

@Suite struct LabelSplitsTests {
    private static let programmes = [
        FixtureContext.NamedProgramme(id: "haba", names: ["Haba Haba", "HH"], countries: ["KEN"]),
        FixtureContext.NamedProgramme(id: "prospera", names: ["Prospera"], countries: ["MEX"]),
        FixtureContext.NamedProgramme(id: "takaful", names: ["تكافل وكرامة"], countries: ["EGY"]),
    ]

    private static func record(
        _ id: String, work: String? = nil, title: String = "t", _ countries: String..., year: Int = 2020,
        concepts: [String] = ["c"], source: LabelSource = .human
    ) -> ResourceRecord {
        ResourceRecord(
            id: RecordID(id), work: WorkID(work ?? id), type: "news", title: title, date: PartialDate(year: year),
            countries: countries, concepts: concepts.map { ConceptTag(ConceptID($0), source: source) })
    }

    /// A collection with works of one to four versions, countries and labels of uneven frequency.
    private static func drawn(seed: UInt64, works: Int = 150) -> [ResourceRecord] {
        var random = SeededGenerator(seed: seed)
        return (0..<works).flatMap { work in
            let countries = (0..<random.nextIndex(below: 3)).map { _ in "C\(random.nextIndex(below: 40))" }
            let concepts = (0..<(2 + random.nextIndex(below: 3))).map { _ in
                "c\(min(random.nextIndex(below: 20), random.nextIndex(below: 20)))"
            }
            let year = 2000 + random.nextIndex(below: 25)
            return (0...random.nextIndex(below: 4)).map { version in
                ResourceRecord(
                    id: RecordID("r\(work)-\(version)"), work: WorkID("w\(work)"), type: "news", title: "t",
                    date: PartialDate(year: year - version), countries: countries,
                    concepts: Set(concepts).sorted().map { ConceptTag(ConceptID($0)) })
            }
        }
    }

    @Test func `by date, parts follow the newest version of each work, ties by work`() {
        // Ten works of one record each, three of them of one year; the newest version of w0 makes it the last one.
        var records = (1...9).map {
            Self.record("r\($0)", work: "w\($0)", year: [0, 1, 2, 3, 4, 5, 5, 5, 8, 9][$0] + 2000)
        }
        records.append(Self.record("r0", work: "w0", year: 2000))
        records.append(Self.record("s0", work: "w0", year: 2019))
        let rows = LabelSplits(records, programmes: []).rows
        let parts = Dictionary(rows.map { ($0.work.rawValue, $0.byDate) }) { first, _ in first }
        // 11 records: a work is train while fewer than 6.6 records stand before it, dev while fewer than 8.8 do.
        #expect((1...7).allSatisfy { parts["w\($0)"] == .train })
        #expect(parts["w8"] == .dev && parts["w9"] == .dev && parts["w0"] == .test)
        #expect(rows.map(\.id) == rows.map(\.id).sorted() && rows.count == 11)
    }

    @Test func `only records that a person labelled are divided`() {
        let rows = LabelSplits(
            [
                Self.record("a"), Self.record("b", concepts: []), Self.record("c", source: .machine),
                Self.record("d", source: .confirmed),
            ], programmes: []
        ).rows
        #expect(rows.map(\.id.rawValue) == ["a", "d"])
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `of random collections works and subjects stay whole, dates in order, shares near`(seed: UInt64) throws {
        let records = Self.drawn(seed: seed)
        let splits = LabelSplits(records, programmes: [], seeds: 1..<6)
        #expect(
            splits == LabelSplits(records.reversed(), programmes: [], seeds: 1..<6), "order of records, seed \(seed)")
        let rows = Dictionary(uniqueKeysWithValues: splits.rows.map { ($0.id, $0) })
        #expect(rows.count == records.count)
        for versions in Dictionary(grouping: splits.rows, by: \.work).values {
            #expect(Set(versions.map(\.byDate)).count == 1 && Set(versions.map(\.bySubject)).count == 1)
        }
        for group in SubjectGroups(records, programmes: []).groups {
            let parts = Set(splits.rows.filter { group.contains($0.work) }.map(\.bySubject))
            #expect(parts.count == 1, "seed \(seed), group \(group)")
        }
        var newest: [WorkID: Int] = [:]
        for record in records { newest[record.work] = max(newest[record.work] ?? 0, record.date?.year ?? 0) }
        func years(_ part: SplitPart) -> [Int] {
            splits.rows.filter { $0.byDate == part }.compactMap { newest[$0.work] }
        }
        #expect(try #require(years(.train).max()) <= #require(years(.dev).min()))
        #expect(try #require(years(.dev).max()) <= #require(years(.test).min()))
        for part in SplitPart.allCases {
            for column in [\FixtureCollection.Split.byDate, \FixtureCollection.Split.bySubject] {
                let share = Double(splits.rows.count { $0[keyPath: column] == part }) / Double(records.count)
                #expect(abs(share - part.share) < 0.06, "seed \(seed), \(part)")
            }
        }
    }

    @Test func `subjects: one single country, one programme, and nothing else, joins works`() {
        let groups = SubjectGroups(
            [
                Self.record("ken-1", "KEN"), Self.record("ken-2", "KEN"), Self.record("two", "KEN", "UGA"),
                Self.record("named", title: "Saving with Haba Haba", "KEN", "TZA"),
                Self.record("folded", title: "SAVING WITH HABA HABA: why"),
                Self.record("elsewhere", title: "Haba Haba", "PER"), Self.record("none-1"), Self.record("none-2"),
                Self.record("acronym", title: "The HH scheme"), Self.record("inside", title: "The HHS scheme"),
                Self.record("verb", title: "Cuando el campo prospera"), Self.record("name", title: "De Prospera a hoy"),
                Self.record("mexico", title: "Prospera", "MEX"), Self.record("both", title: "Prospera y Haba Haba"),
                Self.record("egypt", title: "تكافل وكرامة", "EGY"),
                Self.record("proclitic", title: "أثر برنامجي وتكافل وكرامة"),
            ], programmes: Self.programmes
        ).groups.map { $0.map(\.rawValue) }
        #expect(
            groups == [
                ["acronym", "folded", "named"],
                ["both"], ["egypt", "proclitic"], ["elsewhere"], ["inside"], ["ken-1", "ken-2"], ["mexico", "name"],
                ["none-1"], ["none-2"], ["two"], ["verb"],
            ])
    }

    @Test func `iterative stratification places the rarest label first where it is wanted most`() {
        // Five groups of the rare label, in a part of 60 % and two of 20 %: 3, 1, 1 of them.
        let groups = (0..<20).map { index in
            IterativeStratification.Group(size: 1, labels: index < 5 ? ["rare": 1, "all": 1] : ["all": 1])
        }
        for seed in 1..<20 as Range<UInt64> {
            let parts = IterativeStratification.parts(of: groups, shares: [0.6, 0.2, 0.2], seed: seed)
            #expect((0..<3).map { part in parts.prefix(5).count { $0 == part } } == [3, 1, 1], "seed \(seed)")
            #expect((0..<3).map { part in parts.count { $0 == part } } == [12, 4, 4], "seed \(seed)")
        }
    }

    @Test func `iterative stratification counts the examples of a group, and places groups without labels by size`() {
        // A group of six, then four of one each: the large one fills the large part.
        let sizes = [6, 1, 1, 1, 1]
        for labels in [["a"], []] {
            let groups = sizes.map { size in
                IterativeStratification.Group(
                    size: size, labels: Dictionary(uniqueKeysWithValues: labels.map { ($0, size) }))
            }
            let parts = IterativeStratification.parts(of: groups, shares: [0.6, 0.2, 0.2], seed: 3)
            if !labels.isEmpty { #expect(parts[0] == 0 && parts.dropFirst().sorted() == [1, 1, 2, 2]) }
            #expect(Set(parts).count == 3)
        }
    }

    /// The best of 200 random assignments is worse, by the measure that stratification is for.
    @Test func `labels are spread more evenly than by chance`() {
        var random = SeededGenerator(seed: 8)
        let groups = (0..<120).map { _ in
            let labels = Set((0..<3).map { _ in "l\(random.nextIndex(below: 25))" })
            return IterativeStratification.Group(
                size: 2, labels: Dictionary(uniqueKeysWithValues: labels.map { ($0, 1 + random.nextIndex(below: 2)) }))
        }
        let shares = [0.6, 0.2, 0.2]
        func unevenness(_ parts: [Int]) -> Double {
            var counts: [String: [Double]] = [:]
            for (group, part) in zip(groups, parts) {
                for (label, count) in group.labels { counts[label, default: [0, 0, 0]][part] += Double(count) }
            }
            let deviations = counts.sorted { $0.key < $1.key }.flatMap { _, own in
                let total = own.reduce(0, +)
                return zip(own, shares).map { abs($0 / total - $1) }
            }
            return deviations.reduce(0, +) / Double(deviations.count)
        }
        let stratified = unevenness(IterativeStratification.parts(of: groups, shares: shares, seed: 1))
        let chance = (0..<200).map { _ in
            unevenness(groups.map { _ in [0, 0, 0, 1, 2][random.nextIndex(below: 5)] })
        }
        #expect(stratified < (chance.min() ?? 0), "\(stratified), \(chance.min() ?? 0)")
    }
}
