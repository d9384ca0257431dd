import Glibc

/// The second ranking step: scores the best hits of the first again by exact forms and by what stands beside what.
///
/// score = first + exact forms + w₁·grams + w₂·ordered pairs + w₃·near pairs + w₄·full title + w₅·lead, each part but the last
/// two a BM25 of its own with the first step's parameters. A pure function of what the index gave; see ``RankingParameters`` for the numbers.
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
        /// Its ``WordStream``.
        var stream: ArraySlice<UInt8>
        /// Whether it is known to be in another language than the query: then function words count for nothing.
        var isForeign = false
    }

    /// A word that the first step scored by its stems.
    struct ScoredWord: Sendable, Hashable {
        var word: QueryWord
        /// What its score was multiplied by.
        var factor: Double
        /// How many documents have one of its stems, as the first step took it.
        var stemFrequency: Double
        /// How many documents have it as written.
        var exactFrequency: Double
    }

    /// The new score of a hit, part by part.
    struct Scored: Sendable, Hashable {
        /// Index into the candidates.
        var candidate: Int
        var first: Double
        var exact = 0.0
        var grams = 0.0
        var orderedPairs = 0.0
        var nearPairs = 0.0
        var title = 0.0
        var lead = 0.0
        /// What it is about that the best hits are about too.
        var shared: [SharedConcept] = []
        var score: Double {
            first + exact + grams + orderedPairs + nearPairs + title + lead + shared.reduce(0) { $0 + $1.contribution }
        }
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
    ///   - runs: the words of the query, side by side.
    ///   - words: those of them that the first step scored, for their exact forms.
    ///   - gramFrequency: how many documents have a letter sequence.
    ///   - wordFrequency: how many documents have a word by one of its stems; asked for only where candidates have it.
    ///   - bothFrequency: how many documents hold both words of a pair; asked for only where candidates hold the pair.
    /// - Complexity: O(bytes of the streams + pairs × candidates).
    func rescore<Failure: Error>(
        _ candidates: [Candidate], runs: [[QueryWord]], words: [ScoredWord], collection: Collection,
        gramFrequency: (UInt64) -> Double, wordFrequency: (QueryWord) -> Double,
        bothFrequency: (Pair) throws(Failure) -> Double
    ) throws(Failure) -> [Scored] {
        let grams = weighted(Grams(runs, length: parameters.gramLength), collection, gramFrequency)
        // A word that no other shares its stem with says nothing more as written.
        let exact = words.filter { $0.exactFrequency > 0 && $0.exactFrequency < $0.stemFrequency }
        let query = StreamQuery(
            runs, grams: grams.map(\.code), exact: exact.map { Array($0.word.surface.utf8) })
        let evidence = StreamEvidence(
            candidates.map(\.stream), of: query, titleShare: parameters.fullTitleShare)
        let norms = candidates.map { candidate in
            let ratio = collection.averageLength > 0 ? Double(candidate.length) / collection.averageLength : 1
            return parameters.k1 * (1 - parameters.b + parameters.b * ratio)
        }
        var scored = candidates.enumerated().map { Scored(candidate: $0.offset, first: $0.element.score) }
        for hit in candidates.indices {
            if evidence.holdsTitle[hit] { scored[hit].title = parameters.fullTitleWeight }
            let isForeign = candidates[hit].isForeign
            for (row, gram) in grams.enumerated() {
                let count = Double(evidence.occurrences(ofGram: row, hit: hit))
                guard count > 0 else { continue }
                scored[hit].grams += (isForeign ? gram.foreignWeight : gram.weight) * count / (count + norms[hit])
            }
        }
        for (place, word) in exact.enumerated() {
            add(word, place, query: query, evidence, candidates, norms, collection, to: &scored)
        }
        addLead(of: runs, query: query, evidence, candidates, collection, wordFrequency, to: &scored)
        for (pair, count) in pairs(of: runs) {
            try add(
                pair, count: count, query: query, evidence, candidates, norms, collection, bothFrequency, to: &scored)
        }
        return scored.sorted {
            $0.score != $1.score ? $0.score > $1.score : $0.candidate < $1.candidate
        }
    }

    private struct WeightedGram {
        var code: UInt64
        var weight: Double
        var foreignWeight: Double
    }

    /// The sequences that say something, with their weights in documents of the query's language and of others.
    private func weighted(
        _ grams: Grams, _ collection: Collection, _ frequency: (UInt64) -> Double
    ) -> [WeightedGram] {
        guard parameters.gramWeight > 0 || parameters.foreignGramWeight > 0 else { return [] }
        var weighted: [WeightedGram] = []
        for (row, code) in grams.codes.enumerated() {
            let frequency = frequency(code)
            guard frequency <= parameters.gramDocumentShare * Double(collection.documentCount) else { continue }
            let idf = idf(frequency, collection)
            weighted.append(
                WeightedGram(
                    code: code, weight: parameters.gramWeight * grams.weights[row] * idf,
                    foreignWeight: parameters.foreignGramWeight * grams.contentWeights[row] * idf))
        }
        return weighted
    }

    /// What the word as written scores more than its stems did.
    ///
    /// It counts once more among the stems, unless it is its own stem, and by how much rarer it is:
    /// idf(stems) · sat(stems + exact) + (idf(exact) − idf(stems)) · sat(exact). The larger of idf(stems) · sat(stems) and
    /// idf(exact) · sat(exact) instead costs .004 of nDCG@10 on English questions.
    private func add(
        _ word: ScoredWord, _ place: Int, query: StreamQuery, _ evidence: StreamEvidence, _ candidates: [Candidate],
        _ norms: [Double], _ collection: Collection, to scored: inout [Scored]
    ) {
        let slots = Set(word.word.codes).compactMap(query.slot)
        let stemIdf = idf(word.stemFrequency, collection)
        let rarity = idf(word.exactFrequency, collection) - stemIdf
        let isOwnStem = word.word.stems.first == word.word.surface
        for hit in candidates.indices where !(word.word.isStopword && candidates[hit].isForeign) {
            let count = Double(evidence.occurrences(ofExact: place, hit: hit))
            guard count > 0 else { continue }
            var scoredStems = 0.0
            var all = isOwnStem ? 0 : count
            for slot in slots {
                let count = Double(evidence.occurrences(ofCode: slot, hit: hit))
                guard count > 0 else { continue }
                scoredStems += count / (count + norms[hit])
                all += count
            }
            let gain = stemIdf * max(0, all / (all + norms[hit]) - scoredStems) + rarity * count / (count + norms[hit])
            scored[hit].exact += word.factor * gain
        }
    }

    /// Words that a text has early say what it is about: each content word counts by its rarity and by how far ahead it first
    /// stands, half of it behind ``RankingParameters/leadLength`` words. Title and abstract come first, then the body.
    private func addLead(
        of runs: [[QueryWord]], query: StreamQuery, _ evidence: StreamEvidence, _ candidates: [Candidate],
        _ collection: Collection, _ frequency: (QueryWord) -> Double, to scored: inout [Scored]
    ) {
        guard parameters.leadWeight > 0 else { return }
        let hasContent = runs.joined().contains { !$0.isStopword }
        var counts = [Int](repeating: 0, count: query.words.count)
        for word in runs.joined() where !word.isStopword || !hasContent {
            if let row = query.row(of: word) { counts[row] += 1 }
        }
        for (row, count) in counts.enumerated() where count > 0 {
            let word = query.words[row]
            var weight: Double?
            for hit in candidates.indices where !(word.isStopword && candidates[hit].isForeign) {
                guard let before = evidence.wordsBefore(row: row, hit: hit) else { continue }
                let full = weight ?? parameters.leadWeight * Double(count) * idf(frequency(word), collection)
                weight = full
                scored[hit].lead += full * parameters.leadLength / (parameters.leadLength + Double(before))
            }
        }
    }

    private func add<Failure: Error>(
        _ pair: Pair, count: Int, query: StreamQuery, _ evidence: StreamEvidence, _ candidates: [Candidate],
        _ norms: [Double], _ collection: Collection, _ bothFrequency: (Pair) throws(Failure) -> Double,
        to scored: inout [Scored]
    ) throws(Failure) {
        guard let firstRow = query.row(of: pair.first), let secondRow = query.row(of: pair.second) else { return }
        var counts = [Int](repeating: 0, count: norms.count)
        var withBoth = 0
        var withPair = 0
        for hit in norms.indices {
            let first = evidence.positions(row: firstRow, hit: hit)
            let second = evidence.positions(row: secondRow, hit: hit)
            guard !first.isEmpty, !second.isEmpty else { continue }
            withBoth += 1
            counts[hit] =
                pair.isOrdered
                ? Nearness.adjacent(first, second, in: evidence.places)
                : Nearness.near(first, second, in: evidence.places, distance: parameters.nearPairDistance)
            if counts[hit] > 0 { withPair += 1 }
        }
        guard withPair > 0 else { return }
        let both = max(try bothFrequency(pair), Double(withBoth))
        // The share of the pool speaks for the collection.
        let frequency = both * Double(withPair) / Double(withBoth)
        let part = pair.isOrdered ? parameters.orderedPairWeight : parameters.nearPairWeight
        let weight = part * Double(count) * idf(frequency, collection)
        let isOfContent = !pair.first.isStopword && !pair.second.isStopword
        for hit in norms.indices where counts[hit] > 0 && (isOfContent || !candidates[hit].isForeign) {
            let gain = weight * Double(counts[hit]) / (Double(counts[hit]) + norms[hit])
            if pair.isOrdered { scored[hit].orderedPairs += gain } else { scored[hit].nearPairs += gain }
        }
    }

    func idf(_ frequency: Double, _ collection: Collection) -> Double {
        let count = Double(collection.documentCount)
        let frequency = min(frequency, count)
        return pow(log(1 + (count - frequency + 0.5) / (frequency + 0.5)), parameters.idfExponent)
    }
}

/// How often the positions of two words are beside one another; both rise.
enum Nearness {
    /// How often one of `second` comes right after one of `first`.
    static func adjacent(_ first: Range<Int>, _ second: Range<Int>, in places: [Int32]) -> Int {
        var count = 0
        var at = second.lowerBound
        for index in first {
            let place = places[index]
            while at < second.upperBound, places[at] <= place { at += 1 }
            if at < second.upperBound, places[at] == place + 1 { count += 1 }
        }
        return count
    }

    /// How many of both are at most `distance` apart; a word is not near itself.
    static func near(_ first: Range<Int>, _ second: Range<Int>, in places: [Int32], distance: Int) -> Int {
        let distance = Int32(distance)
        var count = 0
        var start = second.lowerBound
        for index in first {
            let place = places[index]
            while start < second.upperBound, places[start] < place - distance { start += 1 }
            var at = start
            while at < second.upperBound, places[at] <= place + distance {
                if places[at] != place { count += 1 }
                at += 1
            }
        }
        return count
    }
}
