import Glibc
import SabilAnalysis
import SabilRecords
import Testing

@testable import SabilSearch

/// The second ranking step against its definition, written as plainly as can be over the words themselves.
@Suite struct RescorerOracleTests {
    private struct Word: Hashable {
        var surface: String
        var stem: String
        var isStopword = false
    }

    private struct Document {
        var fields: [[Word]]
        var score: Double
        var length: Int
        var isForeign: Bool

        /// Every word with its place; fields lie far apart.
        var placed: [(place: Int, word: Word)] {
            var placed: [(place: Int, word: Word)] = []
            var place = 0
            for field in fields {
                for word in field {
                    place += 1
                    placed.append((place, word))
                }
                place += 1000
            }
            return placed
        }

        func places(of word: QueryWord) -> [Int] {
            placed.filter { word.stems.contains($0.word.stem) }.map(\.place)
        }

        func count(stem: String) -> Int { placed.count { $0.word.stem == stem } }
        func count(surface: String) -> Int { placed.count { $0.word.surface == surface } }
        func count(gram: String) -> Int {
            placed.reduce(0) { $0 + RescorerOracleTests.grams($1.word.surface).count { $0 == gram } }
        }

        func holdsTitle(_ runs: [[QueryWord]]) -> Bool {
            let stems = Set(runs.joined().flatMap(\.stems))
            let content = fields[0].filter { !$0.isStopword }
            let counted = content.isEmpty ? fields[0] : content
            guard !counted.isEmpty else { return false }
            return Double(counted.count { stems.contains($0.stem) }) >= 0.95 * Double(counted.count)
        }
    }

    static func grams(_ surface: String) -> [String] {
        let scalars = Array((" " + surface + " ").unicodeScalars).map(String.init)
        guard scalars.count >= 4 else { return [] }
        return (0...scalars.count - 4).map { scalars[$0..<$0 + 4].joined() }
    }

    private static func idf(_ frequency: Double) -> Double {
        pow(log(1 + (1000 - min(frequency, 1000) + 0.5) / (min(frequency, 1000) + 0.5)), 1.25)
    }

    /// Any numbers will do, if both sides use the same.
    private static func frequency(of gram: String) -> Double {
        Double(gram.unicodeScalars.reduce(7) { $0 * 31 % 331 + Int($1.value) % 97 } % 320)
    }
    private static func frequency(of word: QueryWord) -> Double { Double(word.stems.joined().utf8.count * 23) }
    private static func frequency(of pair: Rescorer.Pair) -> Double {
        Double((pair.first.surface.utf8.count + pair.second.surface.utf8.count) * 3)
    }

    /// The definition: score by score, nothing kept from one part to the next.
    private static func reference(
        _ documents: [Document], _ runs: [[QueryWord]], _ words: [Rescorer.ScoredWord]
    ) -> [Double] {
        let rules = RankingParameters.standard
        return documents.indices.map { index in
            let document = documents[index]
            let norm = rules.k1 * (1 - rules.b + rules.b * Double(document.length) / 20)
            func saturated(_ count: Int) -> Double { count == 0 ? 0 : Double(count) / (Double(count) + norm) }
            var score = document.score
            for word in words where !(word.word.isStopword && document.isForeign) {
                let exact = document.count(surface: word.word.surface)
                if exact == 0 || word.exactFrequency == 0 || word.exactFrequency >= word.stemFrequency { continue }
                let stems = word.word.stems.map(document.count(stem:))
                let all = stems.reduce(0, +) + (word.word.stems[0] == word.word.surface ? 0 : exact)
                let more = max(0, saturated(all) - stems.reduce(0) { $0 + saturated($1) })
                let rarity = idf(word.exactFrequency) - idf(word.stemFrequency)
                score += word.factor * (idf(word.stemFrequency) * more + rarity * saturated(exact))
            }
            for word in runs.joined() {
                for gram in grams(word.surface) where frequency(of: gram) <= 250 {
                    let weight = document.isForeign ? (word.isStopword ? 0 : rules.foreignGramWeight) : rules.gramWeight
                    score += weight * idf(frequency(of: gram)) * saturated(document.count(gram: gram))
                }
            }
            for (pair, count) in Rescorer().pairs(of: runs) {
                func pairs(_ document: Document) -> Int {
                    let first = document.places(of: pair.first)
                    let second = document.places(of: pair.second)
                    if pair.isOrdered { return first.count { second.contains($0 + 1) } }
                    return first.reduce(0) { sum, place in
                        sum + second.count { $0 != place && abs($0 - place) <= rules.nearPairDistance }
                    }
                }
                let withBoth = documents.count {
                    !$0.places(of: pair.first).isEmpty && !$0.places(of: pair.second).isEmpty
                }
                let withPair = documents.count { pairs($0) > 0 }
                if withPair == 0 || document.isForeign && (pair.first.isStopword || pair.second.isStopword) { continue }
                let frequency = max(frequency(of: pair), Double(withBoth)) * Double(withPair) / Double(withBoth)
                let weight = pair.isOrdered ? rules.orderedPairWeight : rules.nearPairWeight
                score += weight * Double(count) * idf(frequency) * saturated(pairs(document))
            }
            let hasContent = runs.joined().contains { !$0.isStopword }
            for word in runs.joined() where !word.isStopword || !hasContent && !document.isForeign {
                let before = document.placed.firstIndex { word.stems.contains($0.word.stem) }
                guard let before else { continue }
                score +=
                    rules.leadWeight * idf(frequency(of: word)) / (1 + Double(before) / rules.leadLength)
            }
            return score + (document.holdsTitle(runs) ? rules.fullTitleWeight : 0)
        }
    }

