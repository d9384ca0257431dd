import Glibc

/// The second ranking step: scores the best hits of the first again by what stands beside what.
///
/// score = first + w₁·grams + w₂·ordered pairs + w₃·near pairs + w₄·full title, each part a BM25 of its own with the
/// first step's parameters. A pure function of what the index gave; see ``RankingParameters`` for the numbers.
struct Rescorer: Sendable {
    /// What is known of the collection.
    struct Collection: Sendable, Hashable {
        var documentCount: Int
        var averageLength: Double
    }

    /// What is known of one hit.
    struct Candidate: Sendable {
        var score: Double
        var length: Int
        /// ``WordStream`` codes.
        var words: [UInt32]
        /// How often each gram of the query occurs: rows of ``Grams/frequencies``.
        var gramCounts: [Double]
        /// Whether it is known to be in another language than the query: then function words count for nothing.
        var isForeign = false
    }

    /// The letter sequences of a query.
    struct GramStatistics: Sendable {
        /// Per gram: how many documents have it (estimated).
        var frequencies: [Double]
        /// How often it occurs in the query, and in its content words.
        var weights: [Double]
        var contentWeights: [Double]
    }

    /// The new score of a hit, part by part.
    struct Scored: Sendable, Hashable {
        /// Index into the candidates.
        var candidate: Int
        var first: Double
        var grams = 0.0
        var orderedPairs = 0.0
        var nearPairs = 0.0
        var title = 0.0
        var score: Double { first + grams + orderedPairs + nearPairs + title }
    }

    /// Two words of the query whose nearness counts.
    struct Pair: Sendable, Hashable {
        var first: QueryWord
        var second: QueryWord
        /// Side by side in this order; else close to one another in any.
        var isOrdered: Bool
    }

    let parameters: RankingParameters

    init(_ parameters: RankingParameters = .standard) {
        self.parameters = parameters
    }

    /// The pairs of a query with how often each occurs in it, in order of first occurrence.
    func pairs(of runs: [[QueryWord]]) -> [(pair: Pair, count: Int)] {
        var pairs: [(pair: Pair, count: Int)] = []
        var places: [Pair: Int] = [:]
        func add(_ pair: Pair) {
            if let place = places[pair] {
                pairs[place].count += 1
            } else {
                places[pair] = pairs.count
                pairs.append((pair, 1))
            }
        }
        for run in runs {
            for (first, second) in zip(run, run.dropFirst()) {
                add(Pair(first: first, second: second, isOrdered: true))
            }
            let content = run.filter { !$0.isStopword }
            for at in content.indices {
                for next in (at + 1)..<max(at + 1, min(content.count, at + 1 + parameters.nearPairReach)) {
                    add(Pair(first: content[at], second: content[next], isOrdered: false))
                }
            }
        }
        return pairs
    }

    /// Scores candidates again, best first; equals stay in the order of the first step.
    ///
    /// - Parameters:
    ///   - grams: in the order of ``Candidate/gramCounts``.
    ///   - bothFrequency: how many documents hold both words of a pair; asked for only where candidates hold the pair.
    func rescore<Failure: Error>(
        _ candidates: [Candidate], runs: [[QueryWord]], grams: GramStatistics, collection: Collection,
        bothFrequency: (Pair) throws(Failure) -> Double
    ) throws(Failure) -> [Scored] {
        var scored = candidates.enumerated().map { Scored(candidate: $0.offset, first: $0.element.score) }
        let norms = candidates.map { candidate in
            let ratio = collection.averageLength > 0 ? Double(candidate.length) / collection.averageLength : 1
            return parameters.k1 * (1 - parameters.b + parameters.b * ratio)
        }
        for gram in grams.frequencies.indices {
            let frequency = grams.frequencies[gram]
            guard frequency <= parameters.gramDocumentShare * Double(collection.documentCount) else { continue }
            let idf = idf(frequency, collection)
            let weight = parameters.gramWeight * grams.weights[gram] * idf
            let foreignWeight = parameters.foreignGramWeight * grams.contentWeights[gram] * idf
            for hit in candidates.indices {
                let count = candidates[hit].gramCounts[gram]
                guard count > 0 else { continue }
                scored[hit].grams +=
                    (candidates[hit].isForeign ? foreignWeight : weight) * count / (count + norms[hit])
            }
        }
        let words = WordPositions(candidates.map(\.words), of: runs)
        let isForeign = candidates.map(\.isForeign)
        for (pair, count) in pairs(of: runs) {
            try add(
                pair, count: count, words: words, norms: norms, isForeign: isForeign, collection: collection,
                bothFrequency, to: &scored)
        }
        let query = Set(runs.joined().flatMap(\.codes))
        for hit in candidates.indices where isWholeTitle(of: candidates[hit].words, in: query) {
            scored[hit].title = parameters.fullTitleWeight
        }
        return scored.sorted {
            $0.score != $1.score ? $0.score > $1.score : $0.candidate < $1.candidate
        }
    }

