// Megabytes a second of the whole analysis chain, language by language, beside Xapian's TermGenerator on the same texts,
// turn by turn in one run. See README.md of this folder.
import CTermGenerator
import Foundation
import SabilAnalysis
import SabilRecords

@main struct AnalysisSpeed {
    static let stemmers: [Language: String] = [
        .english: "english", .french: "french", .spanish: "spanish", .arabic: "arabic",
    ]

    static func main() throws {
        var rounds = 5
        var megabytesAtMost: Int?
        var alone = false
        var files: [(Language, String)] = []
        for argument in CommandLine.arguments.dropFirst() {
            if argument == "alone" {
                alone = true
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { usage() }
            if parts[0] == "rounds", let number = Int(parts[1]), number > 0 {
                rounds = number
            } else if parts[0] == "megabytes", let number = Int(parts[1]), number > 0 {
                megabytesAtMost = number
            } else if let language = Language(bcp47: parts[0]), stemmers[language] != nil {
                files.append((language, parts[1]))
            } else {
                usage()
            }
        }
        guard !files.isEmpty else { usage() }
        var texts: [Language: [String]] = [:]
        for (language, file) in files { texts[language, default: []] += try readTexts(file, language) }
        if let limit = megabytesAtMost { texts = texts.mapValues { prefix($0, bytes: limit * 1_000_000) } }
        print(
            "language\tMB\twords\tSabil MB/s\tTermGenerator MB/s\tratio\tleast\tgreatest\twarm MB/s\ttokens MB/s\t"
                + "lean TermGenerator MB/s\tratio to lean")
        for language in Language.known {
            guard let texts = texts[language] else { continue }
            try measure(texts, language, rounds: rounds, alone: alone)
        }
    }

    static func usage() -> Never {
        FileHandle.standardError.write(
            Data(
                "usage: AnalysisSpeed [rounds=N] [megabytes=N] [alone] en=FILE.jsonl fr=FILE.jsonl … (one JSON object a line)\n"
                    .utf8))
        exit(64)
    }

    /// Title, abstract, body and text of each object that is in the language or does not say.
    static func readTexts(_ file: String, _ language: Language) throws -> [String] {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        var texts: [String] = []
        for line in data.split(separator: 0x0A) {
            guard let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else { continue }
            if let declared = object["language"] as? String, Language(bcp47: declared) != language { continue }
            var text = ["title", "abstract", "body", "text"].compactMap { object[$0] as? String }
                .joined(separator: "\n")
            text.makeContiguousUTF8()
            if !text.isEmpty { texts.append(text) }
        }
        return texts
    }

    /// The first texts, up to a number of bytes.
    static func prefix(_ texts: [String], bytes: Int) -> [String] {
        var left = bytes
        return Array(
            texts.prefix { text in
                left -= text.utf8.count
                return left > 0
            })
    }

    static func measure(_ texts: [String], _ language: Language, rounds: Int, alone: Bool) throws {
        let bytes = texts.reduce(0) { $0 + $1.utf8.count }
        let megabytes = Double(bytes) / 1e6
        let analyzer = Analyzer()
        guard let generator = ctg_open(stemmers[language] ?? "none") else { fatalError("no stemmer") }
        defer { ctg_close(generator) }
        var words = 0
        var ratios: [Double] = []
        var (cold, warm, tokens, theirs, lean): ([Double], [Double], [Double], [Double], [Double]) =
            ([], [], [], [], [])
        for round in 0..<rounds {
            // A new session each round: every word of the texts is met for the first time once.
            var session = analyzer.makeSession()
            var counter = TermCounter()
            let start = now()
            words = try counter.count(texts, language, &session)
            let first = now() - start
            words = try counter.count(texts, language, &session)
            let second = now() - start - first
            var fresh = analyzer.makeSession()
            var seen = 0
            let startOfTokens = now()
            for text in texts { seen += try fresh.tokens(in: text, language: language).count }
            let third = now() - startOfTokens
            precondition(seen == words, "the two ways differ")
            let fourth = alone ? 1 : analyse(texts, generator, lean: false)
            let fifth = alone ? 1 : analyse(texts, generator, lean: true)
            if round == 0, rounds > 1 { continue }  // the first warms the machine
            cold.append(megabytes / first)
            warm.append(megabytes / second)
            tokens.append(megabytes / third)
            theirs.append(megabytes / fourth)
            lean.append(megabytes / fifth)
            ratios.append(fourth / first)
        }
        let leanRatio = median(zip(cold, lean).map { $0 / $1 })
        let figures: [Double] = [
            median(cold), median(theirs), median(ratios), ratios.min() ?? 0, ratios.max() ?? 0, median(warm),
            median(tokens), median(lean), leanRatio,
        ]
        let columns =
            [language.rawValue, String(format: "%.2f", megabytes), "\(words)"]
            + figures.map { String(format: $0 < 10 ? "%.2f" : "%.1f", $0) }
        print(columns.joined(separator: "\t"))
    }

    static func analyse(_ texts: [String], _ generator: OpaquePointer, lean: Bool) -> Double {
        let start = now()
        for text in texts {
            let terms = text.utf8.withContiguousStorageIfAvailable { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    ctg_analyse(generator, $0.baseAddress, $0.count, lean ? 1 : 0)
                }
            }
            precondition((terms ?? -1) >= 0, "TermGenerator failed")
        }
        return now() - start
    }

    /// CPU seconds of this thread: other programs on the machine count little.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}

/// The terms of a document with their counts, as TermGenerator gathers them: surface and stem once each.
struct TermCounter {
    var places: [PlacedWord] = []
    var counts: [Int32] = []
    var touched: [UInt32] = []
    var bytes = 0

    mutating func count(_ texts: [String], _ language: Language, _ session: inout AnalysisSession) throws -> Int {
        var words = 0
        for text in texts {
            try session.place(text, language: language, into: &places)
            words += places.count
            let known = session.wordCount(of: language)
            if counts.count < known { counts += [Int32](repeating: 0, count: known - counts.count) }
            for place in places {
                if counts[Int(place.word)] == 0 { touched.append(place.word) }
                counts[Int(place.word)] += 1
            }
            for word in touched {
                counts[Int(word)] = 0
                bytes &+= session.surface(of: word, language: language).utf8.count
                bytes &+= session.stem(of: word, language: language).utf8.count
            }
            touched.removeAll(keepingCapacity: true)
        }
        return words
    }
}
