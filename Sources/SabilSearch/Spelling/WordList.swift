import XapianIndex

/// The words of an index that a misspelt one may have meant, with how many records have each.
///
/// Words with a digit are not among them, nor those of fewer than three letters. 28 bytes a word of eight letters; a look at
/// all of them reads eight bytes a word of about the same length and compares letters only where the sets of letters are
/// close.
struct WordList: Sendable {
    /// A word near another.
    struct Neighbour: Sendable, Hashable {
        var word: String
        var distance: Int
        /// Records that had it when the list was made.
        var documents: Int
    }

    static let lengths = 3...30

    /// Letters of all words, by length, then in byte order.
    private var letters: [UInt16] = []
    /// Where the words of a length begin, among words and among letters.
    private var firstWord = [Int](repeating: 0, count: WordList.lengths.upperBound + 2)
    private var firstLetter = [Int](repeating: 0, count: WordList.lengths.upperBound + 2)
    private var documents: [UInt32] = []
    /// Which letters each word has, 64 classes.
    private var sets: [UInt64] = []

    var count: Int { documents.count }

    /// The letters of a word as the list keeps them; nil for one that it does not hold.
    static func letters(of word: String) -> [UInt16]? {
        var letters: [UInt16] = []
        for scalar in word.unicodeScalars {
            guard scalar.value <= 0xFFFF, scalar.properties.numericType == nil else { return nil }
            letters.append(UInt16(scalar.value))
        }
        return lengths.contains(letters.count) ? letters : nil
    }

    /// Edits that leave a word recognisable: seven tenths of its letters stay.
    static func maximumDistance(ofLength length: Int) -> Int { length < 4 ? 0 : length < 7 ? 1 : 2 }

    private static func set(of letters: ArraySlice<UInt16>) -> UInt64 {
        letters.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }

    /// The words nearest to one: all that are as near as the nearest, at most at `limit`; the word itself left out.
    ///
    /// - Returns: in order of falling frequency, equals in the order of their letters.
    /// - Complexity: O(words of about its length), some nanoseconds each.
    func nearest(to word: String, upTo limit: Int) -> [Neighbour] {
        guard limit > 0, let wanted = Self.letters(of: word) else { return [] }
        let set = Self.set(of: wanted[...])
        let edit = EditDistance(to: wanted[...])
        var found: [(word: Int, length: Int, distance: Int)] = []
        var nearest = limit
        // Words as long first: the nearer the nearest is, the fewer are compared.
        for difference in 0...limit {
            for length in difference == 0 ? [wanted.count] : [wanted.count - difference, wanted.count + difference]
            where difference <= nearest && Self.lengths.contains(length) {
                for word in firstWord[length]..<firstWord[length + 1] {
                    // An edit takes one letter away and brings another.
                    guard (sets[word] ^ set).nonzeroBitCount <= 2 * nearest else { continue }
                    let start = firstLetter[length] + (word - firstWord[length]) * length
                    guard let distance = edit.distance(of: letters[start..<start + length], upTo: nearest),
                        distance > 0
                    else { continue }
                    nearest = distance
                    found.append((word, length, distance))
                }
            }
        }
        let neighbours = found.filter { $0.distance == nearest }.map { entry in
            let start = firstLetter[entry.length] + (entry.word - firstWord[entry.length]) * entry.length
            return Neighbour(
                word: String(decoding: letters[start..<start + entry.length], as: UTF16.self), distance: nearest,
                documents: Int(documents[entry.word]))
        }
        return neighbours.sorted { ($1.documents, $0.word) < ($0.documents, $1.word) }
    }
}

extension WordList {
    /// Reads every word of an index.
    init(_ reader: borrowing IndexReader) throws(IndexError) {
        var builder = Builder(documents: try reader.documentCount())
        while let after = builder.after {
            builder.add(try reader.lexicon(prefix: Builder.prefix, after: after, limit: Builder.pieceSize))
        }
        self = builder.list
    }

    /// Takes the lexicon of an index piece by piece.
    struct Builder: LexiconBuilder {
        /// Words have none.
        static let prefix = ""

        /// The term that the next piece comes after; nil when there is none. Terms with a prefix begin with a capital,
        /// numbers with a digit: words come after both.
        private(set) var after: String? = "["
        private let leastDocuments: Int
        private var letters = [[UInt16]](repeating: [], count: WordList.lengths.upperBound + 1)
        private var documents = [[UInt32]](repeating: [], count: WordList.lengths.upperBound + 1)

        /// - Parameter documents: how many the collection has: in a large one, a word of a single record is as likely misspelt
        ///   itself.
        init(documents: Int) { leastDocuments = documents > 100_000 ? 2 : 1 }

        mutating func add(_ piece: Lexicon) {
            for row in 0..<piece.terms.count { add(piece.terms[row], documents: piece.documentFrequencies[row]) }
            after = piece.isCut && piece.terms.count > 0 ? piece.terms[piece.terms.count - 1] : nil
        }

        /// Adds a word; words of one length come in byte order.
        mutating func add(_ word: String, documents count: Int) {
            guard count >= leastDocuments, let letters = WordList.letters(of: word) else { return }
            self.letters[letters.count] += letters
            documents[letters.count].append(UInt32(clamping: count))
        }

        var list: WordList {
            var list = WordList()
            for length in WordList.lengths {
                list.firstWord[length] = list.documents.count
                list.firstLetter[length] = list.letters.count
                list.letters += letters[length]
                list.documents += documents[length]
                for word in documents[length].indices {
                    list.sets.append(WordList.set(of: letters[length][word * length..<(word + 1) * length]))
                }
            }
            list.firstWord[WordList.lengths.upperBound + 1] = list.documents.count
            list.firstLetter[WordList.lengths.upperBound + 1] = list.letters.count
            return list
        }
    }
}
