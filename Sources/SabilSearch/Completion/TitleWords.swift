import XapianIndex

/// The words of titles, with how many titles have each: which of them the beginning of a word mostly becomes.
///
/// An index tells that of a short beginning by reading the list of records of each word, tens of thousands of them. Here it is a
/// look at two numbers a word. Some 18 bytes a word.
struct TitleWords: Sendable {
    /// Words that begin in one way.
    struct Begun: Sendable, Hashable {
        /// The most frequent ones, equals in the order of their letters.
        var words: [String]
        /// Titles that have one of them or of those left out, counted once for each word.
        var documents: Int
        /// Some were left out.
        var isCut: Bool

        /// - Parameters:
        ///   - all: every word that begins so, with its titles.
        ///   - limit: words that are taken.
        init(_ all: [(word: String, documents: Int)], limit: Int) {
            documents = all.reduce(0) { $0 + $1.documents }
            isCut = all.count > limit
            let sorted = all.sorted { ($1.documents, $0.word) < ($0.documents, $1.word) }
            words = sorted.prefix(limit).map(\.word)
        }

        /// - Parameter all: every term with a prefix of so many bytes.
        init(_ all: Lexicon, prefixBytes: Int, limit: Int) {
            self.init(
                (0..<all.terms.count).map { row in
                    let word = String(decoding: all.terms.bytes(row).dropFirst(prefixBytes), as: UTF8.self)
                    return (word, all.documentFrequencies[row])
                }, limit: limit)
        }
    }

    /// The words one after the other, in byte order.
    private var bytes: [UInt8] = []
    /// Where each begins, and the end of the last one.
    private var starts: [UInt32] = [0]
    private var documents: [UInt32] = []

    var count: Int { documents.count }

    private func word(_ row: Int) -> ArraySlice<UInt8> { bytes[Int(starts[row])..<Int(starts[row + 1])] }

    /// Rows of the words that begin so.
    /// - Complexity: O(log words).
    private func rows(beginning: [UInt8]) -> Range<Int> {
        func first(_ isThere: (ArraySlice<UInt8>) -> Bool) -> Int {
            var low = 0
            var high = count
            while low < high {
                let middle = (low + high) / 2
                if isThere(word(middle)) { high = middle } else { low = middle + 1 }
            }
            return low
        }
        let begin = first { !$0.lexicographicallyPrecedes(beginning) }
        let end = first {
            !$0.prefix(beginning.count).lexicographicallyPrecedes(beginning) && !$0.starts(with: beginning)
        }
        return begin..<end
    }

    /// How many words begin so.
    func count(beginning: String) -> Int { rows(beginning: Array(beginning.utf8)).count }

    /// The most frequent words that begin so.
    /// - Complexity: O(words that begin so), some nanoseconds each; the strings of `limit` words.
    func begun(_ beginning: String, limit: Int) -> Begun {
        let rows = rows(beginning: Array(beginning.utf8))
        // Fewer titles than this have only words that are not among the first.
        var least: UInt32 = 0
        if rows.count > limit {
            var counts = [Int](repeating: 0, count: 256)
            for row in rows { counts[Int(min(documents[row], 255))] += 1 }
            var more = 0
            least = 255
            while least > 0, more + counts[Int(least)] < limit {
                more += counts[Int(least)]
                least -= 1
            }
        }
        var chosen: [(word: String, documents: Int)] = []
        for row in rows where documents[row] >= least {
            chosen.append((String(decoding: word(row), as: UTF8.self), Int(documents[row])))
        }
        var begun = Begun(chosen, limit: limit)
        begun.documents = rows.reduce(0) { $0 + Int(documents[$1]) }
        begun.isCut = rows.count > limit
        return begun
    }
}

extension TitleWords {
    /// Takes the words of titles of an index piece by piece.
    struct Builder: LexiconBuilder {
        static let prefix = IndexSchema.titleWord("")

        private(set) var after: String? = ""
        private(set) var list = TitleWords()

        init(documents: Int) {}

        mutating func add(_ piece: Lexicon) {
            for row in 0..<piece.terms.count {
                add(piece.terms.bytes(row).dropFirst(Self.prefix.utf8.count), documents: piece.documentFrequencies[row])
            }
            after = piece.isCut && piece.terms.count > 0 ? piece.terms[piece.terms.count - 1] : nil
        }

        /// Adds a word; words come in byte order.
        mutating func add(_ word: some Sequence<UInt8>, documents count: Int) {
            list.bytes += word
            list.starts.append(UInt32(clamping: list.bytes.count))
            list.documents.append(UInt32(clamping: count))
        }
    }
}
