import SabilAnalysis
import SabilRecords
import XapianIndex

/// Which stems of one language stand for which of another, and how surely: learnt from the index's own records and its
/// taxonomy, and stored with it.
struct TranslationTable: Sendable, Hashable {
    /// A stem of another language.
    struct Translation: Sendable, Hashable {
        var stem: String
        /// As it is written, for people.
        var form: String
        /// Above 0 to 1.
        var confidence: Double
    }

    private struct Word: Sendable, Hashable {
        var stem: String
        var form: String
    }

    private struct Entry: Sendable, Hashable {
        var first: Int32
        var second: Int32
        var confidence: UInt8
    }

    /// The pairs of two languages.
    private struct Pairs: Sendable, Hashable {
        /// By first word; those of one word in the order in which they were added.
        var entries: [Entry] = []
        /// Places in `entries` by second word, then by place.
        var bySecond: [Int32] = []

        /// Puts pairs in order after some were added.
        /// - Complexity: O(n log n).
        mutating func sort() {
            let order = entries.indices.sorted { (entries[$0].first, $0) < (entries[$1].first, $1) }
            entries = order.map { entries[$0] }
            bySecond = entries.indices.map(Int32.init).sorted {
                (entries[Int($0)].second, $0) < (entries[Int($1)].second, $1)
            }
        }

        /// The pairs of a word, on either side.
        func pairs(of word: Int32, isFirst: Bool) -> [Entry] {
            var low = 0
            var high = entries.count
            func entry(_ place: Int) -> Entry { isFirst ? entries[place] : entries[Int(bySecond[place])] }
            func own(_ entry: Entry) -> Int32 { isFirst ? entry.first : entry.second }
            while low < high {
                let middle = (low + high) / 2
                if own(entry(middle)) < word { low = middle + 1 } else { high = middle }
            }
            var found: [Entry] = []
            while low < entries.count, own(entry(low)) == word {
                found.append(entry(low))
                low += 1
            }
            return found
        }
    }

    private var words: [Language: [Word]] = [:]
    private var indices: [Language: [String: Int32]] = [:]
    private var pairs: [ParallelText.Direction: Pairs] = [:]

    /// No translation.
    init() {}

    var isEmpty: Bool { pairs.isEmpty }
    /// Pairs of words, both ways counted once.
    var count: Int { pairs.values.reduce(0) { $0 + $1.entries.count } }

    /// What a stem is called in another language, surest first.
    func translations(of stem: String, from: Language, to: Language) -> [Translation] {
        let forth = ParallelText.Direction(first: from, second: to)
        let isForth = pairs[forth] != nil
        let direction = isForth ? forth : ParallelText.Direction(first: to, second: from)
        guard let index = indices[from]?[stem], let pairs = pairs[direction], let words = words[to] else { return [] }
        let found = pairs.pairs(of: index, isFirst: isForth).map { entry in
            let word = words[Int(isForth ? entry.second : entry.first)]
            return Translation(stem: word.stem, form: word.form, confidence: Double(entry.confidence) / 255)
        }
        return found.sorted { ($1.confidence, $0.stem) < ($0.confidence, $1.stem) }
    }

    /// Adds a pair of words; each pair of a direction is added once. Nothing is found before ``sort()``.
    mutating func add(
        _ first: ParallelText.Word, _ second: ParallelText.Word, _ direction: ParallelText.Direction, confidence: Double
    ) {
        let own = index(of: Word(stem: first.stem, form: first.form), direction.first)
        let other = index(of: Word(stem: second.stem, form: second.form), direction.second)
        let level = UInt8(max(1, min(255, (confidence * 255).rounded())))
        pairs[direction, default: Pairs()].entries.append(Entry(first: own, second: other, confidence: level))
    }

    /// Makes what was added ready to be looked up.
    mutating func sort() {
        for direction in pairs.keys { pairs[direction]?.sort() }
    }

    private mutating func index(of word: Word, _ language: Language) -> Int32 {
        if let known = indices[language]?[word.stem] { return known }
        let index = Int32(words[language]?.count ?? 0)
        words[language, default: []].append(word)
        indices[language, default: [:]][word.stem] = index
        return index
    }

    // MARK: Storage

    /// The metadata that hold the table: per language its words, a line each (stem, tab, form); per pair of languages
    /// varints (index of the first word less that of the entry before, index of the second, confidence). A language
    /// without words has an empty value, under which nothing is stored.
    func metadata() -> [String: [UInt8]] {
        var metadata: [String: [UInt8]] = [:]
        var digest = Digest.basis
        func store(_ bytes: [UInt8], _ key: String) {
            for byte in bytes { digest = Digest.adding(byte, to: digest) }
            metadata[key] = bytes
        }
        for language in Language.known {
            let lines = (words[language] ?? []).map { "\($0.stem)\t\($0.form == $0.stem ? "" : $0.form)\n" }
            store(Array(lines.joined().utf8), IndexSchema.Key.translatedWords(language))
        }
        for direction in ParallelText.Direction.all {
            var bytes: [UInt8] = []
            var last: Int32 = 0
            let sorted = (pairs[direction]?.entries ?? []).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
            for entry in sorted {
                Varint.append(UInt32(entry.first - last), to: &bytes)
                Varint.append(UInt32(entry.second), to: &bytes)
                bytes.append(entry.confidence)
                last = entry.first
            }
            store(bytes, IndexSchema.Key.translations(direction.first, direction.second))
        }
        metadata[IndexSchema.Key.translationStamp] = Array("\(count) \(String(digest, radix: 16))".utf8)
        return metadata
    }

    /// The table an index holds; an empty one where it holds none, and pairs as far as the stored bytes can be read.
    init(_ reader: borrowing IndexReader) throws(IndexError) {
        self.init()
        guard try reader.metadata(IndexSchema.Key.translationStamp) != nil else { return }
        for language in Language.known {
            let bytes = try reader.metadata(IndexSchema.Key.translatedWords(language)) ?? []
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                let parts = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                let stem = String(decoding: parts[0], as: UTF8.self)
                let form = parts.count > 1 && !parts[1].isEmpty ? String(decoding: parts[1], as: UTF8.self) : stem
                words[language, default: []].append(Word(stem: stem, form: form))
                indices[language, default: [:]][stem] = Int32((words[language]?.count ?? 1) - 1)
            }
        }
        for direction in ParallelText.Direction.all {
            let bytes = try reader.metadata(IndexSchema.Key.translations(direction.first, direction.second)) ?? []
            let firstCount = words[direction.first]?.count ?? 0
            let secondCount = words[direction.second]?.count ?? 0
            var at = 0
            var first = 0
            while let step = Varint.number(in: bytes, at: &at), let second = Varint.number(in: bytes, at: &at),
                at < bytes.count
            {
                first += Int(step)
                guard first < firstCount, second < secondCount, bytes[at] > 0 else { break }
                pairs[direction, default: Pairs()].entries.append(
                    Entry(first: Int32(first), second: Int32(second), confidence: bytes[at]))
                at += 1
            }
        }
        sort()
    }
}