    private func add<Failure: Error>(
        _ pair: Pair, count: Int, words: WordPositions, norms: [Double], isForeign: [Bool],
        collection: Collection, _ bothFrequency: (Pair) throws(Failure) -> Double, to scored: inout [Scored]
    ) throws(Failure) {
        guard let firstRow = words.row(of: pair.first), let secondRow = words.row(of: pair.second) else { return }
        var counts = [Int](repeating: 0, count: norms.count)
        var withBoth = 0
        var withPair = 0
        for hit in norms.indices {
            let first = words.positions(row: firstRow, hit: hit)
            let second = words.positions(row: secondRow, hit: hit)
            guard !first.isEmpty, !second.isEmpty else { continue }
            withBoth += 1
            counts[hit] =
                pair.isOrdered
                ? WordPositions.adjacent(first, second)
                : WordPositions.near(first, second, distance: parameters.nearPairDistance)
            if counts[hit] > 0 { withPair += 1 }
        }
        guard withPair > 0 else { return }
        let both = max(try bothFrequency(pair), Double(withBoth))
        // The share of the pool speaks for the collection.
        let frequency = both * Double(withPair) / Double(withBoth)
        let part = pair.isOrdered ? parameters.orderedPairWeight : parameters.nearPairWeight
        let weight = part * Double(count) * idf(frequency, collection)
        let isOfContent = !pair.first.isStopword && !pair.second.isStopword
        for hit in norms.indices where counts[hit] > 0 && (isOfContent || !isForeign[hit]) {
            let gain = weight * Double(counts[hit]) / (Double(counts[hit]) + norms[hit])
            if pair.isOrdered { scored[hit].orderedPairs += gain } else { scored[hit].nearPairs += gain }
        }
    }

    func idf(_ frequency: Double, _ collection: Collection) -> Double {
        let count = Double(collection.documentCount)
        let frequency = min(frequency, count)
        return pow(log(1 + (count - frequency + 0.5) / (frequency + 0.5)), parameters.idfExponent)
    }

    /// Whether the query holds every content word of the title (every word, if it has only function words).
    ///
    /// The recipe asks for 95 % of the title's idf mass; function words are the rest, but for titles of twenty words.
    private func isWholeTitle(of words: [UInt32], in query: Set<UInt32>) -> Bool {
        let title = words.prefix { $0 != 0 }
        guard !title.isEmpty else { return false }
        let content = title.filter { $0 & WordStream.stopwordBit == 0 }
        let counted = content.isEmpty ? Array(title) : content
        let held = counted.count { query.contains($0 & ~WordStream.stopwordBit) }
        return Double(held) >= parameters.fullTitleShare * Double(counted.count)
    }
}

/// Where the words of a query stand in each candidate.
struct WordPositions: Sendable {
    private let rows: [QueryWord: Int]
    /// Per candidate and word of the query: positions, rising.
    private let positions: [[[Int]]]

    init(_ streams: [[UInt32]], of runs: [[QueryWord]]) {
        var rows: [QueryWord: Int] = [:]
        var rowsByCode: [UInt32: [Int]] = [:]
        // Which low parts of codes occur: most words of a text are none of the query's, and this says so at once.
        var filter = [Bool](repeating: false, count: 4096)
        for word in runs.joined() where rows[word] == nil {
            let row = rows.count
            rows[word] = row
            for code in Set(word.codes).sorted() {
                rowsByCode[code, default: []].append(row)
                filter[Int(code & 4095)] = true
            }
        }
        self.rows = rows
        positions = streams.map { stream in
            var found = [[Int]](repeating: [], count: rows.count)
            var position = 0
            for code in stream {
                // Fields are far apart.
                if code == 0 { position += IndexSchema.fieldGap }
                position += 1
                guard filter[Int(code & 4095)] else { continue }
                for row in rowsByCode[code & (WordStream.stopwordBit - 1)] ?? [] { found[row].append(position) }
            }
            return found
        }
    }

    /// The row of a word in ``positions(row:hit:)``.
    func row(of word: QueryWord) -> Int? { rows[word] }

    func positions(row: Int, hit: Int) -> [Int] { positions[hit][row] }

    /// How often one of `second` comes right after one of `first`.
    static func adjacent(_ first: [Int], _ second: [Int]) -> Int {
        var count = 0
        var at = 0
        for place in first {
            while at < second.count, second[at] <= place { at += 1 }
            if at < second.count, second[at] == place + 1 { count += 1 }
        }
        return count
    }

    /// How many of both are at most `distance` apart.
    static func near(_ first: [Int], _ second: [Int], distance: Int) -> Int {
        var count = 0
        var start = 0
        for place in first {
            while start < second.count, second[start] < place - distance { start += 1 }
            var at = start
            while at < second.count, second[at] <= place + distance {
                if second[at] != place { count += 1 }
                at += 1
            }
        }
        return count
    }
}
