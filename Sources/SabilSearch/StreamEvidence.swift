/// What the word streams of a pool of hits hold of a query, read in one pass over their bytes.
///
/// Any bytes are read; what is no word stream holds less.
struct StreamEvidence: Sendable {
    private let rowCount: Int
    private let codeCount: Int
    private let gramCount: Int
    private let exactCount: Int
    /// Positions of the words of the query, rising: of row r in hit h from `starts[h · rows + r]` to the next start.
    private(set) var places: [Int32] = []
    private var starts: [Int32] = [0]
    private var codeCounts: [Int32]
    private var gramCounts: [Int32]
    private var exactCounts: [Int32]
    /// How many words stand before the first one of a row, over all fields; negative where the hit has none.
    private var firsts: [Int32]
    /// Whether the query holds so much of each hit's title.
    private(set) var holdsTitle: [Bool] = []

    /// - Parameters:
    ///   - streams: values of the word stream, hit by hit.
    ///   - titleShare: share of the title's content words that the query must hold; of all its words if it has none.
    init(_ streams: [ArraySlice<UInt8>], of query: StreamQuery, titleShare: Double) {
        rowCount = query.words.count
        codeCount = query.codes.count
        gramCount = query.grams.count
        exactCount = query.exact.count
        codeCounts = [Int32](repeating: 0, count: codeCount * streams.count)
        gramCounts = [Int32](repeating: 0, count: gramCount * streams.count)
        exactCounts = [Int32](repeating: 0, count: exactCount * streams.count)
        firsts = [Int32](repeating: -1, count: rowCount * streams.count)
        starts.reserveCapacity(rowCount * streams.count + 1)
        holdsTitle.reserveCapacity(streams.count)
        var found: [Found] = []
        var ends = [Int32](repeating: 0, count: rowCount)
        for (hit, stream) in streams.enumerated() {
            let bytes = stream.span
            let parts = WordStream.parts(of: bytes)
            holdsTitle.append(Self.holdsTitle(bytes, parts.codes, query, share: titleShare))
            found.removeAll(keepingCapacity: true)
            Self.read(bytes, parts.codes, query, into: &found)
            sort(found, hit: hit, query: query, ends: &ends)
            if gramCount + exactCount > 0 { count(bytes, from: parts.text.lowerBound, hit: hit, query: query) }
            for word in query.letters { count(letter: word, in: bytes, parts.text, hit: hit, query: query) }
        }
    }

    /// Where the word of a row stands in a hit: a range of ``places``.
    @inline(__always)
    func positions(row: Int, hit: Int) -> Range<Int> {
        let at = hit * rowCount + row
        return Int(starts[at])..<Int(starts[at + 1])
    }

    /// How many words stand before the first one of a row in a hit; `nil` where it has none.
    @inline(__always)
    func wordsBefore(row: Int, hit: Int) -> Int? {
        let first = firsts[hit * rowCount + row]
        return first < 0 ? nil : Int(first)
    }

    @inline(__always)
    func occurrences(ofCode slot: Int, hit: Int) -> Int { Int(codeCounts[hit * codeCount + slot]) }
    @inline(__always)
    func occurrences(ofGram row: Int, hit: Int) -> Int { Int(gramCounts[hit * gramCount + row]) }
    @inline(__always)
    func occurrences(ofExact word: Int, hit: Int) -> Int { Int(exactCounts[hit * exactCount + word]) }

    // MARK: Codes

    private struct Found {
        var slot: Int32
        var position: Int32
        /// Words before it, over all fields.
        var ordinal: Int32
    }

    @inline(__always)
    private static func code(_ bytes: borrowing Span<UInt8>, at: Int) -> UInt32 {
        UInt32(bytes[at]) | UInt32(bytes[at &+ 1]) << 8 | UInt32(bytes[at &+ 2]) << 16
    }

