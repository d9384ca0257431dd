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
    ///   - gramFrequencies: per gram of the query, how many documents have it (estimated); with ``Candidate/gramCounts``.
    ///   - gramWeights: how often each gram occurs in the query.
    ///   - bothFrequency: how many documents hold both words of a pair; asked for only where candidates hold the pair.
    func rescore<Failure: Error>(
        _ candidates: [Candidate], runs: [[QueryWord]], gramFrequencies: [Double], gramWeights: [Double],
        collection: Collection, bothFrequency: (Pair) throws(Failure) -> Double
    ) throws(Failure) -> [Scored] {
        var scored = candidates.enumerated().map { Scored(candidate: $0.offset, first: $0.element.score) }
        let norms = candidates.map { candidate in
            let ratio = collection.averageLength > 0 ? Double(candidate.length) / collection.averageLength : 1
            return parameters.k1 * (1 - parameters.b + parameters.b * ratio)
        }
        for gram in gramFrequencies.indices {
            let frequency = gramFrequencies[gram]
            guard frequency <= parameters.gramDocumentShare * Double(collection.documentCount) else { continue }
            let weight = parameters.gramWeight * gramWeights[gram] * idf(frequency, collection)
            for hit in candidates.indices {
                let count = candidates[hit].gramCounts[gram]
                if count > 0 { scored[hit].grams += weight * count / (count + norms[hit]) }
            }
        }
        let words = WordPositions(candidates.map(\.words), of: runs)
        for (pair, count) in pairs(of: runs) {
            try add(pair, count: count, words: words, norms: norms, collection: collection, bothFrequency, to: &scored)
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
        _ pair: Pair, count: Int, words: WordPositions, norms: [Double], collection: Collection,
        _ bothFrequency: (Pair) throws(Failure) -> Double, to scored: inout [Scored]
    ) throws(Failure) {
        var counts = [Int](repeating: 0, count: norms.count)
        var withBoth = 0
        var withPair = 0
        for hit in norms.indices {
            let first = words.positions(of: pair.first, hit: hit)
            let second = words.positions(of: pair.second, hit: hit)
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
        for hit in norms.indices where counts[hit] > 0 {
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
    private let slots: [UInt32: Int]
    /// Per candidate and slot: positions, rising.
    private let positions: [[[Int]]]

    init(_ streams: [[UInt32]], of runs: [[QueryWord]]) {
        var slots: [UInt32: Int] = [:]
        for word in runs.joined() {
            for code in word.codes where slots[code] == nil { slots[code] = slots.count }
        }
        self.slots = slots
        // A bit per low part of a code: most words of a text are none of the query's, and this says so at once.
        var filter = [Bool](repeating: false, count: 4096)
        for code in slots.keys { filter[Int(code & 4095)] = true }
        positions = streams.map { stream in
            var found = [[Int]](repeating: [], count: slots.count)
            // Fields are far apart.
            var position = 0
            for code in stream {
                if code == 0 { position += IndexSchema.fieldGap }
                position += 1
                let word = code & (WordStream.stopwordBit - 1)
                if filter[Int(word & 4095)], let slot = slots[word] { found[slot].append(position) }
            }
            return found
        }
    }

    func positions(of word: QueryWord, hit: Int) -> [Int] {
        let lists = word.codes.compactMap { slots[$0] }.map { positions[hit][$0] }
        if lists.count == 1 { return lists[0] }
        return lists.flatMap(\.self).sorted()
    }

    /// How often one of `second` comes right after one of `first`.
    static func adjacent(_ first: [Int], _ second: [Int]) -> Int {
        let followers = Set(second)
        return first.count { followers.contains($0 + 1) }
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
