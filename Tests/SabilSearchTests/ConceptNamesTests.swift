import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch

@Suite struct ConceptNamesTests {
    private func named(_ fields: [String], _ language: Language) throws -> [ConceptID: Int] {
        var session = SearchFixture.analyzer.makeSession()
        var words = RecordWords()
        for field in fields { words.add(try session.tokens(in: field, language: language)) }
        var named: [ConceptID: Int] = [:]
        for (number, count) in SearchFixture.names.occurrences(in: words, language: language) {
            let concept = try #require(SearchFixture.taxonomy.concept(number: ConceptNumber(number)))
            named[concept.id] = Int(count)
        }
        return named
    }

    /// Fields, their language, what they name how often, why the row is here.
    private static let table: [([String], Language, [ConceptID: Int], String)] = [
        (["Cash transfers, and more cash transfers"], .english, ["cash-transfers": 2], "every occurrence counts"),
        (["a cash transfer"], .english, ["cash-transfers": 1], "another form, by the stems of the text's language"),
        (
            ["conditional cash transfers"], .english, ["conditional-cash-transfers": 1],
            "the longest name, not the one within"
        ),
        (
            ["school feeding en Bolivie"], .french, ["school-feeding": 1, "BOL": 1],
            "names of another language as written"
        ),
        (["الحماية الاجتماعية في مصر"], .arabic, ["social-protection": 1, "EGY": 1], "Arabic"),
        (
            ["conditional", "cash transfers"], .english, ["conditionality": 1, "cash-transfers": 1],
            "a name does not reach into the next field"
        ),
        (["the it as rain"], .english, [:], "function words are no names"),
        ([], .english, [:], "nothing"),
    ]

    @Test(arguments: table.indices) func `a text names`(row: Int) throws {
        let (fields, language, expected, reason) = Self.table[row]
        let found = try named(fields, language)
        #expect(found == expected, "\(fields): \(reason), found \(found)")
    }

    @Test func `a trie finds exactly the sequences put in`() {
        let seed: UInt64 = 5
        var random = SeededGenerator(seed: seed)
        var trie = NameTrie()
        var names: [[String]: Set<UInt32>] = [:]
        func sequence() -> [String] {
            (0..<random.nextIndex(below: 4) + 1).map { _ in "w\(random.nextIndex(below: 12))" }
        }
        for number in 0..<600 {
            let words = sequence()
            names[words, default: []].insert(UInt32(number))
            trie.insert(words, number: UInt32(number))
        }
        for round in 0..<3_000 {
            let words = sequence()
            var node: NameTrie.Node = 0
            for (place, word) in words.enumerated() where place == 0 || node != 0 {
                node = trie.next(node, Digest.of(word))
            }
            let found = node == 0 ? [] : Set(trie.numbers(at: node))
            #expect(found == names[words] ?? [], "seed \(seed), round \(round): \(words)")
        }
    }
}
