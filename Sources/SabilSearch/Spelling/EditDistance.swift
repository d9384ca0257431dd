/// How many letters must be put in, left out, exchanged or swapped with their neighbour to make one word of another.
///
/// Optimal string alignment: no letter is touched twice. Source: Damerau 1964, CACM 7(3), for the four kinds of error.
struct EditDistance: Sendable {
    private var before: [Int] = []
    private var last: [Int] = []
    private var row: [Int] = []

    /// The distance, or nil where it is more than `limit`.
    ///
    /// - Complexity: O(length × limit) after the letters that both begin and end with.
    mutating func between(
        _ first: ArraySlice<UInt16>, _ second: ArraySlice<UInt16>, upTo limit: Int
    ) -> Int? {
        var first = first
        var second = second
        while let letter = first.first, letter == second.first {
            first.removeFirst()
            second.removeFirst()
        }
        while let letter = first.last, letter == second.last {
            first.removeLast()
            second.removeLast()
        }
        guard abs(first.count - second.count) <= limit else { return nil }
        if first.isEmpty || second.isEmpty { return max(first.count, second.count) }
        let width = second.count + 1
        let far = limit + 1
        if row.count < width {
            before = [Int](repeating: 0, count: width)
            last = before
            row = before
        }
        for column in 0..<width { last[column] = column }
        for line in 1...first.count {
            let letter = first[first.startIndex + line - 1]
            for column in 0..<width { row[column] = far }
            if line <= limit { row[0] = line }
            var best = row[0]
            for column in max(1, line - limit)...max(1, min(width - 1, line + limit)) {
                let other = second[second.startIndex + column - 1]
                var cost = last[column - 1] + (letter == other ? 0 : 1)
                cost = min(cost, last[column] + 1, row[column - 1] + 1)
                if line > 1, column > 1, letter == second[second.startIndex + column - 2],
                    other == first[first.startIndex + line - 2]
                {
                    cost = min(cost, before[column - 2] + 1)
                }
                row[column] = min(cost, far)
                best = min(best, row[column])
            }
            if best > limit { return nil }
            swap(&before, &last)
            swap(&last, &row)
        }
        let distance = last[width - 1]
        return distance <= limit ? distance : nil
    }
}
