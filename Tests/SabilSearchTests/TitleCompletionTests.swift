import SabilAnalysis
import SabilRecords
import Testing
import XapianIndex

@testable import SabilSearch

@Suite struct TitleCompletionTests {
    private static func list(_ words: [String: Int]) -> TitleWords {
        var builder = TitleWords.Builder(documents: 0)
        for word in words.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            builder.add(word.utf8, documents: words[word] ?? 0)
        }
        return builder.list
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max)])
    func `the most frequent words of a beginning are those that sorting all gives`(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let letters = ["a", "b", "é", "م", "ا"]
        var words: [String: Int] = [:]
        for _ in 0..<3_000 {
            let word = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                letters.randomElement(using: &generator) ?? ""
            }
            // Many of one record, some beyond what a byte counts.
            let count = Int.random(in: 0..<20, using: &generator) == 0 ? Int.random(in: 1...900, using: &generator) : 1
            words[word.joined()] = count
        }
        let list = Self.list(words)
        #expect(list.count == words.count)
        for beginning in ["", "a", "é", "ab", "ما", "مم", "bbé", "z", "\u{10FFFF}"] {
            let all = words.filter { $0.key.utf8.starts(with: beginning.utf8) }
            #expect(list.count(beginning: beginning) == all.count, "seed \(seed): \(beginning)")
            for limit in [1, 7, 64, 5_000] {
                let sorted = all.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
                let begun = list.begun(beginning, limit: limit)
                #expect(begun.words == sorted, "seed \(seed): \(beginning), \(limit)")
                #expect(begun.documents == all.values.reduce(0, +), "seed \(seed): \(beginning)")
                #expect(begun.isCut == (all.count > limit), "seed \(seed): \(beginning), \(limit)")
            }
        }
    }

    /// Records of few words, six hundred of which begin alike; those of one day are told apart by their titles.
    private static func records(_ generator: inout SeededGenerator) -> [ResourceRecord] {
        (0..<700).map { number in
            var words = ["cob" + String(number % 600, radix: 2).map { $0 == "0" ? "k" : "b" }.joined()]
            if number % 2 == 0 { words.append("zebu") }
            if number % 7 == 0 { words.append("yak") }
            if number % 35 == 0 { words.append("ibex") }
            words.shuffle(using: &generator)
            let day = "20\(10 + number % 9)-0\(1 + number % 8)-1\(number % 10)"
            return ResourceRecord(
                id: RecordID("r\(number)"), type: "news", language: .english, title: words.joined(separator: " "),
                date: PartialDate(day), visibility: number % 11 == 0 ? .unpublished : .public)
        }
    }

    /// Titles that hold the whole words and a beginning: the newest thirty, those that begin with what is typed first.
    private static func expected(_ whole: [String], _ last: String, _ records: [ResourceRecord]) -> [String] {
        let typed = (whole + [last]).joined(separator: " ")
        let found = records.filter { record in
            let words = record.title.split(separator: " ")
            return record.visibility == .public && whole.allSatisfy { words.contains(Substring($0)) }
                && words.contains { $0.hasPrefix(last) }
        }
        let newest = found.sorted { ($1.date?.ordinal ?? 0, $0.title) < ($0.date?.ordinal ?? 0, $1.title) }.prefix(30)
        return (newest.filter { $0.title.hasPrefix(typed) } + newest.filter { !$0.title.hasPrefix(typed) })
            .prefix(10).map(\.title)
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max)])
    func `where very many words begin alike, titles are the same with and without the list of words`(seed: UInt64)
        async throws
    {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let records = Self.records(&generator)
        try await SearchFixture.withService(records) { service in
            let list = try #require(
                await service.titleWords.list(of: try await service.read { try LexiconStamp($0) }))
            #expect(list.count(beginning: "cob") == 600)
            // In 350 titles, in 100, in 20, in ten of them together, in none.
            for whole in [["zebu"], ["yak"], ["ibex"], ["zebu", "yak", "ibex"], ["gnu"]] {
                for last in ["c", "cob", "cobb", "zeb", "q"] {
                    let typed = (whole + [last]).joined(separator: " ")
                    let completion = TitleCompletion(
                        request: CompletionRequest(typed), typed: typed, words: whole + [last], isWhole: false,
                        stored: service.stored, sessions: service.sessions)
                    let expected = Self.expected(whole, last, records)
                    for known in [list, nil] {
                        let found = try await service.read { try completion.titles(known, reader: $0) }
                        #expect(found.completions.map(\.text) == expected, "seed \(seed): \(typed)")
                        #expect(!found.looksAtSome, "seed \(seed): \(typed)")
                    }
                }
            }
            // A beginning alone is looked for by its most frequent words: a hundred are in two titles.
            let alone = try await service.complete(CompletionRequest("cob", limit: 50, kinds: [.title]))
            #expect(alone.looksAtSomeTitles)
            #expect(alone.completions.count == 50 && alone.completions.allSatisfy { $0.text.contains("cob") })
        }
    }
}
