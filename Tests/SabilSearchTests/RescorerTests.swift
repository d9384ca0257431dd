import Glibc
import SabilAnalysis
import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct RescorerTests {
    private func word(_ stem: String, isStopword: Bool = false) -> QueryWord {
        QueryWord(surface: stem, stems: [stem], isStopword: isStopword)
    }

    private static func stream(_ fields: [[String]], stopwords: Set<String> = []) -> [UInt8] {
        var words = RecordWords()
        for field in fields {
            words.add(
                field.enumerated().map {
                    Token(
                        surface: $1, stem: $1, utf8Range: 0..<1, position: $0, isStopword: stopwords.contains($1))
                })
        }
        return words.stream
    }

    private let collection = Rescorer.Collection(documentCount: 1000, averageLength: 10)

    private func rescore(
        _ streams: [[UInt8]], _ runs: [[QueryWord]], both: Double = 50, gram: Double = .infinity,
        word: Double = 1000
    ) -> [Rescorer.Scored] {
        Rescorer().rescore(
            streams.map { Rescorer.Candidate(score: 1, length: 10, stream: $0[...]) }, runs: runs, words: [],
            collection: collection, gramFrequency: { _ in gram }, wordFrequency: { _ in word }
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
            Self.stream([[], ["cash", "transfer", "x"]]), Self.stream([[], ["transfer", "x", "x", "x", "cash"]]),
        ]
        let scored = rescore(streams, [[word("cash"), word("transfer")]])
        // Both hold both words, one holds the pair: half of the fifty documents that hold both.
        let idf = pow(log(1 + (1000 - 25 + 0.5) / (25 + 0.5)), 1.25)
        let gain = idf * 1 / (1 + 0.9)
        #expect(scored[0].candidate == 0)
        #expect(abs(scored[0].orderedPairs - 0.3 * gain) < 1e-12)
        #expect(abs(scored[0].nearPairs - 0.4 * gain) < 1e-12)
        #expect(scored[1].nearPairs == 0 && scored[1].orderedPairs == 0)
    }

    @Test func `nothing is near across two fields`() {
        let scored = rescore([Self.stream([["cash"], ["transfer"]])], [[word("cash"), word("transfer")]])
        #expect(scored[0].nearPairs == 0 && scored[0].orderedPairs == 0)
    }

    @Test func `near pairs count any order within three positions`() {
        for (first, second, expected) in [
            ([1], [4], 1), ([4], [1], 1), ([1], [5], 0), ([1, 3], [2], 2), ([2], [2], 0),
        ] as [([Int32], [Int32], Int)] {
            let count = Nearness.near(
                0..<first.count, first.count..<first.count + second.count, in: first + second, distance: 3)
            #expect(count == expected, "\(first) \(second)")
        }
        #expect(Nearness.adjacent(0..<2, 2..<4, in: [1, 5, 2, 7]) == 1)
    }

    @Test func `the whole title counts, function words aside`() {
        let rows: [([String], Double, String)] = [
            (["the", "cash", "transfer"], 3, "every content word is in the query"),
            (["cash", "transfer", "pension"], 0, "one is not"), ([], 0, "no title"),
            (["the"], 0, "only function words"),
        ]
        for (title, expected, reason) in rows {
            let scored = rescore([Self.stream([title], stopwords: ["the"])], [[word("cash"), word("transfer")]])
            #expect(scored[0].title == expected, "\(reason)")
        }
    }

    @Test func `a word counts by how early it first stands, over all fields`() {
        let weight = RankingParameters.standard.leadWeight * pow(log(1 + (1000 - 50 + 0.5) / (50 + 0.5)), 1.25)
        let length = RankingParameters.standard.leadLength
        let far = [String](repeating: "x", count: 99)
        let rows: [([[String]], [QueryWord], Double, String)] = [
            ([["cash"]], [word("cash")], 1, "the first word of all"),
            ([["x", "cash", "cash"], ["cash"]], [word("cash")], length / (length + 1), "only its first place counts"),
            (
                [["x", "x"], ["cash"]], [word("cash")], length / (length + 2),
                "a field begins where the one before ends"
            ),
            ([far + ["cash"]], [word("cash")], length / (length + 99), "late is little, and never nothing"),
            ([["cash"]], [word("cash"), word("cash")], 2, "a word said twice counts twice"),
            (
                [["the", "cash"]], [word("the", isStopword: true), word("cash")], length / (length + 1),
                "function words not"
            ),
            ([["the"]], [word("the", isStopword: true)], 1, "unless there is nothing else"),
            ([["x"]], [word("cash")], 0, "what is not there says nothing"),
        ]
        for (fields, run, share, reason) in rows {
            let scored = rescore([Self.stream(fields, stopwords: ["the"])], [run], word: 50)
            #expect(abs(scored[0].lead - weight * share) < 1e-12, "\(reason)")
        }
    }

    @Test func `a word as written counts once more and by its own rarity`() {
        let asked = QueryWord(surface: "pensions", stems: ["pension"], isStopword: false)
        var words = RecordWords()
        for (surface, times) in [("pensions", 1), ("pension", 2)] {
            for _ in 0..<times { words.add([Token(surface: surface, stem: "pension", utf8Range: 0..<1, position: 0)]) }
        }
        func gain(_ word: QueryWord, stems: Double, exact: Double) -> Double {
            Rescorer().rescore(
                [Rescorer.Candidate(score: 5, length: 10, stream: words.stream[...])], runs: [[word]],
                words: [.init(word: word, factor: 2, stemFrequency: stems, exactFrequency: exact)],
                collection: collection, gramFrequency: { _ in .infinity }, wordFrequency: { _ in 1000 }
            ) { _ throws(Never) in 0 }[0].exact
        }
        func idf(_ frequency: Double) -> Double { pow(log(1 + (1000 - frequency + 0.5) / (frequency + 0.5)), 1.25) }
        let rarity = (idf(4) - idf(200)) / 1.9
        #expect(abs(gain(asked, stems: 200, exact: 4) - 2 * (idf(200) * (4 / 4.9 - 3 / 3.9) + rarity)) < 1e-12)
        #expect(gain(asked, stems: 4, exact: 4) == 0, "no other word has the stem")
        #expect(gain(asked, stems: 200, exact: 0) == 0, "no document has it")
        let stem = QueryWord(surface: "pension", stems: ["pension"], isStopword: false)
        let twice = (idf(4) - idf(200)) * 2 / 2.9
        #expect(abs(gain(stem, stems: 200, exact: 4) - 2 * twice) < 1e-12, "its own stem counts no more")
    }

    @Test func `grams lie within the word and its borders`() {
        for (word, count) in [("a", 0), ("of", 1), ("cash", 3), ("نقد", 2), ("😀b", 1)] {
            #expect(Grams.grams(of: word).count == count, "\(word)")
        }
        let sought = Grams.grams(of: "cash")
        let query = StreamQuery([], grams: sought, exact: [])
        let evidence = StreamEvidence(
            [Self.stream([["cashew", "rain", "cash"], ["cash"]])[...]], of: query, titleShare: 1)
        #expect(sought.indices.map { evidence.occurrences(ofGram: $0, hit: 0) } == [3, 3, 2])
    }

    @Test func `a gram in more than a quarter of the documents says nothing`() {
        let streams = [Self.stream([["cash"]])]
        let idf = pow(log(1 + (1000 - 250 + 0.5) / (250 + 0.5)), 1.25)
        #expect(abs(rescore(streams, [[word("cash")]], gram: 250)[0].grams - 3 * 0.2 * idf / 1.9) < 1e-12)
        #expect(rescore(streams, [[word("cash")]], gram: 251)[0].grams == 0)
    }

    @Test func `what is no word stream holds nothing and stops nobody`() {
        let seed: UInt64 = 11
        var random = SeededGenerator(seed: seed)
        let whole = Self.stream([["cash", "transfer"], ["cash", "نقد", "😀"]])
        let runs = [[word("cash"), word("transfer"), word("نقد")]]
        let sought = Grams(runs, length: 4).codes
        let query = StreamQuery(runs, grams: sought, exact: [Array("cash".utf8), Array("a".utf8)])
        for round in 0..<2_000 {
            var bytes = Array(whole.prefix(random.nextIndex(below: whole.count + 1)))
            for _ in 0..<random.nextIndex(below: 4) where !bytes.isEmpty {
                bytes[random.nextIndex(below: bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            // A slice that does not begin at 0.
            let slice = ([7, 7] + bytes)[2...]
            let evidence = StreamEvidence([slice, whole[...]], of: query, titleShare: 1)
            #expect(evidence.occurrences(ofExact: 0, hit: 1) == 2, "seed \(seed), round \(round)")
            #expect(evidence.occurrences(ofExact: 0, hit: 0) <= bytes.count / 4, "seed \(seed), round \(round)")
        }
    }
}
