/// What a query looks for in word streams, as tables that turn most words and letters away at once.
struct StreamQuery: Sendable {
    /// The different words of the query; their places are the rows of ``StreamEvidence/positions(row:hit:)``.
    let words: [QueryWord]
    private let rows: [QueryWord: Int]

    /// The different codes of the words' stems.
    let codes: [UInt32]
    private let slotsByCode: [UInt32: Int]
    /// Rows of the words that have each code.
    let rowsByCode: [[Int]]
    /// By the low bits of a code: a slot plus one, or 0; several codes with the same low bits are linked.
    private var heads = [Int32](repeating: 0, count: StreamQuery.places)
    private var links: [Int32] = []

    /// Letter sequences that are counted.
    let grams: [UInt64]
    /// Words that are counted as written.
    let exact: [[UInt8]]
    /// By the high bits of a gram's digest: a sequence plus one, or 0; linked likewise. Sequences beyond `grams` only begin an
    /// exact word.
    private var gramHeads = [Int32](repeating: 0, count: StreamQuery.places)
    private var gramLinks: [Int32] = []
    private var soughtGrams: [UInt64] = []
    /// Exact words that begin with each sequence, with the bytes from their start to the end of the sequence.
    private var begins: [[(word: Int, bytes: Int)]] = []
    /// Exact words of a single letter, which hold no sequence.
    private(set) var letters: [Int] = []

    private static let places = 4096

    /// - Parameters:
    ///   - runs: words that stand side by side in the query.
    ///   - grams: different letter sequences to count.
    ///   - exact: different words to count as written, in UTF-8, none of them empty.
    init(_ runs: [[QueryWord]], grams: [UInt64], exact: [[UInt8]]) {
        var words: [QueryWord] = []
        var rows: [QueryWord: Int] = [:]
        var codes: [UInt32] = []
        var slots: [UInt32: Int] = [:]
        var rowsByCode: [[Int]] = []
        for word in runs.joined() where rows[word] == nil {
            let row = words.count
            rows[word] = row
            words.append(word)
            for code in word.codes {
                let slot = slots[code] ?? codes.count
                if slot == codes.count {
                    slots[code] = slot
                    codes.append(code)
                    rowsByCode.append([])
                }
                if rowsByCode[slot].last != row { rowsByCode[slot].append(row) }
            }
        }
        self.words = words
        self.rows = rows
        self.codes = codes
        slotsByCode = slots
        self.rowsByCode = rowsByCode
        self.grams = grams
        self.exact = exact
        for (slot, code) in codes.enumerated() {
            let place = Int(code) & (Self.places - 1)
            links.append(heads[place])
            heads[place] = Int32(slot + 1)
        }
        for gram in grams { add(gram) }
        for (index, word) in exact.enumerated() {
            guard let first = Self.first(of: word) else {
                letters.append(index)
                continue
            }
            let known = soughtGrams.firstIndex(of: first.gram)
            if known == nil { add(first.gram) }
            begins[known ?? soughtGrams.count - 1].append((index, first.bytes))
        }
    }

    private mutating func add(_ gram: UInt64) {
        let place = Self.place(of: gram)
        gramLinks.append(gramHeads[place])
        soughtGrams.append(gram)
        begins.append([])
        gramHeads[place] = Int32(soughtGrams.count)
    }

    /// The sequence a word begins with, and how many bytes lie between the start of the word and its end.
    private static func first(of word: [UInt8]) -> (gram: UInt64, bytes: Int)? {
        var found: (gram: UInt64, bytes: Int)?
        let text = [WordStream.space] + word + [WordStream.space]
        Gram.each(in: text.span, from: 0) { gram, end in
            if found == nil, Gram.isOfOneWord(gram) { found = (gram, end - 1) }
        }
        return found
    }

    /// The row of a word.
    func row(of word: QueryWord) -> Int? { rows[word] }

    /// The slot of a code of the query.
    func slot(of code: UInt32) -> Int? { slotsByCode[code] }

    // MARK: Looks

    @inline(__always)
    private static func place(of gram: UInt64) -> Int { Int(truncatingIfNeeded: Gram.digest(gram) >> 52) }

    /// A first look: 0 where the code is none of the query's.
    @inline(__always)
    func mayHold(code: UInt32) -> Bool { heads[Int(code & UInt32(Self.places - 1))] != 0 }

    /// The slot of a code without its function word bit, or a negative number.
    @inline(__always)
    func find(code: UInt32) -> Int {
        var slot = Int(heads[Int(code & UInt32(Self.places - 1))]) - 1
        while slot >= 0, codes[slot] != code { slot = Int(links[slot]) - 1 }
        return slot
    }

    @inline(__always)
    func mayHold(gram: UInt64) -> Bool { gramHeads[Self.place(of: gram)] != 0 }

    /// The place of a sequence among those sought, or a negative number.
    @inline(__always)
    func find(gram: UInt64) -> Int {
        var row = Int(gramHeads[Self.place(of: gram)]) - 1
        while row >= 0, soughtGrams[row] != gram { row = Int(gramLinks[row]) - 1 }
        return row
    }

    /// Exact words that begin with a sequence sought.
    @inline(__always)
    func wordsBeginning(with row: Int) -> [(word: Int, bytes: Int)] { begins[row] }

    @inline(__always)
    func hasBeginnings(_ row: Int) -> Bool { !begins[row].isEmpty }
}
