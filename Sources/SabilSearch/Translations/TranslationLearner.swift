import Dispatch
import SabilRecords
import Synchronization

/// Learns from parallel text which word of one language stands for which of another: IBM model 1 in both directions.
///
/// Source: Brown et al. 1993, Computational Linguistics 19(2), 4.2, over sets of stems without a null word, trained by
/// expectation maximisation. A pair's confidence is the geometric mean of both directions: what attracts many words, as a
/// frequent one does, is attracted by few of them. Words that stand in the same passages are one class (``WordClasses``): the
/// model cannot tell them apart, and most words stand in few.
struct TranslationLearner: Sendable {
    /// Rounds of expectation and maximisation: five to fifteen find the same within a hundredth of nDCG@10.
    var rounds = 8
    /// Added to what a word was seen with: a word met once is believed half.
    var smoothing = 1.0
    /// Pairs below are not kept.
    var minimumConfidence = 0.02
    /// Translations kept of a word, per language.
    var maximumTranslations = 5
    /// Pairs of languages learnt from at a time; the table is the same with any number.
    var threads = 2

    /// - Complexity: O(rounds × pairs of classes in pairs of passages).
    func learn(_ text: ParallelText) -> TranslationTable {
        let directions = Direction.all.filter { text.pairs[$0] != nil }
        let found = Mutex([[Found]](repeating: [], count: directions.count))
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, directions.count))) { _ in
            while true {
                let place = next.add(1, ordering: .relaxed).oldValue
                guard place < directions.count else { return }
                let learnt = learn(text, directions[place])
                found.withLock { $0[place] = learnt }
            }
        }
        var table = TranslationTable()
        for (direction, found) in zip(directions, found.withLock { $0 }) {
            guard let first = text.words[direction.first], let second = text.words[direction.second] else { continue }
            for pair in found {
                table.add(first[Int(pair.first)], second[Int(pair.second)], direction, confidence: pair.confidence)
            }
        }
        table.sort()
        return table
    }

    private typealias Direction = ParallelText.Direction

    private struct Found {
        var first: Int32
        var second: Int32
        var confidence: Double
    }

    /// What is known of a cell: side by side, since a passage comes to its cells in no order of theirs, and each that is not at hand
    /// costs a wait for memory. Seven digits are enough: confidences are stored in 255 steps.
    private struct Chances {
        /// Probability of the second word given the first, and of the first given the second.
        var forth: Float = 1
        var back: Float = 1
        /// What a round lets expect.
        var forthCount: Float = 0
        var backCount: Float = 0
    }

    private func learn(_ text: ParallelText, _ direction: Direction) -> [Found] {
        guard let pairs = text.pairs[direction], let first = text.words[direction.first],
            let second = text.words[direction.second]
        else { return [] }
        let own = WordClasses(pairs, \.first, wordCount: first.count)
        let other = WordClasses(pairs, \.second, wordCount: second.count)
        let cells = Cells(own, other)
        var chances = [Chances](repeating: Chances(), count: cells.count)
        for _ in 0..<rounds {
            var span = chances.mutableSpan
            for (place, pair) in pairs.enumerated() { expect(place, pair.weight, own, other, cells, &span) }
            maximise(own, other, cells, &span)
        }
        let ownWords = own.words
        let otherWords = other.words
        var found: [Found] = []
        for (cell, chance) in chances.enumerated() {
            let confidence = (Double(chance.forth) * Double(chance.back)).squareRoot()
            guard confidence >= minimumConfidence else { continue }
            for word in ownWords[Int(cells.firsts[cell])] where first[Int(word)].isContent {
                for other in otherWords[Int(cells.seconds[cell])] where second[Int(other)].isContent {
                    found.append(Found(first: word, second: other, confidence: confidence))
                }
            }
        }
        found.sort { ($0.first, $0.second) < ($1.first, $1.second) }
        return best(found)
    }

    /// Adds what one pair of passages lets expect: each word stands for those of the other side by how likely each is.
    private func expect(
        _ place: Int, _ weight: Double, _ own: WordClasses, _ other: WordClasses, _ cells: Cells,
        _ chances: inout MutableSpan<Chances>
    ) {
        let first = own.classes[place]
        let second = other.classes[place]
        let weight = Float(weight)
        let sizes = second.map { Float(other.sizes[Int($0)]) }
        var rows = [Float](repeating: 0, count: first.count)
        var columns = [Float](repeating: 0, count: second.count)
        var at = cells.start(of: place)
        for row in first.indices {
            let size = Float(own.sizes[Int(first[row])])
            var sum: Float = 0
            for column in second.indices {
                let chance = chances[Int(cells.cells[at])]
                columns[column] += size * chance.forth
                sum += sizes[column] * chance.back
                at += 1
            }
            rows[row] = sum > 0 ? weight / sum : 0
        }
        for column in columns.indices { columns[column] = columns[column] > 0 ? weight / columns[column] : 0 }
        at = cells.start(of: place)
        for row in rows.indices {
            for column in columns.indices {
                let cell = Int(cells.cells[at])
                chances[cell].forthCount += chances[cell].forth * columns[column]
                chances[cell].backCount += chances[cell].back * rows[row]
                at += 1
            }
        }
    }

    /// Makes probabilities of what was counted, and begins the count anew. A word was counted with each of a class's words.
    private func maximise(
        _ own: WordClasses, _ other: WordClasses, _ cells: Cells, _ chances: inout MutableSpan<Chances>
    ) {
        var forthTotals = [Double](repeating: smoothing, count: own.count)
        var backTotals = [Double](repeating: smoothing, count: other.count)
        for cell in chances.indices {
            let first = Int(cells.firsts[cell])
            let second = Int(cells.seconds[cell])
            forthTotals[first] += Double(other.sizes[second]) * Double(chances[cell].forthCount)
            backTotals[second] += Double(own.sizes[first]) * Double(chances[cell].backCount)
        }
        for cell in chances.indices {
            let forth = forthTotals[Int(cells.firsts[cell])]
            let back = backTotals[Int(cells.seconds[cell])]
            chances[cell] = Chances(
                forth: forth > 0 ? chances[cell].forthCount / Float(forth) : 0,
                back: back > 0 ? chances[cell].backCount / Float(back) : 0)
        }
    }

    /// Those that are among the best of one of their two words, by first and second.
    private func best(_ found: [Found]) -> [Found] {
        func ranked(_ word: KeyPath<Found, Int32>, _ other: KeyPath<Found, Int32>) -> Set<Int> {
            var byWord: [Int32: [Int]] = [:]
            for place in found.indices { byWord[found[place][keyPath: word], default: []].append(place) }
            var kept: Set<Int> = []
            for places in byWord.values {
                let ordered = places.sorted {
                    (found[$1].confidence, found[$0][keyPath: other]) < (
                        found[$0].confidence, found[$1][keyPath: other]
                    )
                }
                kept.formUnion(ordered.prefix(maximumTranslations))
            }
            return kept
        }
        return ranked(\.first, \.second).union(ranked(\.second, \.first)).sorted().map { found[$0] }
    }
}
