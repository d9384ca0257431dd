/// Room for words in drawings.
enum LabelPlacement {
    /// Moves places as little as possible (least squares) so that neighbours are `distance` apart and all lie in `bounds`.
    ///
    /// Where there is too little room the distance is what room there is. Source: pool adjacent violators, Barlow et al. 1972.
    /// - Returns: places in the order given; equal ones keep their order.
    static func spread(_ places: [Double], distance: Double, within bounds: ClosedRange<Double>) -> [Double] {
        guard !places.isEmpty else { return [] }
        let room = bounds.upperBound - bounds.lowerBound
        let gap = places.count > 1 ? min(distance, room / Double(places.count - 1)) : 0
        let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
        var blocks: [(sum: Double, count: Int)] = []
        for (rank, position) in order.enumerated() {
            blocks.append((places[position] - Double(rank) * gap, 1))
            while blocks.count > 1 {
                let last = blocks[blocks.count - 1]
                let before = blocks[blocks.count - 2]
                guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
                blocks.removeLast(2)
                blocks.append((before.sum + last.sum, before.count + last.count))
            }
        }
        let highest = max(bounds.lowerBound, bounds.upperBound - Double(places.count - 1) * gap)
        let free = blocks.flatMap { block in
            Array(repeating: min(max(block.sum / Double(block.count), bounds.lowerBound), highest), count: block.count)
        }
        var result = places
        for (rank, position) in order.enumerated() { result[position] = free[rank] + Double(rank) * gap }
        return result
    }

    /// Which labels of a row to write so that none touches another: the last one, and every n-th before it.
    ///
    /// - Parameters:
    ///   - centres: from left to right.
    ///   - widths: as many.
    static func kept(centres: [Double], widths: [Double], gap: Double = 6) -> [Int] {
        guard !centres.isEmpty else { return [] }
        for stride in 1...centres.count {
            let kept = centres.indices.filter { (centres.count - 1 - $0).isMultiple(of: stride) }
            let fits = zip(kept, kept.dropFirst()).allSatisfy { one, next in
                centres[next] - centres[one] >= (widths[one] + widths[next]) / 2 + gap
            }
            if fits { return kept }
        }
        return [centres.count - 1]
    }

    /// About how wide a text is, on the wide side, in a common typeface without serifs.
    static func width(of text: String, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { width, scalar in
            let share: Double =
                switch scalar {
                case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ", "(", ")", "[", "]": 0.38
                case "m", "w", "M", "W", "@", "%", "—", "…": 0.98
                case "a"..."z", "0"..."9", "-", "_", "–", "+", "−": 0.62
                case "A"..."Z": 0.7
                default: Self.share(ofOther: scalar)
                }
            return width + share * size
        }
    }

    private static func share(ofOther scalar: Unicode.Scalar) -> Double {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: 0
        default: scalar.value >= 0x2E80 ? 1.05 : 0.66
        }
    }

    /// Cut to a width, with an ellipsis where something was left out.
    static func fitted(_ text: String, size: Double, width: Double) -> String {
        guard self.width(of: text, size: size) > width else { return text }
        var kept = ""
        var taken = self.width(of: "…", size: size)
        for character in text {
            taken += self.width(of: String(character), size: size)
            guard taken <= width else { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
