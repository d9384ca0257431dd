public import SabilRecords

/// Makes records at any scale whose words, lengths, labels, languages, countries and years follow given ones.
///
/// For speed and load only: the text reads like the given records from afar and means nothing. Each record takes its
/// type, tags, countries and year from one given record (so that they occur together as they do there) and its words from
/// a chain over the given words of that language, drawn towards the words of that record. Words never seen are
/// coined from given word parts, at the rate that Good and Turing's estimate gives for unseen words, so the vocabulary
/// keeps growing with the number of records as real text's does.
///
/// Deterministic: the same records and seed give the same sequence. Holds the given records and their word table only.
public struct SyntheticRecords: Sequence, IteratorProtocol {
    private let languages: [LanguageModel]
    private let cumulative: [Int]
    private var random: SeededGenerator
    private var made = 0

    /// - Parameter records: at least one with at least two words of abstract, otherwise the sequence is empty.
    /// - Complexity: O(words of the records).
    public init(like records: [ResourceRecord], seed: UInt64) {
        var byLanguage: [Language: [ResourceRecord]] = [:]
        for record in records where record.abstract.split(separator: " ").count > 1 {
            byLanguage[record.language, default: []].append(record)
        }
        languages = byLanguage.sorted { $0.key < $1.key }.map { LanguageModel($0.key, $0.value) }
        var sum = 0
        var sums: [Int] = []
        for language in languages {
            sum += language.sources.count
            sums.append(sum)
        }
        cumulative = sums
        random = SeededGenerator(seed: seed)
    }

    public mutating func next() -> ResourceRecord? {
        guard let total = cumulative.last else { return nil }
        let draw = random.nextIndex(below: total)
        guard let chosen = cumulative.firstIndex(where: { draw < $0 }) else { return nil }
        made += 1
        let language = languages[chosen]
        let source = language.sources[random.nextIndex(below: language.sources.count)]
        var record = source.record
        let digits = String(made)
        record.id = RecordID("gen-" + String(repeating: "0", count: Swift.max(0, 8 - digits.count)) + digits)
        record.work = WorkID(record.id.rawValue)
        record.title = language.text(words: source.titleLength, near: source, using: &random)
        record.abstract = language.text(words: stretched(source.abstractLength), near: source, using: &random)
        record.body =
            source.bodyLength == 0
            ? "" : language.text(words: stretched(source.bodyLength), near: source, using: &random)
        record.fields = [:]
        record.url = nil
        return record
    }

    /// A length within a quarter of the given one.
    private mutating func stretched(_ length: Int) -> Int {
        Swift.max(2, length * (75 + random.nextIndex(below: 51)) / 100)
    }
}

/// The words of one language: which follow which, how many were seen once.
private struct LanguageModel {
    struct Source {
        let record: ResourceRecord
        let titleLength: Int
        let abstractLength: Int
        let bodyLength: Int
        /// Its words, as numbers of the table.
        let words: [Int32]
    }

    let language: Language
    private(set) var sources: [Source] = []
    private var table: [String] = []
    /// Every running word of the records, so that a uniform draw follows their frequencies.
    private var running: [Int32] = []
    /// For each word, the places in `running` just after it.
    private var followers: [[Int32]] = []
    private var unseenRate = 0.0
    private var heads: [Substring] = []
    private var tails: [Substring] = []

    init(_ language: Language, _ records: [ResourceRecord]) {
        self.language = language
        var numbers: [Substring: Int32] = [:]
        var counts: [Int] = []
        for record in records.sorted(by: { $0.id < $1.id }) {
            var own: [Int32] = []
            var lengths: [Int] = []
            for text in [record.title, record.abstract, record.body] {
                let words = text.split(whereSeparator: \.isWhitespace)
                lengths.append(words.count)
                for word in words {
                    let number: Int32
                    if let known = numbers[word] {
                        number = known
                    } else {
                        number = Int32(table.count)
                        numbers[word] = number
                        table.append(String(word))
                        followers.append([])
                        counts.append(0)
                    }
                    counts[Int(number)] += 1
                    if let previous = own.last { followers[Int(previous)].append(Int32(running.count)) }
                    running.append(number)
                    own.append(number)
                }
            }
            sources.append(
                Source(
                    record: record, titleLength: Swift.max(1, lengths[0]), abstractLength: Swift.max(2, lengths[1]),
                    bodyLength: lengths[2], words: own))
        }
        let hapaxes = counts.count { $0 == 1 }
        // Good 1953, eq. (9): the mass of unseen words is the share of words seen once. A quarter of it, because most
        // words seen once in a small sample are common words of the language.
        unseenRate = Double(hapaxes) / Double(Swift.max(1, running.count)) / 4
        for word in table {
            let letters = word.prefix { $0.isLetter }
            guard letters.count >= 6 else { continue }
            heads.append(letters.prefix(letters.count / 2))
            tails.append(letters.suffix(letters.count - letters.count / 2))
        }
    }

    func text(words count: Int, near source: Source, using random: inout SeededGenerator) -> String {
        var text = ""
        var previous: Int32?
        for ordinal in 0..<count {
            let draw = random.nextUnit()
            let number: Int32
            if draw < unseenRate, !heads.isEmpty {
                previous = nil
                if ordinal > 0 { text += " " }
                text += heads[random.nextIndex(below: heads.count)]
                text += tails[random.nextIndex(below: tails.count)]
                continue
            } else if draw < 0.55, let previous, !followers[Int(previous)].isEmpty {
                let places = followers[Int(previous)]
                number = running[Int(places[random.nextIndex(below: places.count)])]
            } else if draw < 0.75 {
                number = source.words[random.nextIndex(below: source.words.count)]
            } else {
                number = running[random.nextIndex(below: running.count)]
            }
            if ordinal > 0 { text += " " }
            text += table[Int(number)]
            previous = number
        }
        return text
    }
}
