/// Which weights of a label are kept where there are more than a member may have.
enum StrongestWeights {
    /// The columns of at most `limit` weights above the floor, increasing: the strongest, where sizes that differ by less than
    /// a 128th part count as equal, and of equal ones the first.
    /// - Complexity: O(weights): positive floats are ordered as their bits are, so the upper bits make a histogram.
    static func columns(_ weights: [Float], floor: Float, limit: Int) -> [Int32] {
        var columns = weights.indices.filter { abs(weights[$0]) > floor }.map { Int32($0) }
        guard columns.count > limit else { return columns }
        func bucket(_ column: Int32) -> Int { Int(abs(weights[Int(column)]).bitPattern >> 16) }
        var histogram = [Int](repeating: 0, count: 1 << 15)
        for column in columns { histogram[bucket(column)] += 1 }
        var border = histogram.count - 1
        var room = limit
        while border > 0, histogram[border] <= room {
            room -= histogram[border]
            border -= 1
        }
        columns.removeAll { column in
            let own = bucket(column)
            if own == border {
                room -= 1
                return room < 0
            }
            return own < border
        }
        return columns
    }
}
