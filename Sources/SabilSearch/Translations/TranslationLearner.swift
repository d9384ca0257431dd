import SabilRecords

/// Learns from parallel text which word of one language stands for which of another: IBM model 1 in both directions.
///
/// Source: Brown et al. 1993, Computational Linguistics 19(2), 4.2, over sets of stems without a null word, trained by
/// expectation maximisation. A pair's confidence is the geometric mean of both directions: what attracts many words, as a
/// frequent one does, is attracted by few of them.
struct TranslationLearner: Sendable {
    /// Rounds of expectation and maximisation: five to fifteen find the same within a hundredth of nDCG@10.
    var rounds = 8
    /// Added to what a word was seen with: a word met once is believed half.
    var smoothing = 1.0
    /// Pairs below are not kept.
    var minimumConfidence = 0.02
    /// Translations kept of a word, per language.
    var maximumTranslations = 5

    /// - Complexity: O(rounds × pairs of words in pairs of passages).
    func learn(_ text: ParallelText) -> TranslationTable {
        var table = TranslationTable()
        for direction in ParallelText.Direction.all {
            guard let pairs = text.pairs[direction], let first = text.words[direction.first],
                let second = text.words[direction.second]
            else { continue }
            for found in learn(pairs, first, second) {
                table.add(
                    first[Int(found.first)], second[Int(found.second)], direction, confidence: found.confidence)
            }
        }
        return table
    }

    private struct Found {
        var first: Int32
        var second: Int32
        var confidence: Double
    }

    private func learn(
        _ pairs: [ParallelText.Pair], _ first: [ParallelText.Word], _ second: [ParallelText.Word]
    ) -> [Found] {
        let cells = Cells(pairs, firstCount: first.count, secondCount: second.count)
        // Probability of the second word given the first, and of the first given the second.
        var forth = [Double](repeating: 1, count: cells.owners.count)
        var back = forth
        for _ in 0..<rounds {
            var forthCounts = [Double](repeating: 0, count: forth.count)
            var backCounts = forthCounts
            for (place, pair) in pairs.enumerated() {
                expect(pair, cells.start(of: place), cells, forth, back, &forthCounts, &backCounts)
            }
            maximise(forthCounts, by: cells.owners.map(\.first), count: first.count, into: &forth)
            maximise(backCounts, by: cells.owners.map(\.second), count: second.count, into: &back)
        }
        var found: [Found] = []
        for (cell, owner) in cells.owners.enumerated() {
            let confidence = (forth[cell] * back[cell]).squareRoot()
            guard confidence >= minimumConfidence, first[Int(owner.first)].isContent,
                second[Int(owner.second)].isContent
            else { continue }
            found.append(Found(first: owner.first, second: owner.second, confidence: confidence))
        }
        return best(found)
    }

    private func expect(
        _ pair: ParallelText.Pair, _ start: Int, _ cells: Cells, _ forth: [Double], _ back: [Double],
        _ forthCounts: inout [Double], _ backCounts: inout [Double]
    ) {
        let width = pair.second.count
        var rows = [Double](repeating: 0, count: pair.first.count)
        var columns = [Double](repeating: 0, count: width)
        var at = start
        for row in rows.indices {
            for column in columns.indices {
                let cell = Int(cells.cells[at])
                columns[column] += forth[cell]
                rows[row] += back[cell]
                at += 1
            }
        }
        at = start
        for row in rows.indices {
            for column in columns.indices {
                let cell = Int(cells.cells[at])
                if columns[column] > 0 { forthCounts[cell] += pair.weight * forth[cell] / columns[column] }
                if rows[row] > 0 { backCounts[cell] += pair.weight * back[cell] / rows[row] }
                at += 1
            }
        }
    }

    private func maximise(_ counts: [Double], by owners: [Int32], count: Int, into chances: inout [Double]) {
        var totals = [Double](repeating: smoothing, count: count)
        for cell in counts.indices { totals[Int(owners[cell])] += counts[cell] }
        for cell in counts.indices {
            let total = totals[Int(owners[cell])]
            chances[cell] = total > 0 ? counts[cell] / total : 0
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

/// Which pair of words each place of each pair of passages is: passages row by row, one after the other.
private struct Cells {
    /// The two words of a cell.
    private(set) var owners: [(first: Int32, second: Int32)] = []
    private(set) var cells: [Int32]
    private let starts: [Int]

    /// - Complexity: O(pairs of words in pairs of passages); no hashing.
    init(_ pairs: [ParallelText.Pair], firstCount: Int, secondCount: Int) {
        var starts: [Int] = []
        var size = 0
        var places: [[(pair: Int32, row: Int32)]] = Array(repeating: [], count: firstCount)
        for (place, pair) in pairs.enumerated() {
            starts.append(size)
            size += pair.first.count * pair.second.count
            for (row, word) in pair.first.enumerated() { places[Int(word)].append((Int32(place), Int32(row))) }
        }
        self.starts = starts
        cells = [Int32](repeating: 0, count: size)
        // The cell of each second word with the first word at hand, and for which word it was set.
        var cell = [Int32](repeating: 0, count: secondCount)
        var setFor = [Int32](repeating: -1, count: secondCount)
        for word in places.indices {
            for (place, row) in places[word] {
                let pair = pairs[Int(place)]
                let start = starts[Int(place)] + Int(row) * pair.second.count
                for (column, other) in pair.second.enumerated() {
                    if setFor[Int(other)] != Int32(word) {
                        setFor[Int(other)] = Int32(word)
                        cell[Int(other)] = Int32(owners.count)
                        owners.append((Int32(word), other))
                    }
                    cells[start + column] = cell[Int(other)]
                }
            }
        }
    }

    func start(of pair: Int) -> Int { starts[pair] }
}