    /// Words that share stems, beginnings and ends; single letters, two bytes and four.
    private static let vocabulary = [
        Word(surface: "pension", stem: "pension"), Word(surface: "pensions", stem: "pension"),
        Word(surface: "pensioner", stem: "pension"), Word(surface: "pens", stem: "pen"),
        Word(surface: "pen", stem: "pen"),
        Word(surface: "the", stem: "the", isStopword: true), Word(surface: "a", stem: "a", isStopword: true),
        Word(surface: "y", stem: "y"), Word(surface: "معاشات", stem: "معاش"), Word(surface: "معاش", stem: "معاش"),
        Word(surface: "😀b", stem: "😀b"), Word(surface: "of", stem: "of", isStopword: true),
        Word(surface: "cash", stem: "cash"), Word(surface: "cashew", stem: "cashew"), Word(surface: "1,5", stem: "1,5"),
    ]

    @Test(arguments: 1...12) func `scores are those of the definition`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func any() -> Word { Self.vocabulary[random.nextIndex(below: Self.vocabulary.count)] }
        for round in 0..<40 {
            let documents = (0..<random.nextIndex(below: 12) + 1).map { _ in
                Document(
                    fields: (0..<random.nextIndex(below: 4) + 1).map { _ in
                        (0..<random.nextIndex(below: 12)).map { _ in any() }
                    },
                    score: Double(random.nextIndex(below: 100)) / 7, length: random.nextIndex(below: 60),
                    isForeign: random.nextIndex(below: 3) == 0)
            }
            let runs = (0..<random.nextIndex(below: 3) + 1).map { _ in
                (0..<random.nextIndex(below: 6)).map { _ in
                    let word = any()
                    // Another language's stem, which may be the word itself.
                    let stems = [[word.stem], [word.stem, word.surface], [word.stem, "pen"]][random.nextIndex(below: 3)]
                    return QueryWord(
                        surface: word.surface, stems: stems.reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
                        isStopword: word.isStopword)
                }
            }
            var seen: Set<String> = []
            let words = runs.joined().filter { seen.insert($0.surface).inserted }.map {
                Rescorer.ScoredWord(
                    word: $0, factor: Double(random.nextIndex(below: 3) + 1),
                    stemFrequency: Double(random.nextIndex(below: 400)),
                    exactFrequency: Double(random.nextIndex(below: 300)))
            }
            let expected = Self.reference(documents, runs, words)
            let names = Dictionary(
                Self.vocabulary.flatMap { Self.grams($0.surface) }.map { (Self.code($0), $0) }, uniquingKeysWith: { $1 }
            )
            let scored = Rescorer().rescore(
                documents.map {
                    Rescorer.Candidate(
                        score: $0.score, length: $0.length, stream: Self.stream($0.fields)[...], isForeign: $0.isForeign
                    )
                },
                runs: runs, words: words, collection: .init(documentCount: 1000, averageLength: 20),
                gramFrequency: { Self.frequency(of: names[$0] ?? "") },
                wordFrequency: { Self.frequency(of: $0) }
            ) { (pair) throws(Never) in Self.frequency(of: pair) }
            for one in scored {
                #expect(
                    abs(one.score - expected[one.candidate]) < 1e-9,
                    "seed \(seed), round \(round): \(one) in \(documents)")
            }
            #expect(zip(scored, scored.dropFirst()).allSatisfy { $0.score >= $1.score }, "seed \(seed), round \(round)")
        }
    }

    private static func code(_ gram: String) -> UInt64 {
        gram.unicodeScalars.reduce(0) { $0 << 16 | UInt64($1.value & 0xFFFF) }
    }

    private static func stream(_ fields: [[Word]]) -> [UInt8] {
        var words = RecordWords()
        for field in fields {
            words.add(
                field.enumerated().map {
                    Token(
                        surface: $1.surface, stem: $1.stem, utf8Range: 0..<1, position: $0, isStopword: $1.isStopword)
                })
        }
        return words.stream
    }
}
