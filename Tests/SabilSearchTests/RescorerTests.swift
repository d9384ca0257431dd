import Glibc
import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct RescorerTests {
    private func word(_ stem: String, isStopword: Bool = false) -> QueryWord {
        QueryWord(surface: stem, stems: [stem], isStopword: isStopword)
    }

    private func stream(_ fields: [[String]], stopwords: Set<String> = []) -> [UInt32] {
        fields.flatMap { field in
            field.map { WordStream.code(of: $0) | (stopwords.contains($0) ? WordStream.stopwordBit : 0) } + [0]
        }
    }

    private let collection = Rescorer.Collection(documentCount: 1000, averageLength: 10)

    private func rescore(_ streams: [[UInt32]], _ runs: [[QueryWord]], both: Double = 50) -> [Rescorer.Scored] {
        let candidates = streams.map {
            Rescorer.Candidate(score: 1, length: 10, words: $0, gramCounts: [])
        }
        return Rescorer().rescore(
            candidates, runs: runs, grams: .init(frequencies: [], weights: [], contentWeights: []),
            collection: collection
        ) { _ throws(Never) in both }
    }

    @Test func `pairs come from neighbours in order, and from content words one apart in any order`() {
        let run = [word("cash"), word("for", isStopword: true), word("poor"), word("house")]
        let pairs = Rescorer().pairs(of: [run]).map {
            "\($0.pair.first.surface) \($0.pair.isOrdered ? ">" : "~") \($0.pair.second.surface)"
        }
        #expect(pairs == ["cash > for", "for > poor", "poor > house", "cash ~ poor", "cash ~ house", "poor ~ house"])
    }

    @Test func `a pair scores as the formula says`() throws {
        let streams = [
            stream([[], ["cash", "transfer", "x"]]), stream([[], ["transfer", "x", "x", "x", "cash"]]),
        ]
        let scored = rescore(streams, [[word("cash"), word("transfer")]])
        // Both hold both words, one holds the pair: half of the fifty documents that hold both.
        let idf = pow(log(1 + (1000 - 25 + 0.5) / (25 + 0.5)), 1.25)
        let gain = idf * 1 / (1 + 0.9)
        #expect(scored[0].candidate == 0)
        #expect(abs(scored[0].orderedPairs - 0.3 * gain) < 1e-12)
        #expect(abs(scored[0].nearPairs - 0.4 * gain) < 1e-12)
        #expect(scored[1].score == 1)
    }

    @Test func `nothing is near across two fields`() {
        let scored = rescore([stream([["cash"], ["transfer"]])], [[word("cash"), word("transfer")]])
        #expect(scored[0].nearPairs == 0 && scored[0].orderedPairs == 0)
    }

    @Test func `near pairs count any order within three positions`() {
        for (first, second, expected) in [
            ([1], [4], 1), ([4], [1], 1), ([1], [5], 0), ([1, 3], [2], 2), ([2], [2], 0),
        ] {
            #expect(WordPositions.near(first, second, distance: 3) == expected, "\(first) \(second)")
        }
        #expect(WordPositions.adjacent([1, 5], [2, 7]) == 1)
    }

    @Test func `the whole title counts, function words aside`() {
        let rows: [([String], Double, String)] = [
            (["the", "cash", "transfer"], 3, "every content word is in the query"),
            (["cash", "transfer", "pension"], 0, "one is not"), ([], 0, "no title"),
            (["the"], 0, "only function words"),
        ]
        for (title, expected, reason) in rows {
            let scored = rescore([stream([title], stopwords: ["the"])], [[word("cash"), word("transfer")]])
            #expect(scored[0].title == expected, "\(reason)")
        }
    }

    @Test func `grams lie within the word and its borders`() {
        func grams(_ word: String) -> Int {
            var count = 0
            Grams.each(in: word.utf8) { _ in count += 1 }
            return count
        }
        for (word, count) in [("a", 0), ("of", 1), ("cash", 3), ("نقد", 2), ("😀b", 1)] { #expect(grams(word) == count) }
        let query = Grams([[word("cash")]], length: 4)
        #expect(query.slots(in: Array("cashew".utf8)[...]).count == 2)
        #expect(query.slots(in: Array("rain".utf8)[...]).isEmpty)
    }

    @Test func `a gram in more than a quarter of the documents says nothing`() {
        let candidates = [Rescorer.Candidate(score: 1, length: 10, words: [], gramCounts: [1, 1])]
        let scored = Rescorer().rescore(
            candidates, runs: [[word("cash")]],
            grams: .init(frequencies: [251, 10], weights: [1, 1], contentWeights: [1, 1]), collection: collection
        ) { _ throws(Never) in 0 }
        let idf = pow(log(1 + (1000 - 10 + 0.5) / (10 + 0.5)), 1.25)
        #expect(abs(scored[0].grams - 0.2 * idf / 1.9) < 1e-12)
    }
}
