/// Words of one language that stand in the same passages: expectation maximisation gives them all the same chances, so that it is
/// enough to work out those of one.
struct WordClasses: Sendable {
    /// The classes of each passage, in order of their first word in it.
    private(set) var classes: [[Int32]]
    /// Words of each class.
    private(set) var sizes: [Int32] = []
    private var classOfWord: [Int32]

    var count: Int { sizes.count }

    /// - Parameter side: of which language of the pairs; each word stands in a passage once.
    /// - Complexity: O(words of the passages).
    init(_ pairs: [ParallelText.Pair], _ side: KeyPath<ParallelText.Pair, [Int32]>, wordCount: Int) {
        // Passage by passage a class is parted into its words that the passage has and those that it has not.
        var classOf = [Int32](repeating: 0, count: wordCount)
        var parted: [Int32: Int32] = [:]
        var count: Int32 = 1
        for pair in pairs {
            parted.removeAll(keepingCapacity: true)
            for word in pair[keyPath: side] {
                let old = classOf[Int(word)]
                if let new = parted[old] {
                    classOf[Int(word)] = new
                } else {
                    parted[old] = count
                    classOf[Int(word)] = count
                    count += 1
                }
            }
        }
        // Numbers in order of the first passage, without those that lost all their words.
        var numbers = [Int32](repeating: -1, count: Int(count))
        classOfWord = [Int32](repeating: -1, count: wordCount)
        classes = []
        classes.reserveCapacity(pairs.count)
        var passageOf: [Int32] = []
        for (passage, pair) in pairs.enumerated() {
            var found: [Int32] = []
            for word in pair[keyPath: side] {
                var number = numbers[Int(classOf[Int(word)])]
                if number < 0 {
                    number = Int32(sizes.count)
                    numbers[Int(classOf[Int(word)])] = number
                    sizes.append(0)
                    passageOf.append(-1)
                }
                if classOfWord[Int(word)] < 0 {
                    classOfWord[Int(word)] = number
                    sizes[Int(number)] += 1
                }
                if passageOf[Int(number)] != Int32(passage) {
                    passageOf[Int(number)] = Int32(passage)
                    found.append(number)
                }
            }
            classes.append(found)
        }
    }

    /// The words of each class, rising.
    var words: [[Int32]] {
        var words = [[Int32]](repeating: [], count: sizes.count)
        for (word, number) in classOfWord.enumerated() where number >= 0 { words[Int(number)].append(Int32(word)) }
        return words
    }
}

/// Which pair of classes each place of each pair of passages is: passages row by row, one after the other.
struct Cells: Sendable {
    /// The two classes of each cell.
    private(set) var firsts: [Int32] = []
    private(set) var seconds: [Int32] = []
    private(set) var cells: [Int32]
    private let starts: [Int]

    var count: Int { firsts.count }

    /// - Complexity: O(pairs of classes in pairs of passages); no hashing.
    init(_ first: WordClasses, _ second: WordClasses) {
        var starts: [Int] = []
        var size = 0
        var places: [[(passage: Int32, row: Int32)]] = Array(repeating: [], count: first.count)
        for (passage, classes) in first.classes.enumerated() {
            starts.append(size)
            size += classes.count * second.classes[passage].count
            for (row, number) in classes.enumerated() { places[Int(number)].append((Int32(passage), Int32(row))) }
        }
        self.starts = starts
        cells = [Int32](repeating: 0, count: size)
        // The cell of each second class with the first class at hand, and for which one it was set.
        var cell = [Int32](repeating: 0, count: second.count)
        var setFor = [Int32](repeating: -1, count: second.count)
        for number in places.indices {
            for (passage, row) in places[number] {
                let others = second.classes[Int(passage)]
                let start = starts[Int(passage)] + Int(row) * others.count
                for (column, other) in others.enumerated() {
                    if setFor[Int(other)] != Int32(number) {
                        setFor[Int(other)] = Int32(number)
                        cell[Int(other)] = Int32(firsts.count)
                        firsts.append(Int32(number))
                        seconds.append(other)
                    }
                    cells[start + column] = cell[Int(other)]
                }
            }
        }
    }

    func start(of passage: Int) -> Int { starts[passage] }
}
