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

    private struct Way: Sendable, Hashable {
        var from: Language
        var to: Language
    }

    private var words: [Language: [Word]] = [:]
    private var indices: [Language: [String: Int32]] = [:]
    private var entries: [ParallelText.Direction: [Entry]] = [:]
    /// By way: word → places in the entries of its direction.
    private var places: [Way: [Int32: [Int32]]] = [:]

    /// No translation.
    init() {}

    var isEmpty: Bool { entries.isEmpty }
    /// Pairs of words, both ways counted once.
    var count: Int { entries.values.reduce(0) { $0 + $1.count } }

    /// What a stem is called in another language, surest first.
    func translations(of stem: String, from: Language, to: Language) -> [Translation] {
        guard let index = indices[from]?[stem], let places = places[Way(from: from, to: to)]?[index] else { return [] }
        let forth = ParallelText.Direction(first: from, second: to)
        let isForth = entries[forth] != nil
        let direction = isForth ? forth : ParallelText.Direction(first: to, second: from)
        guard let entries = entries[direction], let words = words[to] else { return [] }
        let found = places.map { place in
            let entry = entries[Int(place)]
            let word = words[Int(isForth ? entry.second : entry.first)]
            return Translation(stem: word.stem, form: word.form, confidence: Double(entry.confidence) / 255)
        }
        return found.sorted { ($1.confidence, $0.stem) < ($0.confidence, $1.stem) }
    }

    /// Adds a pair of words; each pair of a direction is added once.
    mutating func add(
        _ first: ParallelText.Word, _ second: ParallelText.Word, _ direction: ParallelText.Direction, confidence: Double
    ) {
        let own = index(of: Word(stem: first.stem, form: first.form), direction.first)
        let other = index(of: Word(stem: second.stem, form: second.form), direction.second)
        let level = UInt8(max(1, min(255, (confidence * 255).rounded())))
        add(Entry(first: own, second: other, confidence: level), direction)
    }

    private mutating func index(of word: Word, _ language: Language) -> Int32 {
        if let known = indices[language]?[word.stem] { return known }
        let index = Int32(words[language]?.count ?? 0)
        words[language, default: []].append(word)
        indices[language, default: [:]][word.stem] = index
        return index
    }

    private mutating func add(_ entry: Entry, _ direction: ParallelText.Direction) {
        let place = Int32(entries[direction]?.count ?? 0)
        entries[direction, default: []].append(entry)
        let forth = Way(from: direction.first, to: direction.second)
        let back = Way(from: direction.second, to: direction.first)
        places[forth, default: [:]][entry.first, default: []].append(place)
        places[back, default: [:]][entry.second, default: []].append(place)
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
            let sorted = (entries[direction] ?? []).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
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
                add(Entry(first: Int32(first), second: Int32(second), confidence: bytes[at]), direction)
                at += 1
            }
        }
    }
}
