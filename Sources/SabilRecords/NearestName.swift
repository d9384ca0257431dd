/// Finds the known name nearest to a mistyped one.
///
/// Distance: optimal string alignment (insert, delete, replace, swap of neighbours, each 1) over ASCII-lower-cased bytes
/// with spaces and underscores read as hyphens. A name counts as near within a third of its length, 3 at most.
package struct NearestName: Sendable {
    private let names: [(name: String, key: [UInt8])]

    package init(_ names: some Sequence<String>) {
        self.names = names.sorted().map { ($0, Self.key($0)) }
    }

    /// The nearest name, of equally near ones the first in byte order; `nil` when none is near.
    ///
    /// - Complexity: O(names · length²), names of very different length are skipped.
    package func nearest(to typed: String) -> String? {
        let key = Self.key(typed)
        guard !key.isEmpty, key.count <= 200 else { return nil }
        var limit = max(1, min(3, key.count / 3))
        var best: String?
        for (name, other) in names where abs(other.count - key.count) <= limit {
            let distance = Self.distance(key, other, limit: limit)
            if distance == 0 { return name }
            if distance < limit || (distance == limit && best == nil) {
                best = name
                limit = distance
            }
        }
        return best
    }

    private static func key(_ name: String) -> [UInt8] {
        name.utf8.map { byte in
            switch byte {
            case 0x41...0x5A: byte + 0x20
            case 0x20, 0x5F: 0x2D
            default: byte
            }
        }
    }

    /// The distance, or `limit + 1` when it is larger than `limit`.
    static func distance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in 0..<b.count {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            if (row.min() ?? 0) > limit { return limit + 1 }
            beforeLast = last
            last = row
        }
        return min(last[b.count], limit + 1)
    }
}

/// Text of a record as it may stand in a message: short, without control characters.
enum Quotation {
    /// In double quotes, shortened to 40 characters.
    static func quoted(_ text: String) -> String { "\"\(shortened(text, to: 40))\"" }

    static func shortened(_ text: String, to length: Int) -> String {
        let scalars = text.unicodeScalars
        var short = String.UnicodeScalarView()
        for scalar in scalars.prefix(length) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: short.append("\u{FFFD}")
            default: short.append(scalar)
            }
        }
        let isShortened = scalars.dropFirst(length).first != nil
        return String(short) + (isShortened ? "…" : "")
    }
}
