import SabilRecords

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

    /// - Complexity: O(rounds × pairs of classes in pairs of passages).
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
        table.sort()
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
        let own = WordClasses(pairs, \.first, wordCount: first.count)
        let other = WordClasses(pairs, \.second, wordCount: second.count)
        let cells = Cells(own, other)
        // Probability of a second word given a first one, and of a first given a second.
        var forth = [Double](repeating: 1, count: cells.count)
        var back = forth
        var forthCounts = forth
        var backCounts = forth
        for _ in 0..<rounds {
            for cell in forthCounts.indices {
                forthCounts[cell] = 0
                backCounts[cell] = 0
            }
            for (place, pair) in pairs.enumerated() {
                expect(place, pair.weight, own, other, cells, forth, back, &forthCounts, &backCounts)
            }
            maximise(
                forthCounts, by: cells.firsts, count: own.count, times: other.sizes, of: cells.seconds, into: &forth)
            maximise(backCounts, by: cells.seconds, count: other.count, times: own.sizes, of: cells.firsts, into: &back)
        }
        let ownWords = own.words
        let otherWords = other.words
        var found: [Found] = []
        for cell in 0..<cells.count {
            let confidence = (forth[cell] * back[cell]).squareRoot()
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
        _ forth: [Double], _ back: [Double], _ forthCounts: inout [Double], _ backCounts: inout [Double]
    ) {
        let first = own.classes[place]
        let second = other.classes[place]
        var rows = [Double](repeating: 0, count: first.count)
        var columns = [Double](repeating: 0, count: second.count)
        var at = cells.start(of: place)
        for row in first.indices {
            let size = Double(own.sizes[Int(first[row])])
            var sum = 0.0
            for column in second.indices {
                let cell = Int(cells.cells[at])
                columns[column] += size * forth[cell]
                sum += Double(other.sizes[Int(second[column])]) * back[cell]
                at += 1
            }
            rows[row] = sum > 0 ? weight / sum : 0
        }
        for column in columns.indices { columns[column] = columns[column] > 0 ? weight / columns[column] : 0 }
        at = cells.start(of: place)
        for row in rows.indices {
            for column in columns.indices {
                let cell = Int(cells.cells[at])
                forthCounts[cell] += forth[cell] * columns[column]
                backCounts[cell] += back[cell] * rows[row]
                at += 1
            }
        }
    }

    /// - Parameters:
    ///   - owners: of each cell the class that chances are shared out by, one of `count`.
    ///   - sizes: words of the other side's classes, each of which a word was counted with; of each cell that of `others`.
    private func maximise(
        _ counts: [Double], by owners: [Int32], count: Int, times sizes: [Int32], of others: [Int32],
        into chances: inout [Double]
    ) {
        var totals = [Double](repeating: smoothing, count: count)
        for cell in counts.indices { totals[Int(owners[cell])] += Double(sizes[Int(others[cell])]) * counts[cell] }
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