    private static func read(
        _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ query: borrowing StreamQuery, into found: inout [Found]
    ) {
        var position: Int32 = 0
        var ordinal: Int32 = 0
        var at = range.lowerBound
        while at < range.upperBound {
            let code = code(bytes, at: at)
            at &+= 3
            position &+= 1
            if code == 0 {
                // Fields are far apart.
                position &+= Int32(IndexSchema.fieldGap)
                continue
            }
            if query.mayHold(code: code) {
                let slot = query.find(code: code & (WordStream.stopwordBit - 1))
                if slot >= 0 {
                    found.append(
                        Found(slot: Int32(truncatingIfNeeded: slot), position: position, ordinal: ordinal))
                }
            }
            ordinal &+= 1
        }
    }

    /// Counts what was found by code, and lays the positions out by row.
    private mutating func sort(_ found: [Found], hit: Int, query: borrowing StreamQuery, ends: inout [Int32]) {
        for row in ends.indices { ends[row] = 0 }
        for one in found {
            let slot = Int(one.slot)
            codeCounts[hit * codeCount + slot] &+= 1
            for row in query.rowsByCode[slot] {
                if ends[row] == 0 { firsts[hit * rowCount + row] = one.ordinal }
                ends[row] &+= 1
            }
        }
        var total = Int32(places.count)
        for row in ends.indices {
            let count = ends[row]
            ends[row] = total
            total &+= count
            starts.append(total)
        }
        while places.count < total { places.append(0) }
        for one in found {
            for row in query.rowsByCode[Int(one.slot)] {
                places[Int(ends[row])] = one.position
                ends[row] &+= 1
            }
        }
    }

    private static func holdsTitle(
        _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ query: borrowing StreamQuery, share: Double
    ) -> Bool {
        var all = 0
        var allHeld = 0
        var content = 0
        var contentHeld = 0
        var at = range.lowerBound
        while at < range.upperBound {
            let code = code(bytes, at: at)
            guard code != 0 else { break }
            at &+= 3
            let isHeld = query.find(code: code & (WordStream.stopwordBit - 1)) >= 0
            all += 1
            if isHeld { allHeld += 1 }
            if code & WordStream.stopwordBit == 0 {
                content += 1
                if isHeld { contentHeld += 1 }
            }
        }
        if all == 0 { return false }
        return content > 0
            ? Double(contentHeld) >= share * Double(content) : Double(allHeld) >= share * Double(all)
    }

    // MARK: Letters

    private mutating func count(
        _ bytes: borrowing Span<UInt8>, from start: Int, hit: Int, query: borrowing StreamQuery
    ) {
        let gramBase = hit * gramCount
        let exactBase = hit * exactCount
        Gram.each(in: bytes, from: start) { gram, end in
            guard query.mayHold(gram: gram) else { return }
            let row = query.find(gram: gram)
            guard row >= 0 else { return }
            if row < gramCount { gramCounts[gramBase + row] &+= 1 }
            guard query.hasBeginnings(row) else { return }
            for begin in query.wordsBeginning(with: row)
            where Self.holds(query.exact[begin.word], bytes, at: end - begin.bytes) {
                exactCounts[exactBase + begin.word] &+= 1
            }
        }
    }

    private mutating func count(
        letter word: Int, in bytes: borrowing Span<UInt8>, _ text: Range<Int>, hit: Int, query: borrowing StreamQuery
    ) {
        for at in text where at > text.lowerBound && bytes[at - 1] == WordStream.space {
            if Self.holds(query.exact[word], bytes, at: at) { exactCounts[hit * exactCount + word] &+= 1 }
        }
    }

    /// Whether a word stands at an offset, with a space behind it.
    private static func holds(_ word: [UInt8], _ bytes: borrowing Span<UInt8>, at start: Int) -> Bool {
        guard start >= 0, start + word.count < bytes.count else { return false }
        for offset in word.indices where bytes[start + offset] != word[offset] { return false }
        return bytes[start + word.count] == WordStream.space
    }
}
