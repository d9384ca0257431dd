import Foundation
import SabilEvaluation
import SabilRecords
import Testing

@Suite struct SyntheticRecordsTests {
    private static func given() throws -> [ResourceRecord] {
        var records: [ResourceRecord] = []
        for language in ["ar", "en", "es", "fr"] {
            var reader = try JSONLinesReader(
                path: Fixtures.folder + "/../records/\(language).jsonl", validator: RecordValidator(vocabulary: nil))
            while let line = try reader.next() {
                if let record = line.record { records.append(record) }
            }
        }
        return records
    }

    private static func lines(_ count: Int, like given: [ResourceRecord], seed: UInt64) -> [[UInt8]] {
        var records = SyntheticRecords(like: given, seed: seed)
        return (0..<count).map { _ in
            var line: [UInt8] = []
            records.appendNext(to: &line)
            return line
        }
    }

    private static func records(_ count: Int, seed: UInt64) throws -> [ResourceRecord] {
        let validator = RecordValidator(vocabulary: nil)
        return try lines(count, like: given(), seed: seed).map { line in
            try #require(validator.validate(json: line.dropLast()).record)
        }
    }

    @Test func `the same seed gives the same bytes, another seed others, and the order given does not matter`() throws {
        let given = try Self.given()
        let first = Self.lines(50, like: given, seed: 4)
        #expect(first == Self.lines(50, like: given, seed: 4))
        #expect(first == Self.lines(50, like: given.reversed(), seed: 4))
        #expect(first != Self.lines(50, like: given, seed: 5))
    }

    @Test func `each line is canonical, passes the validator and says that it was generated`() throws {
        let validator = RecordValidator(vocabulary: nil)
        var ids: Set<RecordID> = []
        for line in Self.lines(500, like: try Self.given(), seed: 1) {
            #expect(line.last == 0x0A && line.count { $0 == 0x0A } == 1)
            let outcome = validator.validate(json: line.dropLast())
            let record = try #require(outcome.record)
            #expect(outcome.issues.isEmpty, "\(record.id): \(outcome.issues)")
            #expect(record.jsonLine() == line.dropLast(), "\(record.id)")
            #expect(record.id.rawValue.hasPrefix("gen-"))
            #expect(record.url?.hasPrefix("https://generated.invalid/") == true)
            ids.insert(record.id)
        }
        #expect(ids.count == 500)
    }

    @Test func `nothing to imitate gives nothing`() {
        var none = SyntheticRecords(like: [ResourceRecord(id: RecordID("a"), type: "news", title: "t")], seed: 1)
        var line: [UInt8] = []
        none.appendNext(to: &line)
        #expect(none.isEmpty && line.isEmpty)
    }

    /// Half the sum of the differences between the shares of two counts: 0 when alike, 1 when disjoint.
    private func distance<Key: Hashable>(_ one: [Key: Double], _ other: [Key: Double]) -> Double {
        let sums = (one.values.reduce(0, +), other.values.reduce(0, +))
        return Set(one.keys).union(other.keys).reduce(0) {
            $0 + abs(one[$1, default: 0] / sums.0 - other[$1, default: 0] / sums.1) / 2
        }
    }

    private func counts<Key: Hashable>(_ keys: some Sequence<Key>) -> [Key: Double] {
        keys.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// Over the seeds 1...12 and 8,000 records the distances were at most 0.015 for languages, 0.07 for labels, 0.148 for
    /// countries (a place is drawn from the whole kind, not from publications alone) and 0.149 for lengths (stretched by up to a
    /// quarter); drawing countries evenly would give more than 0.4, one length for all more than 0.5.
    @Test(arguments: [1, 2] as [UInt64])
    func `languages, labels, countries and lengths follow the given records`(seed: UInt64) throws {
        let given = try Self.given()
        let made = try Self.records(6000, seed: seed)
        // What the kinds' shares do to the rest is taken out by looking at publications alone.
        let givenWorks = given.filter { $0.type == "publication" }
        let madeWorks = made.filter { $0.type == "publication" }
        #expect(madeWorks.count > 1000)
        #expect(distance(counts(givenWorks.map(\.language)), counts(madeWorks.map(\.language))) < 0.05, "seed \(seed)")
        let labels = { (records: [ResourceRecord]) in counts(records.flatMap { $0.concepts.map(\.concept) }) }
        #expect(distance(labels(givenWorks), labels(madeWorks)) < 0.12, "seed \(seed)")
        let countries = { (records: [ResourceRecord]) in counts(records.flatMap(\.countries)) }
        #expect(distance(countries(givenWorks), countries(madeWorks)) < 0.2, "seed \(seed)")
        let lengths = { (records: [ResourceRecord]) in
            counts(records.map { $0.abstract.split(separator: " ").count / 40 })
        }
        #expect(distance(lengths(givenWorks), lengths(madeWorks)) < 0.2, "seed \(seed)")
        let bodies = { (records: [ResourceRecord]) in
            Double(records.count { !$0.body.isEmpty }) / Double(records.count)
        }
        #expect(abs(bodies(givenWorks) - bodies(madeWorks)) < 0.05, "seed \(seed)")
        let versions = { (records: [ResourceRecord]) in
            1 - Double(Set(records.map(\.work)).count) / Double(records.count)
        }
        #expect(abs(versions(given) - versions(made)) < 0.03, "seed \(seed)")
    }

    /// Table 1 of the report: cumulative numbers at the end of 2021 and of 2018.
    @Test func `kinds and years follow the platform's growth`() throws {
        let made = try Self.records(12_000, seed: 7)
        func share(_ types: Set<String>, of years: ClosedRange<Int>, among all: ClosedRange<Int>) -> Double {
            let chosen = made.filter { types.contains($0.type) }
            let within = { (range: ClosedRange<Int>) in
                Double(chosen.count { $0.date.map { range.contains($0.year) } ?? false })
            }
            return within(years) / within(all)
        }
        // News are dated on arrival: 1,885 of the 4,596 up to 2021 had come by 2018.
        #expect(abs(share(["news"], of: 2000...2018, among: 2000...2021) - 1885.0 / 4596) < 0.03)
        // Events were not counted before 2019: 591 of 779 came in that year.
        #expect(abs(share(["event"], of: 2019...2019, among: 2000...2021) - 591.0 / 779) < 0.06)
        #expect(made.allSatisfy { $0.type != "event" || ($0.date?.year ?? 0) >= 2019 })
        // 11,737 of the publications' kind stand beside 4,826 news in the last row.
        let kinds = counts(made.map(\.type))
        let publications = ["publication", "multimedia", "database", "legal_policy_framework"].reduce(0) {
            $0 + kinds[$1, default: 0]
        }
        #expect(abs(publications / kinds["news", default: 1] - 11_737.0 / 4826) < 0.2)
    }

    @Test func `the vocabulary keeps growing, more and more slowly`() throws {
        let records = try Self.records(6000, seed: 3).filter { $0.language == .english }
        var words: Set<Substring> = []
        var sizes: [Int] = []
        for (place, record) in records.enumerated() {
            words.formUnion(record.abstract.split(separator: " "))
            if [records.count / 4, records.count / 2, records.count - 1].contains(place) { sizes.append(words.count) }
        }
        let first = Double(sizes[1]) / Double(sizes[0])
        let second = Double(sizes[2]) / Double(sizes[1])
        // Heaps' law: doubling the text multiplies the words by 2^b, 0.4 <= b <= 0.8.
        #expect(first > 1.25 && first < 1.75, "\(sizes)")
        #expect(second > 1.25 && second < 1.75, "\(sizes)")
    }
}
