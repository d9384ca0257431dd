/// Finds names by their bytes in a line, without making a text of each: open addressing over FNV-1a.
struct ByteTable: Sendable {
    /// Index into `ends` plus one; 0 = free. A power of two of places, twice the names and more.
    private var places: [Int32]
    private var ends: [Int] = []
    private var bytes: [UInt8] = []

    /// - Parameter names: each gets its position in the list; of equal names the first counts.
    init(_ names: [String]) {
        var count = 4
        while count < names.count * 2 + 2 { count *= 2 }
        places = [Int32](repeating: 0, count: count)
        for name in names {
            let key = Array(name.utf8)
            if position(of: key, 0..<key.count) == nil {
                var place = Self.hash(key, 0..<key.count) & (places.count - 1)
                while places[place] != 0 { place = (place + 1) & (places.count - 1) }
                places[place] = Int32(ends.count + 1)
            }
            bytes += key
            ends.append(bytes.count)
        }
    }

    /// The position of the name that stands in a range of bytes; `nil` when it is none of these, byte by byte.
    @inline(__always)
    func position(of line: [UInt8], _ range: Range<Int>) -> Int? {
        var place = Self.hash(line, range) & (places.count - 1)
        while true {
            let position = Int(places[place]) - 1
            if position < 0 { return nil }
            let start = position == 0 ? 0 : ends[position - 1]
            if ends[position] - start == range.count, holds(line, range, at: start) { return position }
            place = (place + 1) & (places.count - 1)
        }
    }

    @inline(__always)
    private func holds(_ line: [UInt8], _ range: Range<Int>, at start: Int) -> Bool {
        for offset in 0..<range.count where bytes[start + offset] != line[range.lowerBound + offset] { return false }
        return true
    }

    @inline(__always)
    private static func hash(_ line: [UInt8], _ range: Range<Int>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in range { hash = (hash ^ UInt64(line[index])) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 29)
    }
}
